import pytest

from engine.markets.posterior import Contribution, MarketVote, country_posterior


def test_a_product_shares_its_probability_over_its_markets_by_observations():
    posterior = country_posterior([MarketVote("milk", 0.8, {"SE": 3, "DK": 1})])

    assert [(share.country, share.probability) for share in posterior.countries] == [
        ("SE", pytest.approx(0.6)),
        ("DK", pytest.approx(0.2)),
    ]
    assert posterior.undetermined == pytest.approx(0.2)


def test_contributions_add_up_to_the_country_largest_first():
    posterior = country_posterior(
        [MarketVote("a", 0.1, {"SE": 1}), MarketVote("b", 0.5, {"SE": 1, "NO": 1})]
    )

    sweden = posterior.countries[0]
    assert sweden.contributions == (Contribution("b", 0.25), Contribution("a", 0.1))
    assert sweden.probability == pytest.approx(0.35)


def test_a_product_without_markets_leaves_its_probability_undetermined():
    posterior = country_posterior([MarketVote("nameless", 0.9, {})])

    assert posterior.countries == ()
    assert posterior.undetermined == pytest.approx(1.0)


def test_countries_and_undetermined_sum_to_one():
    votes = [MarketVote(str(n), 0.03, {"SE": n, "FR": 1, "DE": 2}) for n in range(1, 30)]

    posterior = country_posterior(votes)

    total = sum(share.probability for share in posterior.countries)
    assert total + posterior.undetermined == pytest.approx(1.0)


def test_equal_countries_stand_in_alphabetical_order():
    posterior = country_posterior([MarketVote("a", 1.0, {"SE": 1, "DK": 1, "NO": 1})])

    assert [share.country for share in posterior.countries] == ["DK", "NO", "SE"]

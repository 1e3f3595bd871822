"""Ten countries of equal prior, so that every number can be checked by hand."""

import numpy as np
import pytest

from engine.markets.facts import Fact
from engine.markets.posterior import MarketVote, country_posterior
from engine.markets.prior import CountryPrior
from engine.markets.voices import WeighedClue

TEN = CountryPrior(frozenset(["SE", "DK", "NO", "FI", "DE", "FR", "IT", "ES", "PL", "CZ"]))


def clue(kind, value, countries, reliability, family=None):
    shares = dict.fromkeys(countries.split(), 1 / len(countries.split()))
    return WeighedClue(kind, value, value, Fact.MARKET, shares, reliability, family=family or kind)


def shares(posterior):
    return {share.country: pytest.approx(share.probability) for share in posterior.countries}


def weights(posterior, country):
    (share,) = [share for share in posterior.countries if share.country == country]
    return {
        part.cause if isinstance(part.cause, str) else part.cause.kind: part.weight
        for part in share.contributions
    }


def total(posterior):
    return sum(share.probability for share in posterior.countries) + posterior.undetermined


# --- products ----------------------------------------------------------------------------------


def test_a_product_shares_its_probability_over_its_markets_by_observations():
    posterior = country_posterior([MarketVote("milk", 0.84, {"SE": 3, "DK": 1})], prior=TEN)

    # 3 and 1 of 4 sightings, and .2 for markets that nobody recorded
    assert shares(posterior) == {"SE": 0.84 * 3 / 4.2, "DK": 0.84 * 1 / 4.2}
    assert posterior.undetermined == pytest.approx(0.16 + 0.84 * 0.2 / 4.2)


def test_a_product_without_markets_leaves_its_probability_undetermined():
    posterior = country_posterior([MarketVote("nameless", 0.9, {})], prior=TEN)

    assert posterior.countries == ()
    assert posterior.undetermined == pytest.approx(1.0)


def test_equal_countries_stand_in_alphabetical_order():
    posterior = country_posterior([MarketVote("a", 1.0, {"SE": 1, "DK": 1, "NO": 1})])

    assert [share.country for share in posterior.countries] == ["DK", "NO", "SE"]


def test_contributions_of_products_add_up_to_the_country_largest_first():
    votes = [MarketVote("a", 0.12, {"SE": 1}), MarketVote("b", 0.55, {"SE": 1, "NO": 1})]

    sweden = country_posterior(votes, prior=TEN).countries[0]

    assert [part.cause for part in sweden.contributions] == ["b", "a"]
    assert [part.weight for part in sweden.contributions] == pytest.approx([0.25, 0.1])
    assert sweden.probability == pytest.approx(0.35)


# --- clues -------------------------------------------------------------------------------------


def test_nothing_seen_is_all_undetermined():
    posterior = country_posterior([], prior=TEN)

    assert (posterior.countries, posterior.undetermined) == ((), 1.0)


def test_one_clue_gives_its_reliability_to_its_countries_by_strength():
    posterior = country_posterior([], [clue("deposit", "pant", "SE NO", 0.8)], TEN)

    assert shares(posterior) == {"NO": 0.4, "SE": 0.4}
    assert posterior.undetermined == pytest.approx(0.2)


def test_two_clues_that_agree_are_surer_than_either():
    both = [clue("deposit", "pant", "SE", 0.8), clue("language", "sv", "SE", 0.5)]

    posterior = country_posterior([], both, TEN)

    # f = .2 + 8 and .5 + 5 in SE; .2 and .5 elsewhere: L = 45.1 and .1, W = 4.51 + 9 * .01
    assert shares(posterior) == {"SE": 4.5 / 4.6}
    assert posterior.undetermined == pytest.approx(0.1 / 4.6)


def test_clues_that_contradict_leave_room_for_both_and_for_doubt():
    both = [clue("deposit", "pant", "SE", 0.8), clue("phone", "+49", "DE", 0.5)]

    posterior = country_posterior([], both, TEN)

    # L: SE 8.2 * .5 = 4.1, DE .2 * 5.5 = 1.1, eight others .1; W = .6
    assert shares(posterior) == {"SE": 0.1 * 4.0 / 0.6, "DE": 0.1 * 1.0 / 0.6}
    assert posterior.undetermined == pytest.approx(0.1 / 0.6)


def test_a_country_below_its_prior_share_is_not_raised():
    english = WeighedClue(
        "language", "en", "the", Fact.LANGUAGE, {"DE": 0.95, "FR": 0.05}, 0.6, "language"
    )

    posterior = country_posterior([], [english], TEN)

    assert shares(posterior) == {"DE": 0.57}  # FR got .05, half of what it had before
    assert posterior.undetermined == pytest.approx(0.43)


def test_clues_of_one_family_that_agree_do_not_multiply():
    phone = clue("phone", "+49", "DE", 0.97, family="company")
    lines = [clue(f"line {n}", "x", "DE", 0.97, family="company") for n in range(40)]

    alone = country_posterior([], [phone], TEN)
    many = country_posterior([], [phone, *lines, clue("language", "pl", "PL", 0.9)], TEN)

    assert alone.of("DE") == pytest.approx(0.97)
    # a voice is never surer than .98: L = 9.82 * .1 for DE, .02 * 9.1 for PL, .002 for eight
    assert many.of("DE") == pytest.approx(0.098 / 0.118)
    assert many.of("PL") == pytest.approx(0.018 / 0.118)


def test_the_second_clue_of_a_voice_counts_half():
    pair = [clue("phone", "+46", "SE", 0.8, "company"), clue("web", ".se", "SE", 0.6, "company")]

    posterior = country_posterior([], pair, TEN)

    assert posterior.of("SE") == pytest.approx(1 - 0.2 * 0.7)


def test_the_same_thing_said_twice_counts_once():
    once = [clue("phone", "+46", "SE", 0.8)]

    assert country_posterior([], once * 9, TEN) == country_posterior([], once, TEN)


def test_a_clue_narrows_the_countries_of_another_of_its_family():
    language = clue("language", "nl", "DE FR", 0.6, "language")
    pair = clue("language_set", "nl+fr", "FR", 0.8, "language")

    posterior = country_posterior([], [language, pair], TEN)

    # h = .8 and .3: FR 8.2 * 2.2 = 18.04, DE .2 * 2.2 = .44, idle .14: DE is below a tenth now
    assert shares(posterior) == {"FR": 0.86 * 17.9 / 18.2}


def test_contributions_of_clues_follow_the_logarithm_of_what_they_say():
    both = [clue("deposit", "pant", "SE", 0.8), clue("language", "sv", "SE", 0.5)]

    found = weights(country_posterior([], both, TEN), "SE")

    # ln 8.2 = 2.104 and ln 5.5 = 1.705
    assert found["deposit"] == pytest.approx(4.5 / 4.6 * 2.1041 / 3.8089, abs=1e-4)
    assert sum(found.values()) == pytest.approx(4.5 / 4.6)


# --- both --------------------------------------------------------------------------------------


def test_clues_choose_among_the_markets_of_a_product():
    votes = [MarketVote("milk", 1.0, {"SE": 1, "DK": 1})]

    posterior = country_posterior(votes, [clue("phone", "+45", "DK", 0.9)], TEN)

    # L: DK 9.1, others .1; W = 1; Z = 9.1 + .1 + .2: the left-over .2 / 9.4 follows the clue
    assert weights(posterior, "DK") == {
        "milk": pytest.approx(9.1 / 9.4),
        "phone": pytest.approx(0.2 / 9.4 * 0.9),
    }
    assert weights(posterior, "SE") == {"milk": pytest.approx(0.1 / 9.4)}
    assert posterior.undetermined == pytest.approx(0.2 / 9.4 * 0.1)


def test_a_language_hardly_chooses_among_the_markets_of_a_product():
    votes = [MarketVote("milk", 1.0, {"SE": 1, "DK": 1})]
    language = clue("language", "sv", "SE", 0.9, "language")

    posterior = country_posterior(votes, [language], TEN)

    # f: SE 9.1, others .1; of 9.2 / 9.4 the fourth roots 1.737 and .562 decide
    assert weights(posterior, "SE")["milk"] == pytest.approx(9.2 / 9.4 * 1.7369 / 2.2992, abs=1e-4)
    assert weights(posterior, "DK") == {
        "milk": pytest.approx(9.2 / 9.4 * 0.5623 / 2.2992, abs=1e-4)
    }


def test_the_share_of_an_unknown_product_follows_the_clues():
    votes = [MarketVote("milk", 0.5, {"SE": 1})]

    posterior = country_posterior(votes, [clue("phone", "+33", "FR", 0.8)], TEN)

    # the clue is (.2 + .2) / 1.2 = a third as likely with the product as without: it keeps .25,
    # and half of that, .2 of .2 + .2, goes with the unknown product
    assert posterior.of("SE") == pytest.approx(0.125)
    assert posterior.of("FR") == pytest.approx(0.875 * 0.8)


def test_a_product_that_clues_contradict_loses_to_one_that_they_allow():
    votes = [MarketVote("milk", 0.6, {"SE": 9.8}), MarketVote("lait", 0.3, {"FR": 9.8})]

    posterior = country_posterior(votes, [clue("phone", "+33", "FR", 0.9)], TEN)

    # of .6, (9.8 * .1 + .2) / 10 = .118 is left, beside .3 and the unknown's .1
    whole = 0.6 * 0.118 + 0.3 + 0.1
    assert weights(posterior, "SE") == {"milk": pytest.approx(0.6 * 0.098 / whole)}
    assert weights(posterior, "FR")["lait"] == pytest.approx(0.3 / whole * 89.18 / 89.38)


def test_a_product_gains_nothing_from_clues_that_agree_with_it():
    votes = [MarketVote("milk", 0.3, {"SE": 1})]

    posterior = country_posterior(votes, [clue("language", "sv", "SE", 0.9)], TEN)

    assert weights(posterior, "SE")["milk"] == pytest.approx(0.3 * 9.1 / 9.3)


def test_everything_sums_to_one_and_contributions_to_their_country():
    rng = np.random.default_rng(4)
    names = sorted(TEN.countries)
    for _ in range(200):
        votes = [
            MarketVote(str(n), 0.1 * rng.random(), dict.fromkeys(rng.choice(names, n), 1 + n))
            for n in range(6)
        ]
        clues = [
            clue(f"k{n}", "v", " ".join(set(rng.choice(names, 3))), rng.random(), f"f{n % 4}")
            for n in range(8)
        ]

        posterior = country_posterior(votes, clues, TEN)

        assert total(posterior) == pytest.approx(1.0, abs=1e-12)
        for share in posterior.countries:
            parts = sum(part.weight for part in share.contributions)
            assert parts == pytest.approx(share.probability, abs=1e-12)


def test_a_thousand_hostile_clues_do_not_overflow():
    prior = CountryPrior.parse("SE=999999999,*=0", TEN.countries)
    clues = [clue(f"k{n}", str(n), "DK PL", 0.97, f"f{n % 40}") for n in range(1000)]

    posterior = country_posterior([], clues, prior)

    assert total(posterior) == pytest.approx(1.0)
    assert posterior.of("DK") == pytest.approx(0.5)

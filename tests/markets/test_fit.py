import pytest

from engine.errors import InvalidInputError
from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact
from engine.markets.fit import MarketLesson, fit_multipliers, load_multipliers, save_fit
from engine.markets.posterior import MarketVote, country_posterior, hear, share_of
from engine.markets.prior import CountryPrior
from engine.markets.weights import KindWeight, Weights

TEN = CountryPrior(frozenset(["SE", "DK", "NO", "FI", "DE", "FR", "IT", "ES", "PL", "CZ"]))
WEIGHTS = Weights(
    kinds={
        "phone": KindWeight("phone", "strong", 0.8, "-", "-"),
        "web": KindWeight("web", "weak", 0.8, "-", "-"),
    },
    ceilings={Fact.MARKET: 0.98},
    defaults={Fact.MARKET: 0.5},
    families={},
)


def lesson(country, *said, votes=()):
    clues = [Clue(kind, at, at, Fact.MARKET, {at: 1.0}, "rule", "source") for kind, at in said]
    return MarketLesson(tuple(votes), tuple(clues), country)


def test_a_kind_that_is_as_often_right_as_the_table_says_stays():
    lessons = [lesson("SE", ("phone", "SE"))] * 82 + [lesson("DK", ("phone", "SE"))] * 18

    # .8 and a tenth of .2, as an idle clue is right by chance
    assert fit_multipliers(lessons, WEIGHTS, TEN).multipliers["strong"] == pytest.approx(
        1, abs=0.03
    )


def test_a_strength_that_errs_more_than_the_table_says_is_trusted_less():
    lessons = [lesson("SE", ("phone", "SE"), ("web", "SE"))] * 10
    lessons += [lesson("SE", ("phone", "SE"), ("web", "PL"))] * 60
    lessons += [lesson("SE", ("phone", "SE"))] * 10 + [lesson("DK", ("phone", "SE"))] * 10

    fit = fit_multipliers(lessons, WEIGHTS, TEN)

    assert fit.multipliers["weak"] < 0.2
    assert fit.multipliers["strong"] > 1
    assert fit.log_loss < fit.log_loss_before


def test_few_crops_fit_nothing():
    with pytest.raises(InvalidInputError, match="19 crops"):
        fit_multipliers([lesson("SE", ("phone", "SE"))] * 19 + [lesson("SE")] * 50, WEIGHTS, TEN)


def test_the_share_of_a_country_is_its_evidence_and_its_part_of_the_undetermined():
    votes = [MarketVote("milk", 0.6, {"SE": 2, "DK": 1})]
    clues = [WEIGHTS.weigh(clue) for clue in lesson("", ("phone", "SE")).clues]
    posterior = country_posterior(votes, clues, TEN)
    testimony = hear(votes, clues, TEN)

    for country in TEN.countries:
        expected = posterior.of(country) + posterior.undetermined / 10
        assert share_of(country, votes, testimony) == pytest.approx(expected)


def test_a_fit_is_kept_and_found_again(tmp_path):
    lessons = [lesson("SE", ("phone", "SE"))] * 30
    fit = fit_multipliers(lessons, WEIGHTS, TEN)

    save_fit(tmp_path / "fit.json", fit, "queries.csv")

    assert load_multipliers(tmp_path / "fit.json") == fit.multipliers
    assert load_multipliers(tmp_path / "none.json") == {}

"""What is printed adds up, and says where it comes from."""

import pytest

from engine.embed.image import Box
from engine.markets.answer import HeardClue, country_answer, whole_units
from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact
from engine.markets.posterior import MarketVote
from engine.markets.prior import CountryPrior
from engine.markets.results import CandidateEvidence, ClueEvidence, CountryStrength
from engine.markets.voices import WeighedClue

TEN = CountryPrior(frozenset(["SE", "DK", "NO", "FI", "DE", "FR", "IT", "ES", "PL", "CZ"]))


def heard(kind, value, countries, reliability, box=None, fact=Fact.MARKET):
    read = Clue(kind, value, f"read {value}", fact, countries, "rule", "a law", box)
    weighed = WeighedClue(kind, value, read.text, fact, countries, reliability, family=kind)
    return HeardClue(read, weighed)


def test_printed_weights_add_up_to_the_printed_probability_to_the_last_digit():
    votes = [MarketVote(f"p{n}", 0.7 / 300, {"SE": 1, "NO": 2, "DK": 3}) for n in range(300)]
    clues = [heard("phone", "+46", {"SE": 1.0}, 0.7), heard("language", "sv", {"SE": 1.0}, 0.6)]

    answer = country_answer(votes, clues, TEN)

    for market in answer.markets:
        weights = [round(row.weight * 1e6) for row in market.evidence]
        assert sum(weights) == round(market.probability * 1e6)
    whole = sum(round(market.probability * 1e6) for market in answer.markets)
    assert whole + round(answer.undetermined * 1e6) == 1_000_000


def test_evidence_names_the_candidate_or_the_clue_with_its_kind_of_fact():
    clues = [heard("language", "sv", {"SE": 1.0}, 0.8, fact=Fact.LANGUAGE)]

    (market,) = country_answer([MarketVote("milk", 0.6, {"SE": 1})], clues, TEN).markets

    # L(SE) = 8.2, W = 1: of .6 the clue leaves .2 / 8.4 to other markets, which it decides with .4
    assert market.evidence == [
        CandidateEvidence("milk", pytest.approx(0.6 * 8.2 / 8.4, abs=1e-6)),
        ClueEvidence(
            "language",
            "sv",
            "read sv",
            "language",
            pytest.approx((0.4 + 0.6 * 0.2 / 8.4) * 0.8, abs=1e-6),
        ),
    ]


def test_clues_stand_where_they_are_in_the_whole_picture():
    clue = heard("phone", "+46", {"SE": 0.75, "NO": 0.25}, 0.7, box=Box(3, 4, 50, 10))

    (row,) = country_answer([], [clue], TEN, origin=(100, 200)).clues

    assert row.box == Box(103, 204, 50, 10)
    assert row.countries == [CountryStrength("SE", 0.75), CountryStrength("NO", 0.25)]
    assert (row.fact, row.rule, row.source, row.reliability) == ("market", "rule", "a law", 0.7)


def test_a_clue_without_a_place_has_no_box():
    (row,) = country_answer([], [heard("x", "y", {"SE": 1.0}, 0.1)], TEN, origin=(9, 9)).clues

    assert row.box is None


def test_no_evidence_lists_no_country_and_says_so():
    answer = country_answer([], [], TEN)

    assert (answer.markets, answer.undetermined, answer.verdict.kind) == ([], 1.0, "nothing")


def test_largest_remainders_get_what_rounding_leaves():
    assert whole_units([1, 1, 1], 10) == [4, 3, 3]
    assert whole_units([0.5, 0.25, 0.25], 3) == [1, 1, 1]
    assert whole_units([0.0, 0.0], 5) == [0, 0]

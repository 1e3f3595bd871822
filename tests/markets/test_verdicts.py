import pytest

from engine.markets.facts import Fact
from engine.markets.posterior import MarketVote, country_posterior, hear
from engine.markets.prior import CountryPrior
from engine.markets.verdicts import verdict_of
from engine.markets.voices import WeighedClue

EUROPE = "AT|BE|CH|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HU|IE|IT|LT|LU|LV|NL|NO|PL|PT|RO|SE|SI|SK"
AFAR = "US|CA|AU|NZ|BR|MX|AR|CL|JP|KR|CN|IN|TR|ZA"
PRIOR = CountryPrior(frozenset(f"{EUROPE}|{AFAR}".split("|")))


def clue(kind, value, countries, reliability):
    shares = dict.fromkeys(countries.split(), 1 / len(countries.split()))
    return WeighedClue(kind, value, value, Fact.MARKET, shares, reliability, family=kind)


def verdict(votes=(), clues=()):
    posterior = country_posterior(votes, clues, PRIOR)
    return verdict_of(posterior, votes, hear(votes, clues, PRIOR))


def test_no_evidence_is_nothing_to_go_on():
    found = verdict([MarketVote("nameless", 0.9, {})])

    assert (found.kind, found.countries, found.ruled_out) == ("nothing", [], [])
    assert found.sentence.startswith("Nothing to go on")


def test_a_hint_is_still_nothing_to_go_on():
    found = verdict([MarketVote("milk", 0.1, {"SE": 1})])

    assert (found.kind, found.countries) == ("nothing", ["SE"])
    assert "Sweden" in found.sentence


def test_one_country_discriminates_and_its_strongest_reason_is_named():
    found = verdict(clues=[clue("phone", "+46", "SE", 0.8), clue("deposit", "pant", "SE NO", 0.5)])

    assert (found.kind, found.countries) == ("discriminating", ["SE"])
    assert found.sentence == "Points to Sweden (98 %), above all by the phone +46."


def test_two_countries_apart_still_discriminate():
    found = verdict([MarketVote("soap", 1.0, {"SE": 3, "PT": 3})])

    assert (found.kind, found.countries) == ("discriminating", ["PT", "SE"])


def test_neighbours_that_nothing_tells_apart_are_a_region():
    found = verdict(clues=[clue("language_set", "da+fi+nb+sv", "DK FI NO SE", 0.9)])

    assert found.kind == "regional"
    assert found.countries == ["DK", "FI", "NO", "SE"]
    assert "Nordic countries (90 %)" in found.sentence


def test_sold_nearly_everywhere_is_no_lead():
    found = verdict([MarketVote("cola", 1.0, dict.fromkeys(sorted(PRIOR.countries), 2))])

    assert found.kind == "ubiquity"
    assert found.sentence.startswith("No lead")


def test_many_doubtful_candidates_of_a_country_each_are_not_sold_everywhere():
    countries = sorted(PRIOR.countries)
    votes = [MarketVote(country, 1 / len(countries), {country: 4}) for country in countries]

    found = verdict(votes)

    assert found.kind == "open"
    assert found.sentence.startswith("Several countries remain")


def test_a_language_of_many_countries_is_not_sold_everywhere():
    somewhere = AFAR.split("|")
    shares = {country: 1 / len(somewhere) for country in somewhere}
    english = WeighedClue("language", "en", "the", Fact.LANGUAGE, shares, 0.9, "language")
    stores = WeighedClue("store_brand", "Any", "Any", Fact.MARKET, shares, 0.9, "store_brand")

    assert verdict(clues=[english]).kind == "open"
    assert verdict(clues=[stores]).kind == "ubiquity"


def test_some_countries_far_apart_stay_open():
    found = verdict([MarketVote("shoe", 0.9, dict.fromkeys(["SE", "PT", "US", "JP", "ZA"], 2))])

    assert found.kind == "open"
    assert set(found.countries) == {"SE", "PT", "US", "JP", "ZA"}


def test_a_market_of_the_product_that_clues_contradict_is_ruled_out_with_both_reasons():
    votes = [MarketVote("milk", 1.0, {"SE": 1, "DK": 1})]
    clues = [clue("deposit", "pant", "SE", 0.95), clue("phone", "+46", "SE", 0.8)]

    (out,) = verdict(votes, clues).ruled_out

    assert (out.country, out.name) == ("DK", "Denmark")
    assert out.allowed_by == "the markets of product milk"
    assert out.reason == "the deposit pant points to Sweden instead"
    # L: SE (.05 + 38)(.2 + 32), DK .05 * .2
    assert out.probability == pytest.approx(0.01 / (38.05 * 32.2 + 0.01 + 0.2 * 30.6), rel=0.1)


def test_a_country_that_one_clue_allows_and_stronger_ones_contradict_is_ruled_out():
    clues = [
        clue("language", "de", "DE AT", 0.5),
        clue("deposit", "pant", "SE", 0.95),
        clue("phone", "+46", "SE", 0.9),
    ]

    found = verdict(clues=clues).ruled_out

    assert [(out.country, out.allowed_by) for out in found] == [
        ("AT", "the language de"),
        ("DE", "the language de"),
    ]


def test_nothing_is_ruled_out_without_a_contradiction():
    votes = [MarketVote("milk", 1.0, {"SE": 99, "DK": 1})]

    assert verdict(votes).ruled_out == []

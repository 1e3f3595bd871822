import pytest

from engine.embed.features import CropDetails
from engine.embed.image import Box
from engine.embed.local.logos import Lettering
from engine.embed.text.words import Word
from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact
from engine.markets.judge import CountryJudge
from engine.markets.posterior import MarketVote


def details(*texts):
    """Words of one line, 10 px a side each."""
    words = [
        Word(text, ((x, 0.0), (x + 10.0, 0.0), (x + 10.0, 10.0), (x, 10.0)), 1.0, 0)
        for text, x in zip(texts, (0.0, 10.0, 20.0), strict=False)
    ]
    return CropDetails(None, None, None, words, [], None, None)


def read_deposit(pack, codes):
    """Find the word `pant`, which is Swedish here."""
    if "pant" not in pack.text:
        return []
    start = pack.text.index("pant")
    box = pack.box(start, start + 4)
    return [Clue("deposit", "pant", "pant", Fact.MARKET, {"SE": 1.0}, "word", "a law", box)]


@pytest.fixture
def shop(add_product):
    """A brand of which five milks are sold in Norway."""
    for number in range(5):
        add_product(f"milk {number}", "white", markets=["NO"], brand="Fjällko")
    add_product("soap", "red", markets=["FR", "DE"])


def judge(parts, details, votes=(), **options):
    with parts.sessions() as session:
        return CountryJudge(read_deposit, **options).judge(session, votes, details, (100, 50))


def test_what_is_read_in_a_crop_speaks_and_is_shown_with_its_place(parts, shop):
    answer = judge(parts, details("god", "pant"))

    assert [market.country for market in answer.markets] == ["SE"]
    assert [(row.kind, row.box.x, row.box.y) for row in answer.clues] == [("deposit", 110, 50)]


def test_without_details_nothing_is_read(parts, shop):
    answer = judge(parts, None)

    assert (answer.markets, answer.clues) == ([], [])


def test_the_brand_of_an_unknown_product_points_to_its_markets(parts, shop):
    answer = judge(parts, details("FJÄLLKO", "fil"))

    (market,) = answer.markets
    # .9 * 6 / 7 by the name, 5 / 6 for five products, .45 by the table of weights
    assert (market.country, market.evidence[0].kind) == ("NO", "brand")
    assert market.probability == pytest.approx(0.9 * 6 / 7 * 5 / 6 * 0.45, abs=1e-6)


def test_the_likest_lettering_of_a_brand_points_to_its_markets(parts, shop):
    votes = [
        MarketVote("milk 1", 0.0, {}, "Fjällko", Lettering(0.7, Box(1, 2, 3, 4))),
        MarketVote("milk 2", 0.0, {}, "Fjällko", Lettering(0.9, Box(5, 6, 7, 8))),
        MarketVote("milk 3", 0.0, {}, "Fjällko"),
    ]

    answer = judge(parts, details("?"), votes)

    assert [market.country for market in answer.markets] == ["NO"]
    assert answer.markets[0].probability == pytest.approx(0.9 * 5 / 6 * 0.45, abs=1e-6)
    (clue,) = answer.clues
    assert (clue.rule, clue.box) == ("brand: its lettering", Box(105, 56, 7, 8))


def test_a_product_that_fits_needs_no_brand(parts, shop):
    votes = [MarketVote("milk 1", 0.97, {"NO": 1}, "Fjällko")]

    assert judge(parts, details("FJÄLLKO"), votes).clues == []


def test_a_change_of_the_catalog_is_seen(parts, shop, add_product):
    found = CountryJudge()
    with parts.sessions() as session:
        assert "TK" not in found.prior(session).countries
    add_product("coconut", "blue", markets=["TK"])
    with parts.sessions() as session:
        assert "TK" in found.prior(session).countries


def test_a_setting_says_where_crops_come_from(parts, shop):
    def read_neighbours(pack, codes):
        strengths = {"SE": 0.5, "DE": 0.5}
        return [Clue("x", "y", "z", Fact.MARKET, strengths, "rule", "source")]

    votes = [MarketVote("gone", 1.0, {})]
    with parts.sessions() as session:
        plain = CountryJudge(read_neighbours).judge(session, votes, details("a"))
        swedish = CountryJudge(read_neighbours, "SE=5,*=1").judge(session, votes, details("a"))

    # a clue of a kind without a weight of its own counts .5
    assert {row.country: row.probability for row in plain.markets} == {"DE": 0.25, "SE": 0.25}
    sweden, germany = swedish.markets
    assert (sweden.country, germany.country) == ("SE", "DE")
    assert sweden.probability == pytest.approx(5 * germany.probability, abs=1e-5)

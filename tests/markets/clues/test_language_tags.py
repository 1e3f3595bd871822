import pytest

from engine.markets.clues.all import read_clues
from engine.markets.clues.country_code import read_country_code
from engine.markets.clues.language.tags import tagged_languages
from engine.markets.clues.language_set import read_language_set
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table

EXPORT = "(GB) Shower gel (F) Gel douche (D) Duschgel (I) Gel doccia (E) Gel de ducha"


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (EXPORT, ["en", "fr", "de", "it", "es"]),
        ("(NL) Douchegel (F) Gel douche (D) Duschgel", ["nl", "fr", "de"]),
        ("[S] Duschkräm [N] Dusjsåpe [DK] Brusebad [FIN] Suihkusaippua", ["sv", "nb", "da", "fi"]),
        ("SE: Förvaras torrt.\nNO: Oppbevares.\nDK: Tørt.\nFI: Kuivassa", ["sv", "nb", "da", "fi"]),
    ],
)
def test_several_tags_before_texts_are_of_languages(text, languages):
    assert list(tagged_languages(text)) == languages


@pytest.mark.parametrize(
    "text",
    [
        "(E) contains (P) phosphorus (N) nitrogen",
        "(S) small (L) large",
        "DE: Zutaten: Wasser\nAT: Zutaten: Wasser\nFR: Ingrédients: eau\nIT: Ingredienti: acqua",
        "DE: Zutaten: Wasser\nPL: Składniki: woda",
        "(GB) (F) (D) (I) (E)",
        "D/A/CH",
        "",
    ],
)
def test_few_tags_lists_and_countries_without_a_language_are_not(text):
    assert tagged_languages(text) == {}


def test_an_export_pack_stands_for_the_countries_of_each_of_its_tags():
    [clue] = [c for c in read_clues(PackText.of_lines(EXPORT)) if c.kind.startswith("lang")]

    assert clue.value == "de+en+es+fr+it"
    assert clue.rule == "language_tags, each"
    assert max(clue.countries.values()) < 0.2
    assert clue.countries["CH"] < 0.06
    assert {"GB", "US", "FR", "DE", "IT", "ES"} <= clue.countries.keys()
    assert sum(clue.countries.values()) == pytest.approx(1.0)


def test_tags_of_a_known_set_stand_for_its_countries():
    [clue] = read_language_set(PackText.of_lines("(NL) Douchegel (F) Gel douche (D) Duschgel"))

    assert clue.rule == "language_tags, fr+nl+de"
    assert clue.countries == {"BE": 0.8, "LU": 0.2}
    assert clue.text == "NL F D"


def test_a_set_with_english_among_its_tags_is_for_export():
    (clue,) = read_language_set(
        PackText.of_lines("(D) Duschgel (F) Gel douche (GB) Shower gel (I) Gel doccia")
    )

    assert clue.rule == "language_tags, each"
    assert max(clue.countries.values()) < 0.25


def test_tags_of_languages_are_no_codes_of_countries():
    swedish = "SE: Förvaras torrt."
    others = ("NO: Oppbevares tørt.", "DK: Opbevares tørt.", "FI: Säilytettävä")

    assert read_country_code(PackText.of_lines(swedish, *others)) == []
    assert [clue.value for clue in read_country_code(PackText.of_lines(swedish))] == ["SE"]


def test_each_tag_stands_for_one_language_that_has_countries():
    tags = [tag for row in read_table("language_tags") for tag in row["tags"].split()]
    known = {row["language"] for row in read_table("language_countries")}

    assert len(tags) == len(set(tags))
    assert {row["language"] for row in read_table("language_tags")} <= known

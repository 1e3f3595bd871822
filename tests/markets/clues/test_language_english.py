"""English: on the packs of every country, and the language of some."""

import pytest

from engine.markets.clues.language import read_language
from engine.markets.clues.language.english import is_plain_english
from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.tokens import Token
from engine.markets.clues.pack import PackText
from tests.markets.clues.test_language import values


def test_english_beside_another_language_is_decoration():
    assert values("Natural smooth taste", "Zutaten: Wasser, Zucker, Salz, Weizenmehl, Hefe") == [
        "de"
    ]


def test_english_alone_speaks():
    (clue,) = read_language(PackText.of_lines("Semi skimmed milk", "keep refrigerated"))

    assert clue.value == "en-GB"
    assert max(clue.countries, key=clue.countries.__getitem__) == "GB"


def test_english_alone_may_stand_beside_arabic_that_was_not_read():
    (clue,) = read_language(PackText.of_lines("Potato Crisps, keep in a cool dry place"))

    assert 0 < clue.countries["AE"] == clue.countries["SA"] < 0.05
    assert "EG" not in clue.countries


@pytest.mark.parametrize("line", ["Apple Pressed", "Mandarin Morning", "SMOOTH"])
def test_flavours_and_claims_in_english_stand_on_packs_of_every_country(line):
    assert values(line) == []


def test_canada_spells_as_britain_does():
    (clue,) = read_language(PackText.of_lines("Fibre, natural flavouring of which sugars"))

    assert clue.countries["CA"] > clue.countries["US"]


def test_a_word_that_says_nothing_does_not_keep_english_from_being_plain():
    nothing, goods = Token("xqzzwk", 0, 6), Token("powder", 7, 13)
    assert evidence_of(nothing.word) == {}

    assert is_plain_english([goods, nothing])
    assert not is_plain_english([nothing])


def test_english_alone_is_less_sure_than_another_language():
    [english] = read_language(PackText.of_lines("Crunchy Peanut Butter"))
    [german] = read_language(PackText.of_lines("Knusprige Erdnussbutter"))

    assert english.certainty < 0.8 < german.certainty


@pytest.mark.parametrize(
    "line",
    ["Orange Grapefruit", "Orange Juice", "Grapefruit", "Apple Mango", "Bitter", "Notice", "Number",
     "Journal", "Tablet", "Vitamin", "Solar", "Grand"],
)  # fmt: skip
def test_words_that_are_as_good_english_are_of_no_other_language(line):
    assert values(line) == []

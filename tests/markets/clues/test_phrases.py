import pytest

from engine.markets.clues.label_format import read_label_format
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import PhraseBook
from engine.markets.clues.store_brand import read_store_brand


def values(read, *lines):
    return [clue.value for clue in read(PackText.of_lines(*lines))]


@pytest.mark.parametrize("lines", [["BEST FØR 12.05"], ["BEST", "FØR 12.05"]])
def test_a_phrase_with_its_accents_may_be_broken_over_lines(lines):
    assert values(read_label_format, *lines) == ["Best før"]


@pytest.mark.parametrize("lines", [["BEST FOR 12.05"], ["BEST", "FOR 12.05"]])
def test_a_phrase_without_the_accents_that_it_needs_says_nothing(lines):
    assert "Best før" not in values(read_label_format, *lines)


@pytest.mark.parametrize("lines", [["Taste the Difference"], ["Taste", "the", "Difference"]])
def test_an_exact_phrase_may_be_broken_over_lines(lines):
    assert values(read_store_brand, *lines) == ["Sainsbury's"]


@pytest.mark.parametrize("lines", [["taste the difference"], ["Taste", "the difference"]])
def test_an_exact_phrase_in_other_letters_says_nothing(lines):
    assert values(read_store_brand, *lines) == []


def test_the_words_of_a_phrase_are_found_where_they_stand():
    book = PhraseBook([{"phrase": "best før"}])

    assert [found.span for found in book.find("ny: BEST\nFØR 12")] == [(4, 12)]

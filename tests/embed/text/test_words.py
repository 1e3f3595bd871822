import numpy as np
import pytest

from engine.embed.text.ocr.recognise import Reading
from engine.embed.text.words import Word, in_reading_order, words_of_line

LEVEL = np.array([[0, 0], [100, 0], [100, 20], [0, 20]], dtype=np.float32)


def reading(text):
    places = (np.arange(len(text), dtype=np.float32) + 0.5) / len(text)
    return Reading(text, places, np.linspace(0.5, 1.0, len(text), dtype=np.float32))


def test_a_line_is_split_at_its_spaces():
    first, second = words_of_line(reading("ab cde fg"[:6]), LEVEL, line=3)

    assert (first.text, second.text, first.line) == ("ab", "cde", 3)
    assert first.confidence == pytest.approx((0.5 + 0.6) / 2)


def test_a_word_covers_its_share_of_the_line():
    first, second = words_of_line(reading("abcd efghi"), LEVEL, line=0)

    assert np.array(first.box) == pytest.approx(
        np.array([[0, 0], [40, 0], [40, 20], [0, 20]]), abs=6
    )
    assert second.box[0] == pytest.approx((50, 0), abs=6)
    assert second.box[1] == pytest.approx((100, 0), abs=6)


def test_spaces_alone_are_no_word():
    assert list(words_of_line(reading("   "), LEVEL, line=0)) == []
    assert list(words_of_line(reading(""), LEVEL, line=0)) == []


def test_lines_are_read_from_the_top():
    low, high = (reading("low"), LEVEL + 50), (reading("high"), LEVEL)

    assert [r.text for r, _ in in_reading_order([low, high])] == ["high", "low"]


def test_a_word_is_a_value():
    assert Word("a", ((0.0, 0.0),), 0.5, 0) == Word("a", ((0.0, 0.0),), 0.5, 0)


UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def test_a_word_moves_with_its_corners_and_keeps_the_rest():
    word = Word("oat", UNIT, 0.9, 3)

    moved = word.moved(np.array([[2.0, 0, 10], [0, 3, 20], [0, 0, 1]]))

    assert moved.box == ((10.0, 20.0), (12.0, 20.0), (12.0, 23.0), (10.0, 23.0))
    assert (moved.text, moved.confidence, moved.line) == ("oat", 0.9, 3)


def test_a_corner_on_the_horizon_stays_a_number():
    moved = Word("oat", UNIT, 0.9, 0).moved(np.array([[1.0, 0, 0], [0, 1, 0], [1, 0, 0]]))

    assert all(np.isfinite(moved.box).ravel())
    assert moved.box[1] == pytest.approx((1.0, 0.0))

import numpy as np
import pytest

from engine.embed.text.matching import Rarity
from engine.embed.text.places import find_contradictions
from engine.embed.text.words import Word

TWICE = np.diag([2.0, 2.0, 1.0])
"""The crop shows the reference twice as large."""
KNOWN = Rarity(dict.fromkeys(("smooth", "juice"), 1), 10)


def word(text, x=10.0, y=10.0, width=60.0, height=12.0, confidence=1.0):
    box = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return Word(text, box, confidence, 0)


def in_crop(text, x=10.0, y=10.0, width=60.0, height=12.0, confidence=1.0):
    return word(text, 2 * x, 2 * y, 2 * width, 2 * height, confidence)


def letters(crop, reference, rarity=KNOWN):
    return [each.letters for each in find_contradictions(crop, reference, TWICE, rarity)]


def test_another_word_in_the_same_place_contradicts_by_its_letters():
    found = find_contradictions(
        [in_crop("yoghurt", y=50), in_crop("Smooth")],
        [word("Grape"), word("Yoghurt", y=50)],
        TWICE,
        KNOWN,
    )

    assert [(each.word.text, each.reference.text) for each in found] == [("Smooth", "Grape")]
    assert found[0].letters == pytest.approx(6)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Smooth", "Smooth"),
        ("SM0OTH", "Smooth"),  # misread
        ("mooth", "Smooth"),  # cut off by the edge of the crop
        ("orange", "orangered"),  # run together on the reference
    ],
)
def test_another_reading_of_one_word_does_not_contradict(read, printed):
    assert letters([in_crop(read)], [word(printed)]) == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"x": 100.0},  # beside
        {"y": 40.0},  # below
        {"height": 40.0},  # a big word across the small print
    ],
)
def test_a_word_in_another_place_does_not_contradict(elsewhere):
    assert letters([in_crop("Smooth")], [word("Grape", **elsewhere)]) == []


def test_a_word_that_runs_another_way_does_not_contradict():
    upright = Word("Grape", ((70.0, 8.0), (70.0, 24.0), (10.0, 24.0), (10.0, 8.0)), 1.0, 0)

    assert letters([in_crop("Smooth")], [upright]) == []


def test_unsure_words_weigh_less_and_hardly_read_ones_nothing():
    assert letters([in_crop("Smooth", confidence=0.8)], [word("Grape")]) == pytest.approx([4.8])
    assert letters([in_crop("Smooth", confidence=0.5)], [word("Grape")]) == []


def test_a_word_that_no_product_shows_counts_a_quarter():
    assert letters([in_crop("Smooth")], [word("Grape")], Rarity({}, 10)) == pytest.approx([1.5])


def test_a_short_word_says_nothing():
    assert letters([in_crop("1L")], [word("Grape")]) == []


@pytest.mark.parametrize(("crop", "reference"), [([], []), ([in_crop("Smooth")], [])])
def test_nothing_to_hold_against_says_nothing(crop, reference):
    assert letters(crop, reference) == []


def test_words_beyond_the_horizon_of_a_steep_map_are_left_out():
    steep = np.array([[1.0, 0, 0], [0, 1, 0], [0.1, 0, 1]])

    assert find_contradictions([word("Smooth", x=-500.0)], [word("Grape")], steep, KNOWN) == []

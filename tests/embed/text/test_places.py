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


def shows_all(corners):
    return True


def letters(crop, reference, rarity=KNOWN, shows=shows_all):
    return [each.letters for each in find_contradictions(crop, reference, TWICE, rarity, shows)]


def test_another_word_in_the_same_place_contradicts_by_its_letters():
    found = find_contradictions(
        [in_crop("yoghurt", y=50), in_crop("Smooth")],
        [word("Grape"), word("Yoghurt", y=50)],
        TWICE,
        KNOWN,
        shows_all,
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

    assert (
        find_contradictions([word("Smooth", x=-500.0)], [word("Grape")], steep, KNOWN, shows_all)
        == []
    )


LIGHT = [word("Light", x=10), word("Yoghurt", x=80)]
PLAIN = [in_crop("Yoghurt", x=80)]


def test_a_word_that_the_crop_lacks_beside_one_that_both_have_contradicts_by_its_letters():
    (found,) = find_contradictions(PLAIN, LIGHT, TWICE, KNOWN, shows_all)

    assert (found.word.text, found.reference.text) == ("Yoghurt", "Light Yoghurt")
    assert found.reference.box == ((10, 10), (140, 10), (140, 22), (10, 22))
    assert found.letters == pytest.approx(5)


def test_a_word_behind_the_one_that_both_have_is_missed_as_well_and_once():
    between = [word("Yoghurt", x=10), word("Light", x=80), word("Yoghurt", x=150)]
    both = [in_crop("Yoghurt", x=10), in_crop("Yoghurt", x=150)]

    (found,) = find_contradictions(both, between, TWICE, KNOWN, shows_all)

    assert found.reference.text == "Yoghurt Light"


def test_missed_words_weigh_less_where_either_was_read_less_surely():
    unsure = [word("Light", confidence=0.8), word("Yoghurt", x=80)]

    assert letters([in_crop("Yoghurt", x=80, confidence=0.7)], unsure) == pytest.approx([2.8])
    assert letters([in_crop("Yoghurt", x=80, confidence=0.5)], unsure) == []
    assert letters(PLAIN, [word("Light", confidence=0.5), word("Yoghurt", x=80)]) == []


@pytest.mark.parametrize(
    "crop",
    [
        [in_crop("Light"), *PLAIN],  # read as well
        [in_crop("L19ht"), *PLAIN],  # misread
        [in_crop("###", height=3), in_crop("Lightest", y=12, width=90), *PLAIN],  # something is
        [in_crop("Yog", x=80)],  # too short to be sure that both have it
        [in_crop("Yoghurt", x=80, y=60)],  # not the same word: it stands elsewhere
        [],
    ],
)
def test_a_word_is_not_missed_where_anything_was_read_or_nothing_beside_it(crop):
    assert letters(crop, LIGHT) == []


@pytest.mark.parametrize(
    "missed",
    [
        word("Light", x=300),  # far off
        word("Light", height=30),  # larger
        Word("Light", word("Light").box, 1.0, 7),  # on another line
    ],
)
def test_only_words_beside_it_on_its_line_are_missed(missed):
    assert letters(PLAIN, [missed, LIGHT[1]]) == []


def test_a_word_is_not_missed_where_the_crop_does_not_show_its_place():
    def shows_the_right(corners):
        return corners[:, 0].min() > 100  # px of the crop, twice those of the reference

    assert letters(PLAIN, LIGHT, shows=shows_the_right) == []
    assert letters(PLAIN, LIGHT) == [5]

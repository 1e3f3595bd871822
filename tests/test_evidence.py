"""A reference of 100 x 100 px that lies twice as large, 10 px in, in a crop of 220 x 220."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.catalog.models import ImageDetails, ReferenceImage
from engine.comparison import Comparison
from engine.embed.codes.reading import Code
from engine.embed.features import DetailExtractor
from engine.embed.image import Box
from engine.embed.local.geometry import GeometricMatch
from engine.embed.local.keypoints import Keypoints
from engine.embed.local.patterns import PatternMatch
from engine.embed.local.rectify import CloseComparison
from engine.embed.text.matching import MatchedWord, WordMatch
from engine.embed.text.places import Contradiction
from engine.embed.text.stored import pack_words
from engine.embed.text.words import Word
from engine.evidence import LINES_MAX, ShownDetails, evidence_of, spread_rows
from engine.results import (
    Area,
    CloseEvidence,
    CodeEvidence,
    ContradictionEvidence,
    EmbeddingEvidence,
    KeypointsEvidence,
    PatternEvidence,
    SharedDetail,
    SharedWord,
    TextEvidence,
)
from tests.fakes import ReadsNothing

IN_REFERENCE = np.array([(10, 10), (90, 10), (90, 90), (10, 90)], np.float32)
IN_CROP = 2 * IN_REFERENCE + 10
GTIN = "07350000000016"


BLANK = DetailExtractor(ReadsNothing()).of_crop(Image.new("RGB", (220, 220)))


def keypoints(positions, side):
    n = len(positions)
    scales, angles = np.ones(n, np.float32), np.zeros(n, np.float32)
    descriptors = np.zeros((n, 128), np.uint8)
    return Keypoints(np.array(positions, np.float32), scales, angles, descriptors, side, side)


def square(x, y, side):
    """Corners of an upright square, clockwise."""
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def match(pairs, *, is_plausible=True):
    return GeometricMatch(
        kind="homography",
        transform=np.array([[2.0, 0, 10], [0, 2, 10], [0, 0, 1]]),
        pairs=np.array(pairs),
        votes=len(pairs),
        tentative=len(pairs),
        error_px=0.0,
        area=1.0,
        crop_area=0.8,
        is_plausible=is_plausible,
        repetition=0.0,
    )


def shown(words=(), codes=(), origin=(0, 0)):
    found = replace(BLANK, keypoints=keypoints(IN_CROP, 220), words=list(words), codes=list(codes))
    return ShownDetails(found, origin)


def stored(words=(), positions=IN_REFERENCE):
    return ImageDetails(keypoints=keypoints(positions, 100).to_bytes(), words=pack_words(words))


def compared(**parts):
    return Comparison(ReferenceImage(), 0.51234, **parts)


def one(kind, evidence):
    (found,) = [each for each in evidence if isinstance(each, kind)]
    return found


def test_lines_join_the_points_that_agree_in_pixels_of_both_pictures():
    comparison = compared(match=match([(0, 0), (2, 2)]))

    found = one(KeypointsEvidence, evidence_of(comparison, shown(), stored()))

    assert found.inliers == 2
    assert found.lines == [
        SharedDetail((30.0, 30.0), (10.0, 10.0)),
        SharedDetail((190.0, 190.0), (90.0, 90.0)),
    ]
    assert found.outline == ((10.0, 10.0), (210.0, 10.0), (210.0, 210.0), (10.0, 210.0))


def test_places_in_a_box_are_told_in_the_whole_crop():
    word = Word("BRAVO", square(20.0, 30.0, 10.0), 0.9, 0)
    code = Code("EAN-13", GTIN[1:], GTIN, square(1.0, 2.0, 3.0))
    comparison = compared(
        match=match([(0, 0)]),
        words=WordMatch(3.0, 1.0, 1.0, (MatchedWord(0, "bravo", 1.0, 3.0),)),
        texts=("BRAVO",),
        gtin=GTIN,
    )

    evidence = evidence_of(comparison, shown([word], [code], origin=(100, 50)), stored())

    assert one(KeypointsEvidence, evidence).lines[0].crop == (130.0, 80.0)
    assert one(KeypointsEvidence, evidence).lines[0].reference == (10.0, 10.0)
    assert one(KeypointsEvidence, evidence).outline[0] == (110.0, 60.0)
    assert one(TextEvidence, evidence).words[0].crop == square(120.0, 80.0, 10.0)
    assert one(CodeEvidence, evidence) == CodeEvidence(GTIN, "EAN-13", square(101.0, 52.0, 3.0))


def test_an_implausible_match_is_no_evidence():
    comparison = compared(match=match([(0, 0)], is_plausible=False))

    assert evidence_of(comparison, shown(), stored()) == [EmbeddingEvidence(0.5123)]


def test_without_details_numbers_are_told_and_no_places():
    comparison = compared(match=match([(0, 0)]), texts=("BRAVO",), gtin=GTIN)

    assert evidence_of(comparison)[1:] == [
        KeypointsEvidence(1),
        TextEvidence(["BRAVO"]),
        CodeEvidence(GTIN),
    ]


def test_a_word_is_shown_where_both_pictures_have_it():
    ours = Word("BRAV0", square(30.0, 30.0, 20.0), 0.9, 0)
    theirs = Word("Bravo!", square(10.0, 10.0, 10.0), 1.0, 0)
    comparison = compared(
        words=WordMatch(3.0, 1.0, 1.0, (MatchedWord(0, "bravo", 1.0, 3.0),)), texts=("BRAV0",)
    )

    both = evidence_of(comparison, shown([ours]), stored([theirs]))
    named = evidence_of(comparison, shown([ours]), stored())

    assert one(TextEvidence, both).words == [
        SharedWord("BRAV0", square(30.0, 30.0, 20.0), "Bravo!", square(10.0, 10.0, 10.0))
    ]
    assert one(TextEvidence, named).words == [SharedWord("BRAV0", square(30.0, 30.0, 20.0))]


def test_of_a_word_printed_twice_the_one_at_the_same_place_is_shown():
    ours = Word("sommar", square(150.0, 150.0, 20.0), 0.9, 0)
    above, below = (
        Word("sommar", square(at, at, 10.0), sure, 0) for at, sure in ((5, 1), (70, 0.8))
    )
    words = WordMatch(3.0, 1.0, 1.0, (MatchedWord(0, "sommar", 1.0, 3.0),))
    comparison = compared(match=match([(0, 0)]), words=words, texts=("sommar",))

    found = one(TextEvidence, evidence_of(comparison, shown([ours]), stored([above, below])))

    assert found.words[0].reference == square(70.0, 70.0, 10.0)


def test_of_a_word_read_twice_in_the_crop_the_one_that_fits_is_shown():
    """A shelf shows a carton many times."""
    beside, fitting = (Word("sommar", square(at, 30.0, 10.0), 0.9, 0) for at in (180.0, 30.0))
    theirs = Word("sommar", square(12.0, 12.0, 5.0), 1.0, 0)
    words = WordMatch(3.0, 1.0, 1.0, (MatchedWord(0, "sommar", 1.0, 3.0),))
    comparison = compared(match=match([(0, 0)]), words=words, texts=("sommar",))

    found = one(TextEvidence, evidence_of(comparison, shown([beside, fitting]), stored([theirs])))

    assert found.words[0].crop == square(30.0, 30.0, 10.0)


def test_a_word_whose_parts_matched_apart_is_told_once():
    ours = Word("fett-3DL", square(0.0, 0.0, 9.0), 0.9, 0)
    parts = (MatchedWord(0, "fett", 1.0, 2.0), MatchedWord(0, "3di", 1.0, 1.0))
    comparison = compared(words=WordMatch(3.0, 1.0, 1.0, parts), texts=("fett-3DL", "fett-3DL"))

    found = one(TextEvidence, evidence_of(comparison, shown([ours]), stored()))

    assert found.matched == ["fett-3DL"]
    assert [word.text for word in found.words] == ["fett-3DL"]


def test_a_word_in_whose_place_the_reference_has_another_speaks_against_it():
    ours = Word("vanilj", square(30.0, 30.0, 20.0), 0.9, 0)
    theirs = Word("naturell", square(10.0, 10.0, 10.0), 0.9, 0)
    comparison = compared(contradictions=(Contradiction(ours, theirs, 4.8),))

    found = one(ContradictionEvidence, evidence_of(comparison, shown([ours]), stored([theirs])))

    assert found.words == [
        SharedWord("vanilj", square(30.0, 30.0, 20.0), "naturell", square(10.0, 10.0, 10.0))
    ]


def test_a_contradiction_that_may_be_a_misread_word_is_not_told():
    word = Word("vanilj", square(30.0, 30.0, 20.0), 0.9, 0)
    comparison = compared(contradictions=(Contradiction(word, word, 1.0),))

    told = evidence_of(comparison, shown([word]), stored([word]))

    assert not [each for each in told if isinstance(each, ContradictionEvidence)]


def test_the_close_comparison_names_the_place_that_differs_most():
    close = CloseComparison(0.71239, 0.5, 0.25, 9.94, 30.06, Box(1, 2, 3, 4), 5.0, 0.875)

    assert evidence_of(compared(close=close))[1] == CloseEvidence(
        colour=0.5,
        lightness=0.712,
        structure=0.25,
        overlap=0.875,
        difference=9.9,
        worst_difference=30.1,
        worst_cell=Area(1, 2, 3, 4),
    )


def pattern(degrees, zoom, n_pairs, *, is_plausible=True):
    """A pattern of 100 x 100 px, turned clockwise and enlarged."""
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    transform = np.eye(3)
    transform[:2, :2] = zoom * turn
    found = match(np.zeros((n_pairs, 2), np.int64), is_plausible=is_plausible)
    return PatternMatch(replace(found, transform=transform), (100, 100), palette=0.87654)


def test_a_pattern_that_is_confirmed_is_told_with_its_size_turn_and_colours():
    assert evidence_of(compared(pattern=pattern(90, 1.2345, 31)))[1:] == [
        PatternEvidence(confirmed=31, scale=1.23, turn_degrees=90.0, palette=0.877)
    ]


def test_a_turn_of_nearly_a_whole_circle_is_told_as_none():
    (told,) = evidence_of(compared(pattern=pattern(359.97, 1.0, 31)))[1:]

    assert told.turn_degrees == 0.0


def test_a_pattern_of_which_nothing_is_confirmed_is_no_evidence():
    nowhere = pattern(0, 1.0, 31, is_plausible=False)

    assert evidence_of(compared(pattern=nowhere)) == [EmbeddingEvidence(0.5123)]


def test_few_lines_are_spread_over_the_picture_before_any_place_has_two():
    crowd = [(x, y) for x in range(10) for y in range(10)]
    corner = (500, 500)

    assert spread_rows(np.array([*crowd, corner], np.float32), 2) == [0, 100]
    assert spread_rows(np.zeros((3, 2), np.float32), 2) == [0, 1]
    assert spread_rows(np.zeros((0, 2), np.float32), 2) == []


@pytest.mark.parametrize("n_points", [LINES_MAX, LINES_MAX + 1, 500])
def test_an_answer_holds_a_bounded_number_of_lines(n_points):
    positions = np.random.default_rng(0).uniform(0, 100, (n_points, 2))
    rows = spread_rows(positions, LINES_MAX)

    assert len(set(rows)) == len(rows) == LINES_MAX

"""The signals of a comparison: what speaks for a candidate rises, what speaks against it falls."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.catalog.models import ImageDetails, Product, ReferenceImage
from engine.compare import CropComparer, words_of_brand
from engine.comparison import Comparison, NearImage
from engine.embed.features import DetailExtractor
from engine.embed.image import Box
from engine.embed.local.geometry import GeometricMatch
from engine.embed.local.patterns import PatternMatch
from engine.embed.local.rectify import CloseComparison
from engine.embed.text.matching import MatchedWord, Rarity, WordMatch
from engine.embed.text.places import Contradiction
from engine.embed.text.stored import pack_words
from engine.embed.text.words import Word
from tests.embed.local.test_keypoints import card
from tests.embed.local.test_logos import PLACE
from tests.embed.local.test_logos import card as lettered
from tests.embed.local.test_patterns import part_of, tiling
from tests.embed.text.test_layout import LABEL, photographed, printed, shuffled
from tests.fakes import ReadsNothing

MATCH = GeometricMatch(
    kind="homography",
    transform=np.eye(3),
    pairs=np.zeros((15, 2), np.int64),
    votes=20,
    tentative=25,
    error_px=1.0,
    area=0.5,
    crop_area=0.5,
    is_plausible=True,
    repetition=0.0,
)
WORD = Word("vanilj", ((0.0, 0.0),) * 4, 1.0, 0)
CLOSE = CloseComparison(0.6, 0.7, 0.4, 3.0, 15.0, Box(0, 0, 1, 1), 5.0, 0.9)


def signals(**parts):
    return Comparison(ReferenceImage(id=1), 0.5, **parts).signals


def test_a_candidate_of_which_nothing_is_seen_has_its_look_alone():
    seen = {name: value for name, value in vars(signals()).items() if value}

    assert seen == {"embedding": 0.5}


def test_details_speak_by_their_number_and_by_their_share_of_the_like_ones():
    found = signals(match=MATCH)

    assert found.inliers == pytest.approx(np.log(16))
    assert found.votes == pytest.approx(np.log(21))
    assert found.inlier_share == pytest.approx(0.5)


def test_details_that_no_plausible_map_lays_out_have_votes_alone():
    found = signals(match=replace(MATCH, is_plausible=False))

    assert (found.inliers, found.inlier_share) == (0, 0)
    assert found.votes == pytest.approx(np.log(21))


def test_words_that_were_missed_speak_against_a_candidate():
    found = signals(words=WordMatch(4.0, 0.2, 0.5, (), missed=16.0))

    assert (found.words, found.word_share, found.words_missed) == (2.0, 0.2, -4.0)


def test_a_pack_full_of_words_misses_no_more_than_photographed_cartons_do():
    found = signals(words=WordMatch(0.0, 0.0, 0.0, (), missed=400.0))

    assert found.words_missed == -6.0


def test_words_in_the_place_of_others_speak_against_a_candidate_by_their_letters():
    found = signals(contradictions=(Contradiction(WORD, WORD, 5.0), Contradiction(WORD, WORD, 2.0)))

    assert found.word_contradiction == pytest.approx(-np.log(8))


@pytest.mark.parametrize(("n_matched", "counted"), [(0, 7.0), (6, 7.0), (12, 3.5), (42, 1.0)])
def test_of_a_label_that_matches_in_many_words_a_few_others_say_less(n_matched, counted):
    matched = (MatchedWord(0, "vanilj", 1.0, 1.0),) * n_matched
    words = WordMatch(4.0, 0.5, 0.5, matched)

    found = signals(words=words, contradictions=(Contradiction(WORD, WORD, 7.0),))

    assert found.word_contradiction == pytest.approx(-np.log1p(counted))


def test_places_speak_by_their_agreement_and_against_it_where_one_stands_out():
    found = signals(match=MATCH, close=CLOSE)

    assert found.colour == 0.7
    assert found.structure == pytest.approx(0.5)
    assert found.odd_place == pytest.approx(-3.0)


def test_places_that_are_opposite_speak_neither_way():
    opposite = replace(CLOSE, colour=-0.7, lightness=-0.8, structure=-0.4)
    found = signals(match=MATCH, close=opposite)

    assert (found.colour, found.structure) == (0, 0)


def test_a_pattern_speaks_by_how_little_is_off_and_how_many_colours_are_shared():
    found = signals(match=MATCH, close=CLOSE, pattern=PatternMatch(MATCH, (9, 9), palette=0.75))

    assert found.pattern == pytest.approx(-np.log(4))
    assert found.palette == -0.25


def test_a_pattern_that_could_not_be_laid_on_the_crop_speaks_neither_way():
    nowhere = replace(MATCH, is_plausible=False)

    found = signals(match=nowhere, pattern=PatternMatch(nowhere, (9, 9), palette=0.25))

    assert (found.pattern, found.palette) == (0, 0)


def compare_pattern(picture, reference, match=None):
    """Compare a part of a picture with a reference as a pattern."""
    details = DetailExtractor(ReadsNothing())
    stored = ImageDetails(image_id=1, **vars(details.of_reference(reference)))
    comparer = CropComparer(picture, details.of_crop(picture), Rarity({}, 1), {1: stored})
    return comparer.compare_pattern(Comparison(ReferenceImage(id=1), 0.5, match=match))


def test_what_repeats_in_a_reference_takes_the_place_of_the_few_details_that_stand_out():
    found = compare_pattern(part_of(tiling(1), turn_degrees=0, zoom=2.0), tiling(1))

    assert found.pattern.confirmed > 8
    assert found.match is found.pattern.match


def test_more_details_that_stand_out_keep_their_place():
    many = replace(MATCH, pairs=np.zeros((999, 2), np.int64))

    found = compare_pattern(part_of(tiling(1), turn_degrees=0, zoom=2.0), tiling(1), many)

    assert found.pattern.confirmed > 8
    assert found.match is many


def test_a_reference_that_does_not_repeat_itself_is_no_pattern():
    found = compare_pattern(card(), card())

    assert found.pattern is None


DETAILS = DetailExtractor(ReadsNothing()).of_crop(Image.new("RGB", (220, 220)))
REFERENCE = ImageDetails(
    image_id=1, keypoints=DETAILS.keypoints.to_bytes(), words=pack_words([]), palette=b""
)


def test_a_crop_is_read_again_as_the_reference_shows_it_and_its_words_lie_in_the_crop():
    comparer = CropComparer(Image.new("RGB", (220, 220)), DETAILS, Rarity({}, 1), {1: REFERENCE})
    twice = replace(MATCH, transform=np.diag([2.0, 2.0, 1.0]))  # of 220 px, shown 440 px wide
    square = ((0.0, 0.0), (640.0, 0.0), (640.0, 640.0), (0.0, 640.0))
    pictures = []

    def read(picture):
        pictures.append(picture)
        return [Word("all", square, 1.0, 0)]

    words = comparer.read_again(Comparison(ReferenceImage(id=1), 0.5, match=twice), read)

    assert [picture.size for picture in pictures] == [(640, 640)]
    assert np.array(words[0].box) == pytest.approx(np.array(square) / 640 * 440)


@pytest.mark.parametrize(
    "match",
    [
        None,
        replace(MATCH, is_plausible=False),
        replace(MATCH, transform=np.zeros((3, 3))),
    ],
)
def test_a_crop_that_no_map_lays_out_is_not_read_again(match):
    comparer = CropComparer(Image.new("RGB", (220, 220)), DETAILS, Rarity({}, 1), {1: REFERENCE})

    assert comparer.read_again(Comparison(ReferenceImage(id=1), 0.5, match=match), list) is None


def words_of_a_light_one(hidden=None, transform=None):
    """Hold a crop that says yoghurt, on the right, against a reference that says light yoghurt."""
    line = [((x, 90.0), (x + 60, 90.0), (x + 60, 110.0), (x, 110.0)) for x in (40.0, 120.0)]
    stored = [Word("Light", line[0], 1.0, 0), Word("Yoghurt", line[1], 1.0, 0)]
    reference = ImageDetails(
        image_id=1, keypoints=REFERENCE.keypoints, words=pack_words(stored), palette=b""
    )
    crop = Image.new("RGB", (220, 220))
    comparer = CropComparer(crop, replace(DETAILS, hidden=hidden), Rarity({}, 1), {1: reference})
    match = MATCH if transform is None else replace(MATCH, transform=transform)
    near = Comparison(ReferenceImage(id=1), 0.5, match=match)
    there = Word("Yoghurt", line[1], 1.0, 0).moved(match.transform)
    return comparer.contradicted(near, [there]).contradictions


def test_a_word_that_the_crop_would_show_is_missed():
    assert [each.reference.text for each in words_of_a_light_one()] == ["Light Yoghurt"]


def test_a_word_is_not_missed_behind_a_black_bar():
    bar = np.zeros((220, 220), np.bool_)
    bar[95:105, 60:80] = True  # over its middle alone

    assert words_of_a_light_one(hidden=bar) == ()


def test_a_word_is_not_missed_beyond_the_edge_of_the_crop():
    further_left = np.array([[1.0, 0, -50], [0, 1, 0], [0, 0, 1]])

    assert words_of_a_light_one(transform=further_left) == ()


@pytest.mark.parametrize(
    ("brand", "found"),
    [("Lait de Vache", ["VACHE"]), ("de", []), ("", []), ("Fjällko", []), ("Vaches & Co", [])],
)
def test_the_lettering_of_a_brand_is_its_longest_word(brand, found):
    corners = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    read = [Word(text, corners, 1.0, 0) for text in ("Le", "lait", "de", "VACHE", "Co")]

    assert [word.text for word in words_of_brand(read, brand)] == found


def compare_label(crop_words):
    """Hold a crop that says some words against a label that says the same, in its own order."""
    reference = ImageDetails(
        image_id=1,
        keypoints=REFERENCE.keypoints,
        words=pack_words(printed(LABEL)),
        palette=REFERENCE.palette,
    )
    crop = replace(DETAILS, words=crop_words)
    comparer = CropComparer(Image.new("RGB", (220, 220)), crop, Rarity({}, 100), {1: reference})
    product = Product(key="tea", name="Tea", brand="", gtins=[])
    (found,) = comparer.compare([NearImage(ReferenceImage(id=1, product=product), 0.5)])
    return found


def test_the_words_of_a_label_speak_for_it_where_they_stand_as_on_it():
    found = compare_label(photographed(printed(LABEL)))

    assert len(found.texts) == len(printed(LABEL))
    assert found.signals.word_share == pytest.approx(1.0)


def test_the_words_of_another_label_that_says_the_same_are_neither_told_nor_weighed():
    found = compare_label(photographed(shuffled(printed(LABEL))))

    assert found.texts == ()
    assert (found.signals.words, found.signals.word_share) == (0, 0)
    assert found.signals.words_missed < -3


def lettering_of(brand, match=MATCH):
    """Look closely at a crop that shows its reference's lettering, whose product has a brand."""
    picture = lettered("Fjällko")
    word = Word("Fjällko", tuple(map(tuple, PLACE.tolist())), 1.0, 0)
    stored = ImageDetails(
        image_id=1, keypoints=REFERENCE.keypoints, words=pack_words([word]), palette=b""
    )
    details = replace(DETAILS, words=[], hidden=None)
    comparer = CropComparer(picture, details, Rarity({}, 1), {1: stored})
    image = ReferenceImage(id=1, product=Product(key="milk", brand=brand))
    return comparer.look_closely(Comparison(image, 0.5, match=match), picture).logo


def test_a_close_look_finds_the_lettering_of_the_brand():
    logo = lettering_of("Fjällko")

    assert logo.likeness == pytest.approx(1.0)
    assert logo.box.x <= PLACE[:, 0].min()
    assert logo.box.x + logo.box.width >= PLACE[:, 0].max()


@pytest.mark.parametrize(
    ("brand", "match"),
    [("", MATCH), ("Havre", MATCH), ("Fjällko", replace(MATCH, is_plausible=False))],
)
def test_no_lettering_is_looked_for_without_a_brand_or_a_map(brand, match):
    assert lettering_of(brand, match) is None

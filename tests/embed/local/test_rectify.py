import numpy as np
import pytest
from PIL import Image, ImageEnhance

from engine.embed.local.geometry import GeometricMatch
from engine.embed.local.rectify import compare_closely, product_mask
from tests.embed.local.test_geometry import TILTED, warped
from tests.embed.local.test_keypoints import card


def match_of(transform, *, kind="homography", is_plausible=True):
    """A match as the geometry would give it for this map."""
    return GeometricMatch(
        kind=kind,
        transform=np.asarray(transform, float),
        pairs=np.zeros((20, 2), np.int64),
        votes=20,
        tentative=30,
        error_px=1.0,
        area=0.5,
        crop_area=0.5,
        is_plausible=is_plausible,
        repetition=0.0,
    )


@pytest.fixture(scope="module")
def reference():
    return card(seed=3)


def test_the_same_picture_tilted_compares_as_equal(reference):
    found = compare_closely(warped(reference, TILTED), reference, match_of(TILTED))

    assert found.lightness > 0.98
    assert found.colour > 0.99
    assert found.structure > 0.9
    assert found.difference < 1
    assert found.colour_shift < 1
    assert found.overlap > 0.9


def test_dark_yellowish_light_changes_the_shift_but_no_correlation(reference):
    lit = np.asarray(warped(reference, TILTED)) * np.array([0.45, 0.4, 0.28])
    crop = Image.fromarray(lit.astype(np.uint8))

    found = compare_closely(crop, reference, match_of(TILTED))

    assert found.lightness > 0.95
    assert found.colour > 0.85
    assert found.colour_shift > 5


def test_a_patch_of_another_colour_is_the_worst_cell(reference):
    changed = np.array(reference)
    changed[140:260, 280:390] = (20, 200, 60)
    crop = warped(Image.fromarray(changed), TILTED)

    found = compare_closely(crop, reference, match_of(TILTED))

    cell = found.worst_cell
    assert 140 <= cell.y + cell.height / 2 <= 260
    assert 280 <= cell.x + cell.width / 2 <= 390
    assert found.worst_difference > 5 * found.difference


def test_another_picture_in_the_same_place_correlates_little(reference):
    found = compare_closely(warped(card(seed=8), TILTED), reference, match_of(TILTED))

    assert abs(found.lightness) < 0.4
    assert abs(found.structure) < 0.3


def test_a_grey_crop_has_no_colour_to_compare(reference):
    grey = ImageEnhance.Color(warped(reference, TILTED)).enhance(0)

    found = compare_closely(grey, reference, match_of(TILTED))

    assert found.colour == pytest.approx(0, abs=0.1)
    assert found.lightness > 0.98


def test_what_is_hidden_counts_neither_way(reference):
    crop = np.array(warped(reference, TILTED))
    hidden = np.zeros(crop.shape[:2], bool)
    hidden[150:280] = True
    crop[hidden] = 0
    match = match_of(TILTED)

    masked = compare_closely(Image.fromarray(crop), reference, match, hidden=hidden)
    unmasked = compare_closely(Image.fromarray(crop), reference, match)

    assert masked.lightness > 0.97
    assert unmasked.lightness < 0.9
    assert 0.4 < masked.overlap < 0.8


@pytest.mark.parametrize(
    "match",
    [
        match_of(np.eye(3), kind="none"),
        match_of(TILTED, is_plausible=False),
        match_of([[1, 0, 900], [0, 1, 0], [0, 0, 1]]),  # wholly beside the crop
        match_of(np.zeros((3, 3))),
    ],
)
def test_a_degenerate_match_is_not_compared(reference, match):
    assert compare_closely(warped(reference, TILTED), reference, match) is None


def test_the_white_around_a_packshot_is_not_the_product():
    shot = np.full((200, 200, 3), 255, np.uint8)
    shot[40:180, 60:140] = (30, 90, 160)
    shot[80:100, 80:120] = 255  # white print is not background

    found = product_mask(shot)

    expected = np.zeros((200, 200), bool)
    expected[40:180, 60:140] = True
    assert np.mean(found != expected) < 0.01


def test_a_picture_without_plain_border_is_all_product():
    busy = np.random.default_rng(3).integers(0, 255, (100, 100, 3)).astype(np.uint8)

    assert product_mask(busy).all()
    assert product_mask(np.full((50, 50, 3), 200, np.uint8)).all()

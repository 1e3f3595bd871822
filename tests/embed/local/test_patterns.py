import cv2
import numpy as np
import pytest
from PIL import Image, ImageEnhance

from engine.embed.local.keypoints import extract_keypoints
from engine.embed.local.palette import palette_likeness, palette_of
from engine.embed.local.patterns import REPEAT_MIN, compare_patterns, find_repeat, twin_share
from tests.embed.local.test_keypoints import card


def tiling(seed, tile_px=100, repeats=5):
    """A wallpaper: one random tile of shapes, side by side."""
    tile = np.asarray(card(200, seed).resize((tile_px, tile_px), Image.Resampling.BOX))
    return Image.fromarray(np.tile(tile, (repeats, repeats, 1)))


def part_of(picture, turn_degrees, zoom, side=300):
    """A photo of the middle of it, turned clockwise and enlarged."""
    middle = ((picture.width - 1) / 2, (picture.height - 1) / 2)
    matrix = cv2.getRotationMatrix2D(middle, -turn_degrees, zoom)
    matrix[:, 2] += (side / 2 - middle[0] + 17, side / 2 - middle[1] - 23)
    pixels = cv2.warpAffine(
        np.asarray(picture), matrix, (side, side), borderMode=cv2.BORDER_REFLECT
    )
    return Image.fromarray(pixels)


@pytest.fixture(scope="module")
def wallpapers():
    return [extract_keypoints(tiling(seed), limit=560) for seed in range(3)]


def test_part_of_a_wallpaper_is_found_with_its_scale_and_turn(wallpapers):
    crop = extract_keypoints(part_of(tiling(1), turn_degrees=30, zoom=1.3))

    found = [compare_patterns(crop, each) for each in wallpapers]

    assert int(np.argmax([match.confirmed for match in found])) == 1
    assert found[1].confirmed > 5 * max(found[0].confirmed, found[2].confirmed)
    assert found[1].scale == pytest.approx(1.3, rel=0.05)
    assert found[1].turn_degrees == pytest.approx(30, abs=3)


def test_a_crop_of_less_than_two_repeats_is_found_too(wallpapers):
    shown = part_of(tiling(1), turn_degrees=0, zoom=2.0)
    assert find_repeat(shown).strength < REPEAT_MIN

    found = [compare_patterns(extract_keypoints(shown), each).confirmed for each in wallpapers]

    assert found[1] > 2 * max(found[0], found[2])


def test_most_details_of_a_wallpaper_are_there_twice_and_few_of_a_card(wallpapers):
    assert twin_share(wallpapers[0]) > 0.8
    assert twin_share(extract_keypoints(card(), limit=560)) < 0.2
    assert twin_share(extract_keypoints(Image.new("RGB", (80, 80)))) == 0


def test_pictures_without_points_have_no_pattern(wallpapers):
    nothing = extract_keypoints(Image.new("RGB", (80, 80)))

    assert compare_patterns(nothing, wallpapers[0]).confirmed == 0
    assert compare_patterns(wallpapers[0], nothing, palette=0.3).palette == 0.3


@pytest.mark.parametrize("tile_px", [50, 64, 100])
def test_the_period_of_a_tiling_is_the_side_of_its_tile(tile_px):
    found = find_repeat(tiling(2, tile_px, repeats=6))

    assert found.strength > 0.8
    # any whole number of tiles is a period as well
    assert found.period_px / tile_px == pytest.approx(round(found.period_px / tile_px), abs=0.05)


def test_a_card_and_a_plain_picture_do_not_repeat():
    assert find_repeat(card()).strength < 0.35
    assert find_repeat(Image.new("RGB", (200, 100), (9, 90, 9))).strength == 0
    assert find_repeat(Image.new("RGB", (1, 1))).strength == 0


def test_a_palette_knows_another_colourway_but_not_dim_light():
    red = Image.fromarray(np.asarray(tiling(2)) // 4 + np.array([150, 20, 20], np.uint8))
    blue = Image.fromarray(np.asarray(red)[..., ::-1].copy())
    dim = ImageEnhance.Brightness(red).enhance(0.8)

    assert palette_likeness(palette_of(red), palette_of(red)) == pytest.approx(1)
    assert palette_likeness(palette_of(red), palette_of(dim)) > 0.7
    assert palette_likeness(palette_of(red), palette_of(blue)) < 0.2


def test_a_palette_is_a_distribution():
    palette = palette_of(card())

    assert palette.shape == (200,)
    assert palette.sum() == pytest.approx(1)
    assert palette.min() >= 0

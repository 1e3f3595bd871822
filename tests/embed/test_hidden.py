import cv2
import numpy as np
import pytest
from PIL import Image

from engine.embed.hidden import find_hidden
from tests.embed.local.test_keypoints import card

SIDE = 400
PATCH = np.zeros((SIDE, SIDE), bool)
PATCH[120:280, 90:310] = True


def photo(seed=3):
    """A card with the noise that every camera adds."""
    noise = np.random.default_rng(seed).normal(0, 9, (SIDE, SIDE, 3))
    return np.clip(np.asarray(card(SIDE, seed)) + noise, 0, 255).astype(np.uint8)


def jpeg(pixels, quality):
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return Image.fromarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def overlap(found, expected):
    return (found & expected).sum() / (found | expected).sum()


@pytest.mark.parametrize("quality", [95, 60])
def test_a_black_bar_is_found_through_jpeg(quality):
    pixels = photo()
    pixels[PATCH] = 0

    found = find_hidden(jpeg(pixels, quality))

    assert overlap(found.bars, PATCH) > 0.95
    assert found.share == pytest.approx(PATCH.mean(), abs=0.02)


def test_a_slanted_black_bar_is_found():
    pixels = photo()
    corners = cv2.boxPoints(((200, 200), (260, 70), 25)).astype(np.int32)
    cv2.fillConvexPoly(pixels, corners, (0, 0, 0))
    expected = cv2.fillConvexPoly(np.zeros((SIDE, SIDE), np.uint8), corners, 1) > 0

    assert overlap(find_hidden(jpeg(pixels, 90)).bars, expected) > 0.9


@pytest.mark.parametrize("block_px", [8, 12, 20])
def test_pixelated_patch_is_found(block_px):
    pixels = photo()
    part = pixels[120:280, 90:310]
    small = cv2.resize(part, (220 // block_px, 160 // block_px), interpolation=cv2.INTER_AREA)
    pixels[120:280, 90:310] = cv2.resize(small, (220, 160), interpolation=cv2.INTER_NEAREST)

    assert overlap(find_hidden(jpeg(pixels, 95)).pixelated, PATCH) > 0.7


@pytest.mark.parametrize("sigma", [5, 8])
def test_a_blurred_patch_is_found(sigma):
    pixels = photo()
    pixels[PATCH] = cv2.GaussianBlur(pixels, (0, 0), sigma)[PATCH]

    assert overlap(find_hidden(jpeg(pixels, 90)).blurred, PATCH) > 0.7


def test_a_photo_out_of_focus_hides_nothing():
    blurred = cv2.GaussianBlur(photo(), (0, 0), 4)

    assert find_hidden(jpeg(blurred, 90)).share == 0


@pytest.mark.parametrize("seed", range(4))
def test_an_untouched_photo_hides_nothing(seed):
    assert find_hidden(jpeg(photo(seed), 90)).share == 0


def test_a_dark_round_thing_is_no_bar():
    pixels = photo()
    cv2.circle(pixels, (200, 200), 90, (4, 4, 4), -1)

    assert not find_hidden(jpeg(pixels, 90)).bars.any()


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (40, 40)])
def test_plain_and_tiny_pictures_hide_nothing(size):
    found = find_hidden(Image.new("RGB", size, (120, 130, 90)))

    assert found.mask.shape == (size[1], size[0])
    assert found.share == 0

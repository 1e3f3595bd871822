import numpy as np
import pytest
from PIL import Image

from engine.evaluation.damages import (
    DAMAGES,
    bar,
    blur,
    compress,
    darken,
    make_small,
    pixelate,
    place_of,
    take_colour,
    turn_half,
    turn_quarter,
)


@pytest.fixture
def picture():
    noise = np.random.default_rng(3).integers(20, 236, (160, 240, 3), np.uint8)
    return Image.fromarray(noise)


def pixels(image):
    return np.asarray(image).astype(int)


def test_there_are_nine():
    assert len(DAMAGES) == 9


def test_the_longest_side_becomes_128_px_and_small_pictures_stay(picture):
    assert make_small(picture, 0).size == (128, 85)
    assert make_small(Image.new("RGB", (100, 30)), 0).size == (100, 30)


def test_a_blur_takes_the_noise_and_keeps_the_light(picture):
    blurred = pixels(blur(picture, 0))

    # A Gaussian of sigma 3 averages over 4 pi sigma^2 = 113 pixels.
    assert blurred.std() < pixels(picture).std() / 8
    assert blurred.mean() == pytest.approx(pixels(picture).mean(), abs=1)


def test_a_low_quality_leaves_few_bytes_worth(picture):
    assert np.abs(pixels(compress(picture, 0)) - pixels(picture)).mean() > 15


def test_turns_go_clockwise(picture):
    assert (pixels(turn_quarter(picture, 0)) == np.rot90(pixels(picture), -1)).all()
    assert (pixels(turn_half(picture, 0)) == pixels(picture)[::-1, ::-1]).all()


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 0.999])
def test_a_black_bar_covers_a_quarter_from_edge_to_edge(picture, place):
    black = (pixels(bar(picture, place)) == 0).all(axis=2)

    assert black.mean() == pytest.approx(0.25)
    assert black.all(axis=1).any() or black.all(axis=0).any()


@pytest.mark.parametrize("place", [0.0, 0.5, 0.999])
def test_a_pixelated_field_covers_thirty_percent_and_lies_inside(picture, place):
    changed = (pixels(pixelate(picture, place)) != pixels(picture)).any(axis=2)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    field = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)

    assert field / changed.size == pytest.approx(0.3, abs=0.01)
    assert changed.sum() / field > 0.98


def test_brightness_falls_to_two_fifths(picture):
    assert pixels(darken(picture, 0)).mean() == pytest.approx(0.4 * pixels(picture).mean(), abs=0.6)


def test_grey_has_three_equal_channels(picture):
    grey = pixels(take_colour(picture, 0))

    assert (grey[..., 0] == grey[..., 1]).all()
    assert (grey[..., 1] == grey[..., 2]).all()


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("size", [(1, 1), (3, 1), (1, 7), (500, 2)])
def test_any_picture_can_be_damaged_and_stays_as_it_was(name, size):
    picture = Image.new("RGB", size, "#c08040")
    damaged = DAMAGES[name](picture, 0.7)

    assert damaged.mode == "RGB"
    assert (pixels(picture) == (0xC0, 0x80, 0x40)).all()


def test_a_file_is_damaged_at_one_place_always():
    places = [place_of(f"crop-{number}.jpg") for number in range(200)]

    assert place_of("crop-7.jpg") == places[7]
    assert all(0 <= place < 1 for place in places)
    assert np.mean(places) == pytest.approx(0.5, abs=0.1)

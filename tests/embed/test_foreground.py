import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.embed.foreground import find_foreground


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def draw_room(rng, chair=(120, 100, 180, 200), size=(300, 260)):
    """A red chair before a striped wall, on a speckled floor."""
    picture = Image.new("RGB", size, (200, 205, 170))
    draw = ImageDraw.Draw(picture)
    for x in range(0, size[0], 12):
        draw.line((x, 0, x, 180), fill=(150, 160, 120), width=4)
    speckles = rng.normal((110, 80, 60), 12, (size[1] - 180, size[0], 3)).clip(0, 255)
    picture.paste(Image.fromarray(speckles.astype(np.uint8)), (0, 180))
    draw.rectangle((chair[0], chair[1], chair[2] - 1, chair[3] - 1), fill=(190, 30, 40))
    return picture


def test_the_object_in_a_room_is_found_with_a_margin_around_it(rng):
    found = find_foreground(draw_room(rng))

    box = found.box
    assert box.x == pytest.approx(120 - 6, abs=5)
    assert box.y == pytest.approx(100 - 6, abs=5)
    assert box.x + box.width == pytest.approx(180 + 6, abs=5)
    assert box.y + box.height == pytest.approx(200 + 6, abs=5)


def test_the_mask_covers_the_object_and_not_the_room(rng):
    found = find_foreground(draw_room(rng))

    truth = np.zeros((260, 300), np.uint8)
    truth[100:200, 120:180] = 1
    truth = cv2.resize(truth, found.mask.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    assert found.mask[truth].mean() > 0.95
    assert found.mask[~truth].mean() < 0.02


def test_of_two_objects_the_one_in_the_middle_is_found(rng):
    picture = draw_room(rng)
    picture.paste((20, 40, 160), (25, 60, 85, 170))

    found = find_foreground(picture)

    assert found.box.x > 100


def test_the_box_of_an_object_at_the_edge_stays_inside_the_picture(rng):
    found = find_foreground(draw_room(rng, chair=(180, 60, 300, 260)))

    assert found.box.x + found.box.width <= 300
    assert found.box.y + found.box.height <= 260


def test_the_same_picture_has_the_same_foreground_at_any_number_of_threads(rng):
    picture, before, found = draw_room(rng), cv2.getNumThreads(), []
    for threads in (1, 2, 4):
        cv2.setNumThreads(threads)
        found.append(find_foreground(picture))
    cv2.setNumThreads(before)

    assert found[0].box == found[1].box == found[2].box
    assert all(np.array_equal(each.mask, found[0].mask) for each in found)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (40, 30), (2, 2)], ids=str)
def test_a_plain_or_very_narrow_picture_has_no_foreground(size):
    assert find_foreground(Image.new("RGB", size, "olive")) is None


def test_a_huge_picture_costs_no_more_than_its_thumbnail(rng):
    room = draw_room(rng)
    found = find_foreground(room.resize((6000, 5200), Image.Resampling.NEAREST))

    assert found.mask.shape == (83, 96)
    assert found.box.x == pytest.approx(20 * 114, abs=100)

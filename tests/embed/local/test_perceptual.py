import numpy as np
import pytest
from PIL import Image, ImageFilter

from engine.embed.local.perceptual import perceptual_likeness
from tests.embed.local.test_keypoints import card

ALL = np.ones((160, 160), bool)


def pixels(seed, *, blur=0.0, light=1.0):
    picture = card(seed=seed).resize((160, 160)).filter(ImageFilter.GaussianBlur(blur))
    return (np.asarray(picture) * light).astype(np.uint8)


def test_a_picture_is_like_itself():
    assert perceptual_likeness(pixels(3), pixels(3), ALL) == pytest.approx(1, abs=1e-4)


def test_blur_and_light_cost_less_than_another_print():
    dim = perceptual_likeness(pixels(3, blur=1, light=0.8), pixels(3), ALL)
    other = perceptual_likeness(pixels(8), pixels(3), ALL)

    assert other < 0.4
    assert dim > 0.6


def test_what_is_not_common_counts_neither_way():
    changed = pixels(3)
    changed[:60] = pixels(8)[:60]
    below = ALL.copy()
    below[:72] = False

    assert perceptual_likeness(changed, pixels(3), below) > 0.95
    assert perceptual_likeness(changed, pixels(3), ALL) < 0.9


@pytest.mark.parametrize("common", [~ALL, np.eye(160, dtype=bool)])
def test_too_little_in_common_says_nothing(common):
    assert perceptual_likeness(pixels(3), pixels(3), common) == 0


def test_an_even_picture_says_nothing():
    grey = np.full((160, 160, 3), 127, np.uint8)

    assert abs(perceptual_likeness(grey, pixels(3), ALL)) < 0.5


def test_a_small_picture_is_compared_too():
    small = np.asarray(Image.fromarray(pixels(3)).resize((8, 160)))

    assert -1 <= perceptual_likeness(small, small, np.ones((160, 8), bool)) <= 1.0001

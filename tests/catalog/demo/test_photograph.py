"""Photographs, from easy to hard."""

import numpy as np
import pytest

from engine.catalog.demo.photograph import photograph
from engine.catalog.demo.products import product_at
from engine.catalog.demo.view import homography


def test_the_same_name_gives_the_same_photograph():
    first, second = (photograph(product_at(7, 3), "name") for _ in range(2))

    assert first.image.tobytes() == second.image.tobytes()
    assert first.box == second.box


def test_another_name_gives_another_photograph():
    first, second = (photograph(product_at(7, 3), name).image for name in ("one", "two"))

    assert first.tobytes() != second.tobytes()


def test_difficult_photographs_are_smaller_and_coarser():
    easy = [photograph(product_at(7, i), "x", difficulty=0.0) for i in range(4)]
    hard = [photograph(product_at(7, i), "x", difficulty=1.0) for i in range(4)]

    assert min(max(photo.image.size) for photo in easy) >= 420
    assert max(max(photo.image.size) for photo in hard) <= 360
    assert all(40 <= photo.jpeg_quality <= 85 for photo in easy + hard)


def test_a_homography_takes_corners_to_corners():
    source = [(10.0, 12.0), (90.0, 8.0), (95.0, 99.0), (4.0, 88.0)]
    target = [(0.0, 0.0), (50.0, 0.0), (50.0, 70.0), (0.0, 70.0)]

    a, b, c, d, e, f, g, h = homography(source, target)

    for (x, y), (u, v) in zip(source, target, strict=True):
        depth = g * x + h * y + 1
        assert ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth) == pytest.approx(
            (u, v), abs=1e-6
        )


def test_a_black_bar_hides_something_now_and_then():
    photos = [photograph(product_at(7, 2), f"x{i}", difficulty=1.0) for i in range(12)]

    blacks = [np.mean(np.asarray(photo.image).max(axis=2) == 0) for photo in photos]
    assert max(blacks) > 0.01
    assert min(blacks) < 0.01

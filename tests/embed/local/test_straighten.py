import numpy as np
import pytest

from engine.embed.local.planes import project
from engine.embed.local.straighten import straighten
from tests.embed.local.test_geometry import TILTED, warped
from tests.embed.local.test_keypoints import card


def test_a_tilted_crop_is_drawn_as_the_reference_shows_it():
    reference = card(seed=3)

    straight, _ = straighten(warped(reference, TILTED), reference.size, TILTED)

    assert max(straight.size) == 640
    ours = np.asarray(straight.resize(reference.size)).astype(int)
    away = np.abs(ours - np.asarray(reference).astype(int)).mean(axis=2)
    assert np.median(away) < 12


def test_places_of_the_crop_are_found_in_the_straight_picture():
    reference = card(seed=3)
    corners = np.array([(0.0, 0.0), (reference.width, reference.height)])

    _, to_straight = straighten(warped(reference, TILTED), reference.size, TILTED)

    zoom = 640 / max(reference.size)
    laid = project(to_straight, project(np.asarray(TILTED, float), corners))
    assert laid == pytest.approx(corners * zoom, abs=0.5)


def test_what_the_crop_does_not_show_is_grey():
    reference = card(seed=3)
    beside = np.array([[1.0, 0, -reference.width / 2], [0, 1, 0], [0, 0, 1]])

    straight, _ = straighten(reference, reference.size, beside)

    assert set(np.asarray(straight)[:, : straight.width // 2 - 4].ravel()) == {127}

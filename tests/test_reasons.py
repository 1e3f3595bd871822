"""A crop whose making is known: the evidence must lie where that turned and shrank the product."""

from dataclasses import replace
from math import cos, radians, sin

import numpy as np
import pytest

from engine.catalog.demo.products import product_at
from engine.embed.image import Box
from engine.search import Searcher
from tests.test_details import MODEL, parts, tilted_and_grey

__all__ = ["parts"]

TURN, ZOOM = radians(12), 0.75


@pytest.fixture(scope="module")
def searcher(parts):
    channels = parts.searcher._channels
    return Searcher(parts.encoder, parts.index, parts.sessions, MODEL, 0.2, channels)


def in_crop(point, reference_size, crop_size):
    """Return where a place of the reference lies in the crop that `tilted_and_grey` makes."""
    x, y = np.subtract(point, np.array(reference_size) / 2)
    turned = cos(TURN) * x + sin(TURN) * y, -sin(TURN) * x + cos(TURN) * y
    return np.array(turned) * ZOOM + np.array(crop_size) / 2


def first_candidate(searcher, crop):
    return searcher.search([crop]).results[0].candidates[0]


def of_kind(candidate, kind):
    return next(each for each in candidate.evidence if each.kind == kind)


@pytest.mark.parametrize("number", [0, 2])
def test_lines_and_outline_lie_where_the_reference_lies(parts, searcher, number):
    crop = tilted_and_grey(parts, product_at(7, number).id)
    size = (crop.picture.width, crop.picture.height)

    first = first_candidate(searcher, crop)

    found = of_kind(first, "keypoints")
    away = [
        np.hypot(*(in_crop(line.reference, first.reference_size, size) - line.crop))
        for line in found.lines
    ]
    assert len(found.lines) == min(found.inliers, 40)
    assert np.median(away) < 2
    wide, high = first.reference_size
    corners = [in_crop(c, (wide, high), size) for c in ((0, 0), (wide, 0), (wide, high), (0, high))]
    assert np.abs(np.array(found.outline) - corners).max() < 8


def test_a_box_moves_no_evidence(parts, searcher):
    """Places are told in pixels of the whole crop."""
    crop = tilted_and_grey(parts, product_at(7, 0).id)
    size = (crop.picture.width, crop.picture.height)
    box = Box(size[0] // 8, size[1] // 8, size[0] * 3 // 4, size[1] * 3 // 4)

    first = first_candidate(searcher, replace(crop, box=box))

    lines = of_kind(first, "keypoints").lines
    away = [
        np.hypot(*(in_crop(line.reference, first.reference_size, size) - line.crop))
        for line in lines
    ]
    assert np.median(away) < 2


def test_words_lie_on_each_other(parts, searcher):
    """A word read wrongly may be taken for one elsewhere; nearly all lie where they are printed."""
    away = []
    for number in range(8):
        crop = tilted_and_grey(parts, product_at(7, number).id)
        first = first_candidate(searcher, crop)
        size = (crop.picture.width, crop.picture.height)
        for word in (w for e in first.evidence if e.kind == "text" for w in e.words if w.reference):
            middle = in_crop(np.mean(word.reference, axis=0), first.reference_size, size)
            away.append(np.hypot(*(middle - np.mean(word.crop, axis=0))))
    assert len(away) >= 5
    assert np.mean(np.array(away) < 10) >= 0.8


def test_the_answer_judges_the_part_that_was_searched(parts, searcher):
    crop = tilted_and_grey(parts, product_at(7, 0).id)

    whole = searcher.search([crop])
    boxed = searcher.search([replace(crop, box=Box(0, 0, 50, 40))]).results[0].quality

    quality = whole.results[0].quality
    assert (quality.width, quality.height) == (crop.picture.width, crop.picture.height)
    assert quality.sure_words is not None
    assert quality.expected_hit_rate is None
    assert boxed.hindrance == "small"
    assert "Cyrillic" in whole.ocr.scripts_not_read or whole.ocr.scripts_not_read == []

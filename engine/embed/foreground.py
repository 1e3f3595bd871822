"""Foreground: the one thing in a picture that its border does not show.

What runs along the border of a crop - wall, floor, table - also lies behind the object. GrabCut
(Rother, Kolmogorov & Blake 2004) learns the colours of both from a start in which only the border
is known to be background, and cuts where neighbours differ.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.embed.image import Box

Mask = NDArray[np.bool_]

_SIDE_PX = 96
"""Longer side while cutting; at 64 a tenth fewer objects were found, beyond 96 it takes long."""
_SIDE_MIN_PX = 16
"""Shorter side, at that size, below which there is nothing to cut."""
_BORDER_SHARE = 0.07
"""Of the longer side: how wide a border is taken for background."""
_ROUNDS = 3
_AREA_MIN = 0.004
"""Share of the picture below which a part is a speck."""
_MARGIN = 0.06
"""Of the longer side of the part: kept around it, since the cut may miss its edges."""
_REACH = 0.3
"""Distance from the middle, as a share of the sides, at which a part counts 1 / e as much."""


@dataclass(frozen=True)
class Foreground:
    """Where a picture shows the likeliest object."""

    box: Box
    """Around it, with a margin, px of the picture."""
    mask: Mask
    """True on it, of the small picture that was cut."""


def find_foreground(image: Image) -> Foreground | None:
    """Find the largest part that differs from the border, those in the middle first.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB, of any size.

    Returns
    -------
    Foreground or None
        None where nothing differs, or the picture is too narrow to tell.
    """
    zoom = _SIDE_PX / max(image.size)
    size = (round(image.width * zoom), round(image.height * zoom))
    if min(size) < _SIDE_MIN_PX:
        return None
    small = np.asarray(image.convert("RGB").resize(size, Resampling.BOX, reducing_gap=2.0))
    part = _main_part(_cut(small))
    return None if part is None else Foreground(_box_around(part, image), part)


def _cut(pixels: NDArray[np.uint8]) -> Mask:
    """Return where GrabCut sees no background."""
    labels = np.full(pixels.shape[:2], cv2.GC_BGD, np.uint8)
    edge = round(_BORDER_SHARE * max(pixels.shape))
    labels[edge:-edge, edge:-edge] = cv2.GC_PR_FGD
    if (pixels == pixels[0, 0]).all():
        return np.zeros(labels.shape, np.bool_)  # nothing to learn two sets of colours from
    cv2.setRNGSeed(0)  # the colours are first clustered at random: the same for each picture
    models = np.zeros((1, 65)), np.zeros((1, 65))
    bgr = np.ascontiguousarray(pixels[..., ::-1])
    cv2.grabCut(bgr, labels, None, *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)  # type: ignore[call-overload]  # the stubs want a rectangle
    return np.asarray((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD), np.bool_)


def _main_part(mask: Mask) -> Mask | None:
    """Return the connected part with the most pixels, those far from the middle counting less."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    if count < 2 or areas.max() < _AREA_MIN * mask.size:
        return None
    away = centres[1:] / (mask.shape[1], mask.shape[0]) - 0.5
    weights = areas * np.exp(-(away**2).sum(axis=1) / _REACH**2)
    return np.asarray(labels == 1 + int(weights.argmax()), np.bool_)


def _box_around(part: Mask, image: Image) -> Box:
    """Return the box around a part in pixels of the picture, a margin included."""
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    zoom = image.width / part.shape[1], image.height / part.shape[0]
    left, right = columns[0] * zoom[0], (columns[-1] + 1) * zoom[0]
    top, bottom = rows[0] * zoom[1], (rows[-1] + 1) * zoom[1]
    margin = _MARGIN * max(right - left, bottom - top)
    x, y = int(max(left - margin, 0)), int(max(top - margin, 0))
    width = int(min(right + margin, image.width)) - x
    height = int(min(bottom + margin, image.height)) - y
    return Box(x, y, max(width, 1), max(height, 1))

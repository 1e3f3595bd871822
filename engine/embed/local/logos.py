"""Whether the crop shows the very lettering in which a reference shows its brand's name.

A brand writes its name the same way on all its products: where the map of the shared details lays
that lettering onto the crop, light and dark agree letter by letter, even if nobody can read them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.embed.image import Box
from engine.embed.local.planes import Matrix, Points, is_invertible, project

_HEIGHT_PX = 32
"""Of the lettering while compared; its length follows, up to `_LENGTH_MAX_PX`."""
_LENGTH_MAX_PX = 400
_MARGIN = 0.25
"""Share of the lettering's height that is compared around it."""
_SMOOTHING_PX = 1.5
"""Sigma: what a map is off by between keypoints must not part the edges of letters."""
_CONTRAST_MIN = 3.0
"""Standard deviation of grey levels below which a place shows nothing."""


@dataclass(frozen=True)
class Lettering:
    """How much a place of the crop looks like the lettering of a reference."""

    likeness: float
    """Correlation of smoothed grey levels, 0 to 1."""
    box: Box
    """Where it lies in the crop."""


def find_lettering(
    crop: Image, reference: Image, transform: Matrix, places: Sequence[Points]
) -> Lettering | None:
    """Compare places of a reference with what a map lays there in the crop.

    Parameters
    ----------
    crop, reference : PIL.Image.Image
        RGB.
    transform : numpy.ndarray of float64, shape (3, 3)
        Homogeneous pixels of the reference to those of the crop.
    places : sequence of numpy.ndarray of float64, shape (n, 2)
        Corners of each lettering, in pixels of the reference.

    Returns
    -------
    Lettering or None
        The likest; None where the crop shows none of the places whole and with any contrast.
    """
    if not places or not is_invertible(transform):
        return None
    grey, wanted = (np.asarray(picture.convert("L"), np.uint8) for picture in (crop, reference))
    found = [_compared(grey, wanted, transform, corners) for corners in places]
    return max((each for each in found if each), key=lambda each: each.likeness, default=None)


def _compared(
    crop: NDArray[np.uint8], reference: NDArray[np.uint8], transform: Matrix, corners: Points
) -> Lettering | None:
    low, high = _with_margin(corners)
    there = project(transform, np.array([low, (high[0], low[1]), high, (low[0], high[1])]))
    if (there < 0).any() or (there > np.array(crop.shape[1::-1])).any():
        return None
    size = _size_px(high - low)
    upright = np.diag([*(np.array(size) / (high - low)), 1.0]) @ _moved(-low)
    shown = _cut(crop, upright @ np.linalg.inv(transform), size)
    wanted = _cut(reference, upright, size)
    likeness = _correlation(shown, wanted)
    return None if likeness is None else Lettering(likeness, Box.around(there.tolist()))


def _with_margin(corners: Points) -> tuple[Points, Points]:
    """Return the upper left and lower right corner of a place with some room around it."""
    low, high = corners.min(axis=0), corners.max(axis=0)
    room = _MARGIN * max(float((high - low).min()), 1.0)
    return low - room, high + room


def _size_px(extent: Points) -> tuple[int, int]:
    length = round(_HEIGHT_PX * float(extent[0] / extent[1]))
    return min(max(length, _HEIGHT_PX // 4), _LENGTH_MAX_PX), _HEIGHT_PX


def _moved(by: Points) -> Matrix:
    return np.array([[1.0, 0.0, by[0]], [0.0, 1.0, by[1]], [0.0, 0.0, 1.0]])


def _cut(
    picture: NDArray[np.uint8], to_place: Matrix, size: tuple[int, int]
) -> NDArray[np.float64]:
    cut = cv2.warpPerspective(
        picture, to_place, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cv2.GaussianBlur(cut.astype(np.float64), (0, 0), _SMOOTHING_PX), np.float64)


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    spreads = float(one.std()), float(other.std())
    if min(spreads) < _CONTRAST_MIN:
        return None
    product = float(((one - one.mean()) * (other - other.mean())).mean())
    return min(max(product / (spreads[0] * spreads[1]), 0.0), 1.0)

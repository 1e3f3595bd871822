"""Hidden parts: black bars, pixelated and blurred patches that somebody laid over a crop.

Each detector would rather miss than invent: what is masked wrongly is lost to the search.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

Gray = NDArray[np.float32]
Mask = NDArray[np.bool_]

_AREA_MIN = 0.01
"""Share of the crop below which a hidden part changes nothing."""

_BLACK_MAX = 28
"""Brightest channel of a black bar, 0 to 255: JPEG makes black a little lighter."""
_BLACK_SPREAD_MAX = 9
"""Between the lightest and the darkest of 5 x 5 px within a bar; noise in the dark has more."""
_BAR_FILL_MIN = 0.9
"""Share of its smallest surrounding rectangle that a bar fills."""

_WINDOW_PX = 27
"""Side of the window in which steps between neighbours are counted: two blocks or more."""
_STEP_MIN = 0.5
"""Mean step, grey levels, below which a place is too even to tell."""
_BOTH_MAX = 0.42
"""Steps that go across and down at once, as a share of those that go one way. Pixelated photos
have .07 to .45, even as JPEG of quality 60; untouched ones .52 and more."""
_RARITY_MIN = 1.8
"""Pixelated photos have 1.6 (blocks of 6 px, JPEG of quality 60) to 5; untouched ones 1.3 to 2."""
_FIELD_AREA_MIN = 0.02
_FIELD_FILL_MIN = 0.7
"""Share of its convex hull that a pixelated field fills."""

_BLUR_AREA_MIN = 0.025
"""Share of the crop; smaller smooth places are everywhere, on hands and bare cartons."""
_BLUR_FINE_MAX = 0.7
"""Finest detail, grey levels, left in a patch blurred with sigma 4 px or more, JPEG's included."""
_BLUR_CONTRAST = 2.7
"""How much more of it the rest of the crop must have: else it is the camera that was blurred."""
_BLUR_MIDDLE_MIN = 2.5
"""Middle detail, grey levels, below which a place is a plain wall rather than blurred."""
_BLUR_FILL_MIN = 0.7
"""Share of its convex hull that a blurred patch fills."""


@dataclass(frozen=True)
class HiddenParts:
    """Where a crop does not show what was in front of the camera."""

    bars: Mask
    """Shape (height, width), like the next two: black bars."""
    pixelated: Mask
    blurred: Mask

    @property
    def mask(self) -> Mask:
        """All of them."""
        return self.bars | self.pixelated | self.blurred

    @property
    def share(self) -> float:
        """How much of the crop is hidden, 0 to 1."""
        return float(self.mask.mean())


def find_hidden(crop: Image) -> HiddenParts:
    """Find black bars, pixelated and blurred patches.

    Parameters
    ----------
    crop : PIL.Image.Image
        RGB, in its own pixels: resizing would soften the borders that give a patch away.

    Returns
    -------
    HiddenParts
        Masks of the crop's size; all False on nearly every untouched photo.
    """
    pixels = np.asarray(crop.convert("RGB"))
    gray = np.asarray(crop.convert("L"), np.float32)
    bars = _black_bars(pixels)
    pixelated = _pixelated(gray, bars)
    return HiddenParts(bars, pixelated, _blurred(gray, bars | pixelated))


def _black_bars(pixels: NDArray[np.uint8]) -> Mask:
    """Find even, black rectangles, however turned."""
    brightest = pixels.max(axis=2)
    window = np.ones((5, 5), np.uint8)
    spread = cv2.dilate(brightest, window) - cv2.erode(brightest, window)
    even = (spread <= _BLACK_SPREAD_MAX) & (brightest <= _BLACK_MAX)
    found = np.zeros(even.shape, bool)
    for part in _parts(even):
        if _rectangle_fill(part) >= _BAR_FILL_MIN:
            found |= part
    # the window shrank the bars by 2 px all around, and JPEG smears another one
    return _dilated(found, 3)


def _parts(mask: Mask, area_min: float = _AREA_MIN) -> list[Mask]:
    """Return the connected parts that are large enough to matter."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), None, None, None, 4
    )
    areas = stats[:, cv2.CC_STAT_AREA]
    return [labels == row for row in range(1, count) if areas[row] >= area_min * mask.size]


def _rectangle_fill(part: Mask) -> float:
    """Return the share of the smallest turned rectangle around a part that it fills."""
    points = np.argwhere(part)[:, ::-1].astype(np.float32)
    _, (width, height), _ = cv2.minAreaRect(cv2.convexHull(points))
    return float(len(points) / ((width + 1) * (height + 1)))


def _dilated(mask: Mask, reach_px: int) -> Mask:
    side = 2 * reach_px + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)


# --- pixelated -------------------------------------------------------------------------------


def _pixelated(gray: Gray, other: Mask) -> Mask:
    """Find fields whose steps all run straight across or straight down, and stand apart.

    Within a block nothing changes, and along its border the change is across it: hardly a pixel
    differs from both its right and its lower neighbour, as it does on any natural edge.
    """
    across = np.abs(np.diff(gray, axis=1, append=gray[:, -1:]))
    down = np.abs(np.diff(gray, axis=0, append=gray[-1:]))
    mean_across, mean_down = _around(across), _around(down)
    weaker = np.minimum(mean_across, mean_down)
    both = _around(np.minimum(across, down)) / np.maximum(weaker, _STEP_MIN)
    rarity = np.minimum(_rarity(across, mean_across), _rarity(down, mean_down))
    blocky = (weaker > _STEP_MIN) & (both < _BOTH_MAX) & (rarity > _RARITY_MIN)
    found = np.zeros(gray.shape, bool)
    for part in _parts(_joined(blocky & ~other), _FIELD_AREA_MIN):
        if _hull_fill(part) >= _FIELD_FILL_MIN:
            found |= part
    return found


def _around(values: Gray) -> Gray:
    """Return the mean over the window around each pixel."""
    return np.asarray(cv2.blur(values, (_WINDOW_PX, _WINDOW_PX)), np.float32)


def _rarity(steps: Gray, mean: Gray) -> Gray:
    """Return the root mean square of the steps as a multiple of their mean: high if few and big."""
    return np.asarray(np.sqrt(_around(steps * steps)) / np.maximum(mean, _STEP_MIN), np.float32)


def _joined(mask: Mask) -> Mask:
    """Close the gaps of a few pixels that chance leaves in a patch."""
    framed = np.pad(mask, 12).astype(np.uint8)
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    return np.asarray(closed[12:-12, 12:-12] > 0, np.bool_)


# --- blurred ---------------------------------------------------------------------------------


def _blurred(gray: Gray, other: Mask) -> Mask:
    """Find compact patches that lack fine detail alone, in a crop that is sharp elsewhere."""
    fine, middle = _detail(gray)
    # beside a bar or a block the detail is that of their borders
    usable = ~_dilated(other, 8)
    textured = fine[usable & (middle > _BLUR_MIDDLE_MIN)]
    found = np.zeros(gray.shape, bool)
    if len(textured) < _AREA_MIN * gray.size:
        return found
    limit = min(_BLUR_FINE_MAX, float(np.median(textured)) / _BLUR_CONTRAST)
    for part in _parts(_joined(usable & (fine < limit)), _BLUR_AREA_MIN):
        hides = np.median(middle[part]) > _BLUR_MIDDLE_MIN
        if hides and _hull_fill(part) >= _BLUR_FILL_MIN:
            found |= part
    return _dilated(found, 6) & usable if found.any() else found


def _detail(gray: Gray) -> tuple[Gray, Gray]:
    """Return the mean strength of the finest and of middle detail around each pixel."""
    # the mixed difference of 2 x 2 px: 0 on any even slope, however steep
    fine = np.abs(cv2.filter2D(gray, -1, np.array([[1, -1], [-1, 1]], np.float32)))
    middle = np.abs(cv2.GaussianBlur(gray, (0, 0), 2.0) - cv2.GaussianBlur(gray, (0, 0), 8.0))
    side = (15, 15)
    return np.asarray(cv2.blur(fine, side), np.float32), np.asarray(
        cv2.blur(middle, side), np.float32
    )


def _hull_fill(part: Mask) -> float:
    """Return the share of its convex hull that a part fills: 1 for a rectangle or an ellipse."""
    points = np.argwhere(part)[:, ::-1].astype(np.int32)
    return float(len(points) / max(cv2.contourArea(cv2.convexHull(points)), 1.0))

"""Bar fields: where bars lie side by side in a picture, at any angle, and how to lay them level."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
Points = tuple[tuple[float, float], ...]

_FIELDS_MAX = 4
_WIDTH_PX = 700
"""Width of a level field: an EAN-13's 95 modules get 4 px each, after the margins."""
_QUIET_SHARE = 0.15
"""Margin on both sides: quiet zones of 11 and 7 modules, and a field that was cut too close."""
_HEIGHT_MIN_PX = 24
_HEIGHT_MAX_PX = 200


@dataclass(frozen=True)
class LevelField:
    """A field that was cut out with its bars upright, and a margin on its left and right."""

    gray: Gray
    inner_px: int
    """Width of the field without its margins."""
    back: NDArray[np.float64]
    """Homography of shape (3, 3) from here into the picture."""

    def to_picture(self, points: Points) -> Points:
        """Return where points of the level field lie in the picture."""
        level = np.array(points, dtype=np.float64)[None]
        return tuple((float(x), float(y)) for x, y in cv2.perspectiveTransform(level, self.back)[0])


@dataclass(frozen=True)
class BarField:
    """A rectangle, seen in any perspective, that is filled with bars."""

    corners: NDArray[np.float32]
    """Shape (4, 2), x and y in pixels: the bars stand upright between top left, top right,
    bottom right and bottom left; which way up is not known."""

    def level(self, gray: Gray) -> "LevelField":
        """Cut the field out of a picture of shape (height, width), with its bars upright."""
        wide, high = self._size_px()
        margin = round(_QUIET_SHARE * _WIDTH_PX)
        inner = _WIDTH_PX - 2 * margin
        height = round(float(np.clip(high / wide * inner, _HEIGHT_MIN_PX, _HEIGHT_MAX_PX)))
        end = margin + inner
        level = np.array([[margin, 0], [end, 0], [end, height], [margin, height]], np.float32)
        back = cv2.getPerspectiveTransform(level, self.corners)
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        size, border = (_WIDTH_PX, height), cv2.BORDER_REPLICATE
        cut = cv2.warpPerspective(gray, back, size, flags=flags, borderMode=border)
        return LevelField(cut.astype(np.uint8), inner, back.astype(np.float64))

    def _size_px(self) -> tuple[float, float]:
        top, right = self.corners[1] - self.corners[0], self.corners[2] - self.corners[1]
        return max(float(np.hypot(*top)), 1.0), max(float(np.hypot(*right)), 1.0)


def detected_fields(gray: Gray) -> Iterator[BarField]:
    """Yield the fields that OpenCV's detector finds at any angle (Katona and Nyul 2012).

    It breaks a code that is cut low into pieces, so that all pieces together are a field too.
    """
    found, corners = cv2.barcode.BarcodeDetector().detectMulti(gray)
    if not found:
        return
    quads = np.asarray(corners, dtype=np.float32).reshape(-1, 4, 2)[:_FIELDS_MAX]
    for quad in quads:
        yield BarField(_bars_upright(gray, quad))
    if len(quads) > 1:
        around = cv2.boxPoints(cv2.minAreaRect(quads.reshape(-1, 2)))
        yield BarField(_bars_upright(gray, around.astype(np.float32)))


def field_around(corners: Points) -> BarField:
    """Return the field of a code that was read along lines from its left to its right end.

    Lines lie within the bars, so that the field is as high as they are apart, or a little more.
    """
    points = np.array(corners, dtype=np.float32)
    left, right = (points[0] + points[3]) / 2, (points[1] + points[2]) / 2
    ahead = (right - left) / max(float(np.hypot(*(right - left))), 1.0)
    down = np.array([-ahead[1], ahead[0]], dtype=np.float32)
    half = max(abs(float((points[3] - points[0]) @ down)) / 2, 1.0) + 1.0
    return BarField(
        np.stack([left - half * down, right - half * down, right + half * down, left + half * down])
    )


def _bars_upright(gray: Gray, quad: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn a quadrangle's corners by a quarter when its bars lie instead of stand."""
    level = BarField(quad).level(gray)
    margin = (level.gray.shape[1] - level.inner_px) // 2
    inner = level.gray[:, margin:-margin]
    across = np.abs(cv2.Sobel(inner, cv2.CV_32F, 1, 0)).mean()
    along = np.abs(cv2.Sobel(inner, cv2.CV_32F, 0, 1)).mean()
    return quad if across >= along else np.roll(quad, 1, axis=0)

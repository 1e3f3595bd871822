"""Lines of text: where they lie in a picture, at any angle.

After the differentiable binarization of Liao et al. 2020 (arXiv:1911.08947), with the figures of
PaddleOCR's configuration `ch_PP-OCRv4_det`.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.embed.text.ocr.models import Network

Probability = NDArray[np.float32]
"""Of text, 0 to 1, shape (height, width)."""
Pixels = NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""
Quad = NDArray[np.float32]
"""Corners of shape (4, 2), x and y in pixels, clockwise from the top left."""

_STEP_PX = 32
_MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
_STD = np.array([0.229, 0.224, 0.225], dtype=np.float32)
_TEXT_MIN = 0.3
_BOX_MIN = 0.5
_UNCLIP = 1.6
_SIDE_MIN_PX = 3.0
_LINES_MAX = 80
_ENLARGED_MAX = 8.0


@dataclass(frozen=True)
class Line:
    """A place where a line of text seems to stand."""

    quad: Quad
    score: float
    """Mean probability of text inside, 0 to 1."""


class LineDetector:
    """Finds lines of text."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def find(self, picture: Pixels, side_px: int) -> list[Line]:
        """Find the lines of a picture, the largest first.

        Parameters
        ----------
        picture : numpy.ndarray of uint8, shape (height, width, 3)
            RGB.
        side_px : int
            Length that the picture's longer side is brought to for the network, at most 8-fold.

        Returns
        -------
        list of Line
            At most 80; corners in pixels of `picture`.
        """
        probability = self._probability(picture, side_px)
        scale = np.array(picture.shape[1::-1]) / np.array(probability.shape[::-1])
        lines = [line for c in _contours(probability) if (line := _as_line(c, probability, scale))]
        lines.sort(key=lambda line: (-cv2.contourArea(line.quad), *line.quad[0].tolist()))
        return lines[:_LINES_MAX]

    def _probability(self, picture: Pixels, side_px: int) -> Probability:
        height, width = picture.shape[:2]
        scale = min(side_px / max(height, width), _ENLARGED_MAX)
        size = [max(round(n * scale / _STEP_PX) * _STEP_PX, _STEP_PX) for n in (width, height)]
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = cv2.resize(picture, size, interpolation=method)
        bgr = small[..., ::-1].astype(np.float32) / 255.0  # the network was trained on OpenCV's
        batch = np.ascontiguousarray(((bgr - _MEAN) / _STD).transpose(2, 0, 1)[None])
        return np.asarray(self._network.run(batch)[0, 0], dtype=np.float32)


def _contours(probability: Probability) -> list[NDArray[np.int32]]:
    solid = (probability > _TEXT_MIN).astype(np.uint8)
    joined = cv2.dilate(solid, np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    return [np.asarray(contour, dtype=np.int32) for contour in contours]


def _as_line(
    contour: NDArray[np.int32], probability: Probability, scale: NDArray[np.float64]
) -> Line | None:
    """Grow a shrunken text kernel to the line that it stands for."""
    middle, (wide, high), angle = cv2.minAreaRect(contour)
    if min(wide, high) < _SIDE_MIN_PX:
        return None
    inner = cv2.boxPoints((middle, (wide, high), angle)).astype(np.float32)
    score = _mean_inside(probability, inner)
    if score < _BOX_MIN:
        return None
    grow = wide * high * _UNCLIP / (wide + high)
    corners = cv2.boxPoints((middle, (wide + grow, high + grow), angle)) * scale
    return Line(_in_order(corners.astype(np.float32)), score)


def _mean_inside(probability: Probability, corners: Quad) -> float:
    low = np.maximum(np.floor(corners.min(axis=0)), 0).astype(int)
    high = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = probability[low[1] : high[1], low[0] : high[0]]
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(inside, [(corners - low).astype(np.int32)], 1)
    return float(cv2.mean(part, inside)[0])


def _in_order(corners: Quad) -> Quad:
    """Order corners clockwise from the top left one of the two that lie farthest left."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.stack([left[0], right[0], right[1], left[1]])

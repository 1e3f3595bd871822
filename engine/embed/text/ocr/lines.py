"""Lines cut out of a picture: level, and from the end where reading starts."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.embed.text.ocr.detect import Pixels, Quad

Affine = NDArray[np.float64]

_COLUMN_RATIO = 1.5
"""A line so much higher than wide stands on its side."""
_LETTERS_FOR_A_HEIGHT = 0.5
"""Fewer letters on a length of one height of the line than any script has, space around it too."""


def along_the_line(quad: Quad) -> Quad:
    """Start the corners of a standing line at its lower left, from where it is read upwards."""
    wide, high = _size_px(quad)
    return np.roll(quad, 1, axis=0) if high >= _COLUMN_RATIO * wide else quad


def other_way_up(quad: Quad) -> Quad:
    """Start the corners of a line at its other end."""
    return np.roll(quad, 2, axis=0)


def cut_line(picture: Pixels, quad: Quad) -> Pixels:
    """Cut a line out, so that its first corner becomes the top left one."""
    wide, high = (max(round(side), 1) for side in _size_px(quad))
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    move = cv2.getPerspectiveTransform(quad, flat)
    cut = cv2.warpPerspective(
        picture, move, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(cut, dtype=np.uint8)


def _size_px(quad: Quad) -> tuple[float, float]:
    """Return width and height, each by the longer of two opposite sides."""
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))


def main_angle(quads: Sequence[Quad]) -> float:
    """Return the direction of most writing, in degrees clockwise from level, -90 to 90.

    Long lines count by the square of their length; a line and itself upside down are the same.
    """
    ahead = np.array([quad[1] - quad[0] for quad in quads if _is_long(quad)], dtype=np.float64)
    if not len(ahead):
        return 0.0
    doubled = (ahead[:, 0] + 1j * ahead[:, 1]) ** 2
    return float(np.degrees(np.angle(doubled.sum())) / 2)


def level(picture: Pixels, angle: float) -> tuple[Pixels, Affine]:
    """Turn a picture counterclockwise by some degrees, whole, its edges drawn out.

    Returns
    -------
    numpy.ndarray of uint8
        The turned picture.
    numpy.ndarray of float64, shape (2, 3)
        The way back: points of the turned picture to points of `picture`.
    """
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    size = (round(width * cosine + height * sine), round(width * sine + height * cosine))
    turn[0, 2] += (size[0] - width) / 2
    turn[1, 2] += (size[1] - height) / 2
    turned = cv2.warpAffine(
        picture, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    back = cv2.invertAffineTransform(turn)
    return np.asarray(turned, dtype=np.uint8), np.asarray(back, dtype=np.float64)


def moved(quad: Quad, move: Affine) -> Quad:
    """Return corners where an affine map brings them."""
    return (quad @ move[:, :2].T + move[:, 2]).astype(np.float32)


def fills_its_line(text: str, quad: Quad) -> bool:
    """Say whether a line has about as many letters as its length has room for."""
    wide, high = _size_px(quad)
    return len(text) >= _LETTERS_FOR_A_HEIGHT * wide / high


def _is_long(quad: Quad) -> bool:
    wide, high = _size_px(quad)
    return wide >= _COLUMN_RATIO * high

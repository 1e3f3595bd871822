"""Palettes: the colours of a picture as a histogram that fits into 400 bytes.

Other colourways of one pattern differ in this alone.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.errors import InvalidInputError

Palette = NDArray[np.float32]

PALETTE_VERSION = 1
_SIDE_PX = 96
_BINS = 10
_SIZE = 2 * _BINS * _BINS


def palette_of(picture: Image) -> Palette:
    """Return the picture's colours as a histogram.

    Parameters
    ----------
    picture : PIL.Image.Image
        RGB.

    Returns
    -------
    numpy.ndarray of float32, shape (200,)
        Shares of a and b of Lab, ten bins each, and of the same for dark and light; sum 1. L is
        ranked rather than measured, so that a darker photo has the same palette.
    """
    size = (_SIDE_PX, _SIDE_PX)
    small = np.asarray(picture.convert("RGB").resize(size, Resampling.BOX), np.float32) / 255
    light, a, b = np.moveaxis(cv2.cvtColor(small, cv2.COLOR_RGB2Lab), 2, 0)
    is_light = light > np.median(light)
    shares = np.zeros((2, _BINS, _BINS), np.float32)
    for half in (0, 1):
        chosen = is_light == bool(half)
        shares[half], _, _ = np.histogram2d(a[chosen], b[chosen], _BINS, ((-60, 60), (-60, 60)))
        shares[half] = cv2.GaussianBlur(shares[half], (0, 0), 0.7)
    return np.asarray(shares.ravel() / max(shares.sum(), 1e-9), np.float32)


def palette_likeness(first: Palette, second: Palette) -> float:
    """Return the overlap of two palettes, 0 to 1 (Bhattacharyya's coefficient)."""
    return float(np.sqrt(first * second).sum())


def pack_palette(palette: Palette) -> bytes:
    """Return a palette as half-precision numbers, 400 bytes."""
    return palette.astype("<f2").tobytes()


def unpack_palette(packed: bytes) -> Palette:
    """Return the palette that `pack_palette` packed.

    Raises
    ------
    InvalidInputError
        If the bytes are no palette.
    """
    if len(packed) != 2 * _SIZE:
        raise InvalidInputError(f"{len(packed)} bytes are no stored palette of {2 * _SIZE}")
    return np.frombuffer(packed, "<f2").astype(np.float32)

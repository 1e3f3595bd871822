"""Straightening: a crop drawn as a reference image shows the product, to be read once more."""

import cv2
import numpy as np
from PIL import Image

from engine.embed.local.planes import Matrix

_SIDE_PX = 640
"""Longer side of the straightened picture: the letters of a carton's small print are then as high
as those that are read most surely."""

_GREY = (127, 127, 127)


def straighten(
    crop: Image.Image, reference_size: tuple[int, int], transform: Matrix
) -> tuple[Image.Image, Matrix]:
    """Draw a crop as a reference shows the product.

    Parameters
    ----------
    crop : PIL.Image.Image
        RGB.
    reference_size : tuple of int
        Width and height of the reference, px.
    transform : numpy.ndarray of float64, shape (3, 3)
        Homogeneous pixels of the reference to those of the crop; invertible.

    Returns
    -------
    straight : PIL.Image.Image
        RGB, grey where the crop shows nothing of the reference.
    to_straight : numpy.ndarray of float64, shape (3, 3)
        Homogeneous pixels of the crop to those of `straight`.
    """
    zoom = _SIDE_PX / max(reference_size)
    width, height = (max(round(side * zoom), 1) for side in reference_size)
    to_straight = np.diag([zoom, zoom, 1.0]) @ np.linalg.inv(transform)
    pixels = cv2.warpPerspective(
        np.asarray(crop.convert("RGB")),
        to_straight,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderValue=_GREY,
    )
    return Image.fromarray(pixels), np.asarray(to_straight, np.float64)

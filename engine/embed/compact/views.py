"""What a tower is shown of a picture: squares of its whole and of its centre."""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Kind = TypeVar("Kind", bound=np.generic)

GREY = (127, 127, 127)
"""The mean that the towers subtract: padding of this colour is nothing to them."""

FRAME_TOLERANCE = 12
"""Levels of 255 by which compression moves the pixels of a plain border."""

PLAIN_FRAME_SHARE = 0.7
"""Share of the outermost pixels in one colour that makes a picture a cut-out.

Not all of them, because many packshots touch a side of their picture.
"""

WORKING_SIDE_PX = 512
"""Larger pictures are shrunk to this at once; no tower sees more than about 260 px."""


def fit_to_square(image: Image.Image, side_px: int) -> list[Image.Image]:
    """Return the largest centred square, as ImageNet models are shown their pictures."""
    return [ImageOps.fit(image, (side_px, side_px), Image.Resampling.BICUBIC)]


def look_twice(image: Image.Image, side_px: int, centre_share: float) -> list[Image.Image]:
    """Show a photo whole and its centre once more; a cut-out without its border, once.

    Around the object of a photo lie others, so its centre counts double. A cut-out (a packshot
    on white, a picture between black bars) fills its square as soon as the border is gone, and a
    border that photos do not have must not be what it is recognised by.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB, of any shape; shapes are kept by grey padding, never squashed.
    side_px : int
        Side of the squares in pixels.
    centre_share : float
        Share of width and height that the second look keeps, above 0, below 1.

    Returns
    -------
    list of PIL.Image.Image
        One square or two.
    """
    image = _shrink(image)
    box = find_cut_out(image)
    if box is not None:
        return [_pad_to_square(image.crop(box), side_px)]
    return [_pad_to_square(view, side_px) for view in (image, _crop_centre(image, centre_share))]


def look_once(image: Image.Image, side_px: int) -> list[Image.Image]:
    """Show a picture whole, as is enough for a part that was cut around its object."""
    image = _shrink(image)
    return [_pad_to_square(image.crop(find_cut_out(image)), side_px)]


def find_cut_out(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Find the part inside a border of one colour.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB.

    Returns
    -------
    tuple of int or None
        Left, top, right and bottom in pixels, the last two exclusive; None where there is no
        such border, as in most photos, or nothing inside it.
    """
    pixels = np.asarray(image, dtype=np.int16)
    colour = np.median(_read_frame(pixels), axis=0)
    is_border = (np.abs(pixels - colour) <= FRAME_TOLERANCE).all(axis=-1)
    if _read_frame(is_border).mean() < PLAIN_FRAME_SHARE or is_border.all():
        return None
    rows = np.flatnonzero(~is_border.all(axis=1))
    columns = np.flatnonzero(~is_border.all(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _read_frame(pixels: NDArray[Kind]) -> NDArray[Kind]:
    """Return the outermost pixels, one row each."""
    return np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])


def _shrink(image: Image.Image) -> Image.Image:
    """Bring the longer side of a large picture down to one that is quick to work on."""
    scale = min(1.0, WORKING_SIDE_PX / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)


def _crop_centre(image: Image.Image, share: float) -> Image.Image:
    """Keep the middle, at least 1 px of it."""
    width, height = math.ceil(image.width * share), math.ceil(image.height * share)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def _pad_to_square(image: Image.Image, side_px: int) -> Image.Image:
    """Scale the longer side to the square's and lay the picture in its middle, on grey."""
    return ImageOps.pad(image, (side_px, side_px), Image.Resampling.BICUBIC, color=GREY)

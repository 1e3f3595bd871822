"""Damages: nine ways in which crops are worse than they might be, done to a decoded picture.

Each takes an RGB picture and a number from 0 to 1, which says where a bar or a field lies, and
returns a new picture.
"""

import hashlib
import io
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image as PillowImage
from PIL.Image import Image, Resampling, Transpose

Damage = Callable[[Image, float], Image]

SIDE_PX = 128
BLUR_SIGMA_PX = 3.0
JPEG_QUALITY = 15
BAR_SHARE = 0.25
FIELD_SHARE = 0.30
FIELD_BLOCKS = 8
"""Blocks along the shorter side of a pixelated field: nothing of 1/8 of it can be made out."""
LIGHT = 0.4


def place_of(name: str) -> float:
    """Return where the damage of a file lies, 0 to below 1: by its name, so that it stays there."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32


def make_small(image: Image, place: float) -> Image:
    """Scale the longest side down to 128 px; a smaller picture stays as it is."""
    del place
    small = image.copy()
    small.thumbnail((SIDE_PX, SIDE_PX), Resampling.LANCZOS)
    return small


def blur(image: Image, place: float) -> Image:
    """Blur with a Gaussian of sigma 3 px, in the crop's own pixels."""
    del place
    blurred = cv2.GaussianBlur(np.asarray(image), (0, 0), BLUR_SIGMA_PX)
    return PillowImage.fromarray(np.asarray(blurred, np.uint8))


def compress(image: Image, place: float) -> Image:
    """Save as JPEG of quality 15."""
    del place
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=JPEG_QUALITY)
    buffer.seek(0)
    return PillowImage.open(buffer).convert("RGB")


def turn_quarter(image: Image, place: float) -> Image:
    """Turn by 90 degrees, clockwise."""
    del place
    return image.transpose(Transpose.ROTATE_270)


def turn_half(image: Image, place: float) -> Image:
    """Turn by 180 degrees."""
    del place
    return image.transpose(Transpose.ROTATE_180)


def bar(image: Image, place: float) -> Image:
    """Lay a black bar from edge to edge over a quarter of the area, every second one upright."""
    pixels = np.array(image)
    across, place = (pixels, place * 2) if place < 0.5 else (pixels.swapaxes(0, 1), place * 2 - 1)
    length = across.shape[0]
    width = max(round(length * BAR_SHARE), 1)
    start = round((length - width) * place)
    across[start : start + width] = 0
    return PillowImage.fromarray(pixels)


def pixelate(image: Image, place: float) -> Image:
    """Make coarse blocks of a field of the picture's own shape, 30 % of its area."""
    wide, high = (max(round(side * FIELD_SHARE**0.5), 1) for side in image.size)
    right = round((image.width - wide) * place)
    down = round((image.height - high) * (place * 7919 % 1))  # another number of the same name
    field = image.crop((right, down, right + wide, down + high))
    block_px = max(min(wide, high) / FIELD_BLOCKS, 1)
    coarse = (max(round(wide / block_px), 1), max(round(high / block_px), 1))
    blocks = field.resize(coarse, Resampling.BOX).resize(field.size, Resampling.NEAREST)
    damaged = image.copy()
    damaged.paste(blocks, (right, down))
    return damaged


def darken(image: Image, place: float) -> Image:
    """Multiply the brightness by 0.4."""
    del place
    return image.point(lambda value: value * LIGHT)


def take_colour(image: Image, place: float) -> Image:
    """Make grey."""
    del place
    return image.convert("L").convert("RGB")


DAMAGES: dict[str, Damage] = {
    "longest side 128 px": make_small,
    "blur of 3 px": blur,
    "JPEG quality 15": compress,
    "turned by 90 degrees": turn_quarter,
    "turned by 180 degrees": turn_half,
    "black bar over 25 %": bar,
    "30 % pixelated": pixelate,
    "brightness x 0.4": darken,
    "grey": take_colour,
}

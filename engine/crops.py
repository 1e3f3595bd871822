"""Crops: query pictures, decoded, and the part of each that shows the object."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from PIL.Image import Image

from engine.embed.image import (
    DEFAULT_LIMITS,
    Box,
    DecodeLimits,
    Picture,
    crop_box,
    decode,
    read_picture,
    with_context,
)


@dataclass(frozen=True)
class Crop:
    """A decoded query picture, the part of it that shows the object, and what decoding took."""

    name: str
    picture: Picture
    box: Box | None = None
    decode_ms: float = 0.0

    @property
    def origin(self) -> tuple[int, int]:
        """Where the part that is searched begins, px from the upper left corner."""
        if self.box is None:
            return (0, 0)
        part = with_context(self.box, self.picture.width, self.picture.height)
        return (part.x, part.y)

    @property
    def shown(self) -> Image:
        """The part that is searched."""
        return self.picture.image if self.box is None else crop_box(self.picture.image, self.box)


def crop_from_bytes(
    name: str, data: bytes, limits: DecodeLimits = DEFAULT_LIMITS, box: Box | None = None
) -> Crop:
    """Decode an uploaded query picture and check that its box lies inside.

    Raises
    ------
    ImageError
        If the bytes are no picture that the engine takes, or the box leaves it.
    """
    return _timed_crop(name, lambda: decode(data, limits), box)


def crop_from_file(
    path: Path, limits: DecodeLimits = DEFAULT_LIMITS, box: Box | None = None
) -> Crop:
    """Decode a query picture on disk and check that its box lies inside.

    Raises
    ------
    ImageError
        If the file is no picture that the engine takes, or the box leaves it.
    OSError
        If the file cannot be read.
    """
    return _timed_crop(path.name, lambda: read_picture(path, limits), box)


def _timed_crop(name: str, load: Callable[[], Picture], box: Box | None) -> Crop:
    start = perf_counter()
    picture = load()
    if box is not None:
        box.check_inside(picture.width, picture.height)
    return Crop(name, picture, box, (perf_counter() - start) * 1000)

"""Uploads and boxes into crops; the bad one among several is named."""

from collections.abc import Sequence

from werkzeug.datastructures import FileStorage

from engine.crops import Crop, crop_from_bytes
from engine.embed.image import Box, DecodeLimits
from engine.errors import ImageTooLargeError, InvalidInputError
from engine.wording import counted

MAX_NAME_CHARACTERS = 255

PIXEL_BUDGET = 4
"""How many times the pixels of the largest allowed picture one request may hold decoded."""


class BadCropError(InvalidInputError):
    """One of the crops of a request cannot be searched; `cause` says why."""

    def __init__(self, cause: InvalidInputError, name: str, index: int, count: int) -> None:
        self.cause = cause
        self.title = cause.title
        self.name = name
        self.index = index
        self.is_only_one = count == 1
        place = "the picture" if count == 1 else f"picture {index + 1} of {count} (index {index}),"
        super().__init__(f"{place} {name!r} cannot be used: {cause}")


def read_crops(
    uploads: Sequence[FileStorage], boxes: Sequence[str], limits: DecodeLimits, max_count: int
) -> list[Crop]:
    """Decode the uploads of one request, each with its box.

    Raises
    ------
    InvalidInputError
        If there are too many uploads, or boxes but not one for each.
    BadCropError
        If one of them is no picture, or its box is not inside it.
    ImageTooLargeError
        If they are too many pixels together.
    """
    if len(uploads) > max_count:
        raise InvalidInputError(
            f"{counted(len(uploads), 'image')} came, at most {max_count} go into one request"
        )
    if boxes and len(boxes) != len(uploads):
        raise InvalidInputError(
            f"{counted(len(uploads), 'image')} and {counted(len(boxes), 'box', 'boxes')} came; "
            "send one box for each image (an empty one means the whole picture) or none"
        )
    crops: list[Crop] = []
    for index, upload in enumerate(uploads):
        name = (upload.filename or "")[:MAX_NAME_CHARACTERS]
        try:
            box = _parse_box(boxes[index]) if boxes else None
            crops.append(crop_from_bytes(name, upload.stream.read(), limits, box))
        except InvalidInputError as error:
            raise BadCropError(error, name, index, len(uploads)) from error
        _check_pixels(crops, PIXEL_BUDGET * limits.max_pixels)
    return crops


def _parse_box(text: str) -> Box | None:
    return Box.parse(text) if text.strip() else None


def _check_pixels(crops: Sequence[Crop], max_pixels: int) -> None:
    """Bound the memory of one request: sixteen pictures of the largest size take gigabytes."""
    if sum(crop.picture.width * crop.picture.height for crop in crops) > max_pixels:
        raise ImageTooLargeError(
            f"the pictures have more than {max_pixels:,} pixels together; "
            "send them in several requests"
        )

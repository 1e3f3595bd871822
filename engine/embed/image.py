"""Pictures from bytes: hostile input ends here, as an upright RGB picture or a named error."""

import hashlib
import io
import re
import stat
import struct
import warnings
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pi_heif
from PIL import Image, UnidentifiedImageError

from engine.embed.decoding.avif import as_still
from engine.embed.decoding.colour import to_srgb
from engine.embed.decoding.declared import check_declared
from engine.embed.decoding.directories import read_orientation
from engine.embed.decoding.formats import Format, name_other, sniff
from engine.errors import (
    BoxOutsideImageError,
    ImageTooLargeError,
    InvalidInputError,
    NotAnImageError,
    UnreadableImageError,
)

# Once, at import: decoding runs in threads, and these are settings of the whole process.
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# Pillow warns of metadata that it skips and of sizes that our own limits judge.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)

MEBIBYTE = 1 << 20
WHAT_TO_SEND = "send a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF or HEIC picture"
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_CONVERSION_ERRORS = (OSError, ValueError, MemoryError)
_DECODER_ERRORS = (
    *_CONVERSION_ERRORS,
    SyntaxError,  # a malformed header
    LookupError,  # an unknown compression, a missing tag, a list that is too short
    EOFError,
    RuntimeError,  # the AVIF and HEIC decoders
    struct.error,
    zlib.error,
    ArithmeticError,  # a resolution of 1/0, a size that overflows
    TypeError,  # a tag of another type than the plugin expects; so too the next two
    AttributeError,
    AssertionError,
    Warning,  # under `python -W error` alone
)
"""What broken bytes make Pillow's plugins raise, which promise nothing; found by fuzzing them."""


@dataclass(frozen=True)
class DecodeLimits:
    """How much one picture may cost."""

    max_bytes: int = 20 * MEBIBYTE
    max_pixels: int = 50_000_000


DEFAULT_LIMITS = DecodeLimits()


@dataclass(frozen=True)
class Picture:
    """A decoded picture: upright, RGB, in sRGB; and what is known of its file."""

    image: Image.Image
    sha256: str
    """Of the bytes as they came."""
    media_type: str
    width: int
    height: int


def decode(data: bytes, limits: DecodeLimits = DEFAULT_LIMITS) -> Picture:
    """Decode the bytes of a picture file, whoever sent them.

    Parameters
    ----------
    data : bytes
        A whole file: JPEG, PNG, WebP, TIFF, BMP, GIF (its first frame), AVIF or HEIC.
    limits : DecodeLimits
        Judged by length and header, before memory is spent on pixels.

    Returns
    -------
    Picture
        Upright by its EXIF orientation, RGB of 8 bits, converted to sRGB, on white.

    Raises
    ------
    NotAnImageError
        If the bytes are of no format that the engine reads.
    ImageTooLargeError
        If there are too many bytes or pixels.
    UnreadableImageError
        If the format is known, but the data are broken or end early.
    """
    _check_bytes(len(data), limits)
    found = _require_format(data)
    loaded = _load_first_frame(data, found, limits)
    try:
        image = to_srgb(_turn_upright(loaded))
    except _CONVERSION_ERRORS as error:
        raise _as_unreadable(found, error) from error
    sha256 = hashlib.sha256(data).hexdigest()
    return Picture(image, sha256, found.media_type, image.width, image.height)


def read_picture(path: Path, limits: DecodeLimits = DEFAULT_LIMITS) -> Picture:
    """Decode a picture file, reading no more of it than the limits allow."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableImageError(f"{path} is not a file")
        _check_bytes(status.st_size, limits)
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise UnreadableImageError(f"{path} cannot be read: {error.strerror}") from error
    return decode(data, limits)


def thumbnail(image: Image.Image, side_px: int) -> bytes:
    """Return the picture as a small JPEG whose longer side is at most `side_px`."""
    small = image.copy()
    small.thumbnail((side_px, side_px), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def _check_bytes(size_bytes: int, limits: DecodeLimits) -> None:
    if size_bytes > limits.max_bytes:
        raise ImageTooLargeError(
            f"the picture has {size_bytes:,} bytes, more than the {limits.max_bytes:,} allowed"
        )


def _check_pixels(width: int, height: int, limits: DecodeLimits) -> None:
    if width * height > limits.max_pixels:
        raise ImageTooLargeError(
            f"the picture has {width} x {height} pixels, more than the "
            f"{limits.max_pixels:,} allowed; scale it down"
        )


def _require_format(data: bytes) -> Format:
    if not data:
        raise NotAnImageError(f"the file is empty (0 bytes); {WHAT_TO_SEND}")
    found = sniff(data)
    if found is None:  # none of its bytes are told: a path may name any file of the machine
        raise NotAnImageError(f"the file is no picture but {name_other(data)}; {WHAT_TO_SEND}")
    return found


def _load_first_frame(data: bytes, found: Format, limits: DecodeLimits) -> Image.Image:
    """Judge what the file declares, open it, judge its size, and only then decode pixels."""
    try:
        if size := check_declared(data, found):
            _check_pixels(*size, limits)
        readable = as_still(data) if found is Format.AVIF else data
        opened = Image.open(io.BytesIO(readable), formats=[found.pillow_name])
        _check_pixels(*opened.size, limits)
        opened.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLargeError(f"this {found.name} picture is too large: {error}") from error
    except _DECODER_ERRORS as error:
        raise _as_unreadable(found, error) from error
    return opened


def _as_unreadable(found: Format, error: Exception) -> UnreadableImageError:
    reason = str(error) or repr(error)
    if isinstance(error, UnidentifiedImageError):  # in words that name an object in memory
        reason = "its header is malformed"
    return UnreadableImageError(
        f"this {found.name} picture is broken or ends early ({reason}); "
        "save it again or send another copy"
    )


def _turn_upright(image: Image.Image) -> Image.Image:
    """Apply the EXIF orientation; TIFF and HEIC pictures were turned by their decoders."""
    turn = _TURNS.get(read_orientation(image.info.get("exif") or b""))
    if turn is None or image.format == "TIFF":
        return image
    turned = image.transpose(turn)
    turned.info = dict(image.info)
    return turned


# --- boxes -----------------------------------------------------------------------------------

_WHOLE_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})(?:\.0*)?\s*")
"""`12`, `12.0`; nine digits are more than any picture has pixels a side."""


@dataclass(frozen=True)
class Box:
    """The part of a picture that shows the object, in pixels of the upright picture."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `x,y,width,height`."""
        numbers = [_WHOLE_NUMBER.fullmatch(field) for field in text.split(",")]
        if len(numbers) != 4 or None in numbers:
            raise InvalidInputError(
                f"the box {text[:80]!r} is not x,y,width,height in whole pixels"
            )
        box = cls(*(int(number[1]) for number in numbers if number))
        if box.width < 0 or box.height < 0:
            raise InvalidInputError(f"the box {text[:80]!r} has a negative size")
        return box

    @classmethod
    def around(cls, corners: Iterable[Sequence[float]]) -> Self:
        """Return the upright box around points, at least one pixel wide and high."""
        xs, ys = zip(*corners, strict=True)
        left, top = max(int(min(xs)), 0), max(int(min(ys)), 0)
        return cls(left, top, max(round(max(xs)) - left, 1), max(round(max(ys)) - top, 1))

    def check_inside(self, width: int, height: int) -> None:
        """Refuse a box that is empty or leaves a picture of this size."""
        if self.width < 1 or self.height < 1:
            raise BoxOutsideImageError(f"the box {self} is empty")
        if min(self.x, self.y) < 0 or self.x + self.width > width or self.y + self.height > height:
            raise BoxOutsideImageError(f"the box {self} leaves the picture of {width} x {height}")

    def __str__(self) -> str:
        return f"{self.x},{self.y},{self.width},{self.height}"


CONTEXT = 0.15
"""Share of a box's sides that is searched around it."""


def crop_box(image: Image.Image, box: Box, context: float = CONTEXT) -> Image.Image:
    """Cut the box out of an upright picture, with some of what surrounds it.

    Parameters
    ----------
    image : PIL.Image.Image
        The upright picture.
    box : Box
        Must lie within it.
    context : float
        Share of the box's width (height) added on its left and right (top and bottom),
        as far as the picture goes.

    Returns
    -------
    PIL.Image.Image
        The part of the picture.

    Raises
    ------
    BoxOutsideImageError
        If the box is empty or leaves the picture.
    """
    box.check_inside(image.width, image.height)
    part = with_context(box, image.width, image.height, context)
    return image.crop((part.x, part.y, part.x + part.width, part.y + part.height))


def with_context(box: Box, width: int, height: int, context: float = CONTEXT) -> Box:
    """Return the part of a picture of this size that `crop_box` cuts out."""
    wide, high = round(box.width * context), round(box.height * context)
    left, top = max(box.x - wide, 0), max(box.y - high, 0)
    right = min(box.x + box.width + wide, width)
    bottom = min(box.y + box.height + high, height)
    return Box(left, top, right - left, bottom - top)

"""Codes: EAN, UPC and QR symbols in a picture, read at any rotation and checked.

zxing-cpp reads bars within about 25 degrees of an axis; fields of bars at other angles are found
by `codes_field`, laid level and enlarged first. A slanted scan line can misread a long code as a
short one, or as another long one, check digit and all: so bars count when two views agree.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import zxingcpp
from PIL.Image import Image

from engine.embed.codes.field import BarField, Gray, LevelField, detected_fields, field_around
from engine.embed.codes.gtin import find_gtin, normalise_gtin
from engine.embed.codes.profile import as_picture, crisp, looks_like_bars, straight_profiles

_SIDE_MAX_PX = 2000
_FORMAT = zxingcpp.BarcodeFormat
_BARS = {
    _FORMAT.EAN13: "EAN-13",
    _FORMAT.UPCA: "UPC-A",
    _FORMAT.EAN8: "EAN-8",
    _FORMAT.UPCE: "UPC-E",
}
_MATRICES = {_FORMAT.QRCode: "QR", _FORMAT.DataMatrix: "DataMatrix"}
_SHORT = ("EAN-8", "UPC-E")
_SPAN_MIN = 0.8
"""Share of its field that a short code must fill: misread out of an EAN-13's 95 modules,
an EAN-8 has 67 of them (.71) and a UPC-E 51 (.54)."""
_SHARPENINGS_PX = (0.0, 1.8, 2.6)
"""Blur that is undone, as a Gaussian's sigma in pixels of a level field, where a module has 4."""


@dataclass(frozen=True)
class Code:
    """A code that was read in a picture."""

    format: str
    """`EAN-13`, `EAN-8`, `UPC-A`, `UPC-E`, `QR` or `DataMatrix`."""
    value: str
    """What it says: the digits, or the text."""
    gtin: str
    """The article number in 14 digits, its check digit verified; empty when it names none."""
    corners: tuple[tuple[float, float], ...]
    """Four points, x and y in pixels of the picture, around what was read."""


@dataclass(frozen=True)
class _Read:
    """A code that a view of the picture seems to show."""

    code: Code
    view: str
    """Which pixels it was read from: `pixels` are all; `upper` and `lower` average the rows of
    half a field, so that the three are not misread in the same way."""


def read_codes(image: Image) -> list[Code]:
    """Read the codes of a picture.

    Parameters
    ----------
    image : PIL.Image.Image
        Upright RGB; read at 2,000 px where its longer side has more.

    Returns
    -------
    list of Code
        Each value once, in order of format and value.
    """
    gray, scale = _gray_of(image)
    first = _scan(gray)
    matrices = [code for code in first if code.format in _MATRICES.values()]
    bars = [code for code in first if code.format in _BARS.values()]
    codes = [*matrices, *_read_bars(gray, bars)]
    unique = {(code.format, code.value): _scaled(code, scale) for code in codes}
    return [unique[key] for key in sorted(unique)]


def _gray_of(image: Image) -> tuple[Gray, float]:
    """Return the brightness, and how many pixels of the picture one of its pixels spans."""
    scale = max(max(image.size) / _SIDE_MAX_PX, 1.0)
    size = (max(round(image.width / scale), 1), max(round(image.height / scale), 1))
    small = image if scale == 1 else image.resize(size)
    return np.asarray(small.convert("L"), dtype=np.uint8), scale


def _scaled(code: Code, scale: float) -> Code:
    return replace(code, corners=tuple((x * scale, y * scale) for x, y in code.corners))


# --- bars ------------------------------------------------------------------------------------


def _read_bars(gray: Gray, seen: Sequence[Code]) -> list[Code]:
    """Read the fields of bars: around codes `seen` at a glance, and elsewhere if none is sure."""
    long = [code for code in seen if code.format not in _SHORT]
    reads = [_Read(code, "pixels") for code in long]
    for code in long:
        reads += _read_field(gray, field_around(code.corners))
    if not _agreed(reads):
        for field in detected_fields(gray):
            reads += _read_field(gray, field)
    return _agreed(reads)


def _read_field(gray: Gray, field: BarField) -> list[_Read]:
    """Read a field as it is, then two profiles across its bars, sharpened until some agree."""
    level = field.level(gray)
    upper, lower = straight_profiles(level.gray)
    if not looks_like_bars(upper):
        return []
    reads = _read_level(level, level.gray, "pixels")
    for sigma_px in _SHARPENINGS_PX:
        for profile, name in ((upper, "upper"), (lower, "lower")):
            reads += _read_level(level, as_picture(crisp(profile, sigma_px)), name)
        if _agreed(reads):
            break
    return reads


def _read_level(level: LevelField, picture: Gray, view: str) -> list[_Read]:
    """Read a picture as wide as the level field, or several times wider."""
    share = level.gray.shape[1] / picture.shape[1]
    height = float(level.gray.shape[0])
    reads = []
    for code in _scan_level(picture):
        x = [x * share for x, _ in code.corners]
        left, right = min(x), max(x)
        if code.format not in _SHORT or right - left >= _SPAN_MIN * level.inner_px:
            around = ((left, 0.0), (right, 0.0), (right, height), (left, height))
            reads.append(_Read(replace(code, corners=level.to_picture(around)), view))
    return reads


def _agreed(reads: Sequence[_Read]) -> list[Code]:
    """Return the values that two views show, the most often read first at a place."""
    votes = Counter(read.code.value for read in reads)
    agreed: list[Code] = []
    for value, _ in votes.most_common():
        same = [read for read in reads if read.code.value == value]
        code = same[-1].code
        if len({read.view for read in same}) > 1 and not any(_overlap(code, it) for it in agreed):
            agreed.append(code)
    return agreed


def _overlap(one: Code, other: Code) -> bool:
    """Say whether the middle of one code lies inside the other."""
    middle = np.array(one.corners, dtype=np.float32).mean(axis=0)
    around = cv2.convexHull(np.array(other.corners, dtype=np.float32))
    return cv2.pointPolygonTest(around, (float(middle[0]), float(middle[1])), False) >= 0


# --- zxing-cpp -------------------------------------------------------------------------------


def _scan(gray: Gray) -> list[Code]:
    """Read a whole picture; what it says of bars is not yet believed."""
    found = zxingcpp.read_barcodes(gray, formats=zxingcpp.BarcodeFormats([*_BARS, *_MATRICES]))
    return [_as_code(barcode) for barcode in found if barcode.valid]


def _scan_level(gray: Gray) -> list[Code]:
    """Read bars that stand upright, dark on bright."""
    formats = zxingcpp.BarcodeFormats([*_BARS])
    found = zxingcpp.read_barcodes(
        gray, formats=formats, try_rotate=False, try_downscale=False, try_invert=False
    )
    return [_as_code(barcode) for barcode in found if barcode.valid]


def _as_code(barcode: zxingcpp.Barcode) -> Code:
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    corners = tuple((float(point.x), float(point.y)) for point in points)
    if barcode.format in _MATRICES:
        text = barcode.text
        return Code(_MATRICES[barcode.format], text, find_gtin(text), corners)
    name, digits = _BARS[barcode.format], barcode.text
    if name == "EAN-13" and digits.startswith("0"):
        name, digits = "UPC-A", digits[1:]  # a UPC-A is an EAN-13 that begins with 0
    return Code(name, digits, normalise_gtin(digits), corners)

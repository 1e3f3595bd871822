"""Keypoints: the printed details of a picture, as points that can be found again."""

import struct
from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.errors import InvalidInputError

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

FORMAT_VERSION = 1
"""Of the stored bytes and the extractor: if either finds other points, the version grows."""

DESCRIPTOR_DIM = 128
LEVEL_MAX = 15
"""Descriptors are stored with four bits a number, half of what eight take."""

_LEVEL_STEP = np.float32(0.3 / LEVEL_MAX)
"""RootSIFT numbers seldom pass .3; a vector of length 1 with 128 of them averages .06."""

REFERENCE_POINTS = 560
"""Points stored of a reference: with these the bytes stay below 40 KB."""
CROP_POINTS = 1000
"""Points of a crop: it shows rival products and shelves too, so it needs more than a reference."""

_SIDE_MIN_PX = 340
"""Smaller pictures are enlarged: SIFT finds no points smaller than about 3 px."""
_SIDE_MAX_PX = 640
_CONTRAST_MIN = 0.01
"""A quarter of Lowe's .04: blurred and dark crops have little contrast, and the limit on the
number of points keeps the weak ones out where there are better ones."""

_BLURRED_MAX = 0.1
"""Finest to middle detail of a blurred picture: a Gaussian blur of 2 px leaves .08, of 3 px .06;
ordinary photos have .15 to .47, and are not sharpened: JPEG's blocks would grow with them."""
_SHARPENING = (3.0, 4.0)
"""Sigma in px and amount of the unsharp mask. Photos of cartons blurred by 3 px: .81 right at
once and .94 within five, where .56 and .78 are without; a sigma of 2 or 4 px helps less."""

_HIDDEN_MARGIN_PX = 6
"""At working size: the border of a black bar is no detail of the product."""

_HEADER = struct.Struct("<4sB3xIII")
_MAGIC = b"KPTS"
_SCALE_STEPS = 16.0
"""Steps of the stored scale for each doubling: a step is 4 %."""


@dataclass(frozen=True)
class Keypoints:
    """Points of one picture, the strongest first, quantised as they are stored."""

    positions: Floats
    """Shape (n, 2): x and y in pixels of the picture that they were found in."""
    scales: Floats
    """Shape (n,): diameter of the patch's inner circle, px of that picture."""
    angles: Floats
    """Shape (n,): main direction, degrees clockwise, 0 to 360."""
    descriptors: Bytes
    """Shape (n, 128): RootSIFT in steps of .02, 0 to 15 (Arandjelovic & Zisserman 2012)."""
    width: int
    height: int
    """Of the picture, px."""

    def __len__(self) -> int:
        return len(self.positions)

    def unit_descriptors(self) -> Floats:
        """Return the descriptors as unit vectors, float32 of shape (n, 128)."""
        levels = self.descriptors.astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", levels, levels))
        return np.asarray(levels / np.maximum(lengths, 1)[:, None], np.float32)

    def strongest(self, limit: int) -> "Keypoints":
        """Return the first `limit` points."""
        return Keypoints(
            self.positions[:limit],
            self.scales[:limit],
            self.angles[:limit],
            self.descriptors[:limit],
            self.width,
            self.height,
        )

    def to_bytes(self) -> bytes:
        """Pack the points into 70 bytes each, for the database."""
        size = np.array([self.width, self.height], np.float32)
        places = np.round(self.positions / size * 65535).clip(0, 65535).astype("<u2")
        scales = np.round(np.log2(np.maximum(self.scales, 1e-3)) * _SCALE_STEPS + 64)
        angles = np.round(self.angles * (256 / 360)).astype(np.int64) % 256
        packed = self.descriptors[:, 0::2] << 4 | self.descriptors[:, 1::2]
        header = _HEADER.pack(_MAGIC, FORMAT_VERSION, self.width, self.height, len(self))
        parts = (places, scales.clip(0, 255).astype(np.uint8), angles.astype(np.uint8), packed)
        return header + b"".join(part.tobytes() for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Unpack what `to_bytes` packed.

        Raises
        ------
        InvalidInputError
            If the bytes are of another version of the format, or damaged.
        """
        width, height, count = _read_header(data)
        places, scales, angles, packed = _split(data[_HEADER.size :], count)
        descriptors = np.empty((count, DESCRIPTOR_DIM), np.uint8)
        descriptors[:, 0::2], descriptors[:, 1::2] = packed >> 4, packed & 15
        return cls(
            np.asarray(places * (np.array([width, height]) / 65535), np.float32),
            np.exp2((scales.astype(np.float32) - 64) / np.float32(_SCALE_STEPS)),
            angles.astype(np.float32) * np.float32(360 / 256),
            descriptors,
            width,
            height,
        )


def extract_keypoints(
    image: Image, *, hidden: NDArray[np.bool_] | None = None, limit: int = CROP_POINTS
) -> Keypoints:
    """Find the strongest points of a picture; the same ones at any number of threads.

    Parameters
    ----------
    image : PIL.Image.Image
        RGB, upright: a crop, the part of it in a box, or a reference image.
    hidden : numpy.ndarray of bool, shape (image.height, image.width), optional
        True where black bars or blurred patches hide the object: no points there.
    limit : int
        Points to keep: `CROP_POINTS` of a crop, `REFERENCE_POINTS` of a reference.

    Returns
    -------
    Keypoints
        At most `limit`, possibly none; positions in pixels of `image`.

    Raises
    ------
    InvalidInputError
        If the mask is not of the picture's size.
    """
    if hidden is not None and hidden.shape != (image.height, image.width):
        raise InvalidInputError(
            f"the mask of hidden parts is {hidden.shape}, "
            f"the picture {image.height} x {image.width}"
        )
    zoom = _working_zoom(max(image.size))
    gray = np.asarray(image.convert("L"))
    # at the smaller size of the two: enlarging is a blur of its own, shrinking removes one
    gray = _resized(_sharpened(_resized(gray, min(zoom, 1.0))), max(zoom, 1.0))
    visible = None if hidden is None else _visible_mask(hidden, gray.shape)
    sift = cv2.SIFT.create(contrastThreshold=_CONTRAST_MIN)
    found, descriptors = sift.detectAndCompute(gray, visible)
    if not found:
        return _no_points(image)
    points = np.array([(*p.pt, p.size, p.angle, p.response) for p in found], np.float32)
    keep = _strongest_rows(points, limit)
    scale_xy = np.array(image.size, np.float32) / np.array(gray.shape[::-1], np.float32)
    return Keypoints(
        # SIFT counts from the centre of the first pixel, which moves as the picture is resized
        ((points[keep, :2] + 0.5) * scale_xy - 0.5).astype(np.float32),
        points[keep, 2] * np.float32(scale_xy.mean()),
        points[keep, 3],
        _quantised(np.asarray(descriptors, np.float32)[keep]),
        image.width,
        image.height,
    )


def _working_zoom(side_px: int) -> float:
    return min(max(side_px, _SIDE_MIN_PX), _SIDE_MAX_PX) / side_px


def _resized(gray: Bytes, zoom: float) -> Bytes:
    height, width = gray.shape
    size = (max(round(width * zoom), 1), max(round(height * zoom), 1))
    if size == (width, height):
        return gray
    how = cv2.INTER_CUBIC if zoom > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(gray, size, interpolation=how), np.uint8)


def _sharpened(gray: Bytes) -> Bytes:
    """Bring back the detail of a blurred picture, as far as it can be; leave others as they are."""
    light = gray.astype(np.float32)
    fine = np.abs(light - cv2.GaussianBlur(light, (0, 0), 1)).mean()
    middle = np.abs(cv2.GaussianBlur(light, (0, 0), 2) - cv2.GaussianBlur(light, (0, 0), 8)).mean()
    if fine > _BLURRED_MAX * middle:
        return gray
    sigma, amount = _SHARPENING
    sharp = light + amount * (light - cv2.GaussianBlur(light, (0, 0), sigma))
    return np.asarray(sharp.round().clip(0, 255), np.uint8)


def _visible_mask(hidden: NDArray[np.bool_], shape: tuple[int, ...]) -> Bytes:
    """Return 255 where points may lie, at working size."""
    bars = cv2.resize(
        hidden.astype(np.uint8), (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST
    )
    side = 2 * _HIDDEN_MARGIN_PX + 1
    return np.asarray(255 * (1 - cv2.dilate(bars, np.ones((side, side), np.uint8))), np.uint8)


def _strongest_rows(points: Floats, limit: int) -> NDArray[np.intp]:
    """Return the rows of the strongest points; equals are told apart by place, never by order."""
    x, y, _, angle, response = points.T
    return np.lexsort((angle, x, y, -response))[:limit]


def _quantised(sift: Floats) -> Bytes:
    """Turn SIFT rows into RootSIFT in whole steps."""
    root = np.sqrt(sift / np.maximum(sift.sum(axis=1, keepdims=True), 1))
    return np.asarray(np.round(root / _LEVEL_STEP).clip(0, LEVEL_MAX), np.uint8)


def _no_points(image: Image) -> Keypoints:
    nothing = np.zeros(0, np.float32)
    descriptors = np.zeros((0, DESCRIPTOR_DIM), np.uint8)
    return Keypoints(
        np.zeros((0, 2), np.float32), nothing, nothing, descriptors, image.width, image.height
    )


def _read_header(data: bytes) -> tuple[int, int, int]:
    """Return width and height of the picture and the number of points."""
    if len(data) < _HEADER.size:
        raise InvalidInputError(f"{len(data)} bytes are no stored keypoints")
    magic, version, width, height, count = _HEADER.unpack_from(data)
    if magic != _MAGIC or version != FORMAT_VERSION:
        raise InvalidInputError(
            f"stored keypoints begin {magic!r} version {version}, "
            f"this engine reads {_MAGIC!r} version {FORMAT_VERSION}"
        )
    expected = _HEADER.size + count * _POINT_BYTES
    if len(data) != expected:
        raise InvalidInputError(f"{count} keypoints take {expected} bytes, not {len(data)}")
    return width, height, count


_POINT_BYTES = 4 + 1 + 1 + DESCRIPTOR_DIM // 2


def _split(data: bytes, count: int) -> tuple[NDArray[np.uint16], Bytes, Bytes, Bytes]:
    """Cut the columns apart: places, scales, angles, packed descriptors."""
    places = np.frombuffer(data, "<u2", 2 * count).reshape(count, 2)
    scales, angles = np.frombuffer(data, np.uint8, 2 * count, 4 * count).reshape(2, count)
    packed = np.frombuffer(data, np.uint8, offset=6 * count).reshape(count, DESCRIPTOR_DIM // 2)
    return places, scales, angles, packed

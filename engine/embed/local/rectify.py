"""Close comparison: the crop laid straight onto a reference, and what lies there compared.

Siblings share their details and differ in a colour or a word. With the crop rectified, each place
of the reference has its counterpart; light and shadow are taken out as a gain and an offset.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.embed.image import Box
from engine.embed.local.geometry import GeometricMatch
from engine.embed.local.planes import is_invertible

Channels = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SIDE_PX = 160
"""Longer side of the reference while compared: small crops show no more."""
_SMOOTHING_PX = 2.5
"""Sigma, in those pixels: the homography is off by up to as much away from the keypoints."""
_CELLS = 6
"""Cells along each side of the grid in which differences are told apart."""
_OVERLAP_MIN = 0.12
_EDGE_PX = 2
"""Kept out along the border of the common area: the warp mixes in what lies beyond."""
_SPREAD_MIN = 0.3
"""Standard deviation, in Lab, below which there is nothing to correlate, as in a grey crop."""
_GAIN_LIMITS = (0.3, 3.0)
_BACKGROUND_LAB_MAX = 8.0
"""Distance in Lab from the border's colour that still is a packshot's plain background."""

_CLOSING = 0.06
"""Radius, as a share of the longer side, of the gaps in a product's outline that are filled."""


@dataclass(frozen=True)
class CloseComparison:
    """How the rectified crop compares with the reference over their common area."""

    lightness: float
    """Correlation of smoothed L, -1 to 1."""
    colour: float
    """Correlation of smoothed a and b together, -1 to 1; light of another colour is taken out.
    0 where one of the pictures is grey."""
    structure: float
    """Correlation of the gradients of L, -1 to 1."""
    difference: float
    """Median over the cells of the Lab distance (CIE 1976) once gain and offset of each channel
    are fitted; 0 is equal, 2 just visible."""
    worst_difference: float
    """The same of the cell that differs most."""
    worst_cell: Box
    """That cell, in pixels of the reference: it shows what may tell siblings apart."""
    colour_shift: float
    """Distance of the mean a and b before fitting: the light's colour, or the product's."""
    overlap: float
    """Share of the reference's product that the crop shows, 0 to 1."""


def compare_closely(
    crop: Image, reference: Image, match: GeometricMatch, *, hidden: Mask | None = None
) -> CloseComparison | None:
    """Lay the crop straight onto a reference by their match and compare them place by place.

    Parameters
    ----------
    crop, reference : PIL.Image.Image
        The RGB pictures whose keypoints were matched.
    match : GeometricMatch
        Of the two.
    hidden : numpy.ndarray of bool, shape (crop.height, crop.width), optional
        True where the crop hides the object.

    Returns
    -------
    CloseComparison or None
        None where the match is no plausible map, or leaves too little in common.
    """
    if match.kind == "none" or not match.is_plausible or not is_invertible(match.transform):
        return None
    small, to_small = _shrunk(reference)
    straight, seen = _straightened(crop, hidden, to_small @ np.linalg.inv(match.transform), small)
    product = product_mask(small)
    common = _eroded(seen) & product
    if common.sum() < _OVERLAP_MIN * product.sum():
        return None
    return _compared(straight, small, common, product, reference)


def product_mask(picture: NDArray[np.uint8]) -> Mask:
    """Return where a packshot shows its product: all but a plain background at the border.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (height, width, 3)
        RGB.

    Returns
    -------
    numpy.ndarray of bool, shape (height, width)
        All True where the border has no one colour, or the background would be nearly all.
    """
    lab = _lab(picture)
    border = np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]])
    plain = np.linalg.norm(lab - np.median(border, axis=0), axis=2) < _BACKGROUND_LAB_MAX
    _, labels = cv2.connectedComponents(plain.astype(np.uint8), connectivity=4)
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    background = np.isin(labels, np.unique(edge[edge > 0]))
    is_packshot = np.mean(edge > 0) > 0.6 and background.mean() < 0.95
    return _closed(~background) if is_packshot else np.ones(plain.shape, bool)


def _shrunk(reference: Image) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Return the reference at the size of comparison, and the map from its pixels to those."""
    zoom = _SIDE_PX / max(reference.size)
    size = (max(round(reference.width * zoom), 8), max(round(reference.height * zoom), 8))
    small = np.asarray(reference.convert("RGB").resize(size, Resampling.BOX))
    x, y = size[0] / reference.width, size[1] / reference.height
    # positions count from the centre of the first pixel, which moves as the picture shrinks
    return small, np.array([[x, 0, x / 2 - 0.5], [0, y, y / 2 - 0.5], [0, 0, 1]])


def _straightened(
    crop: Image, hidden: Mask | None, to_small: NDArray[np.float64], small: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], Mask]:
    """Warp the crop, and what it shows at all, onto the small reference."""
    size = (small.shape[1], small.shape[0])
    pixels = np.asarray(crop.convert("RGB"))
    visible = np.ones(pixels.shape[:2], np.uint8) if hidden is None else (~hidden).astype(np.uint8)
    pixels = _antialiased(pixels, to_small)
    straight = cv2.warpPerspective(pixels, to_small, size, flags=cv2.INTER_LINEAR)
    seen = cv2.warpPerspective(visible, to_small, size, flags=cv2.INTER_NEAREST)
    return np.asarray(straight, np.uint8), np.asarray(seen > 0, np.bool_)


def _antialiased(pixels: NDArray[np.uint8], to_small: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Blur a crop that is about to be shrunk, as far as it is shrunk at its middle."""
    height, width = pixels.shape[:2]
    middle = np.array([width / 2, height / 2, 1.0])
    depth = float(to_small[2] @ middle)
    zoom = np.sqrt(abs(np.linalg.det(to_small) / depth**3)) if abs(depth) > 1e-9 else 1.0
    if zoom > 0.7:
        return pixels
    sigma = min(0.5 / zoom, 8.0)
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def _closed(mask: Mask) -> Mask:
    """Fill the bays of a white product on white ground, which begin between its dark prints."""
    reach = max(round(_CLOSING * max(mask.shape)), 1)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    framed = cv2.copyMakeBorder(
        mask.astype(np.uint8), reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=0
    )
    closed = cv2.morphologyEx(framed, cv2.MORPH_CLOSE, disc)
    return np.asarray(closed[reach:-reach, reach:-reach] > 0, np.bool_)


def _eroded(mask: Mask) -> Mask:
    side = 2 * _EDGE_PX + 1
    inner = cv2.erode(
        mask.astype(np.uint8), np.ones((side, side), np.uint8), borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(inner > 0, np.bool_)


def _lab(picture: NDArray[np.uint8]) -> Channels:
    """Return L 0 to 100, a and b about -100 to 100."""
    scaled = picture.astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2Lab), np.float32)


def _compared(
    straight: NDArray[np.uint8],
    small: NDArray[np.uint8],
    common: Mask,
    product: Mask,
    picture: Image,
) -> CloseComparison:
    crop, reference = _lab(straight), _lab(small)
    ours, theirs = _smoothed(crop, common), _smoothed(reference, common)
    away = np.linalg.norm(_fitted(ours, theirs, common) - theirs, axis=2)
    cells, boxes = _cell_differences(away, common, picture)
    worst = int(np.argmax(cells))
    shift = ours[common].mean(axis=0) - theirs[common].mean(axis=0)
    return CloseComparison(
        lightness=_correlation(ours[..., :1], theirs[..., :1], common),
        colour=_correlation(ours[..., 1:], theirs[..., 1:], common),
        structure=_correlation(_gradients(crop), _gradients(reference), common),
        difference=float(np.median(cells)),
        worst_difference=float(cells[worst]),
        worst_cell=boxes[worst],
        colour_shift=float(np.linalg.norm(shift[1:])),
        overlap=float(common.sum() / product.sum()),
    )


def _smoothed(channels: Channels, common: Mask) -> Channels:
    """Blur within the common area alone, so that nothing bleeds in from outside."""
    weight = common.astype(np.float32)
    summed = cv2.GaussianBlur(channels * weight[..., None], (0, 0), _SMOOTHING_PX)
    weights = cv2.GaussianBlur(weight, (0, 0), _SMOOTHING_PX)
    return np.asarray(summed / np.maximum(weights, 1e-3)[..., None], np.float32)


def _gradients(channels: Channels) -> Channels:
    """Return the slopes of L along x and y, at a finer scale than the colours."""
    light = cv2.GaussianBlur(channels[..., 0], (0, 0), 1.0)
    return np.stack([cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1)], 2)


def _correlation(ours: Channels, theirs: Channels, common: Mask) -> float:
    """Return Pearson's correlation of all channels together, each about its own mean."""
    first, second = ours[common].astype(np.float64), theirs[common].astype(np.float64)
    first, second = first - first.mean(axis=0), second - second.mean(axis=0)
    lengths = np.linalg.norm(first) * np.linalg.norm(second)
    is_even = min(first.std(), second.std()) < _SPREAD_MIN
    return 0.0 if is_even else float((first * second).sum() / lengths)


def _fitted(ours: Channels, theirs: Channels, common: Mask) -> Channels:
    """Take the light out: the gain and offset that bring each channel nearest the reference."""
    first, second = ours[common].astype(np.float64), theirs[common].astype(np.float64)
    spread = first.std(axis=0)
    gain = np.where(spread > 1e-3, second.std(axis=0) / np.maximum(spread, 1e-3), 1.0)
    gain = gain.clip(*_GAIN_LIMITS)
    return np.asarray((ours - first.mean(axis=0)) * gain + second.mean(axis=0), np.float32)


def _cell_differences(
    distance: Channels, common: Mask, picture: Image
) -> tuple[NDArray[np.float64], list[Box]]:
    """Return the mean distance of each cell that is at least half in common, and the cells."""
    rows = np.linspace(0, distance.shape[0], _CELLS + 1).astype(int)
    columns = np.linspace(0, distance.shape[1], _CELLS + 1).astype(int)
    zoom = (picture.width / distance.shape[1], picture.height / distance.shape[0])
    found: list[tuple[float, Box]] = []
    whole = (float(distance[common].mean()), Box(0, 0, picture.width, picture.height))
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            part = common[top:bottom, left:right]
            if part.mean() >= 0.5:
                mean = float(distance[top:bottom, left:right][part].mean())
                found.append((mean, _box(left, top, right, bottom, zoom)))
    values, boxes = zip(*(found or [whole]), strict=True)
    return np.array(values), list(boxes)


def _box(left: int, top: int, right: int, bottom: int, zoom: tuple[float, float]) -> Box:
    x, y = int(left * zoom[0]), int(top * zoom[1])
    return Box(x, y, int(right * zoom[0]) - x, int(bottom * zoom[1]) - y)

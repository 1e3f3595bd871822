"""Patterns: wallpapers, bedspreads and tiles, where every detail is there many times over.

A repeat defeats a homography twice: the ratio test drops details that have twins, and pairs of
different repeats contradict each other. So here a pair only says how the pattern is scaled and
turned, and is believed if the details *around* it are found around its partner too: which of the
equal repeats the partner lies in does not matter (translation modulo the lattice).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.embed.local.keypoints import Floats, Keypoints

_PAIRS_MAX = 200
"""Points of the crop that are looked for, the strongest."""
_COSINE_MIN = 0.75
"""Likeness of RootSIFT descriptors of one detail: those of strangers average .6."""
_NEIGHBOURS = 6
_BINS_SCALE, _BINS_TURN = 17, 24
_OCTAVES = 4.0
"""Scales from a sixteenth to sixteen times."""
_TOLERANCE = 0.2
"""How far a neighbour may be off, as a share of its way from the point; and at least ..."""
_TOLERANCE_MIN_PX = 3.0
_SIDE_PX = 256
"""Side of the square in which repeats are looked for."""
_LAG_MIN_PX = 10


@dataclass(frozen=True)
class Repeat:
    """Whether a picture repeats itself."""

    strength: float
    """Highest correlation of the picture with itself moved, 0 to 1; a wallpaper has .4 or more."""
    period_px: float
    """Length of that move, in pixels of the picture."""


@dataclass(frozen=True)
class PatternMatch:
    """How the pattern of a crop compares with that of a reference."""

    alike: int
    """Points of the crop that have their like in the reference."""
    same_pose: float
    """Share of them that agree on one scale and turn, 0 to 1."""
    confirmed: int
    """Points whose surroundings are found around their partner as well."""
    scale: float
    """Size of the pattern in the crop, as a multiple of that in the reference."""
    turn_degrees: float
    """Of the crop against the reference, clockwise, 0 to 360."""
    palette: float
    """Likeness of the colours, 0 to 1: other colourways of one pattern differ in this alone."""


def find_repeat(picture: Image) -> Repeat:
    """Measure how much a picture repeats itself, and at what distance.

    Parameters
    ----------
    picture : PIL.Image.Image
        RGB.

    Returns
    -------
    Repeat
        Strength 0 for a picture without contrast.
    """
    side = min(_SIDE_PX, *picture.size)
    zoom = side / min(picture.size)
    size = (round(picture.width * zoom), round(picture.height * zoom))
    gray = np.asarray(picture.convert("L").resize(size, Resampling.BOX), np.float32)
    top, left = (gray.shape[0] - side) // 2, (gray.shape[1] - side) // 2
    square = gray[top : top + side, left : left + side]
    # without its slow shading, which is like itself everywhere
    detail = square - cv2.GaussianBlur(square, (0, 0), side / 10)
    correlation = _autocorrelation(detail)
    y, x = np.unravel_index(int(correlation.argmax()), correlation.shape)
    length = float(np.hypot(min(y, 2 * side - y), min(x, 2 * side - x)))
    return Repeat(float(np.clip(correlation[y, x], 0, 1)), length / zoom)


def _autocorrelation(detail: Floats) -> Floats:
    """Correlate with itself at every lag up to half a side; short lags and far ones are 0."""
    side = len(detail)
    if side < 4 * _LAG_MIN_PX or detail.std() < 1:
        return np.zeros((2, 2), np.float32)
    spectrum = np.abs(np.fft.fft2(detail, s=(2 * side, 2 * side))) ** 2
    overlap = np.abs(np.fft.fft2(np.ones_like(detail), s=(2 * side, 2 * side))) ** 2
    sums, counts = np.fft.ifft2(spectrum).real, np.fft.ifft2(overlap).real
    lag = np.minimum(np.arange(2 * side), 2 * side - np.arange(2 * side))
    lags = np.hypot(lag[:, None], lag[None])
    means = sums / np.maximum(counts, 1)
    # a lag counts once the correlation has fallen first: a blob is like itself moved a little
    fallen = _first_fall(means / means[0, 0], lags)
    wanted = (
        (lags > max(_LAG_MIN_PX, fallen)) & (lag[:, None] <= side / 2) & (lag[None] <= side / 2)
    )
    return np.where(wanted, means / means[0, 0], 0).astype(np.float32)


def _first_fall(correlation: NDArray[np.float64], lags: NDArray[np.float64]) -> float:
    """Return the lag by which the mean correlation has first fallen below .1."""
    rings = np.bincount(lags.astype(int).ravel(), correlation.ravel())
    means = rings / np.bincount(lags.astype(int).ravel())
    low = np.flatnonzero(means < 0.1)
    return float(low[0]) if len(low) else float(len(means))


def compare_patterns(crop: Keypoints, reference: Keypoints, palette: float = 0.0) -> PatternMatch:
    """Compare two patterns by their details, whichever repeat these lie in.

    Parameters
    ----------
    crop, reference : Keypoints
        The points of both pictures.
    palette : float
        What `palette_likeness` says of both, carried into the result.

    Returns
    -------
    PatternMatch
        All 0 where there are no points.
    """
    crop = crop.strongest(_PAIRS_MAX)
    if len(crop) <= _NEIGHBOURS or len(reference) <= _NEIGHBOURS:
        return PatternMatch(0, 0.0, 0, 0.0, 0.0, palette)
    cosines = crop.unit_descriptors() @ reference.unit_descriptors().T
    partners = cosines.argmax(axis=1)
    rows = np.flatnonzero(cosines[np.arange(len(crop)), partners] > _COSINE_MIN)
    if not len(rows):
        return PatternMatch(0, 0.0, 0, 0.0, 0.0, palette)
    scales = np.log2(crop.scales[rows] / reference.scales[partners[rows]])
    turns = (crop.angles[rows] - reference.angles[partners[rows]]) % 360
    scale, turn, inside = _commonest_pose(scales, turns)
    confirmed = _confirmed(crop, reference, cosines, rows[inside], scale, turn)
    return PatternMatch(
        alike=len(rows),
        same_pose=float(inside.mean()),
        confirmed=confirmed,
        scale=float(2**scale),
        turn_degrees=turn,
        palette=palette,
    )


def _commonest_pose(scales: Floats, turns: Floats) -> tuple[float, float, NDArray[np.bool_]]:
    """Return log2 of the scale, the turn in degrees, and the pairs near both."""
    votes = np.zeros((_BINS_SCALE, _BINS_TURN), np.float32)
    row = np.round((scales / _OCTAVES + 1) / 2 * (_BINS_SCALE - 1)).astype(int)
    column = np.floor(turns / 360 * _BINS_TURN).astype(int) % _BINS_TURN
    np.add.at(votes, (row.clip(0, _BINS_SCALE - 1), column), 1)
    around = np.zeros_like(votes)
    for up in (-1, 0, 1):
        for right in (-1, 0, 1):
            moved = np.roll(np.roll(votes, up, 0), right, 1)
            if up:  # turns wrap around, scales do not
                moved[0 if up > 0 else -1] = 0
            around += moved
    best = np.unravel_index(int(around.argmax()), around.shape)
    middle_scale = float((best[0] / (_BINS_SCALE - 1) * 2 - 1) * _OCTAVES)
    middle_turn = float((best[1] + 0.5) * 360 / _BINS_TURN)
    away = (turns - middle_turn + 180) % 360 - 180
    inside = (np.abs(away) < 22.5) & (np.abs(scales - middle_scale) < 0.75)
    if inside.any():
        middle_scale = float(np.median(scales[inside]))
        middle_turn = float((middle_turn + np.median(away[inside])) % 360)
    return middle_scale, middle_turn, inside


def _confirmed(
    crop: Keypoints,
    reference: Keypoints,
    cosines: Floats,
    rows: NDArray[np.int64],
    scale: float,
    turn: float,
) -> int:
    """Count the points most of whose neighbours are found around their partner as well."""
    around = _neighbours(crop.positions, rows)
    steps = crop.positions[around] - crop.positions[rows][:, None]
    angle = np.deg2rad(-turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = (steps @ spin.T / 2**scale).astype(np.float32)
    partners = cosines[rows].argmax(axis=1)
    expected = reference.positions[partners][:, None] + moved
    far = np.maximum(_TOLERANCE_MIN_PX, _TOLERANCE * np.linalg.norm(moved, axis=2))
    x, y = reference.positions.T
    # squares of each axis apart: half the time of a norm over the last one
    gaps = (expected[..., 0, None] - x) ** 2 + (expected[..., 1, None] - y) ** 2
    found = ((gaps < far[..., None] ** 2) & (cosines > _COSINE_MIN)[around]).any(axis=2)
    size = np.array([reference.width, reference.height])
    inside = ((expected >= 0) & (expected < size)).all(axis=2)
    enough = inside.sum(axis=1) >= _NEIGHBOURS // 2
    return int(np.count_nonzero(enough & ((found & inside).sum(axis=1) * 2 >= inside.sum(axis=1))))


def _neighbours(positions: Floats, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of the nearest points of some, none of them in the same place."""
    gaps = np.linalg.norm(positions[rows][:, None] - positions, axis=2)
    gaps[gaps < 1] = np.inf  # a point with two directions stands there twice
    return np.argsort(gaps, axis=1, kind="stable")[:, :_NEIGHBOURS]

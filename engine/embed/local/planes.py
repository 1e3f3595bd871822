"""Planes: the map that lays a flat reference onto a crop, fitted to pairs of points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]
Kind = Literal["homography", "affine"]

_COARSE = (3.0, 2.0)
"""Tolerances of the first, affine rounds, as multiples of the last one: a tilted plane is
nearly affine, and perspective is fitted only to what that has gathered."""
_FINE = (1.5, 1.0, 1.0)
BENT = 2.5
"""Tolerance of a surface that no plane fits, such as a bottle's, as a multiple of the last one."""
_HOMOGRAPHY_PAIRS_MIN = 7
"""Four pairs fit any homography; three more make it say something."""
_AFFINE_PAIRS_MIN = 4
_SIDES_RATIO_MAX = 12.0
"""Between the longest and shortest side of the outline in the crop, in units of its own ratio."""
_CROP_SHARES = (0.002, 60.0)
"""Areas of the outline that are believed: from 1/500 of the crop to a crop of 1/60 of it."""


@dataclass(frozen=True)
class Plane:
    """A map from reference to crop and the pairs that follow it."""

    kind: Kind
    transform: Matrix
    """Shape (3, 3): homogeneous pixels of the reference to those of the crop."""
    agree: Mask
    """Shape (m,): the pairs that follow it."""
    errors_px: Points
    """Shape (m,): distance in the crop of each pair's points."""


def fit_plane(
    here: Points, there: Points, start: Mask, outline: Points, tolerance_px: float, crop_area: float
) -> Plane | None:
    """Fit a homography to pairs of points, or an affine map where that makes no sense.

    Parameters
    ----------
    here, there : numpy.ndarray of float64, shape (m, 2)
        Points of the reference and of the crop, px.
    start : numpy.ndarray of bool, shape (m,)
        The pairs to begin with.
    outline : numpy.ndarray of float64, shape (4, 2)
        Corners of the reference.
    tolerance_px : float
        How far a point of a flat thing may be off, px of the crop.
    crop_area : float
        Of the crop, square px, to judge the outline's size.

    Returns
    -------
    Plane or None
        None where not even an affine map holds four pairs together.
    """
    transform, agree = _refined(
        _affine, here, there, start, [tolerance_px * each for each in _COARSE]
    )
    if transform is None:
        return None
    if np.count_nonzero(agree) >= _HOMOGRAPHY_PAIRS_MIN:
        fine, kept = _refined(
            _homography, here, there, agree, [tolerance_px * each for each in _FINE]
        )
        enough = np.count_nonzero(kept) >= _HOMOGRAPHY_PAIRS_MIN
        if fine is not None and enough and is_plausible(fine, outline, crop_area):
            return Plane("homography", fine, kept, distances(fine, here, there))
    bent, kept = _refined(_affine, here, there, agree, [tolerance_px * BENT] * 2)
    if bent is None:
        return None
    return Plane("affine", bent, kept, distances(bent, here, there))


def project(transform: Matrix, points: Points) -> Points:
    """Map points of shape (n, 2) by a homogeneous 3 x 3 matrix."""
    mapped = points @ transform[:, :2].T + transform[:, 2]
    depth = mapped[:, 2:]
    return np.asarray(mapped[:, :2] / np.where(np.abs(depth) < 1e-12, 1e-12, depth), np.float64)


def distances(transform: Matrix, here: Points, there: Points) -> Points:
    """Return how far each mapped point of the reference is from its partner in the crop, px."""
    return np.asarray(np.linalg.norm(project(transform, here) - there, axis=1), np.float64)


def is_invertible(transform: Matrix) -> bool:
    """Tell whether a map can be turned round without drowning in rounding."""
    return bool(np.all(np.isfinite(transform)) and np.linalg.cond(transform) < 1e12)


def is_plausible(transform: Matrix, outline: Points, crop_area: float) -> bool:
    """Say whether the outline maps to a picture of a flat thing: convex, unmirrored, of sane size.

    Parameters
    ----------
    transform : numpy.ndarray of float64, shape (3, 3)
        Homogeneous pixels of the reference to those of the crop.
    outline : numpy.ndarray of float64, shape (4, 2)
        Corners of the reference, clockwise.
    crop_area : float
        Of the crop, square px.

    Returns
    -------
    bool
        False for most maps that chance pairs bring about.
    """
    depth = outline @ transform[2, :2] + transform[2, 2]
    if np.any(depth * np.sign(transform[2, 2]) <= 1e-9):  # a corner behind the camera
        return False
    corners = project(transform, outline)
    sides = np.roll(corners, -1, axis=0) - corners
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    if np.any(turns <= 0):  # clockwise stays clockwise, where y grows downwards
        return False
    lengths = np.linalg.norm(sides, axis=1)
    own = np.linalg.norm(np.roll(outline, -1, axis=0) - outline, axis=1)
    shares = lengths / own
    low, high = _CROP_SHARES
    area = cv2.contourArea(corners.astype(np.float32))
    sane = low * crop_area < area < high * crop_area
    return bool(sane and shares.max() < _SIDES_RATIO_MAX * shares.min())


def _affine(here: Points, there: Points) -> Matrix | None:
    """Fit by least squares."""
    rows = np.column_stack([here, np.ones(len(here))])
    solution, _, rank, _ = np.linalg.lstsq(rows, there, rcond=None)
    if rank < 3:  # points on one line
        return None
    return np.vstack([solution.T, [0, 0, 1]])


def _homography(here: Points, there: Points) -> Matrix | None:
    """Fit by least squares of the distance in the crop, from the algebraic solution on."""
    found, _ = cv2.findHomography(here, there, 0)
    if found is None or not np.all(np.isfinite(found)):
        return None
    return np.asarray(found, np.float64)


def _refined(
    fit: Callable[[Points, Points], Matrix | None],
    here: Points,
    there: Points,
    agree: Mask,
    tolerances_px: Sequence[float],
) -> tuple[Matrix | None, Mask]:
    """Fit to the pairs that agree and see which agree with that, once for each tolerance."""
    transform = None
    for tolerance in tolerances_px:
        if np.count_nonzero(agree) < _AFFINE_PAIRS_MIN:
            return None, agree
        transform = fit(here[agree], there[agree])
        if transform is None:
            return None, agree
        agree = distances(transform, here, there) < tolerance
    return transform, agree

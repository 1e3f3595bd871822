"""Geometry: whether the details that a crop shares with a reference also lie as they do there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.embed.local.keypoints import Keypoints
from engine.embed.local.matching import Pairs, match_descriptors
from engine.embed.local.planes import Matrix, Plane, Points, fit_plane, is_plausible, project
from engine.embed.local.poses import Pose, best_poses

_TOLERANCE = 0.009
"""Share of the crop's longer side that a point of a flat thing may be off."""
_POSES_TRIED = 2
"""Poses of one reference that are refined: a crop may show the product twice."""
_FITTED_MAX = 30
"""References whose poses are refined; the others keep their votes alone."""
_VOTES_MIN = 4


@dataclass(frozen=True)
class GeometricMatch:
    """What one reference shares with a crop."""

    kind: Literal["homography", "affine", "none"]
    """How the reference was laid onto the crop; `none`: in no way."""
    transform: Matrix
    """Shape (3, 3): homogeneous pixels of the reference to those of the crop."""
    pairs: Pairs
    """Shape (inliers, 2): rows of crop and reference points that agree, each point once."""
    votes: int
    """Pairs that agree roughly with one pose, as they also do on a bent surface."""
    tentative: int
    """Points of the crop that have their like in the reference, before any geometry."""
    error_px: float
    """Median distance of the agreeing points, px of the crop; 0 where there are none."""
    area: float
    """Share of the reference's printed part that the agreeing points span, 0 to 1."""
    crop_area: float
    """Share of the crop that the reference's outline covers, 0 to 1."""
    is_plausible: bool
    """Whether the outline maps to a convex, unmirrored quadrilateral of sane size."""
    repetition: float
    """Share of the pairs of like scale and direction that lie elsewhere, 0 to 1: high where a
    pattern repeats or the crop shows the product several times."""

    @property
    def inliers(self) -> int:
        """Number of pairs that agree with the transform."""
        return len(self.pairs)


def match_and_verify(crop: Keypoints, references: Sequence[Keypoints]) -> list[GeometricMatch]:
    """Compare the details of a crop with those of references, and where they lie.

    Parameters
    ----------
    crop : Keypoints
        The points of the crop.
    references : sequence of Keypoints
        The points of some hundred reference images.

    Returns
    -------
    list of GeometricMatch
        One for each reference, in order.
    """
    tolerance_px = max(_TOLERANCE * max(crop.width, crop.height), 1.0)
    pairs = match_descriptors(crop, references)
    poses = [
        best_poses(crop, reference, each, tolerance_px, _POSES_TRIED)
        for reference, each in zip(references, pairs, strict=True)
    ]
    votes = np.array([found[0].votes if found else 0 for found in poses])
    promising = set(np.argsort(-votes, kind="stable")[:_FITTED_MAX].tolist())
    return [
        _verified(crop, reference, pairs[row], poses[row] if row in promising else [], votes[row])
        for row, reference in enumerate(references)
    ]


def verify(
    crop: Keypoints, reference: Keypoints, pairs: Pairs, poses_tried: int = _POSES_TRIED
) -> GeometricMatch:
    """Find the map that most of some pairs of like points follow.

    Parameters
    ----------
    crop, reference : Keypoints
        The points of both pictures.
    pairs : numpy.ndarray of int64, shape (m, 2)
        Rows of crop and reference points that look alike, the likest first; a point may stand in
        several pairs.
    poses_tried : int
        Poses that are refined, those with most votes.

    Returns
    -------
    GeometricMatch
        Of kind `none` where no four pairs agree.
    """
    tolerance_px = max(_TOLERANCE * max(crop.width, crop.height), 1.0)
    poses = best_poses(crop, reference, pairs, tolerance_px, poses_tried) if len(pairs) else []
    return _verified(crop, reference, pairs, poses, poses[0].votes if poses else 0)


def _verified(
    crop: Keypoints, reference: Keypoints, pairs: Pairs, poses: Sequence[Pose], votes: int
) -> GeometricMatch:
    """Refine the poses of one reference and keep what most pairs follow."""
    tentative = len(np.unique(pairs[:, 0]))
    planes = [plane for pose in poses if (plane := _plane(crop, reference, pairs, pose))]
    if not planes:
        return _nothing(votes, tentative)
    best = max(planes, key=lambda plane: len(_one_to_one(pairs, plane)))
    outline = outline_of(reference)
    rows = _one_to_one(pairs, best)
    return GeometricMatch(
        kind=best.kind,
        transform=best.transform,
        pairs=pairs[rows],
        votes=int(votes),
        tentative=tentative,
        error_px=float(np.median(best.errors_px[rows])),
        area=_spanned(reference, pairs[rows, 1]),
        crop_area=_covered(project(best.transform, outline), crop),
        is_plausible=is_plausible(best.transform, outline, crop.width * crop.height),
        repetition=1 - poses[0].votes / max(poses[0].same_turn, 1),
    )


def outline_of(picture: Keypoints) -> Points:
    """Return the corners of the picture, clockwise from the upper left, shape (4, 2)."""
    width, height = float(picture.width), float(picture.height)
    return np.array([(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)])


def _plane(crop: Keypoints, reference: Keypoints, pairs: Pairs, pose: Pose) -> Plane | None:
    if pose.votes < _VOTES_MIN:
        return None
    return fit_plane(
        reference.positions[pairs[:, 1]].astype(np.float64),
        crop.positions[pairs[:, 0]].astype(np.float64),
        pose.agree,
        outline_of(reference),
        max(_TOLERANCE * max(crop.width, crop.height), 1.0),
        crop.width * crop.height,
    )


def _one_to_one(pairs: Pairs, plane: Plane) -> NDArray[np.int64]:
    """Return the rows of the pairs that agree, for each reference point its nearest."""
    rows = np.flatnonzero(plane.agree)
    rows = rows[np.argsort(plane.errors_px[rows], kind="stable")]
    _, first = np.unique(pairs[rows, 1], return_index=True)
    return np.sort(rows[first])


def _nothing(votes: int, tentative: int) -> GeometricMatch:
    return GeometricMatch(
        kind="none",
        transform=np.eye(3),
        pairs=np.zeros((0, 2), np.int64),
        votes=int(votes),
        tentative=tentative,
        error_px=0.0,
        area=0.0,
        crop_area=0.0,
        is_plausible=False,
        repetition=0.0,
    )


def _spanned(reference: Keypoints, rows: NDArray[np.int64]) -> float:
    """Return the area of the hull of some points as a share of that of all points."""
    whole = cv2.contourArea(cv2.convexHull(reference.positions))
    part = cv2.contourArea(cv2.convexHull(reference.positions[rows]))
    return float(part / whole) if whole > 0 else 0.0


def _covered(corners: Points, crop: Keypoints) -> float:
    """Return the share of the crop that a quadrilateral covers; 0 where it is not convex."""
    quad = corners.astype(np.float32)
    if not cv2.isContourConvex(quad):
        return 0.0
    area, _ = cv2.intersectConvexConvex(quad, outline_of(crop).astype(np.float32))
    return float(min(area / (crop.width * crop.height), 1.0))

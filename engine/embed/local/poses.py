"""Poses: how a reference may lie in a crop, by the votes of single pairs of keypoints.

Each pair of like keypoints, by its two scales and directions, already says how the reference
would lie in the crop. A pose is as good as the number of pairs that agree with it (Philbin et al.
2007), so every pair is tried as a hypothesis and none is drawn at random: the same answer each
time, and found where one pair in thirty is right, which sampling four pairs misses.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.embed.local.keypoints import Keypoints
from engine.embed.local.matching import Pairs

Mask = NDArray[np.bool_]

_HYPOTHESES_MAX = 100
"""Pairs tried as a pose, the most distinct ones."""
_LOG_SCALE_MAX = 0.7
"""Two pairs of one pose may differ in scale by a factor of two: perspective does that."""
_TURN_MAX = np.deg2rad(35)
_NEAR_TOLERANCE = 0.25
"""A pose carried from one pair to the next may miss by this share of the way between them:
so a tilt or a bend of the surface counts little over a short way, and much over a long one."""


@dataclass(frozen=True)
class Pose:
    """A rough pose of the reference in the crop."""

    agree: Mask
    """Shape (m,): the pairs that agree with it."""
    same_turn: int
    """Pairs of the same scale and direction, wherever they lie."""

    @property
    def votes(self) -> int:
        """Number of pairs that agree."""
        return int(np.count_nonzero(self.agree))


def best_poses(
    crop: Keypoints, reference: Keypoints, pairs: Pairs, tolerance_px: float, count: int
) -> list[Pose]:
    """Try each pair as a pose and return those that most pairs agree with.

    Parameters
    ----------
    crop, reference : Keypoints
        The points of both pictures.
    pairs : numpy.ndarray of int64, shape (m, 2)
        Rows of crop and reference points that look alike, the most distinct first.
    tolerance_px : float
        How far a point may be off beside its pair, px of the crop.
    count : int
        Poses to return at most.

    Returns
    -------
    list of Pose
        By falling votes; no pose starts from a pair that agreed with one before it.
    """
    agree, same_turn = _agreements(crop, reference, pairs, tolerance_px)
    votes = agree.sum(axis=1)
    chosen: list[int] = []
    for row in np.argsort(-votes, kind="stable").tolist():
        if len(chosen) == count:
            break
        if not any(agree[other, row] for other in chosen):
            chosen.append(row)
    return [Pose(agree[row], int(same_turn[row].sum())) for row in chosen]


def _agreements(
    crop: Keypoints, reference: Keypoints, pairs: Pairs, tolerance_px: float
) -> tuple[Mask, Mask]:
    """Return which pairs (columns) agree with which poses (rows), wholly and in turn alone."""
    rows, columns = pairs.T
    scales = np.log(crop.scales[rows] / reference.scales[columns])
    turns = np.deg2rad(crop.angles[rows] - reference.angles[columns])
    there, here = _as_complex(crop.positions[rows]), _as_complex(reference.positions[columns])
    tried = slice(min(len(pairs), _HYPOTHESES_MAX))
    # a similarity of the plane is one complex product and one sum
    spin = np.exp(scales[tried] + 1j * turns[tried])
    steps = there[None] - there[tried, None]
    miss = np.abs(spin[:, None] * (here[None] - here[tried, None]) - steps)
    turned = np.abs((turns[None] - turns[tried, None] + np.pi) % (2 * np.pi) - np.pi)
    same_turn = np.abs(scales[None] - scales[tried, None]) < _LOG_SCALE_MAX
    same_turn &= turned < _TURN_MAX
    return same_turn & (miss < tolerance_px + _NEAR_TOLERANCE * np.abs(steps)), same_turn


def _as_complex(positions: NDArray[np.float32]) -> NDArray[np.complex128]:
    return positions[:, 0] + 1j * positions[:, 1].astype(np.float64)

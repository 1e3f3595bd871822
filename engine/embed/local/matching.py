"""Matching: which keypoints of a crop look like which ones of many references."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.embed.local.keypoints import Floats, Keypoints
from engine.embed.workers import workers

Pairs = NDArray[np.int64]

RATIO_MAX = 0.85
"""Lowe's ratio test (2004, section 7.1), for each reference by itself. Looser than his .8: the
votes of the geometry stand many false pairs, and small crops have few distinct ones."""
PAIRS_MAX = 250
"""Pairs kept of one reference, the most distinct first."""
_CHUNK_POINTS = 1024
"""Reference points in one product, about two pictures: their cosines stay in the processor's
cache for the search of the likest, which takes longer than the product itself otherwise."""


def match_descriptors(
    crop: Keypoints, references: Sequence[Keypoints], ratio_max: float = RATIO_MAX
) -> list[Pairs]:
    """Pair each point of the crop with the likest of each reference, where that one stands out.

    Parameters
    ----------
    crop : Keypoints
        The points of the crop.
    references : sequence of Keypoints
        The points of the references.
    ratio_max : float
        Largest distance to the likest point, as a share of that to the second likest.

    Returns
    -------
    list of numpy.ndarray of int64, shape (m, 2)
        For each reference, rows of crop and reference points; the most distinct pairs first.
    """
    match = partial(_matched, crop.unit_descriptors(), ratio_max)
    found = workers().map(match, _chunks(references))
    return [pairs for some in found for pairs in some]


def _matched(wanted: Floats, ratio_max: float, references: Sequence[Keypoints]) -> list[Pairs]:
    cosines = wanted @ np.concatenate([each.unit_descriptors() for each in references]).T
    ends = np.cumsum([len(each) for each in references])[:-1]
    return [_distinct_pairs(part, ratio_max) for part in np.split(cosines, ends, axis=1)]


def _chunks(references: Sequence[Keypoints]) -> Iterator[Sequence[Keypoints]]:
    """Cut the references into runs of about `_CHUNK_POINTS` points."""
    start = points = 0
    for row, reference in enumerate(references):
        if points + len(reference) > _CHUNK_POINTS and row > start:
            yield references[start:row]
            start, points = row, 0
        points += len(reference)
    if start < len(references):
        yield references[start:]


def _distinct_pairs(cosines: Floats, ratio_max: float) -> Pairs:
    """Apply the ratio test to the distances that the cosines stand for; consumes the cosines."""
    if len(cosines) < 1 or cosines.shape[1] < 2:
        return np.zeros((0, 2), np.int64)
    rows = np.arange(len(cosines))
    likest = cosines.argmax(axis=1)
    near = 2 - 2 * cosines[rows, likest]
    cosines[rows, likest] = -1
    far = 2 - 2 * cosines.max(axis=1)
    ratio = near / np.maximum(far, 1e-9)
    kept = np.flatnonzero(ratio < ratio_max**2)
    kept = kept[np.argsort(ratio[kept], kind="stable")][:PAIRS_MAX]
    return np.stack([kept, likest[kept]], axis=1)

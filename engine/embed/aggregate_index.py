"""The inverted index over aggregated details: for each visual word, the pictures that have it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.embed.aggregate import BITS, Aggregate

_COSINE_MIN = 0.2
"""Likeness of signs below which a shared word speaks for nothing."""
_SELECTIVITY = 3.0
"""Power of the likeness: ASMK's alpha."""


@dataclass(frozen=True)
class DetailHits:
    """The pictures that share most details with a crop."""

    rows: NDArray[np.int64]
    """Rows of the pictures as the index was built, best first."""
    scores: NDArray[np.float64]
    """0 and more: shared rare words, over the square root of all words of the picture."""


class DetailIndex:
    """Searches the aggregates of many pictures; immutable, so safe to use from threads.

    About 12 bytes for each word of a picture, 3.4 KB a picture.
    """

    def __init__(self, aggregates: Sequence[Aggregate], n_words: int) -> None:
        """Sort the words of all pictures by word.

        Parameters
        ----------
        aggregates : sequence of Aggregate
            One for each picture.
        n_words : int
            Words of the codebook.
        """
        counts = [len(each.words) for each in aggregates]
        nothing = Aggregate(np.zeros(0, np.uint16), np.zeros(0, np.uint64))
        words = np.concatenate([each.words for each in (nothing, *aggregates)])
        pictures = np.repeat(np.arange(len(aggregates), dtype=np.int32), counts)
        order = np.argsort(words, kind="stable")
        self._pictures = pictures[order]
        self._signs = np.concatenate([each.signs for each in (nothing, *aggregates)])[order]
        frequency = np.bincount(words, minlength=n_words)
        self._ends = np.concatenate([[0], np.cumsum(frequency)])
        self._rarity = np.log((len(aggregates) + 1) / (frequency + 1))
        weights = np.bincount(pictures, self._rarity[words], minlength=len(aggregates))
        self._norms = np.sqrt(np.maximum(weights, 1e-9))

    def __len__(self) -> int:
        return len(self._norms)

    def search(self, crop: Aggregate, k: int) -> DetailHits:
        """Find the pictures that share most details with a crop.

        Parameters
        ----------
        crop : Aggregate
            Of the crop, several words for each keypoint.
        k : int
            Pictures to return at most.

        Returns
        -------
        DetailHits
            Only pictures that share something, equals in the order of their rows.
        """
        pictures, votes = self._votes(crop)
        scores = np.bincount(pictures, votes, minlength=len(self)) / self._norms
        rows = np.argsort(-scores, kind="stable")[:k]
        rows = rows[scores[rows] > 0]
        return DetailHits(rows.astype(np.int64), scores[rows])

    def _votes(self, crop: Aggregate) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return which pictures share a word with the crop, and how alike they are in it."""
        starts, ends = self._ends[crop.words], self._ends[crop.words.astype(np.int64) + 1]
        listed = _ranges(starts, ends)
        differing = np.bitwise_count(self._signs[listed] ^ np.repeat(crop.signs, ends - starts))
        kept = np.flatnonzero(differing <= _DIFFERING_MAX)
        rarity = np.repeat(self._rarity[crop.words], ends - starts)[kept]
        return self._pictures[listed[kept]], _VOTE_OF[differing[kept]] * rarity


_VOTE_OF = np.maximum(1 - 2 * np.arange(BITS + 1) / BITS, 0) ** _SELECTIVITY
_DIFFERING_MAX = int((1 - _COSINE_MIN) * BITS / 2)


def _ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the whole numbers from each start to before its end, one range after the other."""
    lengths = ends - starts
    offsets = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    return np.asarray(offsets + np.arange(lengths.sum()), np.int64)

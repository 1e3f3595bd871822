"""The inverted index over aggregated details: for each visual word, the pictures that have it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.embed.local.aggregate import BITS, Aggregate

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
        pictures, votes = [np.zeros(0, np.int32)], [np.zeros(0, np.float64)]
        # one run of memory after the other: gathering all runs first takes four times as long
        for word, signs in zip(crop.words.tolist(), crop.signs, strict=True):
            run = slice(self._ends[word], self._ends[word + 1])
            differing = np.bitwise_count(self._signs[run] ^ signs)
            kept = np.flatnonzero(differing <= _DIFFERING_MAX)
            pictures.append(self._pictures[run][kept])
            votes.append(_VOTE_OF[differing[kept]] * self._rarity[word])
        return np.concatenate(pictures), np.concatenate(votes)


_VOTE_OF = np.maximum(1 - 2 * np.arange(BITS + 1) / BITS, 0) ** _SELECTIVITY
_DIFFERING_MAX = int((1 - _COSINE_MIN) * BITS / 2)

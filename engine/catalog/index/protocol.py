"""What every index of vectors can do, and the hits that it answers with."""

from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from engine.embed.encoder import Vectors

Ids = NDArray[np.int64]
"""Numbers of embeddings, shape (n,)."""

NO_HIT = -1
"""Stands in `Hits.ids` where an index has fewer vectors than were asked for."""


@dataclass(frozen=True)
class Hits:
    """The nearest vectors of each query, best first.

    Equal scores are ordered by id. Where fewer than k vectors exist or are allowed, a row ends in
    pairs of score -inf and id -1.
    """

    scores: NDArray[np.float32]
    """Cosines, -1 to 1 but for rounding, shape (n, k)."""
    ids: Ids
    """Shape (n, k)."""

    @classmethod
    def none(cls, n_queries: int, k: int) -> Self:
        """Return rows that hold no hit yet."""
        return cls(
            np.full((n_queries, k), -np.inf, np.float32), np.full((n_queries, k), NO_HIT, np.int64)
        )


class VectorIndex(Protocol):
    """Unit vectors under numbers of the caller's; one writer at a time, searches side by side."""

    kind: str
    """Names the form of `to_bytes`; an index reads what any index of the same kind wrote."""

    dim: int

    def __init__(self, dim: int) -> None: ...

    def __len__(self) -> int:
        """Return how many vectors the index holds."""

    def ids(self) -> Ids:
        """Return the numbers of all vectors, rising, as a copy."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take vectors in, all or none.

        Parameters
        ----------
        ids : numpy.ndarray of int64, shape (n,)
            Numbers from 0 that the index does not hold yet, each once.
        vectors : numpy.ndarray of float32, shape (n, dim)
            Rows of length 1 (no unit), in the order of `ids`.

        Raises
        ------
        ValueError
            If a shape is wrong, a row is not of length 1 (within .01) or a number is negative,
            twice there or held already.
        """

    def remove(self, ids: Ids) -> None:
        """Drop vectors; numbers that the index does not hold are passed over.

        Parameters
        ----------
        ids : numpy.ndarray of int64, shape (n,)
            In any order, repeated or not.
        """

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> Hits:
        """Find the nearest vectors of each query.

        Parameters
        ----------
        queries : numpy.ndarray of float32, shape (n, dim)
            Rows of length 1 (no unit).
        k : int
            Hits wanted for each query, from 0.
        allowed : numpy.ndarray of int64, optional
            Search only these numbers; those that the index does not hold are passed over.

        Returns
        -------
        Hits
            Always of shape (n, k), however few vectors there are.

        Raises
        ------
        ValueError
            If a shape is wrong, a row is not of length 1 (within .01) or k is negative.
        """

    def to_bytes(self) -> bytes:
        """Return everything that `from_bytes` needs, but for `dim`."""

    @classmethod
    def from_bytes(cls, payload: bytes, dim: int) -> Self:
        """Restore an index.

        Parameters
        ----------
        payload : bytes
            What `to_bytes` of an index of the same kind and dim returned.
        dim : int
            Length of the vectors, in numbers.

        Raises
        ------
        CorruptIndexError
            If the payload cannot be that of such an index.
        """

"""The brute-force index: plain, obviously right, and what the fast ones are compared with."""

from typing import Self

import numpy as np

from engine.catalog.index.arguments import check_k, check_new_ids, check_vectors
from engine.catalog.index.flat_payload import KIND, pack, unpack
from engine.catalog.index.protocol import Hits, Ids
from engine.catalog.index.ranking import best_first, exact_scores
from engine.embed.encoder import Vectors


class ExactNumpyIndex:
    """Compares every query with every vector."""

    kind = KIND

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._ids: Ids = np.empty(0, np.int64)
        self._vectors: Vectors = np.empty((0, dim), np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Ids:
        """Return the numbers of all vectors, rising."""
        return np.sort(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take vectors in, all or none."""
        check_vectors(vectors, self.dim)
        check_new_ids(ids, len(vectors), self._ids)
        self._ids = np.concatenate([self._ids, ids])
        self._vectors = np.concatenate([self._vectors, vectors])

    def remove(self, ids: Ids) -> None:
        """Drop vectors; unknown numbers are passed over."""
        kept = ~np.isin(self._ids, ids)
        self._ids, self._vectors = self._ids[kept], self._vectors[kept]

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> Hits:
        """Find the nearest vectors of each query."""
        check_vectors(queries, self.dim)
        check_k(k)
        is_allowed = np.isin(self._ids, self._ids if allowed is None else allowed)
        ids, vectors = self._ids[is_allowed], self._vectors[is_allowed]
        hits = Hits.none(len(queries), k)
        for row, query in enumerate(queries):
            scores = exact_scores(query, vectors)
            order = best_first(scores, ids)[:k]
            hits.scores[row, : len(order)] = scores[order]
            hits.ids[row, : len(order)] = ids[order]
        return hits

    def to_bytes(self) -> bytes:
        """Return all numbers and vectors."""
        return pack(self._ids, self._vectors)

    @classmethod
    def from_bytes(cls, payload: bytes, dim: int) -> Self:
        """Restore an index from what any flat index wrote."""
        index = cls(dim)
        index._ids, index._vectors = unpack(payload, dim)
        return index

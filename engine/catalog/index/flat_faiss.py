"""Exact search over one matrix that FAISS keeps: candidates first, then their final scores.

Among few allowed vectors FAISS looks for the candidates, among all of them one matrix product
does, which takes a half to a quarter of FAISS's time (100,000 x 512, two cores: 19 ms against 39
for one query, 68 against 204 for 16). Both add in single precision, in an order that depends on
the processor and on how many queries come at once, and order equal scores by chance. So a few
more hits than needed are fetched and scored again in double precision, and if a vector beyond the
last one fetched might belong among the best, more are fetched. The result is that of
`ExactNumpyIndex`, bit for bit, at any thread count. Limit: a catalog with thousands of equal
vectors makes a search that meets them fetch all of them, which costs milliseconds, not rightness.
"""

from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from engine.catalog.index.arguments import check_k, check_new_ids, check_vectors
from engine.catalog.index.flat_payload import KIND, pack, unpack
from engine.catalog.index.protocol import Hits, Ids
from engine.catalog.index.ranking import best_first, exact_scores
from engine.embed.encoder import Vectors

N_SPARE = 32
"""Hits fetched beyond those wanted: enough that one round nearly always settles the border."""

N_TOGETHER = 16
"""Queries in one matrix product: it needs 4 bytes for each of them and each vector."""


class FlatFaissIndex:
    """All vectors in one FAISS matrix; the number of a vector is looked up by its position."""

    kind = KIND

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._ids: Ids = np.empty(0, np.int64)
        self._matrix = faiss.IndexFlatIP(dim)
        # A sum of dim rounded products of unit vectors is off by at most dim half units in the
        # last place (Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.1).
        self._largest_error = dim * 2.0**-24

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> Ids:
        """Return the numbers of all vectors, rising."""
        return np.sort(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take vectors in, all or none."""
        check_vectors(vectors, self.dim)
        check_new_ids(ids, len(vectors), self._ids)
        self._matrix.add(np.ascontiguousarray(vectors))
        self._ids = np.concatenate([self._ids, ids])

    def remove(self, ids: Ids) -> None:
        """Drop vectors; unknown numbers are passed over."""
        dropped = np.isin(self._ids, ids)
        if dropped.any():  # the rows behind move up, in their order
            self._matrix.remove_ids(faiss.IDSelectorBatch(np.flatnonzero(dropped)))
            self._ids = self._ids[~dropped]

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> Hits:
        """Find the nearest vectors of each query."""
        check_vectors(queries, self.dim)
        check_k(k)
        is_allowed = None if allowed is None else np.isin(self._ids, allowed)
        n_allowed = len(self) if is_allowed is None else int(is_allowed.sum())
        hits = Hits.none(len(queries), k)
        n_hits = min(k, n_allowed)
        n_fetched = min(n_hits + N_SPARE, n_allowed)
        open_rows = np.arange(len(queries)) if n_hits else np.empty(0, np.intp)
        while open_rows.size:
            fetched = self._fetch(queries[open_rows], n_fetched, is_allowed)
            is_settled = [
                self._settle(hits, int(row), n_hits, queries[row], *pair) or n_fetched == n_allowed
                for row, *pair in zip(open_rows, *fetched, strict=True)
            ]
            open_rows = open_rows[~np.array(is_settled)]
            n_fetched = min(4 * n_fetched, n_allowed)
        return hits

    def _fetch(
        self, queries: Vectors, n: int, is_allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return about the n best scores of each query, the lowest last, and their positions."""
        if is_allowed is not None:
            return self._fetch_allowed(queries, n, is_allowed)
        starts = range(0, len(queries), N_TOGETHER)
        products = (queries[i : i + N_TOGETHER] @ self._vectors().T for i in starts)
        scores, positions = zip(*(_largest(product, n) for product in products), strict=True)
        return np.concatenate(scores), np.concatenate(positions)

    def _fetch_allowed(
        self, queries: Vectors, n: int, is_allowed: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        bits = np.packbits(is_allowed, bitorder="little")
        # The stubs describe the C++ signatures, the wheel's wrappers take arrays and keywords.
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[arg-type, call-arg]
        filters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, positions = self._matrix.search(np.ascontiguousarray(queries), n, params=filters)
        return scores, positions

    def _settle(
        self,
        hits: Hits,
        row: int,
        n_hits: int,
        query: NDArray[np.float32],
        rough_scores: NDArray[np.float32],
        positions: NDArray[np.int64],
    ) -> bool:
        """Write the best of the fetched vectors; tell whether none left out can be among them."""
        scores = exact_scores(query, self._vectors()[positions])
        ids = self._ids[positions]
        order = best_first(scores, ids)[:n_hits]
        hits.scores[row, :n_hits] = scores[order]
        hits.ids[row, :n_hits] = ids[order]
        return bool(rough_scores[-1] + 2 * self._largest_error < scores[order[-1]])

    def _vectors(self) -> Vectors:
        """Return FAISS's own matrix, not a copy: valid until the next change."""
        if not len(self):
            return np.empty((0, self.dim), np.float32)
        flat: Vectors = faiss.rev_swig_ptr(self._matrix.get_xb(), len(self) * self.dim)
        return flat.reshape(-1, self.dim)

    def to_bytes(self) -> bytes:
        """Return all numbers and vectors."""
        return pack(self._ids, self._vectors())

    @classmethod
    def from_bytes(cls, payload: bytes, dim: int) -> Self:
        """Restore an index from what any flat index wrote."""
        ids, vectors = unpack(payload, dim)
        index = cls(dim)
        index._ids = ids.copy()
        index._matrix.add(vectors)
        return index


def _largest(scores: NDArray[np.float32], n: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the n largest numbers of each row, the lowest of them last, and their positions."""
    positions = np.argpartition(scores, -n, axis=1)[:, : -n - 1 : -1]
    return np.take_along_axis(scores, positions, axis=1), positions

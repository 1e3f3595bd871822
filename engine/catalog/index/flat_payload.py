"""The stored form of a flat index: all numbers, then all vectors, little-endian."""

import numpy as np

from engine.catalog.index.protocol import Ids
from engine.embed.encoder import Vectors
from engine.errors import CorruptIndexError

KIND = "flat"


def pack(ids: Ids, vectors: Vectors) -> bytes:
    """Write n numbers of 8 bytes, then n x dim numbers of 4 bytes."""
    return b"".join((ids.astype("<i8").data, np.ascontiguousarray(vectors, dtype="<f4").data))


def unpack(payload: bytes, dim: int) -> tuple[Ids, Vectors]:
    """Read what `pack` wrote, as views of the payload.

    Raises
    ------
    CorruptIndexError
        If the payload is not a whole number of entries.
    """
    n, rest = divmod(len(payload), 8 + 4 * dim)
    if rest:
        raise CorruptIndexError(f"{len(payload)} bytes are no whole number of {dim}-d entries")
    ids = np.frombuffer(payload, dtype="<i8", count=n)
    vectors = np.frombuffer(payload, dtype="<f4", offset=8 * n).reshape(n, dim)
    return ids.astype(np.int64, copy=False), vectors.astype(np.float32, copy=False)

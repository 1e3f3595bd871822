"""What every index asks of the arrays that it is given; a breach is a bug of the caller."""

import numpy as np

from engine.catalog.index.protocol import Ids
from engine.embed.encoder import Vectors

LENGTH_TOLERANCE = 1e-2
"""Room for vectors that were normalised in half precision."""


def check_vectors(vectors: Vectors, dim: int) -> None:
    """Demand rows of length 1 and of the index's dim, for only their dot product is a cosine."""
    if vectors.ndim != 2 or vectors.shape[1] != dim:
        raise ValueError(f"vectors of shape {vectors.shape} given, (n, {dim}) needed")
    lengths = np.linalg.norm(vectors, axis=1)
    is_unit = np.abs(lengths - 1.0) <= LENGTH_TOLERANCE  # False for NaN and infinity, too
    if not is_unit.all():
        row = int(np.argmin(is_unit))
        raise ValueError(f"row {row} has length {lengths[row]}, 1 needed")


def check_new_ids(ids: Ids, n_vectors: int, held: Ids) -> None:
    """Demand one number from 0 for each vector, none of them twice or held already."""
    if ids.shape != (n_vectors,):
        raise ValueError(f"ids of shape {ids.shape} given, ({n_vectors},) needed")
    if (ids < 0).any():
        raise ValueError(f"id {ids.min()} given, ids from 0 needed")
    values, counts = np.unique(ids, return_counts=True)
    if (counts > 1).any():
        raise ValueError(f"id {values[counts > 1][0]} given twice")
    if (known := np.isin(values, held)).any():
        raise ValueError(f"id {values[known][0]} is in the index already")


def check_k(k: int) -> None:
    """Demand a count."""
    if k < 0:
        raise ValueError(f"k is {k}, 0 or more needed")

"""Scores that are the same at any thread count, and the order of hits."""

import numpy as np
from numpy.typing import NDArray

from engine.catalog.index.protocol import Ids
from engine.embed.encoder import Vectors


def exact_scores(query: NDArray[np.float32], vectors: Vectors) -> NDArray[np.float32]:
    """Return the cosine of a query with each vector.

    Parameters
    ----------
    query : numpy.ndarray of float32, shape (dim,)
        Of length 1.
    vectors : numpy.ndarray of float32, shape (n, dim)
        Rows of length 1.

    Returns
    -------
    numpy.ndarray of float32, shape (n,)
        Summed row by row in double precision: a matrix product adds in an order that depends on
        the number of rows and threads, so that equal vectors would get unequal scores.
    """
    products = vectors.astype(np.float64) * query.astype(np.float64)
    return np.asarray(products.sum(axis=1), dtype=np.float32)


def best_first(scores: NDArray[np.float32], ids: Ids) -> NDArray[np.intp]:
    """Return the order that puts the highest score first, and of equal ones the lowest id."""
    return np.lexsort((ids, -scores))

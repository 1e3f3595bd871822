"""Vectors whose hits can be checked by hand, or against the brute-force index."""

import numpy as np


def unit(*rows):
    """Return rows scaled to length 1."""
    matrix = np.array(rows, dtype=np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def random_unit(rng, n, dim):
    return unit(*rng.normal(size=(n, dim))) if n else np.empty((0, dim), np.float32)


def numbers(*values):
    return np.array(values, dtype=np.int64)


EAST, NORTH, NORTHEAST, WEST = unit((1, 0), (0, 1), (1, 1), (-1, 0))

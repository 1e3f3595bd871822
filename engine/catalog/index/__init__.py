"""Nearest vectors: one protocol, one file for each library, and the index that stays current."""

from engine.catalog.index.protocol import Hits, VectorIndex

__all__ = ["Hits", "VectorIndex"]

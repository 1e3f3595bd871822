"""Another encoder over the same catalog, held in memory: for a fair comparison in one run."""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from engine.catalog.index import Hits
from engine.catalog.index.flat_faiss import FlatFaissIndex
from engine.embed.encoder import Encoder, Vectors
from engine.search import Searcher
from engine.wiring import Parts, open_encoder

CHUNK = 32
"""Reference images decoded and embedded together."""


class FrozenIndex:
    """The catalog's images as one encoder sees them at one moment.

    Its numbers are those that the catalog gave the images' embeddings by its own encoder, so
    that a `Searcher` finds the products behind them.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors = FlatFaissIndex(encoder.dim)

    def add(self, parts: Parts) -> None:
        """Embed every reference image of the catalog."""
        for ids, images in _reference_images(parts):
            self._vectors.add(np.array(ids, dtype=np.int64), self._encoder.encode_images(images))

    def search(
        self,
        session: Session,
        queries: Vectors,
        k: int,
        allowed: NDArray[np.int64] | None = None,
    ) -> Hits:
        """Return the nearest images; the database is not asked, for nothing changes here."""
        del session
        return self._vectors.search(queries, k, allowed)


def open_baseline(parts: Parts, name: str) -> Searcher:
    """Return a searcher over the same catalog by another encoder; nothing is stored.

    Raises
    ------
    ModelError
        If there is no encoder of that name.
    """
    encoder = open_encoder(parts.settings, name)
    index = FrozenIndex(encoder)
    index.add(parts)
    fusion = parts.calibrations.model_for(encoder.name, encoder.fingerprint)
    return Searcher(encoder, index, parts.sessions, fusion, parts.settings.unknown_prior)

"""Another encoder over the same catalog, held in memory: for a fair comparison in one run."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image
from sqlalchemy.orm import Session

from engine.catalog.index import Hits
from engine.catalog.index.flat_faiss import FlatFaissIndex
from engine.catalog.store import CatalogStore
from engine.embed.encoder import Encoder, Vectors
from engine.embed.image import read_picture
from engine.evaluation.progress import Progress, ignore_progress
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

    def add(self, ids: NDArray[np.int64], images: Sequence[Image]) -> None:
        """Embed some reference images under these numbers."""
        self._vectors.add(ids, self._encoder.encode_images(images))

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


def open_baseline(parts: Parts, name: str, on_progress: Progress = ignore_progress) -> Searcher:
    """Return a searcher over the same catalog by another encoder; nothing is stored.

    Raises
    ------
    ModelError
        If there is no encoder of that name.
    """
    encoder = open_encoder(parts.settings, name)
    index = FrozenIndex(encoder)
    for ids, images in _reference_images(parts, on_progress):
        index.add(ids, images)
    fusion = parts.calibrations.model_for(encoder.name, encoder.fingerprint)
    return Searcher(encoder, index, parts.sessions, fusion, parts.settings.unknown_prior)


def _reference_images(
    parts: Parts, on_progress: Progress
) -> Iterator[tuple[NDArray[np.int64], list[Image]]]:
    """Yield the catalog's pictures, a chunk at a time, with the numbers of their embeddings."""
    with parts.sessions() as session:
        store = CatalogStore(session)
        ids = store.embedding_ids(parts.encoder.fingerprint)
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            rows = store.images_of_embeddings(some.tolist())
            paths = [parts.files.path(rows[number].sha256) for number in some.tolist()]
            yield some, [read_picture(path, parts.limits).image for path in paths]
            on_progress(min(start + CHUNK, len(ids)), len(ids))

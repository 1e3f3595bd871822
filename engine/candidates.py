"""Candidates: the reference images worth comparing with a crop, found by each channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from engine.catalog.index import Hits
from engine.catalog.store import CatalogStore
from engine.comparison import NearImage
from engine.embed.encoder import Vectors
from engine.embed.features import CropDetails
from engine.embed.looks import crowd_levels, rank_by_looks
from engine.embed.text.matching import tokens_of
from engine.look import DetailChannels, Look

POOL_SIZE = 160
"""Nearest vectors looked at for each crop: products beyond them get probability 0."""

N_ALIKE = 40
"""Reference images that the details of a crop may add to those that its look finds."""

N_TOLD = 20
"""Products that the words of a crop may add to those that its look finds."""

SPARE = 5
"""Times as many are asked for where a filter will drop some of them."""


class NearestVectors(Protocol):
    """Finds the reference vectors nearest to a crop's; `LiveIndex` is the one in use."""

    def search(
        self,
        session: Session,
        queries: Vectors,
        k: int,
        allowed: NDArray[np.int64] | None = None,
    ) -> Hits:
        """Return the `k` nearest embedding ids and their cosines for each query row."""


@dataclass(frozen=True)
class Filters:
    """The part of the catalog to search: values of one kind mean OR, the two kinds AND."""

    categories: Sequence[str] = ()
    markets: Sequence[str] = ()
    without: Sequence[str] = ()
    """Ids of products that are left out, as if the catalog lacked them: an evaluation strikes."""


class Candidates:
    """Finds candidates among the vectors of one model, and by details where there are any."""

    def __init__(
        self, fingerprint: str, index: NearestVectors, channels: DetailChannels | None
    ) -> None:
        self._fingerprint = fingerprint
        self._index = index
        self._channels = channels

    def near(self, session: Session, look: Look, filters: Filters) -> list[NearImage]:
        """Return the candidate pictures: those that share words, a code or details, then by look.

        All looks may be drowned by the background; what is printed still finds the product.
        """
        allowed = self._allowed(session, filters)
        crowd = self._index.search(session, look.vector, POOL_SIZE, allowed)
        told = self._told(session, look.details, allowed)
        sought = np.union1d(crowd.ids[crowd.ids >= 0], told)
        hits = self._index.search(session, look.vector, len(sought), sought)
        ids, scores = rank_by_looks(hits.ids, hits.scores, crowd_levels(crowd.scores))
        is_told = np.isin(ids, told)
        rows = [*np.flatnonzero(is_told), *np.flatnonzero(~is_told)[:POOL_SIZE]]
        images = CatalogStore(session).images_of_embeddings(ids[rows].tolist())
        numbered = zip(ids[rows].tolist(), scores[rows].tolist(), strict=True)
        return [NearImage(images[number], score) for number, score in numbered if number in images]

    def _allowed(self, session: Session, filters: Filters) -> NDArray[np.int64] | None:
        if not filters.categories and not filters.markets and not filters.without:
            return None
        store, fingerprint = CatalogStore(session), self._fingerprint
        allowed = store.embedding_ids(fingerprint, filters.categories, filters.markets)
        struck = [product.id for product in store.products_by_key(filters.without).values()]
        return np.setdiff1d(allowed, store.embedding_ids_of(struck, fingerprint))

    def _told(
        self, session: Session, details: CropDetails | None, allowed: NDArray[np.int64] | None
    ) -> NDArray[np.int64]:
        """Return the embeddings of what the words, the codes and the details of a crop name."""
        if self._channels is None or details is None:
            return np.empty(0, np.int64)
        store, fingerprint = CatalogStore(session), self._fingerprint
        spare = 1 if allowed is None else SPARE
        words = self._channels.words.index(session)
        named = [number for number, _ in words.candidates(tokens_of(details.words), N_TOLD * spare)]
        coded = store.products_with_gtins([code.gtin for code in details.codes if code.gtin])
        alike = self._channels.details.list(session).images(details.aggregate, N_ALIKE * spare)
        by_product = store.embeddings_of_products([*coded, *named], fingerprint)
        by_image = store.embeddings_of_images(alike.tolist(), fingerprint)
        return np.union1d(
            _first_allowed(by_product, allowed, N_TOLD + len(coded)),
            _first_allowed(by_image, allowed, N_ALIKE),
        )

    def nearest(
        self, session: Session, vector: Vectors, allowed: NDArray[np.int64] | None
    ) -> list[NearImage]:
        """Return the reference images nearest by embedding.

        An embedding that was deleted since the index answered is passed over.
        """
        hits = self._index.search(session, vector, POOL_SIZE, allowed)
        ids = [int(number) for number in hits.ids[0] if number >= 0]
        images = CatalogStore(session).images_of_embeddings(ids)
        scores = dict(zip(ids, hits.scores[0].tolist(), strict=False))
        return [NearImage(images[number], scores[number]) for number in ids if number in images]


def _first_allowed(
    groups: Sequence[NDArray[np.int64]], allowed: NDArray[np.int64] | None, limit: int
) -> NDArray[np.int64]:
    """Return the numbers of the first `limit` groups that have any allowed one."""
    kept = [ids if allowed is None else np.intersect1d(ids, allowed) for ids in groups]
    chosen = [ids for ids in kept if len(ids)][:limit]
    return np.concatenate([np.empty(0, np.int64), *chosen])

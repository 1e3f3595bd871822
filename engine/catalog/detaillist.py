"""The index of visual words that follows the catalog: which pictures share details with a crop."""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from engine.catalog.store import CatalogStore
from engine.embed.local.aggregate import Aggregate, load_codebook
from engine.embed.local.aggregate_index import DetailIndex


@dataclass(frozen=True)
class DetailList:
    """The pictures of one catalog version by their visual words."""

    index: DetailIndex
    image_ids: NDArray[np.int64]
    """The picture of each row of the index."""

    def images(self, crop: Aggregate, limit: int) -> NDArray[np.int64]:
        """Return the pictures that share most details with a crop, best first."""
        return self.image_ids[self.index.search(crop, limit).rows]


class LiveDetails:
    """Holds the visual words of one catalog version, and follows when the version rose."""

    def __init__(self, details_version: str) -> None:
        self._details_version = details_version
        self._lock = threading.Lock()
        self._version = -1
        self._aggregates: dict[int, Aggregate] = {}
        self._list = _listed({})

    def list(self, session: Session) -> DetailList:
        """Return the pictures of the catalog as the session sees it.

        Only new pictures are read; sorting all by word again takes 3 s for 100,000, once a change.
        """
        with self._lock:
            version = CatalogStore(session).version()
            if version != self._version:
                self._follow(CatalogStore(session))
                self._version = version
            return self._list

    def _follow(self, store: CatalogStore) -> None:
        """Take in the pictures that came, and drop those that went.

        What one extractor finds in one picture never changes, so the numbers tell all.
        """
        present = set(store.detailed_images(self._details_version).tolist())
        missing = sorted(present - self._aggregates.keys())
        gone = self._aggregates.keys() - present
        if not missing and not gone:
            return
        for image_id in gone:
            del self._aggregates[image_id]
        for image_id, packed in store.packed_aggregates(missing, self._details_version):
            self._aggregates[image_id] = Aggregate.from_bytes(packed)
        self._list = _listed(self._aggregates)


def _listed(aggregates: dict[int, Aggregate]) -> DetailList:
    image_ids = sorted(aggregates)
    index = DetailIndex([aggregates[number] for number in image_ids], len(load_codebook().words))
    return DetailList(index, np.array(image_ids, np.int64))

"""The word index that follows the catalog: which products show words like those of a crop."""

import threading
from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.catalog.models import Product
from engine.catalog.store import CatalogStore
from engine.embed.text.folding import folded_parts
from engine.embed.text.index import WordIndex
from engine.embed.text.stored import unpack_words


class LiveWords:
    """Holds the words of one catalog version, and takes them anew when the version rose."""

    def __init__(self, details_version: str) -> None:
        self._details_version = details_version
        self._lock = threading.Lock()
        self._version = -1
        self._index = WordIndex([])

    def index(self, session: Session) -> WordIndex:
        """Return the words of the catalog as the session sees it.

        Reading them takes about a second for each 10,000 pictures, once a change.
        """
        with self._lock:
            version = CatalogStore(session).version()
            if version != self._version:
                self._index = WordIndex(self._products(session))
                self._version = version
            return self._index

    def _products(self, session: Session) -> Iterator[tuple[int, list[str]]]:
        """Yield each product with the folded words of its pictures, name and brand."""
        named = {
            number: folded_parts(f"{name} {brand}")
            for number, name, brand in session.execute(
                select(Product.id, Product.name, Product.brand)
            )
        }
        packed = CatalogStore(session).packed_words(self._details_version)
        for number, rows in groupby(packed, key=lambda row: row[0]):
            read = [word.text for _, words in rows for word in unpack_words(words)]
            texts = [part for text in read for part in folded_parts(text)]
            yield number, list(dict.fromkeys(texts + named.pop(number)))
        yield from named.items()

"""Queries of embeddings: what an index is built from, follows, and is translated back by."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sqlalchemy import ColumnElement, Select, func, insert, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, selectinload

from engine.catalog.details import DetailQueries
from engine.catalog.filters import chunks, filtered
from engine.catalog.models import Embedding, ImageDetails, Product, ReferenceImage, RemovedEmbedding

VECTOR = np.dtype("<f4")

SHOWN = (
    selectinload(Product.gtins),
    selectinload(Product.claims),
    selectinload(Product.family),
)
"""What an answer shows of a product, in a query each."""


class EmbeddingChunk(NamedTuple):
    """Some embeddings of one model, in the order of their numbers."""

    ids: NDArray[np.int64]
    vectors: NDArray[np.float32]
    """One row each."""


class EmbeddingQueries(DetailQueries):
    """Queries of embeddings; the caller owns the transaction."""

    def add_embedding(
        self, image: ReferenceImage, fingerprint: str, vector: ArrayLike, view: int = 0
    ) -> Embedding:
        """Keep a vector of a picture, made by the model with this fingerprint."""
        embedding = Embedding(
            image=image,
            fingerprint=fingerprint,
            view=view,
            vector=np.asarray(vector, VECTOR).tobytes(),
            version=self.touch(),
        )
        self._session.add(embedding)
        return embedding

    def unseen_images(
        self,
        fingerprint: str,
        details_version: str | None = None,
        after: int = 0,
        page_size: int = 200,
    ) -> Iterator[ReferenceImage]:
        """Yield the pictures that lack this model's embedding or this extractor's details.

        Only those with a number above `after`. Read in pages: the caller may commit between two.
        """
        unseen = select(ReferenceImage).where(_is_unseen(fingerprint, details_version))
        page, last = unseen.order_by(ReferenceImage.id).limit(page_size), after
        while images := self._session.scalars(page.where(ReferenceImage.id > last)).all():
            yield from images
            last = images[-1].id

    def count_unseen_images(self, fingerprint: str, details_version: str | None = None) -> int:
        """Count the pictures that lack this model's embedding or this extractor's details."""
        unseen = _is_unseen(fingerprint, details_version)
        query = select(func.count(ReferenceImage.id)).where(unseen)
        return self._session.scalars(query).one()

    def embeddings_since(
        self, fingerprint: str, version: int, chunk_size: int = 4096
    ) -> Iterator[EmbeddingChunk]:
        """Yield a model's embeddings that were added after a catalog version, oldest first.

        Parameters
        ----------
        fingerprint : str
            Of the encoder that made them.
        version : int
            The catalog version that the caller knows already; -1 for none.
        chunk_size : int
            Rows that are held in memory at once.

        Yields
        ------
        EmbeddingChunk
            Numbers (int64) and vectors (float32, unit length), one row each.
        """
        query = (
            select(Embedding.id, Embedding.vector)
            .where(Embedding.fingerprint == fingerprint, Embedding.version > version)
            .order_by(Embedding.version, Embedding.id)  # as the table's index has them: no sorting
            .execution_options(yield_per=chunk_size)
        )
        for rows in self._session.execute(query).partitions():
            ids, vectors = zip(*rows, strict=True)
            matrix = np.frombuffer(b"".join(vectors), VECTOR).reshape(len(ids), -1)
            yield EmbeddingChunk(np.array(ids, np.int64), matrix.astype(np.float32, copy=False))

    def removed_since(self, version: int) -> NDArray[np.int64]:
        """Return the numbers of embeddings, of any model, that were deleted after a version."""
        query = select(RemovedEmbedding.embedding_id).where(RemovedEmbedding.version > version)
        return self._numbers(query.order_by(RemovedEmbedding.embedding_id))

    def count_embeddings(self, fingerprint: str) -> int:
        """Count the embeddings of a model."""
        query = select(func.count()).where(Embedding.fingerprint == fingerprint)
        return self._session.scalars(query).one()

    def embedding_ids(
        self, fingerprint: str, categories: Sequence[str] = (), markets: Sequence[str] = ()
    ) -> NDArray[np.int64]:
        """Return the numbers of a model's embeddings that pass the filters, in their order.

        Several values of one filter mean OR, two filters AND. Categories are compared exactly;
        a product without markets fails a market filter.
        """
        query = select(Embedding.id).join(Embedding.image).join(ReferenceImage.product)
        query = query.where(Embedding.fingerprint == fingerprint).order_by(Embedding.id)
        return self._numbers(filtered(query, categories, markets))

    def embedding_ids_of(self, product_ids: Sequence[int], fingerprint: str) -> NDArray[np.int64]:
        """Return the numbers of a model's embeddings of some products, in their order."""
        query = select(Embedding.id).join(Embedding.image).order_by(Embedding.id)
        query = query.where(Embedding.fingerprint == fingerprint)
        found = [
            self._numbers(query.where(ReferenceImage.product_id.in_(some)))
            for some in chunks(list(dict.fromkeys(product_ids)))
        ]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    def embeddings_of_products(
        self, product_ids: Sequence[int], fingerprint: str
    ) -> list[NDArray[np.int64]]:
        """Return the numbers of a model's embeddings of each product, in the order given."""
        return self._grouped(ReferenceImage.product_id, product_ids, fingerprint)

    def embeddings_of_images(
        self, image_ids: Sequence[int], fingerprint: str
    ) -> list[NDArray[np.int64]]:
        """Return the numbers of a model's embeddings of each picture, in the order given."""
        return self._grouped(ReferenceImage.id, image_ids, fingerprint)

    def _grouped(
        self, owner: InstrumentedAttribute[int], owners: Sequence[int], fingerprint: str
    ) -> list[NDArray[np.int64]]:
        query = select(owner, Embedding.id).join(Embedding.image).order_by(Embedding.id)
        query = query.where(Embedding.fingerprint == fingerprint)
        groups: dict[int, list[int]] = {number: [] for number in owners}
        for some in chunks(list(groups)):
            for number, embedding_id in self._session.execute(query.where(owner.in_(some))):
                groups[number].append(embedding_id)
        return [np.array(ids, np.int64) for ids in groups.values()]

    def images_of_embeddings(self, ids: Sequence[int]) -> dict[int, ReferenceImage]:
        """Return the picture of each embedding, with its product and all that an answer shows.

        A number that the catalog lacks is left out. The number of queries depends on neither the
        number of products nor that of their claims, but for one set of queries each 500 numbers.
        """
        query = (
            select(Embedding.id, ReferenceImage)
            .join(Embedding.image)
            .join(ReferenceImage.product)
            .options(contains_eager(ReferenceImage.product).options(*SHOWN))
        )
        images: dict[int, ReferenceImage] = {}
        for some in chunks(list(ids)):
            rows = self._session.execute(query.where(Embedding.id.in_(some)))
            images.update((number, image) for number, image in rows)
        return images

    def note_removed(self, image_ids: Select[int]) -> None:
        """Write down the embeddings of pictures that go, so that an older index can follow."""
        removed = select(Embedding.id, literal(self.touch()))
        self._session.flush()
        self._session.execute(
            insert(RemovedEmbedding).from_select(
                ["embedding_id", "version"], removed.where(Embedding.image_id.in_(image_ids))
            )
        )

    def _numbers(self, query: Select[int]) -> NDArray[np.int64]:
        return np.fromiter(self._session.scalars(query), np.int64)


def _is_unseen(fingerprint: str, details_version: str | None) -> ColumnElement[bool]:
    embedded = select(Embedding.image_id).where(Embedding.fingerprint == fingerprint)
    lacks_embedding = ReferenceImage.id.not_in(embedded)
    if details_version is None:
        return lacks_embedding
    detailed = select(ImageDetails.image_id).where(ImageDetails.version == details_version)
    return or_(lacks_embedding, ReferenceImage.id.not_in(detailed))

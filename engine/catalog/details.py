"""Queries of the details of reference images: keypoints and words, as their rooms pack them."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from engine.catalog.filters import chunks
from engine.catalog.models import ImageDetails, Product, ReferenceImage
from engine.catalog.state import StateQueries
from engine.embed.details import PackedDetails


class DetailQueries(StateQueries):
    """Queries of details; the caller owns the transaction."""

    def put_details(self, image: ReferenceImage, details: PackedDetails) -> None:
        """Keep a picture's details, in place of older ones."""
        self.touch()
        self._session.flush()  # a new picture has its number from here on
        row = self._session.get(ImageDetails, image.id) or ImageDetails(image_id=image.id)
        row.version = details.version
        row.keypoints = details.keypoints
        row.aggregate = details.aggregate
        row.palette = details.palette
        row.words = details.words
        self._session.add(row)

    def details_of(self, image_ids: Sequence[int], version: str) -> dict[int, ImageDetails]:
        """Return the details of pictures by number; those of another version are left out."""
        query = select(ImageDetails).where(ImageDetails.version == version)
        return {
            row.image_id: row
            for some in chunks(list(image_ids))
            for row in self._session.scalars(query.where(ImageDetails.image_id.in_(some)))
        }

    def has_details(self, image: ReferenceImage, version: str) -> bool:
        """Tell whether this extractor's details of a picture are there."""
        row = self._session.get(ImageDetails, image.id) if image.id is not None else None
        return row is not None and row.version == version

    def detailed_images(self, version: str) -> NDArray[np.int64]:
        """Return the numbers of all pictures with details of this extractor, rising."""
        query = select(ImageDetails.image_id).where(ImageDetails.version == version)
        return np.fromiter(self._session.scalars(query.order_by(ImageDetails.image_id)), np.int64)

    def packed_aggregates(
        self, image_ids: Sequence[int], version: str
    ) -> Iterator[tuple[int, bytes]]:
        """Return, one by one, pictures with their visual words."""
        query = select(ImageDetails.image_id, ImageDetails.aggregate)
        query = query.where(ImageDetails.version == version)
        for some in chunks(list(image_ids)):
            rows = self._session.execute(query.where(ImageDetails.image_id.in_(some)))
            yield from ((number, packed) for number, packed in rows)

    def packed_words(self, version: str) -> Iterator[tuple[int, bytes]]:
        """Return, one by one, each picture's words and before them its product's number, rising."""
        query = (
            select(Product.id, ImageDetails.words)
            .join(ReferenceImage, ReferenceImage.product_id == Product.id)
            .join(ImageDetails, ImageDetails.image_id == ReferenceImage.id)
            .where(ImageDetails.version == version)
            .order_by(Product.id)
            .execution_options(yield_per=1000)
        )
        return ((number, words) for number, words in self._session.execute(query))

"""Queries of reference images; their bytes lie in `files`."""

from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import delete, func, select
from sqlalchemy.orm import contains_eager, selectinload

from engine.catalog.embeddings import EmbeddingQueries
from engine.catalog.filters import chunks
from engine.catalog.models import Embedding, Product, ReferenceImage
from engine.errors import NotFoundError


class PictureFacts(Protocol):
    """What the catalog keeps of a decoded picture."""

    @property
    def sha256(self) -> str:
        """Of the original bytes."""

    @property
    def media_type(self) -> str:
        """Type of the original bytes, as judged by them."""

    @property
    def width(self) -> int:
        """Upright, in pixels."""

    @property
    def height(self) -> int:
        """Upright, in pixels."""


class ImageQueries(EmbeddingQueries):
    """Queries of reference images; the caller owns the transaction."""

    def find_image(self, key: str, sha256: str) -> ReferenceImage | None:
        """Return this picture of the product with this id, if there is one."""
        query = (
            select(ReferenceImage)
            .join(ReferenceImage.product)
            .where(Product.key == key, ReferenceImage.sha256 == sha256)
            .options(contains_eager(ReferenceImage.product), selectinload(ReferenceImage.claims))
        )
        return self._session.scalar(query)

    def image(self, key: str, sha256: str) -> ReferenceImage:
        """Return this picture of the product with this id.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        image = self.find_image(key, sha256)
        if image is None:
            raise NotFoundError(
                f"the product {key!r} has no picture {sha256!r}; "
                "pictures are named by the SHA-256 of their bytes"
            )
        return image

    def add_image(
        self, product: Product, picture: PictureFacts, filename: str, source: str = ""
    ) -> ReferenceImage:
        """Give a product another picture, whose bytes are in the files already."""
        self.touch()
        image = ReferenceImage(
            product=product,
            sha256=picture.sha256,
            filename=filename,
            source=source,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            claims=[],
            embeddings=[],
        )
        self._session.add(image)
        return image

    def delete_image(self, key: str, sha256: str) -> None:
        """Delete a picture with the claims that it shows and its embeddings.

        Raises
        ------
        NotFoundError
            If there is none.
        """
        image = self.image(key, sha256)
        self.remove_images(image.product, [image])

    def remove_images(self, product: Product, images: Iterable[ReferenceImage]) -> None:
        """Delete some pictures of a product with the claims that they show."""
        numbers = [image.id for image in images]
        self.touch()
        for some in chunks(numbers):
            self.note_removed(select(ReferenceImage.id).where(ReferenceImage.id.in_(some)))
            self._session.execute(delete(ReferenceImage).where(ReferenceImage.id.in_(some)))
        self._session.expire(product, ["images", "claims"])

    def count_images(self) -> int:
        """Count the pictures of the catalog."""
        return self._session.scalars(select(func.count(ReferenceImage.id))).one()

    def has_images(self) -> bool:
        """Tell whether the catalog has any picture."""
        return self._session.scalar(select(ReferenceImage.id).limit(1)) is not None

    def has_embedding(self, image: ReferenceImage, fingerprint: str) -> bool:
        """Tell whether this model has seen the picture."""
        if image.id is None:  # not written yet
            return any(embedding.fingerprint == fingerprint for embedding in image.embeddings)
        query = select(Embedding.id).where(Embedding.image_id == image.id)
        return self._session.scalar(query.where(Embedding.fingerprint == fingerprint)) is not None

    def known_images(self, keys: Iterable[str], fingerprint: str) -> dict[str, set[str]]:
        """Return, for each product, the SHA-256 of its pictures that this model has seen."""
        known: dict[str, set[str]] = {}
        query = (
            select(Product.key, ReferenceImage.sha256)
            .join(ReferenceImage.product)
            .join(ReferenceImage.embeddings)
            .where(Embedding.fingerprint == fingerprint)
        )
        for some in chunks(list(keys)):
            for key, sha256 in self._session.execute(query.where(Product.key.in_(some))):
                known.setdefault(key, set()).add(sha256)
        return known

    def used_files(self, start: str) -> set[str]:
        """Return the SHA-256 of all pictures of the catalog that begins with these digits."""
        after = start + "g"  # the first that no hexadecimal digits reach
        query = select(ReferenceImage.sha256).where(ReferenceImage.sha256.between(start, after))
        return set(self._session.scalars(query))

"""Bulk: made-up references that fill a catalog up to a size that nobody has labelled.

Each is made after one real reference image, which is drawn by chance, so that vectors, visual
words and words are as frequent as they are in reality:

- its vector lies as far from the real one as that one's nearest of another product, in the
  direction of a product drawn by chance: a catalog of this size, as densely filled as it is;
- it shares a quarter of visual words and words with the real one, as variants share a logo and a
  small print; the others are drawn, one by one, from those of all real pictures;
- its brand is that of the real one, its name that of any product.

It has no picture and no keypoints: candidates are found among them, none is compared closely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.catalog.embeddings import VECTOR
from engine.catalog.models import Embedding, ImageDetails, Product, ReferenceImage
from engine.embed.encoder import Vectors
from engine.embed.local.aggregate import Aggregate
from engine.embed.text.stored import unpack_words
from engine.errors import InvalidInputError

SHARED = 0.25
"""Part of its details and words that a made-up reference has from the real one: a guess."""

MODELS_MAX = 5000
"""Real references that others are made after: finding each one's nearest takes their square."""


@dataclass(frozen=True)
class Reference:
    """What the channels know of one reference image."""

    name: str
    brand: str
    category: str
    vector: Vectors
    """Shape (dim,), length 1."""
    aggregate: Aggregate
    words: list[str]


class RealReferences:
    """The references of a catalog that others are made after."""

    def __init__(self, products: Sequence[int], references: Sequence[Reference]) -> None:
        """Take the product number of each reference, and the references.

        Raises
        ------
        InvalidInputError
            If there are not two products at least.
        """
        self._products = np.array(products, np.int64)
        if len(np.unique(self._products)) < 2:  # a nearest other one
            raise InvalidInputError(
                "made-up references are made after those of two products at least"
            )
        self._references = list(references)
        self._vectors = np.stack([each.vector for each in references])
        self._nearest = _nearest_of_others(self._vectors, self._products)
        aggregates = [each.aggregate for each in references]
        self._details = Aggregate(
            np.concatenate([each.words for each in aggregates]),
            np.concatenate([each.signs for each in aggregates]),
        )
        self._words = [word for each in references for word in each.words]

    @classmethod
    def read(cls, session: Session, fingerprint: str, details_version: str) -> Self:
        """Read those of one encoder and one extractor, evenly spread where there are too many."""
        query = (
            select(Product, Embedding.vector, ImageDetails.aggregate, ImageDetails.words)
            .join(ReferenceImage, ReferenceImage.product_id == Product.id)
            .join(Embedding, Embedding.image_id == ReferenceImage.id)
            .join(ImageDetails, ImageDetails.image_id == ReferenceImage.id)
            .where(Embedding.fingerprint == fingerprint, ImageDetails.version == details_version)
            .order_by(Embedding.id)
        )
        rows = session.execute(query).all()
        some = rows[:: max(1, -(-len(rows) // MODELS_MAX))]
        return cls([row[0].id for row in some], [_reference(*row) for row in some])

    def make(self, count: int, seed: int) -> Iterator[Reference]:
        """Make up references; the same numbers give the same ones."""
        rng = np.random.default_rng(seed)
        for _ in range(count):
            row = int(rng.integers(len(self._references)))
            model = self._references[row]
            yield Reference(
                name=self._references[int(rng.integers(len(self._references)))].name,
                brand=model.brand,
                category=model.category,
                vector=self._vector(row, rng),
                aggregate=self._aggregate(model.aggregate, rng),
                words=self._some_words(model.words, rng),
            )

    def _vector(self, row: int, rng: np.random.Generator) -> Vectors:
        """Go from a real vector towards that of another product, as far as its nearest lies."""
        own = self._vectors[row]
        others = np.flatnonzero(self._products != self._products[row])
        other = self._vectors[int(rng.choice(others))]
        across = other - (own @ other) * own
        across /= max(float(np.linalg.norm(across)), 1e-9)
        cosine = self._nearest[row]
        made = cosine * own + np.sqrt(1 - cosine**2) * across
        return np.asarray(made / np.linalg.norm(made), np.float32)

    def _aggregate(self, model: Aggregate, rng: np.random.Generator) -> Aggregate:
        is_kept = rng.random(len(model.words)) < SHARED
        drawn = rng.integers(len(self._details.words) or 1, size=int((~is_kept).sum()))
        words = np.concatenate([model.words[is_kept], self._details.words[drawn]])
        signs = np.concatenate([model.signs[is_kept], self._details.signs[drawn]])
        once, first = np.unique(words, return_index=True)
        return Aggregate(once, signs[first])

    def _some_words(self, model: Sequence[str], rng: np.random.Generator) -> list[str]:
        is_kept = rng.random(len(model)) < SHARED
        drawn = rng.integers(len(self._words) or 1, size=int((~is_kept).sum())).tolist()
        kept = [word for word, keeps in zip(model, is_kept, strict=True) if keeps]
        return list(dict.fromkeys(kept + [self._words[number] for number in drawn]))


def _reference(product: Product, vector: bytes, aggregate: bytes, words: bytes) -> Reference:
    return Reference(
        product.name,
        product.brand,
        product.category,
        np.frombuffer(vector, VECTOR).astype(np.float32),
        Aggregate.from_bytes(aggregate),
        [word.text for word in unpack_words(words)],
    )


def _nearest_of_others(vectors: Vectors, products: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the cosine of each vector and the nearest one of another product."""
    nearest = np.empty(len(vectors))
    for row, vector in enumerate(vectors):
        nearest[row] = (vectors @ vector)[products != products[row]].max()
    return np.clip(nearest, -1.0, 1.0)

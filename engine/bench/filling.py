"""Filling: made-up references written into a catalog, as an import would have left them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from engine.bench.bulk import RealReferences, Reference
from engine.catalog.database import Sessions
from engine.catalog.embeddings import VECTOR
from engine.catalog.models import Embedding, ImageDetails, Product, ReferenceImage
from engine.catalog.store import CatalogStore
from engine.embed.text.stored import pack_words
from engine.embed.text.words import Word
from engine.errors import InvalidInputError
from engine.evaluation.progress import Progress, ignore_progress

AT_ONCE = 1000
_NOWHERE = ((0.0, 0.0),) * 4


@dataclass(frozen=True)
class Versions:
    """What made the features of the catalog: made-up ones are to pass for theirs."""

    fingerprint: str
    details: str


def count_references(sessions: Sessions) -> int:
    """Count the reference images of a catalog."""
    with sessions() as session:
        return session.scalars(select(func.count(ReferenceImage.id))).one()


def check_size(sessions: Sessions, size: int) -> int:
    """Return how many references there are.

    Raises
    ------
    InvalidInputError
        If these are more than `size`.
    """
    n_real = count_references(sessions)
    if size < n_real:
        raise InvalidInputError(f"the catalog has {n_real} references already, not {size}")
    return n_real


def fill_catalog(
    sessions: Sessions,
    versions: Versions,
    size: int,
    seed: int = 0,
    on_progress: Progress = ignore_progress,
) -> int:
    """Add made-up references, each of a product of its own, until there are `size` of them.

    Returns
    -------
    int
        How many were made up.

    Raises
    ------
    InvalidInputError
        If the catalog has more already, or too few to make others after.
    """
    n_real = check_size(sessions, size)
    with sessions() as session:
        real = RealReferences.read(session, versions.fingerprint, versions.details)
    made, done = real.make(size - n_real, seed), 0
    with sessions.begin() as session:
        while some := list(islice(made, AT_ONCE)):
            _add(session, some, versions)
            done += len(some)
            on_progress(done, size - n_real)
    return done


def _add(session: Session, references: Sequence[Reference], versions: Versions) -> None:
    version = CatalogStore(session).touch()
    connection = session.connection()
    numbers = _Numbers(*(_last(session, table) for table in (Product, ReferenceImage, Embedding)))
    rows = list(_rows(references, numbers, versions, version))
    for table, some in zip(
        (Product, ReferenceImage, Embedding, ImageDetails), zip(*rows, strict=True), strict=True
    ):
        connection.execute(insert(table), list(some))


@dataclass(frozen=True)
class _Numbers:
    """The highest ones in use."""

    product: int
    image: int
    embedding: int


def _last(session: Session, table: type[Product | ReferenceImage | Embedding]) -> int:
    return session.scalar(select(func.max(table.id))) or 0


def _rows(
    references: Sequence[Reference], last: _Numbers, versions: Versions, version: int
) -> Iterator[tuple[dict[str, Any], ...]]:
    """Yield the row of each table for each reference."""
    for number, made in enumerate(references, start=1):
        product, image = last.product + number, last.image + number
        words = [Word(text, _NOWHERE, 1.0, 0) for text in made.words]
        yield (
            {
                "id": product,
                "key": f"made-up-{product}",
                "name": made.name,
                "brand": made.brand,
                "category": made.category,
            },
            {
                "id": image,
                "product_id": product,
                "sha256": f"{image:064x}",
                "media_type": "image/jpeg",
                "width": 1,
                "height": 1,
            },
            {
                "id": last.embedding + number,
                "image_id": image,
                "fingerprint": versions.fingerprint,
                "vector": made.vector.astype(VECTOR).tobytes(),
                "version": version,
            },
            {
                "image_id": image,
                "version": versions.details,
                "keypoints": b"",
                "aggregate": made.aggregate.to_bytes(),
                "palette": b"",
                "words": pack_words(words),
            },
        )

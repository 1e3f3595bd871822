"""Manifests and query files: rows that say what a product is, or what a crop shows.

DESIGN fixes the columns. Where it leaves a choice: a country may be written in small letters; a
GTIN whose check digit is wrong makes a bad row, for such a number would name another product; a
column or key that is absent leaves an existing product's field as it is, an empty one empties
it. JSON Lines may have three more fields, which an export writes: `claims`, `image_notes`, and
`has_no_images` for a product that was made without.
"""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engine.catalog.fields import (
    ProductFields,
    check_country,
    check_key,
    check_product,
    shorten,
    unique,
)
from engine.catalog.lines import BadRow
from engine.catalog.records import Record, read_records
from engine.catalog.rowfacts import ImageNote, RowClaim, read_claims, read_image_notes
from engine.catalog.seen import SeenIds
from engine.embed.image import Box
from engine.errors import InvalidInputError

__all__ = ["BadRow", "ManifestRow", "QueryRow", "read_manifest", "read_queries"]


@dataclass(frozen=True)
class ManifestRow:
    """One product with the paths of its pictures; None where the row says nothing."""

    line: int
    id: str
    name: str
    images: tuple[Path, ...]
    brand: str | None = None
    category: str | None = None
    description: str | None = None
    gtin: tuple[str, ...] | None = None
    markets: tuple[str, ...] | None = None
    source: str | None = None
    license: str | None = None
    family: str | None = None
    claims: tuple[RowClaim, ...] | None = None
    image_notes: tuple[ImageNote, ...] = ()
    keeps_images: bool = False
    """The row knows nothing of pictures: those that are there stay."""


@dataclass(frozen=True)
class QueryRow:
    """One labelled crop; an empty product means that it is not in the catalog."""

    line: int
    image: Path
    product: str
    category: str = ""
    box: Box | None = None
    market: str = ""
    brand: str = ""
    """Of a crop whose product the catalog lacks, where it is known: tells foreign from sibling."""
    groups: tuple[str, ...] = ()
    """Names of what crops have in common, whose countries an evaluation reports apart."""


def read_manifest(path: Path) -> Generator[ManifestRow | BadRow, None, None]:
    """Yield the rows of a manifest, the bad ones in their place.

    Raises
    ------
    ManifestError
        If the file cannot be read, or has not the columns id, name and images.
    """
    with closing(SeenIds()) as seen:
        for record in read_records(path, required=("id", "name", "images")):
            if isinstance(record, BadRow):
                yield record
                continue
            try:
                yield _manifest_row(record, path.parent, seen)
            except InvalidInputError as error:
                yield BadRow(record.line, str(error))


def read_queries(path: Path) -> Generator[QueryRow | BadRow, None, None]:
    """Yield the rows of a query file, the bad ones in their place.

    Raises
    ------
    ManifestError
        If the file cannot be read, or has not the columns image and product.
    """
    for record in read_records(path, required=("image", "product")):
        if isinstance(record, BadRow):
            yield record
            continue
        try:
            yield _query_row(record, path.parent)
        except InvalidInputError as error:
            yield BadRow(record.line, str(error))


def _manifest_row(record: Record, folder: Path, seen: SeenIds) -> ManifestRow:
    key = check_key(record.text("id") or "")
    if (line := seen.add(key, record.line)) is not None:
        also = ", a bad row too: correct one and delete the other" if seen.is_bad(key) else ""
        raise InvalidInputError(f"the id {shorten(key)} stands in line {line} already{also}")
    try:
        return _row_of(key, record, folder)
    except InvalidInputError:
        seen.mark_bad(key)
        raise


def _row_of(key: str, record: Record, folder: Path) -> ManifestRow:
    fields = check_product(
        ProductFields(
            key=key,
            name=record.text("name") or "",
            brand=record.text("brand"),
            category=record.text("category"),
            description=record.text("description"),
            source=record.text("source"),
            license=record.text("license"),
            family=record.text("family"),
            gtins=record.several("gtin"),
            markets=record.several("markets"),
        )
    )
    images = unique(folder / name for name in record.several("images") or ())
    if not images and not record.flag("has_no_images"):
        raise InvalidInputError("the images are missing")
    return ManifestRow(
        line=record.line,
        id=key,
        name=fields.name or "",
        images=images,
        brand=fields.brand,
        category=fields.category,
        description=fields.description,
        gtin=fields.gtins,
        markets=fields.markets,
        source=fields.source,
        license=fields.license,
        family=fields.family,
        claims=read_claims(record, folder, images),
        image_notes=read_image_notes(record, folder),
    )


def _query_row(record: Record, folder: Path) -> QueryRow:
    image, product = record.text("image"), record.text("product")
    if not image:
        raise InvalidInputError("the image is missing")
    if product is None:
        raise InvalidInputError('the product is missing; write "" for one not in the catalog')
    box, market = record.text("box"), record.text("market")
    return QueryRow(
        line=record.line,
        image=folder / image,
        product=check_key(product) if product else "",
        category=record.text("category") or "",
        box=Box.parse(box) if box else None,
        market=check_country(market) if market else "",
        brand=record.text("brand") or "",
        groups=record.several("groups") or (),
    )

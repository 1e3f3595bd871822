"""The whole catalog as a folder that an import makes the same catalog of.

`catalog.jsonl` is a manifest, `images/` holds the original bytes. Beside the manifest's fields it
has the family, the claims that a `markets` cell cannot say, and each picture's name and source.
Numbers, dates of change, vectors and tokens stay behind: the next catalog makes its own.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from engine.catalog.claims import ClaimKey
from engine.catalog.files import ImageFiles
from engine.catalog.models import Claim, Product, ReferenceImage
from engine.catalog.store import CatalogStore
from engine.errors import CatalogError, ConflictError
from engine.markets.facts import Fact

MANIFEST_NAME = "catalog.jsonl"
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/avif": ".avif",
    "image/heic": ".heic",
}


@dataclass(frozen=True)
class ExportReport:
    """What was exported."""

    products: int
    images: int
    """Pictures of products; two products may share a file."""
    missing_images: list[str]
    """SHA-256 of pictures whose files are lost; the manifest names them all the same."""


def export_catalog(session: Session, files: ImageFiles, folder: Path) -> ExportReport:
    """Write the catalog to a folder, which appears when it is complete.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        Its snapshot is what is exported, whatever others write meanwhile.
    files : ImageFiles
        The catalog's pictures.
    folder : pathlib.Path
        New, or empty.

    Returns
    -------
    ExportReport
        Counts, and the pictures whose files are lost.

    Raises
    ------
    ConflictError
        If the folder has something in it.
    CatalogError
        If it cannot be written.
    """
    try:
        with _appearing(folder) as unfinished:
            return _write(CatalogStore(session), files, unfinished)
    except OSError as error:
        raise CatalogError(f"{folder} cannot be written: {error.strerror}") from error


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """Give a folder beside the wanted one, and rename it at the end."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConflictError(f"{folder} is there already; export to a new or empty folder")
    target = folder.absolute()
    unfinished = target.with_name(f".{target.name}.{uuid4().hex}.part")
    unfinished.mkdir(parents=True)
    try:
        yield unfinished
        unfinished.replace(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _write(store: CatalogStore, files: ImageFiles, folder: Path) -> ExportReport:
    products = images = 0
    missing: dict[str, None] = {}
    with (folder / MANIFEST_NAME).open("w", encoding="utf-8") as file:
        for product in store.all_products():
            file.write(json.dumps(_row(product), ensure_ascii=False) + "\n")
            for image in product.images:
                if not _copy(files.path(image.sha256), folder / image_path(image)):
                    missing[image.sha256] = None
            products += 1
            images += len(product.images)
        file.flush()
        os.fsync(file.fileno())
    return ExportReport(products, images, list(missing))


def _copy(source: Path, target: Path) -> bool:
    """Copy a picture, unless it is there; tell whether it could be found."""
    if target.exists():
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        return False
    return True


def image_path(image: ReferenceImage) -> str:
    """Return where a picture lies below the folder, with an ending that people know."""
    suffix = SUFFIXES.get(image.media_type, "")
    return f"images/{image.sha256[:2]}/{image.sha256}{suffix}"


def _row(product: Product) -> dict[str, Any]:
    """Return the manifest row of a product."""
    plain = [claim for claim in product.claims if ClaimKey.of(claim).is_plain(product.source)]
    row = {
        "id": product.key,
        "name": product.name,
        "brand": product.brand,
        "category": product.category,
        "description": product.description,
        "gtin": [row.gtin for row in product.gtins],
        "markets": [claim.value for claim in plain],
        "images": [image_path(image) for image in product.images],
        "source": product.source,
        "license": product.license,
        "family": product.family.key if product.family else "",
        "claims": [
            _claim(claim)
            for claim in product.claims
            if claim not in plain or claim.observations != 1 or claim.is_weak
        ],
        "image_notes": [
            {"image": image_path(image), "filename": image.filename, "source": image.source}
            for image in product.images
        ],
    }
    return row if product.images else {**row, "has_no_images": True}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "language" if claim.kind is Fact.LANGUAGE else "country": claim.value,
        "source": claim.source,
        "observed_on": claim.observed_on.isoformat() if claim.observed_on else None,
        "observations": claim.observations,
        "is_weak": claim.is_weak,
        "image": image_path(claim.image) if claim.image else None,
    }

"""Writes the made-up catalog into a folder: a manifest, pictures, queries, crops."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from engine.catalog.demo.artwork import artwork_of
from engine.catalog.demo.manifest import COLUMNS, QUERY_COLUMNS, catalog_row, query_row
from engine.catalog.demo.photograph import photograph
from engine.catalog.demo.pictures import has_back, reference_images
from engine.catalog.demo.products import Product, product_at
from engine.catalog.demo.queries import Query, queries_for

JPEG_QUALITY = 88
MOST_CROPS = 300  # unless more are asked for: enough to measure, quick to draw


@dataclass(frozen=True)
class DemoCatalog:
    """Where a made-up catalog was written, and how much of it there is."""

    manifest: Path
    queries: Path
    products: int
    reference_images: int
    crops: int
    unknown_crops: int


def generate(
    folder: Path,
    *,
    products: int = 160,
    seed: int = 7,
    crops: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    photographed_references: bool = False,
) -> DemoCatalog:
    """Write a made-up catalog with labelled crops; the same arguments write the same bytes.

    Parameters
    ----------
    folder : Path
        Written into, and made if it does not exist.
    products : int
        Products of the catalog; a larger catalog begins with the products of a smaller one.
    seed : int
        Chooses the world: its brands, packs and photographs.
    crops : int or None
        Photographs to search for; None writes three for every four products, 300 at most.
        One in four shows a product that is not in the catalog.
    progress : callable or None
        Told after every picture how many products and crops are done, and of how many.
    photographed_references : bool
        Whether reference images look like photographs in a room instead of packshots.

    Returns
    -------
    DemoCatalog
        The paths written and the counts.
    """
    crops = min(products * 3 // 4, MOST_CROPS) if crops is None else crops
    for name in ("reference", "crops"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    step = steps(products + crops, progress)
    pictures = write_products(folder, products, seed, photographed_references, step)
    unknown = write_crops(folder, products, seed, crops, step)
    return DemoCatalog(
        folder / "catalog.csv", folder / "queries.csv", products, pictures, crops, unknown
    )


def steps(total: int, progress: Callable[[int, int], None] | None) -> Callable[[], None]:
    """Return a function that counts one more thing as done."""
    done = iter(range(1, total + 1))

    def step() -> None:
        if progress is not None:
            progress(next(done), total)

    return step


def write_products(
    folder: Path, products: int, seed: int, is_photographed: bool, step: Callable[[], None]
) -> int:
    """Write manifest and reference images; return the number of images."""
    pictures = 0
    with (folder / "catalog.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for number in range(products):
            product = product_at(seed, number)
            names = [
                save(image, folder, f"reference/{product.id}-{view}.jpg")
                for view, image in enumerate(drawn_references(product, is_photographed))
            ]
            writer.writerow(catalog_row(product, names))
            pictures += len(names)
            step()
    return pictures


def drawn_references(product: Product, is_photographed: bool) -> list[Image.Image]:
    """Return the reference images of a product."""
    if not is_photographed:
        return reference_images(product)
    views = 1 + has_back(artwork_of(product))
    photos = [photograph(product, f"reference{view}", difficulty=0.35) for view in range(views)]
    return [photo.image for photo in photos]


def write_crops(
    folder: Path, products: int, seed: int, crops: int, step: Callable[[], None]
) -> int:
    """Write queries and crops; return how many crops show products not in the catalog."""
    unknown = 0
    with (folder / "queries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, QUERY_COLUMNS, lineterminator="\n")
        writer.writeheader()
        for query in queries_for(seed, products, crops):
            name = save_crop(folder, query)
            writer.writerow(query_row(query, name))
            unknown += not query.is_known
            step()
    return unknown


def save_crop(folder: Path, query: Query) -> str:
    """Write a crop as its camera would have; return its name within the folder."""
    name = f"crops/q{query.number:06d}.jpg"
    return save(query.photo.image, folder, name, query.photo.jpeg_quality)


def save(image: Image.Image, folder: Path, name: str, quality: int = JPEG_QUALITY) -> str:
    """Write a picture with fixed options, so that its bytes depend on its pixels alone."""
    image.convert("RGB").save(folder / name, "JPEG", quality=quality, subsampling="4:2:0")
    return name

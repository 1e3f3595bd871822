import csv
import hashlib
import io
import json

import pytest
from PIL import Image

from engine.catalog.files import ImageFiles
from engine.catalog.store import CatalogStore
from engine.embed.image import DecodeLimits
from engine.ingest import Ingester
from tests.catalog.conftest import database, empty_catalog, sessions
from tests.fakes import MeanColourEncoder

__all__ = ["database", "empty_catalog", "sessions"]  # fixtures of the catalog's tests, used here

COLUMNS = (
    *("id", "name", "brand", "category", "description"),
    *("gtin", "markets", "images", "source", "license"),
)


def png_bytes(colour, size=(8, 6)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def sha256_of(colour):
    """Return the key of the picture of one colour."""
    return hashlib.sha256(png_bytes(colour)).hexdigest()


def soap(**cells):
    return {"id": "soap", "name": "Soap", "images": "red.png", **cells}


def counts(report):
    return (report.products_added, report.products_updated, report.products_unchanged)


@pytest.fixture
def pictures(tmp_path):
    """A folder with a picture for each of some colours, and files that are none."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for colour in ("red", "lime", "blue", "yellow"):
        (folder / f"{colour}.png").write_bytes(png_bytes(colour))
    (folder / "text.png").write_text("not a picture")
    (folder / "cut.png").write_bytes(png_bytes("red", (200, 200))[:100])
    return folder


@pytest.fixture
def manifest(pictures):
    """Write a CSV manifest beside the pictures; each row is the cells that are not empty."""

    def write(*rows, columns=COLUMNS):
        path = pictures / "manifest.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def json_manifest(pictures):
    """Write a JSON Lines manifest beside the pictures."""

    def write(*rows):
        path = pictures / "manifest.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def encoder():
    return MeanColourEncoder()


@pytest.fixture
def files(tmp_path):
    return ImageFiles(tmp_path / "data" / "images")


@pytest.fixture
def ingester(sessions, files, encoder):
    return Ingester(sessions, files, encoder, DecodeLimits(max_bytes=100_000, max_pixels=100_000))


@pytest.fixture
def read(sessions):
    """Run a function with a store on the catalog as it is now."""

    def run(function):
        with sessions() as session:
            return function(CatalogStore(session))

    return run


@pytest.fixture
def images_of(read):
    """Return the file names of a product's pictures, in their order."""
    return lambda key: read(lambda store: [image.filename for image in store.product(key).images])

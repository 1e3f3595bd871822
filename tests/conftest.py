"""The whole engine around the mean-colour encoder: real database, files, index and pictures."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.settings import Settings
from engine.wiring import Parts, build_parts
from tests.fakes import MeanColourEncoder


def png(colour, size=(40, 30)) -> bytes:
    """Return the bytes of a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def parts(tmp_path):
    """An empty catalog in a data folder of its own."""
    settings = Settings(data=tmp_path / "data")
    database = open_database(settings.database_path)
    yield build_parts(settings, database, MeanColourEncoder())
    database.dispose()


AddProduct = Callable[..., None]


@pytest.fixture
def add_product(parts: Parts) -> AddProduct:
    """Add a product of one colour to the catalog."""

    def add(key, colour, *, markets=(), category="packaging", brand="", name=None, gtins=()):
        parts.ingester.create_product(
            ProductFields(
                key,
                name=name or f"{colour} thing",
                brand=brand,
                category=category,
                gtins=tuple(gtins),
                markets=tuple(markets),
                source="test",
            )
        )
        parts.ingester.add_image(key, png(colour), f"{colour}.png")

    return add

import hashlib
import shutil

import pytest
from PIL import Image

from engine.catalog.database import open_database, session_factory
from engine.catalog.fields import ProductFields
from engine.catalog.store import CatalogStore
from engine.embed.image import Picture
from tests.fakes import MeanColourEncoder

FINGERPRINT = MeanColourEncoder.fingerprint


@pytest.fixture(scope="session")
def empty_catalog(tmp_path_factory):
    """Migrate once: a copy of the file is quicker than Alembic for every test."""
    path = tmp_path_factory.mktemp("empty") / "catalog.sqlite3"
    open_database(path).dispose()
    return path


@pytest.fixture
def database(tmp_path, empty_catalog):
    path = tmp_path / "data" / "catalog.sqlite3"
    path.parent.mkdir()
    shutil.copy(empty_catalog, path)
    database = open_database(path)
    yield database
    database.dispose()


@pytest.fixture
def sessions(database):
    return session_factory(database)


@pytest.fixture
def picture():
    """Make a decoded picture of one colour; the colour's name stands for its bytes."""

    def make(colour):
        sha256 = hashlib.sha256(colour.encode()).hexdigest()
        return Picture(Image.new("RGB", (4, 3), colour), sha256, "image/png", 4, 3)

    return make


@pytest.fixture
def write(sessions):
    """Run a function with a store in a transaction of its own."""

    def run(function):
        with sessions.begin() as session:
            return function(CatalogStore(session))

    return run


@pytest.fixture
def store(sessions):
    with sessions() as session:
        yield CatalogStore(session)


@pytest.fixture
def add(write, picture):
    """Add a product with one picture for each colour, embedded as unit vectors."""
    axes = {"red": (1, 0, 0), "lime": (0, 1, 0), "blue": (0, 0, 1)}

    def run(key, *colours, fingerprint=FINGERPRINT, **fields):
        def make(store):
            said = ProductFields(key=key, name=key.title(), **fields)
            product, _ = store.upsert_product(said)
            for colour in colours:
                image = store.add_image(product, picture(colour), f"{colour}.png", "shop")
                store.add_embedding(image, fingerprint, axes[colour])

        write(make)

    return run

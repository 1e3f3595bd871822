import hashlib
import shutil

import pytest
from PIL import Image

from engine.catalog.database import open_database, session_factory
from engine.embed.image import Picture


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

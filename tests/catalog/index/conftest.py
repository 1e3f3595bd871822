import logging
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from engine.catalog.database import open_database, session_factory
from engine.catalog.index.live import LiveIndex
from engine.catalog.index.snapshot import read_header
from engine.catalog.models import Product, ReferenceImage
from engine.catalog.store import CatalogStore

FINGERPRINT = "f1"
LOGGER = "engine.catalog.index.live"


class Catalog:
    """A data folder whose embeddings are written directly, without pictures."""

    def __init__(self, folder, dim=2):
        self.folder = folder
        self.dim = dim
        self.path = folder / "catalog.sqlite3"
        self.database = open_database(self.path)
        self.sessions = session_factory(self.database)

    def add(self, name, *vectors, fingerprint=FINGERPRINT):
        """Add a product with one vector for each of its pictures; return the vectors' numbers."""
        with self.sessions.begin() as session:
            product = Product(key=name, name=name)
            images = [
                ReferenceImage(
                    product=product,
                    sha256=f"{name}{number}",
                    media_type="image/png",
                    width=1,
                    height=1,
                )
                for number in range(len(vectors))
            ]
            session.add_all(images)
            store = CatalogStore(session)
            rows = [
                store.add_embedding(image, fingerprint, vector)
                for image, vector in zip(images, vectors, strict=True)
            ]
            session.flush()
            return [row.id for row in rows]

    def delete(self, name):
        with self.sessions.begin() as session:
            CatalogStore(session).delete_product(name)

    def index(self, fingerprint=FINGERPRINT, **options):
        return LiveIndex(self.sessions, self.folder / "index", fingerprint, self.dim, **options)

    def search(self, index, query, k=3):
        """Return the ids of the hits, in their order."""
        with self.sessions() as session:
            hits = index.search(session, np.asarray(query, np.float32)[None], k)
        return [number for number in hits.ids[0].tolist() if number >= 0]


@pytest.fixture
def catalog(tmp_path):
    catalog = Catalog(tmp_path / "data")
    yield catalog
    catalog.database.dispose()


@pytest.fixture(autouse=True)
def _log_level(caplog):
    caplog.set_level(logging.INFO, LOGGER)


def saved_version(index):
    return read_header(index.path, FINGERPRINT).version


def backed_up(catalog):
    """Return a copy of the database file, as a backup would be taken."""
    copy = catalog.folder / "backup.sqlite3"
    with closing(sqlite3.connect(catalog.path)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    return copy


def put_back(catalog, copy):
    """Replace the content of the database while it is open."""
    with closing(sqlite3.connect(copy)) as here, closing(sqlite3.connect(catalog.path)) as there:
        here.backup(there)

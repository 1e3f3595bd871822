"""Blank: the catalog without its texts, to see whether recognition leans on them.

Name, brand, description and GTINs are blanked in a copy of the database, so that no code can read
them, whichever it is: what is left are the pictures, and the words that stand on them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import delete, update

from engine.catalog.database import Sessions, open_database
from engine.catalog.models import Gtin, Product
from engine.catalog.store import CatalogStore
from engine.evaluation.copies import catalog_copy
from engine.settings import Settings


@contextmanager
def blank_copy(settings: Settings) -> Iterator[Settings]:
    """Make a data folder whose catalog has no texts, for as long as the block lasts."""
    with catalog_copy(settings) as blank:
        _blank_texts(blank.database_path)
        yield blank


def _blank_texts(path: Path) -> None:
    database = open_database(path)
    try:
        with Sessions(database).begin() as session:
            session.execute(update(Product).values(name="", brand="", description=""))
            session.execute(delete(Gtin))
            CatalogStore(session).touch()
    finally:
        database.dispose()

"""Blank: the catalog without its texts, to see whether recognition leans on them.

Name, brand, description and GTINs are blanked in a copy of the database, so that no code can read
them, whichever it is: what is left are the pictures, and the words that stand on them.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import delete, update

from engine.catalog.database import Sessions, open_database
from engine.catalog.models import Gtin, Product
from engine.catalog.store import CatalogStore
from engine.settings import Settings


@contextmanager
def blank_copy(settings: Settings) -> Iterator[Settings]:
    """Make a data folder whose catalog has no texts, for as long as the block lasts.

    Pictures and models stay where they are, the index is derived anew.
    """
    with tempfile.TemporaryDirectory(prefix="engine-blank-") as folder:
        blank = settings.model_copy(update={"data": Path(folder)})
        _copy_database(settings.database_path, blank.database_path)
        _blank_texts(blank.database_path)
        for own, copy in (
            (settings.images_dir, blank.images_dir),
            (settings.models_dir, blank.models_dir),
            (settings.calibrations_path, blank.calibrations_path),
        ):
            copy.symlink_to(own.absolute())
        yield blank


def _copy_database(own: Path, copy: Path) -> None:
    open_database(own).dispose()  # brings an older one up to date
    with closing(sqlite3.connect(own)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)


def _blank_texts(path: Path) -> None:
    database = open_database(path)
    try:
        with Sessions(database).begin() as session:
            session.execute(update(Product).values(name="", brand="", description=""))
            session.execute(delete(Gtin))
            CatalogStore(session).touch()
    finally:
        database.dispose()

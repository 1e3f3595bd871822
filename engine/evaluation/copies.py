"""Copies of a catalog: changed at will, gone when done; the pictures stay where they are."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engine.catalog.database import open_database
from engine.settings import Settings


@contextmanager
def catalog_copy(settings: Settings) -> Iterator[Settings]:
    """Make a data folder with a copy of the catalog, for as long as the block lasts.

    Pictures, models and calibrations are linked, the index is derived anew.
    """
    with tempfile.TemporaryDirectory(prefix="engine-copy-") as folder:
        copy = settings.model_copy(update={"data": Path(folder)})
        _copy_database(settings.database_path, copy.database_path)
        for own, link in (
            (settings.images_dir, copy.images_dir),
            (settings.models_dir, copy.models_dir),
            (settings.calibrations_path, copy.calibrations_path),
        ):
            link.symlink_to(own.absolute())
        yield copy


def _copy_database(own: Path, copy: Path) -> None:
    open_database(own).dispose()  # brings an older one up to date
    with closing(sqlite3.connect(own)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)

"""A process that imports a manifest and prints each product that it acknowledges; to be killed.

python -m tests.slow.importing DATA MANIFEST
"""

import sys
from pathlib import Path

from engine.catalog.database import open_database, session_factory
from engine.catalog.files import ImageFiles
from engine.catalog.index.live import LiveIndex
from engine.ingest import Ingester, ProductDone
from tests.fakes import MeanColourEncoder

PRODUCTS_A_SAVE = 25


def main(data: Path, manifest: Path) -> None:
    """Import, and save the index now and then as a service does."""
    database = open_database(data / "catalog.sqlite3")
    sessions = session_factory(database)
    encoder = MeanColourEncoder()
    index = LiveIndex(sessions, data / "index", encoder.fingerprint, encoder.dim)
    done = 0

    def tell(event) -> None:
        nonlocal done
        if isinstance(event, ProductDone):
            print(event.id, flush=True)  # noqa: T201 - what a command line would do
            done += 1
            if done % PRODUCTS_A_SAVE == 0:
                with sessions() as session:
                    index.catch_up(session)
                index.save()

    print("begin", flush=True)  # noqa: T201
    Ingester(sessions, ImageFiles(data / "images"), encoder).import_manifest(manifest, tell)
    with sessions() as session:
        index.catch_up(session)
    index.save()
    database.dispose()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

"""Opens the SQLite file of the catalog, and brings an older one up to date."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from engine.catalog import migrations
from engine.errors import BusyError, CatalogError

BUSY_TIMEOUT_S = 30
WRITES = {"writes": True}
DISK_TROUBLES = (
    *("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY"),
    *("SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_NOTADB"),
)

log = logging.getLogger(__name__)


def open_database(path: Path) -> Engine:
    """Open the catalog at `path`, made or migrated where needed; safe in two processes at once.

    Parameters
    ----------
    path : pathlib.Path
        The SQLite file; its folder is created.

    Returns
    -------
    sqlalchemy.Engine
        Reads only, as a plain connection of it does; `session_factory` tells how to write.

    Raises
    ------
    CatalogError
        If the folder cannot be used, or the file is no catalog or one of a newer engine.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _revision(path) != migrations.revisions()[-1]:
            _migrate(path)
    except OSError as error:
        raise CatalogError(f"{path.parent} cannot be used as data folder: {error}") from error
    except sqlite3.Error as error:
        raise CatalogError(_words_for(path, error)) from error
    return connect(path)


class Sessions(sessionmaker[Session]):
    """Makes sessions: `sessions()` reads one snapshot, `sessions.begin()` writes and commits.

    A writer takes SQLite's write lock when its transaction begins. One that began by reading and
    took the lock later would fail at once whenever another process had written in between.
    A lock that does not come free is a BusyError, a disk that fails a CatalogError.
    """

    def __init__(self, database: Engine) -> None:
        super().__init__(database, expire_on_commit=False)
        self._writer = database.execution_options(**WRITES)

    def begin(self) -> AbstractContextManager[Session]:
        """Return a session that writes; leaving it commits, an exception rolls it back."""
        return self._begin()

    @contextlib.contextmanager
    def _begin(self) -> Iterator[Session]:
        try:
            with self(bind=self._writer) as session, session.begin():
                session.connection()  # takes the lock before anything is read
                yield session
        except DBAPIError as error:
            raise _trouble_of(error) or error from error.orig


def session_factory(database: Engine) -> Sessions:
    """Return the maker of sessions on `database`."""
    return Sessions(database)


def connect(path: Path, *, checks_foreign_keys: bool = True) -> Engine:
    """Return an engine on the file as it is, with the pragmas and transactions of the catalog."""
    database = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_TIMEOUT_S},
        pool_size=8,
        max_overflow=-1,  # a thread that reads must not wait for one that embeds
    )

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # `begin` below begins, not the driver
        connection.execute("PRAGMA synchronous = FULL")  # acknowledged is never lost
        connection.execute(f"PRAGMA foreign_keys = {'ON' if checks_foreign_keys else 'OFF'}")

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(database, "connect", prepare)
    event.listen(database, "begin", begin)
    return database


def _revision(path: Path) -> str | None:
    """Return the revision of the file's tables; none for a file that is missing or empty."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise CatalogError(
                f"{path} is a database of another program; choose another data folder"
            )
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    revision = row[0] if row else None
    if revision not in (None, *migrations.revisions()):
        raise CatalogError(
            f"{path} was written by a newer engine (revision {revision}, this one knows "
            f"{migrations.revisions()[-1]}): update the engine, or put back a copy from "
            f"{path.parent / 'backups'}"
        )
    return str(revision) if revision else None


def _migrate(path: Path) -> None:
    """Bring the tables to the newest revision, one process at a time, after a backup."""
    from filelock import FileLock  # noqa: PLC0415 - most starts find nothing to migrate

    with FileLock(path.with_suffix(".lock")):
        revision = _revision(path)
        if revision == migrations.revisions()[-1]:
            return  # another process did it while we waited
        if revision:
            copy = _back_up(path, revision)
            log.warning(
                "the catalog is migrated from revision %s to %s; a copy of it as it was lies in %s",
                revision,
                migrations.revisions()[-1],
                copy,
            )
        with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")  # kept in the file
        _upgrade(path)


def _upgrade(path: Path) -> None:
    """Run the migrations in one transaction."""
    # Changing a table means to copy and drop it, and a drop would cascade to the rows that point
    # at it; so foreign keys rest meanwhile and are checked at the end.
    database = connect(path, checks_foreign_keys=False)
    try:
        with database.execution_options(**WRITES).begin() as connection:
            migrations.upgrade(connection)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise CatalogError(f"{path}: row {broken[1]} of {broken[0]} points to nothing")
    finally:
        database.dispose()


def _back_up(path: Path, revision: str) -> Path:
    """Copy the database as it is, also while others read and write it."""
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    numbers = (f"-{number}" if number else "" for number in range(1_000_000))
    names = (folder / f"{path.stem}-{revision}{number}{path.suffix}" for number in numbers)
    copy = next(name for name in names if not name.exists())
    unfinished = copy.with_name(f".{copy.name}.part")
    unfinished.unlink(missing_ok=True)  # left by a process that was killed here
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(unfinished)) as new:
        old.backup(new)
    return unfinished.rename(copy)


def _trouble_of(error: DBAPIError) -> CatalogError | BusyError | None:
    """Name what is wrong with disk or lock; None for an error of ours."""
    name = getattr(error.orig, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError(
            f"another process has been writing to the catalog for {BUSY_TIMEOUT_S} s; try again"
        )
    if name.startswith(DISK_TROUBLES):
        return CatalogError(f"the catalog cannot be written: {error.orig}")
    return None


def _words_for(path: Path, error: sqlite3.Error) -> str:
    """Say what is wrong with a file that SQLite refuses."""
    if "not a database" in str(error):
        return f"{path} is not a catalog; move that file away, or choose another data folder"
    return f"{path} cannot be opened: {error}"

"""The index that follows the database, in this process and across processes."""

import logging
from pathlib import Path
from time import perf_counter

import numpy as np
from filelock import FileLock, Timeout
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from engine.catalog.index.flat_faiss import FlatFaissIndex
from engine.catalog.index.history import NEVER, Moment, present_moment, was_moment
from engine.catalog.index.lock import ReadWriteLock
from engine.catalog.index.protocol import Hits, Ids, VectorIndex
from engine.catalog.index.snapshot import (
    Snapshot,
    SnapshotHeader,
    read_header,
    read_snapshot,
    remove_unfinished,
    write_snapshot,
)
from engine.catalog.models import Embedding
from engine.catalog.store import CatalogStore
from engine.embed.encoder import Vectors
from engine.errors import StaleIndexError

LOCK_TIMEOUT_S = 60
"""Longer than any save takes; a process that hangs must not hang the others."""
PROGRESS_S = 5

log = logging.getLogger(__name__)


class LiveIndex:
    """Searches the vectors of one encoder as the database has them now; safe to share by threads.

    The database is the truth. Every search first asks it for its version (one SELECT) and applies
    what was added and removed since. Whatever does not fit - a damaged file, another model, a
    database put back from a backup - leads to a rebuild and a line in the log, never to an error.

    A session given to a method must hold no changes of its own: the index would take them for
    committed ones. An id among the hits may be deleted a moment later, or be newer than the
    session's view of the database; the caller passes over ids that it does not find.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        folder: Path,
        fingerprint: str,
        dim: int,
        make_index: type[VectorIndex] = FlatFaissIndex,
    ) -> None:
        self._sessions = sessions
        self._path = folder / f"{fingerprint}.index"
        self._fingerprint = fingerprint
        self._dim = dim
        self._make_index = make_index
        self._lock = ReadWriteLock()
        self._index: VectorIndex = make_index(dim)
        self._moment = NEVER
        self._saved_moment = NEVER
        with sessions() as session:
            self._open(session)

    def __len__(self) -> int:
        return len(self._index)

    @property
    def version(self) -> int:
        """The catalog version that the index has reached."""
        return self._moment.version

    @property
    def path(self) -> Path:
        """The file that `save` writes."""
        return self._path

    def search(
        self, session: Session, queries: Vectors, k: int, allowed: Ids | None = None
    ) -> Hits:
        """Find the nearest vectors of each query in the catalog as it is now.

        Parameters
        ----------
        session : sqlalchemy.orm.Session
            Reads the catalog; without changes of its own.
        queries : numpy.ndarray of float32, shape (n, dim)
            Rows of length 1 (no unit).
        k : int
            Hits wanted for each query, from 0.
        allowed : numpy.ndarray of int64, optional
            Search only the embeddings with these numbers.

        Returns
        -------
        Hits
            Of shape (n, k); ids are those of `Embedding`.
        """
        self.catch_up(session)
        with self._lock.reading():
            return self._index.search(queries, k, allowed)

    def catch_up(self, session: Session) -> None:
        """Apply what was added to the catalog and removed from it since the index saw it."""
        if present_moment(session) == self._moment:
            return
        with self._lock.writing():
            if was_moment(session, self._moment):
                self._follow(session)
                return
            # Either the database is another one than it was, or the session began before
            # another thread moved the index on. A new session tells.
            with self._sessions() as newest:
                if was_moment(newest, self._moment):
                    self._follow(newest)
                else:
                    self._rebuild(newest, "the database was put back or replaced")

    def verify(self, session: Session) -> None:
        """Compare the ids of the index with those that the session sees, after a `catch_up`.

        Meant for one thread alone: another one's search may move the index on in between.

        Raises
        ------
        StaleIndexError
            If one has an id that the other lacks.
        """
        with self._lock.reading():
            self._check_ids(session)

    def save(self) -> None:
        """Write the snapshot, unless the one on disk is as new; failure is logged, not raised.

        Nothing is lost without a snapshot: the next process rebuilds the index.
        """
        with self._lock.reading():
            if self._moment == self._saved_moment:
                return
            snapshot = self._snapshot()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_suffix(".lock"), timeout=LOCK_TIMEOUT_S):
                if self._is_wanted(snapshot.header.moment):
                    remove_unfinished(self._path)
                    write_snapshot(self._path, snapshot)
        except (OSError, Timeout) as error:
            log.warning("the index was not saved, the next start will rebuild it: %s", error)
        else:
            self._saved_moment = snapshot.header.moment

    def _open(self, session: Session) -> None:
        """Start from the snapshot if it is good, from the database otherwise."""
        try:
            self._adopt(read_snapshot(self._path, self._fingerprint), session)
            self._apply_changes(session)
            self._check_ids(session)
        except FileNotFoundError:
            self._rebuild(session, "none is saved for this model")
        except (OSError, StaleIndexError) as error:
            self._rebuild(session, str(error))

    def _adopt(self, snapshot: Snapshot, session: Session) -> None:
        """Take the vectors of a snapshot that fits catalog and model."""
        header = snapshot.header
        if (header.kind, header.dim) != (self._make_index.kind, self._dim):
            raise StaleIndexError(f"the saved one is {header.kind} of {header.dim} dimensions")
        if not was_moment(session, header.moment):
            raise StaleIndexError("the saved one is newer than the database, or of another one")
        self._index = self._make_index.from_bytes(snapshot.payload, self._dim)
        if len(self._index) != header.count:
            raise StaleIndexError(f"the saved one has {len(self._index)} of {header.count} vectors")
        self._moment = self._saved_moment = header.moment

    def _follow(self, session: Session) -> None:
        """Apply changes; the count of vectors tells whether any was missed."""
        self._apply_changes(session)
        count = CatalogStore(session).count_embeddings(self._fingerprint)
        if count != len(self._index):
            self._rebuild(session, f"it has {len(self._index)} vectors, the database {count}")

    def _apply_changes(self, session: Session) -> None:
        """Bring the index to the version that the session sees."""
        present = present_moment(session)
        if present == self._moment:
            return
        store, since = CatalogStore(session), self._moment.version
        removed = np.asarray(store.removed_since(since), dtype=np.int64)
        chunks = list(store.embeddings_since(self._fingerprint, since))
        # All is read before anything changes. An embedding that the index has already is
        # replaced, for a session without a snapshot may show rows newer than its version.
        self._moment = NEVER  # if what follows fails halfway, the next search rebuilds
        self._index.remove(np.concatenate([removed, *(ids for ids, _ in chunks)]))
        for ids, vectors in chunks:
            self._index.add(ids, vectors)
        self._moment = present

    def _rebuild(self, session: Session, reason: str) -> None:
        """Read all vectors from the database into a new index, then take it."""
        start = reported = perf_counter()
        store, index = CatalogStore(session), self._make_index(self._dim)
        present, n_all = present_moment(session), store.count_embeddings(self._fingerprint)
        log.info("the index is rebuilt from %d vectors: %s", n_all, reason)
        for ids, vectors in store.embeddings_since(self._fingerprint, NEVER.version):
            index.add(ids, vectors)
            if perf_counter() - reported > PROGRESS_S:
                reported = perf_counter()
                log.info("the index is rebuilt: %d of %d vectors", len(index), n_all)
        self._index, self._moment = index, present
        log.info("the index is rebuilt: %d vectors in %.1f s", len(index), perf_counter() - start)

    def _check_ids(self, session: Session) -> None:
        statement = select(Embedding.id).filter_by(fingerprint=self._fingerprint)
        in_database = np.fromiter(session.scalars(statement), dtype=np.int64)
        if (differing := np.setxor1d(in_database, self._index.ids())).size:
            raise StaleIndexError(
                f"embedding {differing[0]} is only in the index or only in the database"
            )

    def _snapshot(self) -> Snapshot:
        header = SnapshotHeader(
            kind=self._index.kind,
            fingerprint=self._fingerprint,
            dim=self._dim,
            count=len(self._index),
            version=self._moment.version,
            mark=self._moment.mark,
        )
        return Snapshot(header, self._index.to_bytes())

    def _is_wanted(self, moment: Moment) -> bool:
        """Tell whether a snapshot of this moment is of the catalog and newer than the one saved."""
        with self._sessions() as session:
            if not was_moment(session, moment):
                return False
            try:
                saved = read_header(self._path, self._fingerprint).moment
            except (OSError, StaleIndexError):
                return True
            return saved.version < moment.version or not was_moment(session, saved)

"""A lock for many readers or one writer."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class ReadWriteLock:
    """Readers share it, a writer has it alone; a waiting writer goes before new readers.

    Not reentrant: a thread that holds it must not ask for it again.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._n_readers = 0
        self._n_waiting_writers = 0
        self._is_written = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the lock together with other readers."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._is_written or self._n_waiting_writers))
            self._n_readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._n_readers -= 1
                self._changed.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock alone."""
        with self._changed:
            self._n_waiting_writers += 1
            try:
                self._changed.wait_for(lambda: not (self._is_written or self._n_readers))
                self._is_written = True
            finally:
                self._n_waiting_writers -= 1
                self._changed.notify_all()  # readers wait for a writer that gave up, too
        try:
            yield
        finally:
            with self._changed:
                self._is_written = False
                self._changed.notify_all()

"""The bounded queue: who searches now, who waits, and who is asked to come back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import BusyError


class Gate:
    """Lets a few requests work at a time, some wait in line, and no more in than that.

    A request first takes a place, before its body is read, so that the bodies held in memory
    are bounded in number and in bytes; for the work itself it waits for its turn.
    """

    def __init__(self, n_working: int, n_waiting: int, max_bytes: int) -> None:
        """Take how many may work and wait, and how many bytes of bodies they may hold."""
        self._lock = threading.Lock()
        self._finished = threading.Condition(self._lock)
        self._n_working = n_working
        self.n_asked = 0
        self._n_finished = 0
        self.n_places = self._free_places = n_working + n_waiting
        self._free_bytes = max_bytes

    def enter(self, n_bytes: int) -> None:
        """Take a place for a request whose body has up to `n_bytes`; `leave` gives it back.

        Raises
        ------
        BusyError
            If all places are taken, or the bodies present leave no memory for this one.
        """
        with self._lock:
            if self._free_places < 1 or self._free_bytes < n_bytes:
                raise BusyError("too many requests are waiting already; try again in a moment")
            self._free_places -= 1
            self._free_bytes -= n_bytes

    @property
    def n_free(self) -> int:
        """How many more may come in now."""
        return self._free_places

    def leave(self, n_bytes: int) -> None:
        """Give the place back."""
        with self._lock:
            self._free_places += 1
            self._free_bytes += n_bytes

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait, strictly first come first served, until fewer than `n_working` others work."""
        with self._finished:
            ticket = self.n_asked
            self.n_asked += 1
            self._finished.wait_for(lambda: ticket < self._n_finished + self._n_working)
        try:
            yield
        finally:
            with self._finished:
                self._n_finished += 1
                self._finished.notify_all()

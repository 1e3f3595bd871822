"""The bounded queue: who searches now, who waits, and who is asked to come back."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from engine.errors import BusyError

Result = TypeVar("Result")


class Gate:
    """Lets a few requests work at a time, some wait in line, and no more in than that.

    A request first takes a place, before its body is read, so that the bodies held in memory
    are bounded in number and in bytes; its work is then done first come, first served.

    The work is done by always the same few threads, not by those of the server: memory and
    compute threads that libraries keep for every thread that ever called them stay bounded too.
    """

    def __init__(self, n_working: int, n_waiting: int, max_bytes: int) -> None:
        """Take how many may work and wait, and how many bytes of bodies they may hold."""
        self.n_places = n_working + n_waiting
        self._workers = ThreadPoolExecutor(n_working, thread_name_prefix="work")
        self._lock = threading.Lock()
        self._free_places = self.n_places
        self._free_bytes = max_bytes

    @property
    def n_free(self) -> int:
        """How many more may come in now."""
        return self._free_places

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

    def leave(self, n_bytes: int) -> None:
        """Give the place back."""
        with self._lock:
            self._free_places += 1
            self._free_bytes += n_bytes

    def run(self, work: Callable[[], Result]) -> Result:
        """Do the work when its turn comes, and return its result or raise its error."""
        return self._workers.submit(work).result()

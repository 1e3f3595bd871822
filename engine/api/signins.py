"""Failed sign-ins: after too many from one address, the answer is to wait."""

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable


class FailedSignIns:
    """Remembers the wrong tokens that each address tried lately, of a bounded number of addresses.

    It slows nobody with a valid token, and guards no secret: 256 random bits do that. It keeps
    a script with a stale token, or a curious neighbour, from filling the log.
    """

    def __init__(
        self,
        limit: int = 10,
        window_s: float = 60.0,
        max_addresses: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow `limit` failures within `window_s` seconds."""
        self._limit = limit
        self._window_s = window_s
        self._max_addresses = max_addresses
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def record(self, address: str) -> float:
        """Count one failure; return the seconds to wait, 0 while the limit is not passed."""
        moment = self._clock()
        with self._lock:
            failures = self._recent(_network(address), moment)
            if len(failures) >= self._limit:
                return max(failures[0] + self._window_s - moment, 1.0)
            failures.append(moment)
            return 0.0

    def __len__(self) -> int:
        return len(self._failures)

    def _recent(self, key: str, moment: float) -> deque[float]:
        """Return an address's failures within the window, forgetting what is older."""
        failures = self._failures.setdefault(key, deque(maxlen=self._limit))
        self._failures.move_to_end(key)
        while failures and failures[0] <= moment - self._window_s:
            failures.popleft()
        while len(self._failures) > self._max_addresses:
            self._failures.popitem(last=False)
        return failures


def _network(address: str) -> str:
    """Return who stands behind an address: of IPv6, one customer has a whole /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))

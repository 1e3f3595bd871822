"""Milliseconds by stage, for the `elapsed_ms` of an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter


class Stopwatch:
    """Adds up the time spent in named stages; a stage may be entered many times."""

    def __init__(self) -> None:
        self._start = perf_counter()
        self._stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside the `with` block to a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.add(name, (perf_counter() - start) * 1000)

    def add(self, name: str, elapsed_ms: float) -> None:
        """Count time that was measured elsewhere."""
        self._stages[name] = self._stages.get(name, 0.0) + elapsed_ms

    def elapsed_ms(self) -> dict[str, float]:
        """Return milliseconds by stage, `rest` for what no stage claims, and the `total`."""
        outside = self._stages.get("decode", 0.0)  # decoding ends before a search starts
        total = (perf_counter() - self._start) * 1000 + outside
        stages = {name: round(spent, 1) for name, spent in self._stages.items()}
        rest = max(0.0, total - sum(self._stages.values()))
        return {"total": round(total, 1), **stages, "rest": round(rest, 1)}

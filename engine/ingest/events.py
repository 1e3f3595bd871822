"""What an import tells while it runs, and at its end."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from engine.catalog.lines import BadRow

Outcome = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True)
class Progress:
    """How far the work is; rows of an import, pictures of a reindexing."""

    done: int
    total: int | None
    """None where it cannot be known beforehand."""
    images_per_second: float
    seconds_left: float | None


@dataclass(frozen=True)
class BadImage:
    """A picture that cannot be used, and why."""

    line: int
    path: Path
    reason: str


@dataclass(frozen=True)
class ImportBegan:
    """An import of a manifest begins; told where the file could be counted beforehand."""

    rows: int
    images: int
    """Pictures that the rows name, those that the catalog has already among them."""


@dataclass(frozen=True)
class ProductDone:
    """A product is in the catalog for good: told only after the commit."""

    line: int
    id: str
    outcome: Outcome
    progress: Progress


@dataclass(frozen=True)
class ImageFailed:
    """A picture was passed over; its product is imported if it has another one."""

    image: BadImage


@dataclass(frozen=True)
class RowFailed:
    """A row was passed over; nothing of its product changed."""

    row: BadRow
    progress: Progress


ImportEvent = ImportBegan | ProductDone | ImageFailed | RowFailed


@dataclass(frozen=True)
class ImportReport:
    """What an import did."""

    products_added: int = 0
    products_updated: int = 0
    products_unchanged: int = 0
    images_added: int = 0
    images_removed: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)
    bad_images: list[BadImage] = field(default_factory=list)
    """Of rows that were imported all the same, and of bad rows."""
    seconds: float = 0.0
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Entries of a dump that were passed over, by reason; they are no bad rows."""
    unresolved: Mapping[str, int] = field(default_factory=dict)
    """Names of countries in a dump that are none or not known, and how often they stood there."""


@dataclass(frozen=True)
class ReindexReport:
    """What a reindexing did."""

    images_embedded: int
    bad_images: list[BadImage]
    """Pictures whose files are lost or damaged; they cannot be found with this encoder."""
    seconds: float


class Meter:
    """Measures how far and how fast the work goes.

    Where the total would take as long to count as the work itself, `share_done` tells how much
    of it is done, and the total is estimated from that.
    """

    def __init__(self, total: int | None, share_done: Callable[[], float] | None = None) -> None:
        self._known_total = total
        self._share_done = share_done
        self._begin = time.monotonic()
        self._done = 0
        self._images = 0

    @property
    def seconds(self) -> float:
        """Time since the beginning."""
        return time.monotonic() - self._begin

    @property
    def _total(self) -> int | None:
        share = self._share_done() if self._share_done else 0.0
        return round(self._done / share) if share > 0 else self._known_total

    def count(self, *, done: int = 0, images: int = 0) -> None:
        """Note work that is done."""
        self._done += done
        self._images += images

    def progress(self) -> Progress:
        """Return the present state."""
        seconds = max(self.seconds, 1e-9)
        left = None
        if self._total is not None and self._done:
            left = max(self._total - self._done, 0) * seconds / self._done
        return Progress(self._done, self._total, self._images / seconds, left)

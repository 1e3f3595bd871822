"""Picture files become decoded pictures whose bytes lie in the catalog's files, in threads."""

import hashlib
import os
import stat
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from engine.catalog.files import ImageFiles
from engine.embed.details import PackedDetails
from engine.embed.image import DecodeLimits, Picture, decode
from engine.errors import ImageError, ImageTooLargeError, UnreadableImageError

if TYPE_CHECKING:
    from engine.embed.features import DetailExtractor

Job = TypeVar("Job")
Result = TypeVar("Result")

THREADS = min(os.cpu_count() or 1, 8)
WINDOW = THREADS + 2
"""Pictures that are decoded ahead of the encoder: enough to keep the threads busy, few enough
that even pictures of the largest size allowed fit into memory."""


@dataclass(frozen=True)
class KnownPicture:
    """A picture that the product has already, with an embedding by this encoder."""

    sha256: str


@dataclass(frozen=True)
class BadPicture:
    """A picture that cannot be used, and why."""

    reason: str


@dataclass(frozen=True)
class LoadedPicture:
    """A decoded picture whose bytes are kept, and the details found in it."""

    picture: Picture
    details: PackedDetails | None
    """None where details are not compared."""


Loaded = LoadedPicture | KnownPicture | BadPicture


class PictureLoader:
    """Reads picture files, checks and decodes them, keeps their bytes and finds their details."""

    def __init__(
        self, files: ImageFiles, limits: DecodeLimits, extractor: "DetailExtractor | None" = None
    ) -> None:
        self._files = files
        self._limits = limits
        self._extractor = extractor

    def load(self, path: Path, known: frozenset[str] = frozenset()) -> Loaded:
        """Load one file; one whose SHA-256 is known is not decoded."""
        try:
            data = read_bytes(path, self._limits)
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 in known and self._files.has(sha256):
                return KnownPicture(sha256)
            return self.keep(data)
        except ImageError as error:
            return BadPicture(str(error))

    def keep(self, data: bytes) -> LoadedPicture:
        """Decode bytes, keep them and find the picture's details.

        Raises
        ------
        ImageError
            If they are no picture that the engine can take.
        """
        picture = decode(data, self._limits)
        self._files.put(data, picture)
        details = self._extractor.of_reference(picture.image) if self._extractor else None
        return LoadedPicture(picture, details)

    def has(self, sha256: str) -> bool:
        """Tell whether a picture's bytes are kept."""
        return self._files.has(sha256)


def read_bytes(path: Path, limits: DecodeLimits) -> bytes:
    """Return a file's bytes, but never more than the limits allow.

    Raises
    ------
    ImageError
        If it is no file, cannot be read, or is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableImageError("this is not a file")
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise UnreadableImageError(f"the file cannot be read: {error.strerror}") from error
    if len(data) > limits.max_bytes:
        raise ImageTooLargeError(
            f"the file has {status.st_size:,} bytes, more than the {limits.max_bytes:,} allowed"
        )
    return data


def run_ahead(
    work: Callable[[Job], Result], jobs: Iterable[Job], window: int = WINDOW
) -> Generator[tuple[Job, Result], None, None]:
    """Yield each job with its result, in order, while threads work on the next ones.

    At most `window` results wait; closing the iterator drops the jobs that did not begin.
    """
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="load")
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    try:
        for job in jobs:
            waiting.append((job, pool.submit(work, job)))
            if len(waiting) >= window:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def in_batches(values: Iterable[Result], size: int) -> Iterator[list[Result]]:
    """Yield a stream in lists of `size`; the last may be shorter."""
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch

"""A saved index: one file that is either whole or refused.

Layout: `MAGIC`, the length of the header (4 bytes, little-endian), the header (JSON, UTF-8), the
payload (`VectorIndex.to_bytes`), and at the end the SHA-256 of everything before it.
"""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from engine.catalog.index.history import Moment
from engine.errors import CorruptIndexError, StaleIndexError

MAGIC = b"ENGINE-VECTORS\n\0"
FORMAT = 1
DIGEST_BYTES = hashlib.sha256().digest_size
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class SnapshotHeader:
    """What a saved index says about itself."""

    kind: str
    """Form of the payload, as `VectorIndex.kind` names it."""
    fingerprint: str
    """Of the encoder that made the vectors."""
    dim: int
    count: int
    version: int
    """Of the catalog that the vectors are from."""
    mark: str
    """Of that version (`engine.catalog.index.history`)."""
    format: int = FORMAT

    @property
    def moment(self) -> Moment:
        """The moment of the catalog that the vectors are from."""
        return Moment(self.version, self.mark)


@dataclass(frozen=True)
class Snapshot:
    """A saved index with its vectors."""

    header: SnapshotHeader
    payload: bytes


def write_snapshot(path: Path, snapshot: Snapshot) -> None:
    """Put a snapshot in the place of the file at `path`: a reader finds the old one or this one.

    Raises
    ------
    OSError
        If the file cannot be written; the old one is untouched then.
    """
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with unfinished.open("xb") as file:
            _write(file, snapshot)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)


def read_snapshot(path: Path, fingerprint: str) -> Snapshot:
    """Read a snapshot of the encoder with this fingerprint.

    Raises
    ------
    FileNotFoundError
        If there is none.
    CorruptIndexError
        If the file is damaged in any byte, or is no snapshot.
    StaleIndexError
        If it is whole, but of another encoder or another format.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(memoryview(content)[:-DIGEST_BYTES]).digest()
    header, n_before = _parse(content, digest == content[-DIGEST_BYTES:], path)
    _check_header(header, fingerprint, path)
    return Snapshot(header, content[n_before:-DIGEST_BYTES])


def read_header(path: Path, fingerprint: str) -> SnapshotHeader:
    """Read what a snapshot says about itself, after a check of the whole file.

    Raises
    ------
    FileNotFoundError, CorruptIndexError, StaleIndexError
        As `read_snapshot`.
    """
    sha256, tail, start = hashlib.sha256(), b"", b""
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            start = start or block
            tail += block
            sha256.update(tail[:-DIGEST_BYTES])
            tail = tail[-DIGEST_BYTES:]
    header, _ = _parse(start, sha256.digest() == tail, path)
    _check_header(header, fingerprint, path)
    return header


def remove_unfinished(path: Path) -> None:
    """Delete what writers of this snapshot left behind when they were killed."""
    for leftover in path.parent.glob(f".{path.name}.*.part"):
        leftover.unlink(missing_ok=True)


def _write(file: BinaryIO, snapshot: Snapshot) -> None:
    header = json.dumps(asdict(snapshot.header)).encode()
    sha256 = hashlib.sha256()
    for part in (MAGIC, len(header).to_bytes(4, "little"), header, snapshot.payload):
        sha256.update(part)
        file.write(part)
    file.write(sha256.digest())


def _parse(content: bytes, is_whole: bool, path: Path) -> tuple[SnapshotHeader, int]:
    """Return the header and the number of bytes before the payload."""
    if not content.startswith(MAGIC):
        raise CorruptIndexError(f"{path} is not a saved index")
    if not is_whole:
        raise CorruptIndexError(f"{path} is damaged: its content and its SHA-256 differ")
    start = len(MAGIC) + 4
    end = start + int.from_bytes(content[len(MAGIC) : start], "little")
    try:
        return SnapshotHeader(**json.loads(content[start:end])), end
    except (ValueError, TypeError) as error:  # a later format has other fields
        raise StaleIndexError(f"{path} is of a format that this engine cannot read") from error


def _check_header(header: SnapshotHeader, fingerprint: str, path: Path) -> None:
    if header.format != FORMAT:
        raise StaleIndexError(f"{path} is of format {header.format}, {FORMAT} is read")
    if header.fingerprint != fingerprint:
        raise StaleIndexError(f"{path} is of the model {header.fingerprint}, not {fingerprint}")


def _sync_folder(folder: Path) -> None:
    """Make a rename outlast a power cut; Windows keeps renames safe itself and has no such call."""
    with contextlib.suppress(PermissionError), _opened(folder) as descriptor:
        os.fsync(descriptor)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)

"""Records of a text file that people and programs write: CSV with a header, or JSON Lines.

Read as a stream, so that a file of any length takes little memory, and one broken record never
hides the ones after it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from engine.catalog.csvlines import read_csv
from engine.catalog.jsonlines import read_json_lines
from engine.catalog.lines import BadRow, Lines
from engine.errors import ManifestError

JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Record(Protocol):
    """One record, whichever format it stood in; None means that it does not have the field."""

    @property
    def line(self) -> int:
        """Return the number of its first line, from 1."""

    def text(self, field: str) -> str | None:
        """Return a text."""

    def several(self, field: str) -> tuple[str, ...] | None:
        """Return several texts: split by `|` in CSV, an array in JSON."""

    def objects(self, field: str) -> tuple[Mapping[str, object], ...] | None:
        """Return an array of objects, which CSV cannot have."""

    def flag(self, field: str) -> bool:
        """Tell whether the field is `true`, which CSV cannot say."""


def read_records(path: Path, required: Sequence[str]) -> Iterator[Record | BadRow]:
    """Yield the records of a file and, in their place, those that cannot be read.

    Parameters
    ----------
    path : pathlib.Path
        CSV in UTF-8 with a header line, or JSON Lines; told apart by the first character.
    required : sequence of str
        Columns that a CSV header must have.

    Yields
    ------
    Record or BadRow
        In the order of the file.

    Raises
    ------
    ManifestError
        If the file cannot be opened or read, or has not the required columns.
    """
    try:
        with path.open("rb") as file:
            yield from _records(path, file, required)
    except OSError as error:
        raise ManifestError(f"{path} cannot be read: {error.strerror}") from error


def _records(
    path: Path, file: io.BufferedReader, required: Sequence[str]
) -> Iterator[Record | BadRow]:
    start = file.peek(4096)
    if start.startswith(UTF16_MARKS):
        raise ManifestError(f"{path} is UTF-16; save it as UTF-8")
    if start.startswith(UTF8_MARK):
        file.read(len(UTF8_MARK))
    start = start.removeprefix(UTF8_MARK).lstrip()
    if start.startswith(b"["):
        raise ManifestError(f"{path} is one JSON array; write one object a line (JSON Lines)")
    if start.startswith(b"{") or (not start and path.suffix.lower() in JSON_SUFFIXES):
        yield from read_json_lines(Lines(file))
    else:
        yield from read_csv(Lines(file), required)

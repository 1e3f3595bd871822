"""Lines of a text file that may be of any length and in any state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from engine.errors import InvalidInputError

MAX_RECORD_BYTES = 16 << 20
"""Longer than any honest row; what is longer is a quote that nobody closed, or not text."""


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used, and why; the other rows can."""

    line: int
    reason: str


@dataclass(frozen=True)
class Line:
    """One line with its end, as it stands in the file."""

    number: int
    data: bytes
    is_cut: bool = False
    """Longer than a record may be; its rest was passed over."""

    def decode(self) -> str:
        """Return the text.

        Raises
        ------
        InvalidInputError
            If it is too long, not UTF-8, or no text.
        """
        if self.is_cut:
            raise InvalidInputError(f"the line is longer than {MAX_RECORD_BYTES:,} bytes")
        if b"\0" in self.data:
            raise InvalidInputError("the line contains a NUL byte")
        try:
            return self.data.decode()
        except UnicodeDecodeError as error:
            raise InvalidInputError(
                f"the line is not UTF-8 (byte {error.start + 1} is {self.data[error.start]:#04x}); "
                "save the file as UTF-8"
            ) from error


class Lines:
    """Reads lines one by one; some may be put back, to be read again."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._again: list[Line] = []
        self._number = 0

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        if self._again:
            return self._again.pop()
        data = self._file.readline(MAX_RECORD_BYTES + 1)
        if not data:
            raise StopIteration
        self._number += 1
        is_cut = len(data) > MAX_RECORD_BYTES
        if is_cut:
            self._skip_rest(data)
        return Line(self._number, b"" if is_cut else data, is_cut)

    def put_back(self, lines: Iterable[Line]) -> None:
        """Read these lines, in this order, before the next ones of the file."""
        self._again.extend(reversed(list(lines)))

    def _skip_rest(self, data: bytes) -> None:
        while data and not data.endswith(b"\n"):
            data = self._file.readline(MAX_RECORD_BYTES)

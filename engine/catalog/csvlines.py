"""CSV records that survive broken neighbours: the csv module alone would swallow the rest."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.catalog.lines import MAX_RECORD_BYTES, BadRow, Line, Lines
from engine.errors import InvalidInputError, ManifestError

csv.field_size_limit(MAX_RECORD_BYTES)  # 128 kB by default, less than a long description


@dataclass(frozen=True)
class CsvRecord:
    """One row under its header."""

    line: int
    cells: Mapping[str, str]

    def text(self, field: str) -> str | None:
        """Return a cell as it is."""
        return self.cells.get(field)

    def several(self, field: str) -> tuple[str, ...] | None:
        """Return the values of a cell, which `|` separates."""
        cell = self.cells.get(field)
        if cell is None:
            return None
        return tuple(value.strip() for value in cell.split("|") if value.strip())

    def objects(self, field: str) -> tuple[Mapping[str, object], ...] | None:  # noqa: ARG002
        """Return None: a cell holds no objects."""
        return None

    def flag(self, field: str) -> bool:  # noqa: ARG002
        """Return False: a cell is a text."""
        return False


def read_csv(lines: Lines, required: Sequence[str]) -> Iterator[CsvRecord | BadRow]:
    """Yield the rows under the header.

    Raises
    ------
    ManifestError
        If the first row is no header with the required columns.
    """
    header = _read_header(lines, required)
    for row in _rows(lines):
        if isinstance(row, BadRow):
            yield row
        elif len(row.cells) != len(header):
            yield BadRow(
                row.line, f"the row has {len(row.cells)} cells, the header has {len(header)}"
            )
        else:
            yield CsvRecord(row.line, dict(zip(header, row.cells, strict=True)))


@dataclass(frozen=True)
class _Row:
    line: int
    cells: list[str]


def _read_header(lines: Lines, required: Sequence[str]) -> list[str]:
    row = next(_rows(lines), None)
    if row is None:
        raise ManifestError(f"the file is empty; it needs a header with {', '.join(required)}")
    if isinstance(row, BadRow):
        raise ManifestError(f"the header, line {row.line}, cannot be read: {row.reason}")
    header = [cell.strip() for cell in row.cells]
    if missing := [name for name in required if name not in header]:
        hint = "; the separator must be a comma" if len(header) == 1 else ""
        raise ManifestError(f"the header lacks the column {', '.join(missing)}{hint}")
    if twice := {name for name in header if name and header.count(name) > 1}:
        raise ManifestError(f"the header has the column {min(twice)} twice")
    return header


def _rows(lines: Lines) -> Iterator[_Row | BadRow]:
    """Yield rows; after a broken one go on with the line after its first."""
    for first in lines:
        taken: list[Line] = []
        lines.put_back([first])
        try:
            cells = next(csv.reader(_texts(lines, taken), strict=True))
        except (csv.Error, InvalidInputError) as error:
            lines.put_back(taken[1:])
            yield BadRow(first.number, _reason(error))
        else:
            if cells:
                yield _Row(first.number, cells)


def _texts(lines: Lines, taken: list[Line]) -> Iterator[str]:
    """Yield the lines that one record asks for, and note them."""
    size_bytes = 0
    for line in lines:
        taken.append(line)
        size_bytes += len(line.data)
        if size_bytes > MAX_RECORD_BYTES:
            raise InvalidInputError("a quote is opened and not closed")
        yield line.decode()


def _reason(error: Exception) -> str:
    if "unexpected end of data" in str(error):
        return "a quote is opened and not closed"
    return f"broken quoting: {error}" if isinstance(error, csv.Error) else str(error)

"""A dump as a stream of manifest rows, with a count of what was passed over and why."""

import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, cast

from engine.catalog.lines import BadRow, Lines
from engine.catalog.manifest import ManifestRow
from engine.catalog.openfoodfacts.entry import Entry
from engine.catalog.openfoodfacts.mirror import Mirror
from engine.catalog.openfoodfacts.places import Places
from engine.catalog.openfoodfacts.rows import RowMaker, SkippedError
from engine.catalog.seen import SeenIds
from engine.errors import InvalidInputError, ManifestError

GZIP_MARK = b"\x1f\x8b"
UTF8_MARK = b"\xef\xbb\xbf"
REQUIRED = ("code", "product_name", "countries_tags")
MAX_UNRESOLVED = 10_000
"""Different names of countries that are counted one by one; the dumps have some hundreds."""


class Dump:
    """Reads one dump; the memory that it takes does not grow with the file.

    An entry is a bad row if its barcode number cannot be one. It is passed over, and counted
    under a reason, if nothing is wrong with it but it cannot be used: it has no name, no picture
    in the mirror, or its number came before (the first entry of a number stays: a dump lists each
    once, but for numbers that differ in leading zeros only).
    """

    def __init__(
        self, path: Path, images: Path | None = None, *, keeps_without_images: bool = False
    ) -> None:
        """Read `path`: JSON Lines or CSV, plain or gzipped, told apart by the first bytes.

        `images` is a mirror of the pictures. Entries without one are passed over unless
        `keeps_without_images`: words, brands and barcodes then still find them.
        """
        self._path = path
        self._places = Places()
        self._rows = RowMaker(
            self._places,
            Mirror(images) if images else None,
            default_source=_source_of_name(path.name),
            keeps_without_images=keeps_without_images,
        )
        self._raw: BinaryIO | None = None
        self._size = 0
        self.skipped: Counter[str] = Counter()
        """Entries that were passed over, by reason."""
        self.unresolved: Counter[str] = Counter()
        """Names of countries that are none, or not known to be one, as they stood there."""

    def share_read(self) -> float:
        """Return how much of the file is read, 0 to 1."""
        if self._raw is None or not self._size:
            return 0.0
        return 1.0 if self._raw.closed else min(self._raw.tell() / self._size, 1.0)

    def rows(self) -> Generator[ManifestRow | BadRow, None, None]:
        """Yield the usable entries as rows of a manifest, bad ones in their place.

        Raises
        ------
        ManifestError
            If the file cannot be read, or is no such dump.
        """
        with closing(SeenIds()) as seen:
            for entry in self._entries():
                if isinstance(entry, BadRow):
                    yield entry
                    continue
                try:
                    row = self._rows.row(entry)
                    if seen.add(row.id, row.line) is None:
                        yield row
                    else:
                        self.skipped["duplicate"] += 1
                except SkippedError as skipped:
                    self.skipped[str(skipped)] += 1
                except InvalidInputError as error:
                    yield BadRow(entry.line, str(error))
                self._count_unresolved()

    def _count_unresolved(self) -> None:
        for name in self._rows.take_unresolved():
            is_new = name not in self.unresolved
            self.unresolved[
                "(others)" if is_new and len(self.unresolved) >= MAX_UNRESOLVED else name
            ] += 1

    def _entries(self) -> Iterator[Entry | BadRow]:
        try:
            with self._path.open("rb") as raw:
                self._raw, self._size = raw, self._path.stat().st_size
                file: BinaryIO = raw
                if raw.peek(2).startswith(GZIP_MARK):
                    file = cast("BinaryIO", io.BufferedReader(gzip.GzipFile(fileobj=raw)))
                yield from _parsed(self._path, cast("io.BufferedReader", file))
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or error
            raise ManifestError(f"{self._path} cannot be read to its end: {reason}") from error


def _parsed(path: Path, file: io.BufferedReader) -> Iterator[Entry | BadRow]:
    start = file.peek(1 << 12)
    if start.startswith(UTF8_MARK):
        file.read(len(UTF8_MARK))
    start = start.removeprefix(UTF8_MARK).lstrip()
    if not start:
        raise ManifestError(f"{path} is empty")
    yield from (_json_entries if start.startswith(b"{") else _csv_entries)(path, Lines(file))


def _json_entries(_: Path, lines: Lines) -> Iterator[Entry | BadRow]:
    for line in lines:
        if not line.is_cut and line.data.isspace():
            continue
        try:
            values = json.loads(line.decode())
        except InvalidInputError as error:
            yield BadRow(line.number, str(error))
        except (ValueError, RecursionError) as error:
            yield BadRow(line.number, f"the line is not JSON: {str(error)[:200]}")
        else:
            is_object = isinstance(values, dict)
            reason = "the line is not a JSON object"
            yield Entry(line.number, values) if is_object else BadRow(line.number, reason)


def _csv_entries(path: Path, lines: Lines) -> Iterator[Entry | BadRow]:
    """Split at tabs: the dump's cells hold no tab and no line end, but any number of quotes."""
    header = _header(path, lines)
    for line in lines:
        try:
            cells = line.decode().rstrip("\r\n").split("\t")
        except InvalidInputError as error:
            yield BadRow(line.number, str(error))
            continue
        if cells == [""]:
            continue
        if len(cells) != len(header):
            counts = f"the row has {len(cells)} cells, the header has {len(header)}"
            yield BadRow(line.number, counts)
        else:
            yield Entry(line.number, dict(zip(header, map(_unquoted, cells), strict=True)))


def _header(path: Path, lines: Lines) -> list[str]:
    try:
        header = next(lines).decode().rstrip("\r\n").split("\t")
    except InvalidInputError as error:
        raise ManifestError(f"{path} is no dump of Open Food Facts: {error}") from error
    if missing := [name for name in REQUIRED if name not in header]:
        raise ManifestError(
            f"{path} is no dump of Open Food Facts: its first line lacks {', '.join(missing)} "
            "(the columns are separated by tabs)"
        )
    return header


def _unquoted(cell: str) -> str:
    """Return a cell without the quotes that some exports put around one with quotes inside."""
    if len(cell) < 2 or not (cell[0] == cell[-1] == '"'):
        return cell
    inner = cell[1:-1].replace('""', "\0")
    return cell if '"' in inner else inner.replace("\0", '"')


def _source_of_name(name: str) -> str:
    """Return the project that the file's name tells of."""
    names = ("openbeautyfacts", "openpetfoodfacts", "openproductsfacts")
    return next((source for source in names if source in name.lower()), "openfoodfacts")

"""TIFF directories, in TIFF files and in EXIF: refused when they would cost too much to read.

Pillow makes a Python object of each number. 20 MB of fractions take it ten seconds and 550 MB
(measured), and a 266-byte file may ask for a tile of 2 GB. Format after TIFF 6.0 and BigTIFF.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

NUMBERS_MAX = 1_000_000  # offsets of a strip for each row of the tallest picture
FRACTIONS_MAX = 10_000  # a lens takes four
TILE_PIXELS_MAX = 50_000_000
_DIRECTORIES_MAX = 16
_BYTE_TYPES = frozenset({1, 2, 6, 7})
_FRACTION_TYPES = frozenset({5, 10})
_POINTERS = frozenset({0x8769, 0x8825, 0xA005})  # EXIF, GPS, interoperability
_TILE_WIDTH, _TILE_LENGTH = 322, 323
_ORIENTATION = 0x0112
_EXIF_HEADER = b"Exif\x00\x00"


@dataclass(frozen=True)
class _Layout:
    """The byte order and the field widths of a file, TIFF or BigTIFF."""

    first: str
    count: str
    entry: str


_LAYOUTS = {
    b"II*\x00": _Layout("<4xI", "<H", "<HHI4s"),
    b"MM\x00*": _Layout(">4xI", ">H", ">HHI4s"),
    b"II+\x00": _Layout("<8xQ", "<Q", "<HHQ8s"),
    b"MM\x00+": _Layout(">8xQ", ">Q", ">HHQ8s"),
}


def check_directories(data: bytes) -> None:
    """Refuse, with ValueError, a directory whose numbers or tiles are too many or too large."""
    layout = _find_layout(data)
    if layout is None:
        return
    pending = [struct.unpack_from(layout.first, data)[0]]
    for seen in range(_DIRECTORIES_MAX):
        if seen == len(pending):
            break
        tile = {_TILE_WIDTH: 1, _TILE_LENGTH: 1}
        for tag, kind, count, value in _read_entries(data, pending[seen], layout):
            _check_count(tag, kind, count)
            number = _first_number(kind, value, layout)
            if tag in _POINTERS:
                pending.append(number)
            elif tag in tile:
                tile[tag] = number
        if tile[_TILE_WIDTH] * tile[_TILE_LENGTH] > TILE_PIXELS_MAX:
            raise ValueError(f"a tile of {tile[_TILE_WIDTH]} x {tile[_TILE_LENGTH]} pixels")


def check_exif(exif: bytes) -> None:
    """Refuse, with ValueError, EXIF data that would cost too much to read."""
    check_directories(_strip_exif_header(exif))


def read_orientation(exif: bytes) -> int:
    """Read the orientation, 1 to 8, from EXIF data; 1 (upright) where they tell none."""
    data = _strip_exif_header(exif)
    layout = _find_layout(data)
    if layout is None:
        return 1
    (offset,) = struct.unpack_from(layout.first, data)
    for tag, kind, _, value in _read_entries(data, offset, layout):
        if tag == _ORIENTATION:
            return _first_number(kind, value, layout)
    return 1


def _strip_exif_header(exif: bytes) -> bytes:
    """Drop `Exif` and two zeros; Pillow drops any number of them, with a copy for each."""
    data = exif.removeprefix(_EXIF_HEADER)
    if data.startswith(_EXIF_HEADER):
        raise ValueError("EXIF within EXIF")
    return data


def _find_layout(data: bytes) -> _Layout | None:
    """Tell the layout by the header; None when there is no whole header."""
    layout = _LAYOUTS.get(data[:4])
    return layout if layout and len(data) >= struct.calcsize(layout.first) else None


def _read_entries(
    data: bytes, offset: int, layout: _Layout
) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield tag, type, count and value field of one directory, as far as the bytes go."""
    if offset + struct.calcsize(layout.count) > len(data):
        return
    (entries,) = struct.unpack_from(layout.count, data, offset)
    start = offset + struct.calcsize(layout.count)
    size = struct.calcsize(layout.entry)
    whole = min(entries, (len(data) - start) // size)
    if entries > 0xFFFF:
        raise ValueError(f"a directory of {entries:,} entries")
    yield from struct.iter_unpack(layout.entry, data[start : start + whole * size])


def _check_count(tag: int, kind: int, count: int) -> None:
    limit = FRACTIONS_MAX if kind in _FRACTION_TYPES else NUMBERS_MAX
    if kind not in _BYTE_TYPES and count > limit:
        raise ValueError(f"tag {tag} holds {count:,} numbers")


def _first_number(kind: int, value: bytes, layout: _Layout) -> int:
    """Read the value field as one whole number of its type."""
    size = {1: 1, 3: 2, 16: 8}.get(kind, 4)
    return int.from_bytes(value[:size], "little" if layout.first[0] == "<" else "big")

"""Boxes and items of the ISO media file format, which AVIF and HEIC files are made of.

After ISO/IEC 14496-12 and 23008-12. Malformed boxes raise ValueError or LookupError.
"""

import re
from collections.abc import Iterator
from itertools import islice

_ITEMS_MAX = 10_000  # a grid of tiles has dozens; each costs a step in Python
_ITEM_TEXT_MAX_BYTES = 4096
_ITEM = re.compile(rb"(....)infe(.)", re.DOTALL)


def items_of_type(data: bytes, wanted: bytes) -> Iterator[bytes]:
    """Yield the content of the items of one type, such as `av01` or `Exif`, of a whole file."""
    meta = _read_meta(data)
    types = _read_item_types(_require(meta, b"iinf"))
    for item, content in _read_items(_require(meta, b"iloc"), (data, meta.get(b"idat", b""))):
        if types.get(item) == wanted:
            yield content


def claimed_sizes(data: bytes) -> list[tuple[int, int]]:
    """List the width and height, in pixels, that the container claims for its items."""
    properties = _split_boxes(_require(_read_meta(data), b"iprp"))
    return [
        (int.from_bytes(content[4:8], "big"), int.from_bytes(content[8:12], "big"))
        for kind, content in _walk_boxes(_require(properties, b"ipco"))
        if kind == b"ispe"
    ]


def check_item_texts(data: bytes) -> None:
    """Refuse, with ValueError, an item whose type or name is no text.

    The HEIC decoder crashes the whole process on those (pi-heif 1.4). They are looked for by
    their bytes, wherever a box may hide them, but for the media data.
    """
    for kind, content in _walk_boxes(data):
        entries = [] if kind == b"mdat" else list(islice(_ITEM.finditer(content), _ITEMS_MAX + 1))
        _check_count(len(entries))
        for entry in entries:
            end = entry.start() + int.from_bytes(entry[1], "big")
            id_bytes = 4 if entry[2] > b"\x02" else 2
            text = content[entry.end() + 3 + id_bytes : end]
            if len(text) > _ITEM_TEXT_MAX_BYTES:
                raise ValueError(f"an item is named with {len(text):,} bytes")
            text.decode("utf-8")


class _Fields:
    """Reads big-endian whole numbers of a box, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, size_bytes: int) -> int:
        return int.from_bytes(self.take_bytes(size_bytes), "big")

    def take_bytes(self, size_bytes: int) -> bytes:
        found = self._data[self.at : self.at + size_bytes]
        if len(found) < size_bytes:
            raise ValueError("a box ends early")
        self.at += size_bytes
        return found


def _split_boxes(data: bytes) -> dict[bytes, bytes]:
    """Return the content of the boxes by their type; of several the first."""
    boxes: dict[bytes, bytes] = {}
    for kind, content in _walk_boxes(data):
        boxes.setdefault(kind, content)
    return boxes


def _read_meta(data: bytes) -> dict[bytes, bytes]:
    return _split_boxes(_require(_split_boxes(data), b"meta")[4:])


def _require(boxes: dict[bytes, bytes], kind: bytes) -> bytes:
    if kind not in boxes:
        raise ValueError(f"it lacks its {kind.decode()} box")
    return boxes[kind]


def _walk_boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and content of the boxes that stand side by side."""
    at = 0
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        header = 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + size if size else len(data)
        if end < at + header:
            raise ValueError(f"the box {kind!r} has the impossible size {size}")
        yield kind, data[at + header : end]
        at = end


def _check_count(count: int) -> int:
    if count > _ITEMS_MAX:
        raise ValueError(f"{count:,} items")
    return count


def _read_item_types(iinf: bytes) -> dict[int, bytes]:
    """Read the type of each item, such as `av01`, from the item information box."""
    fields = _Fields(iinf)
    types = {}
    for _ in range(_check_count(fields.take(4 if fields.take(4) >> 24 else 2))):
        size = fields.take(4)
        entry = _Fields(fields.take_bytes(max(size - 4, 0)))
        entry.take(4)
        version = entry.take(4) >> 24
        item = entry.take(4 if version > 2 else 2)
        entry.take(2)
        types[item] = entry.take_bytes(4)
    return types


def _read_items(iloc: bytes, sources: tuple[bytes, bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield each item and its bytes, out of the file or the item data box."""
    fields = _Fields(iloc)
    version = fields.take(4) >> 24
    sizes = fields.take(2)
    offset_bytes, length_bytes = sizes >> 12, sizes >> 8 & 15
    base_bytes, index_bytes = sizes >> 4 & 15, (sizes & 15 if version else 0)
    id_bytes = 4 if version > 1 else 2
    budget = 2 * len(sources[0]) + (1 << 16)  # honest items do not overlap
    for _ in range(_check_count(fields.take(id_bytes))):
        item = fields.take(id_bytes)
        source = sources[fields.take(2) & 15] if version else sources[0]
        fields.take(2)
        base = fields.take(base_bytes)
        extents = []
        for _ in range(fields.take(2)):
            fields.take(index_bytes)
            start = base + fields.take(offset_bytes)
            length = fields.take(length_bytes)
            extents.append(source[start : start + length if length else len(source)])
            budget -= len(extents[-1]) + 256
            if budget < 0:
                raise ValueError("the items are longer than their file")
        yield item, b"".join(extents)

"""What a file declares before it is decoded, where Pillow spends memory or time too early.

For each such format there is one check; it raises ValueError, LookupError or struct.error when
the header is broken, and returns width and height in pixels where Pillow would learn them late.
"""

import re
from collections.abc import Callable, Iterator

from engine.embed.decoding import avif
from engine.embed.decoding.directories import check_directories, check_exif
from engine.embed.decoding.formats import Format
from engine.embed.decoding.isobmff import check_item_texts, claimed_sizes

JPEG_SCANS_MAX = 100
"""A progressive picture has about ten. Each costs a pass over all pixels, and 20 MB hold 250,000:
measured on 49 million pixels, 24 ms each, an hour and a half in all. libtiff has the same limit."""

BLOCKS_MAX = 100_000
"""Chunks of a PNG, comment blocks of a GIF: Pillow steps through each in Python."""

Size = tuple[int, int]

_JPEG_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_JPEG_END, _JPEG_SCAN, _JPEG_EXIF = b"\xd9", b"\xda", b"\xe1"


def check_declared(data: bytes, found: Format) -> Size | None:
    """Judge a file by its header alone; return its size where that is known so early."""
    check = _CHECKS.get(found)
    return check(data) if check else None


def _check_jpeg(data: bytes) -> None:
    """Count the scans, and judge the EXIF directories, which Pillow reads to find the dpi."""
    scans = 0
    exif = b""
    for marker, start, end in _jpeg_segments(data):
        scans += marker == _JPEG_SCAN
        if scans > JPEG_SCANS_MAX:
            raise ValueError(f"more than {JPEG_SCANS_MAX} scans")
        if marker == _JPEG_EXIF and data[start : start + 6] == b"Exif\x00\x00":
            exif += data[start + 6 : end]
    check_exif(exif)


def _jpeg_segments(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield marker, start and end of the segments of the first picture."""
    at = 2
    while (found := _JPEG_MARKER.search(data, at)) and found[1] != _JPEG_END:
        length = int.from_bytes(data[found.end() : found.end() + 2], "big")
        at = found.end() + max(length, 2)
        yield found[1], found.end() + 2, at


def _check_png(data: bytes) -> None:
    """Count the chunks."""
    at, chunks = 8, 0
    while at < len(data):
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        chunks += 1
        _check_blocks(chunks)


def _read_webp_size(data: bytes) -> Size:
    """Read the canvas, which the plugin allocates when it opens the file."""
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if kind == b"VP8L" and len(data) >= 25:
        packed = _little(data, 21, 4)
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(data) >= 30:
        return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    raise ValueError(f"no picture header, but {kind!r}")


def _read_gif_size(data: bytes) -> Size:
    """Read the canvas or the first frame, whichever is larger: the plugin allocates both."""
    flags = data[10]
    at = 13 + (3 << (flags & 7) + 1 if flags & 128 else 0)
    blocks = 0
    while data[at : at + 1] not in (b",", b""):
        blocks += 1
        if data[at : at + 1] == b"!":
            at += 2
            while size := _little(data, at, 1):
                at += size + 1
                blocks += 1
                _check_blocks(blocks)
        at += 1
        _check_blocks(blocks)
    left, top, width, height = (_little(data, at + 1 + 2 * field, 2) for field in range(4))
    return max(_little(data, 6, 2), left + width), max(_little(data, 8, 2), top + height)


def _read_avif_size(data: bytes) -> Size:
    """Read the largest size that container or streams tell, and judge the EXIF directories."""
    for exif in avif.exif_items(data):
        check_exif(exif)
    sizes = claimed_sizes(data) + avif.coded_sizes(data)
    return max(sizes, key=lambda size: size[0] * size[1])


_CHECKS: dict[Format, Callable[[bytes], Size | None]] = {
    Format.JPEG: _check_jpeg,
    Format.PNG: _check_png,
    Format.TIFF: check_directories,
    Format.WEBP: _read_webp_size,
    Format.GIF: _read_gif_size,
    Format.AVIF: _read_avif_size,
    Format.HEIC: check_item_texts,
}


def _little(data: bytes, at: int, size_bytes: int) -> int:
    return int.from_bytes(data[at : at + size_bytes], "little")


def _check_blocks(blocks: int) -> None:
    if blocks > BLOCKS_MAX:
        raise ValueError(f"more than {BLOCKS_MAX:,} blocks")

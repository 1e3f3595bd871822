"""AVIF files: the frame sizes that their AV1 streams declare, whatever the container claims.

A container may say 64 x 64 while the stream inside is 16,384 x 16,384: the decoder unpacks the
large frame first and then scales it down. So the streams are asked, before anything is decoded.
After the AV1 specification, section 5.5. What is malformed raises ValueError or LookupError.
"""

from collections.abc import Iterator

from engine.embed.decoding.isobmff import items_of_type

_SEQUENCE_HEADER = 1


def as_still(data: bytes) -> bytes:
    """Relabel an image sequence, so that the decoder reads its still picture and not its track."""
    return data[:8] + b"avif" + data[12:] if data[8:12] == b"avis" else data


def coded_sizes(data: bytes) -> list[tuple[int, int]]:
    """List width and height, in pixels, of every AV1 stream: colour, alpha, tiles of a grid."""
    return [
        _read_frame_size(header)
        for stream in items_of_type(data, b"av01")
        for header in _find_sequence_headers(stream)
    ]


def exif_items(data: bytes) -> Iterator[bytes]:
    """Yield the EXIF of a file, as TIFF directories."""
    for item in items_of_type(data, b"Exif"):
        yield item[4 + int.from_bytes(item[:4], "big") :]


class _Bits:
    """Reads numbers of so many bits, highest first, as AV1 writes them."""

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data, "big")
        self._left = 8 * len(data)

    def take(self, bits: int) -> int:
        self._left -= bits
        if self._left < 0:
            raise ValueError("a sequence header ends early")
        return self._number >> self._left & (1 << bits) - 1

    def skip_variable(self) -> None:
        zeros = 0
        while not self.take(1):
            zeros += 1
        self.take(zeros)


def _find_sequence_headers(stream: bytes) -> Iterator[bytes]:
    """Yield the sequence headers among the units of a stream."""
    at = 0
    while at < len(stream):
        kind, has_extension, has_size = (
            stream[at] >> 3 & 15,
            stream[at] & 4,
            stream[at] & 2,
        )
        at += 2 if has_extension else 1
        size = len(stream) - at
        if has_size:
            size, at = _read_leb128(stream, at)
        if kind == _SEQUENCE_HEADER:
            yield stream[at : at + min(size, 1024)]
        at += size


def _read_leb128(stream: bytes, at: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, lowest first; return it and where it ends."""
    number = 0
    for index in range(8):
        byte = stream[at + index]
        number |= (byte & 127) << 7 * index
        if byte < 128:
            return number, at + index + 1
    raise ValueError("a number of an AV1 stream does not end")


def _read_frame_size(header: bytes) -> tuple[int, int]:
    """Read the largest frame that a sequence header allows."""
    bits = _Bits(header)
    bits.take(4)
    is_reduced = bits.take(1)
    if is_reduced:
        bits.take(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(width_bits) + 1, bits.take(height_bits) + 1


def _skip_operating_points(bits: _Bits) -> None:
    """Skip timing and operating points, which stand before the size."""
    delay_bits = _skip_timing(bits) if bits.take(1) else 0
    has_display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay_bits and bits.take(1):
            bits.take(2 * delay_bits + 1)
        if has_display_delay and bits.take(1):
            bits.take(4)


def _skip_timing(bits: _Bits) -> int:
    """Skip timing and decoder model; return the width of its delays, 0 without one."""
    bits.take(64)
    if bits.take(1):
        bits.skip_variable()
    if not bits.take(1):
        return 0
    delay_bits = bits.take(5) + 1
    bits.take(42)
    return delay_bits

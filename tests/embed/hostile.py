"""Files that somebody might send to break the engine, each with the error that must answer it."""

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from engine.errors import (
    ImageError,
    ImageTooLargeError,
    NotAnImageError,
    UnreadableImageError,
)

FIXTURES = Path(__file__).parent / "fixtures"
"""Two HEIC files, drawn and encoded for these tests: nothing that is installed can encode them."""


@dataclass(frozen=True)
class HostileFile:
    data: bytes
    expected_error: type[ImageError]


def hostile_files() -> dict[str, HostileFile]:
    """Every hostile file by a name that says what is wrong with it."""
    return {
        name: HostileFile(data, error)
        for error, files in (
            (UnreadableImageError, truncated_files() | broken_files() | costly_files()),
            (ImageTooLargeError, bombs()),
            (NotAnImageError, other_files()),
        )
        for name, data in files.items()
    }


# --- honest files, to be damaged -------------------------------------------------------------


def draw_picture(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose four corners are red, green, blue and near-white, with some detail."""
    image = Image.new("RGB", (width, height), (240, 240, 240))
    draw = ImageDraw.Draw(image)
    half_width, half_height = width // 2, height // 2
    draw.rectangle((0, 0, half_width - 1, half_height - 1), fill=(200, 30, 40))
    draw.rectangle((half_width, 0, width, half_height - 1), fill=(30, 160, 60))
    draw.rectangle((0, half_height, half_width - 1, height), fill=(40, 60, 200))
    for step in range(0, height, 3):
        draw.line((width // 3, step, 2 * width // 3, height - step), fill=(step, 90, 255 - step))
    return image


def encode(image: Image.Image, pillow_format: str, **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, pillow_format, **options)
    return buffer.getvalue()


def honest_files() -> dict[str, bytes]:
    """One file of every format, and of the variants that decode differently."""
    image = draw_picture()
    return {
        "jpeg": encode(image, "JPEG"),
        "jpeg-progressive": encode(image, "JPEG", progressive=True),
        "png": encode(image, "PNG"),
        "webp": encode(image, "WEBP"),
        "webp-lossless": encode(image, "WEBP", lossless=True),
        "tiff": encode(image, "TIFF"),
        "tiff-lzw": encode(image, "TIFF", compression="tiff_lzw"),
        "bmp": encode(image, "BMP"),
        "gif": encode(image, "GIF"),
        "avif": encode(image, "AVIF"),
        "heic": (FIXTURES / "corners.heic").read_bytes(),
    }


# --- what is wrong with them -----------------------------------------------------------------


def truncated_files() -> dict[str, bytes]:
    """Every honest file, cut after each quarter."""
    return {
        f"{name} cut at {quarter}/4": data[: len(data) * quarter // 4]
        for name, data in honest_files().items()
        for quarter in (1, 2, 3)
    }


def bombs() -> dict[str, bytes]:
    """Small files that claim a billion pixels and more, and one that has too many bytes."""
    wide, high = 50_000, 20_000
    grey = {258: 8, 262: 1, 273: 8, 277: 1}
    vp8l = b"\x2f" + struct.pack("<I", 16_383 | 16_383 << 14) + bytes(20)
    return {
        "jpeg of 4 billion pixels": _jpeg_with_size(65_000, 65_000),
        "png of a billion pixels": png(wide, high, zlib.compress(bytes(1000))),
        "bmp of a billion pixels": bmp(wide, high),
        "tiff of a billion pixels": tiff(grey | {256: wide, 257: high}),
        "tiff of a billion pixels, big-endian": tiff(grey | {256: wide, 257: high}, order=">"),
        "gif of 4 billion pixels": gif(65_535, 65_535),
        "gif whose first frame has a billion pixels": gif(10, 10, frame=(50_000, 20_000)),
        "webp canvas of 281 trillion pixels": riff(b"VP8X", b"\x10\0\0\0" + b"\xff" * 6),
        "webp lossless of 268 million pixels": riff(b"VP8L", vp8l),
        "avif that claims a billion pixels": patch_ispe(honest_files()["avif"], wide, high),
        "avif whose stream has 4 billion pixels": patch_av1_size(honest_files()["avif"]),
        "heic that claims a billion pixels": patch_ispe(honest_files()["heic"], 31_000, 32_000),
        "png of 50,000,001 pixels": png(50_000_001, 1, b""),
        "more than 20 MB": honest_files()["jpeg"] + bytes(20 << 20),
    }


def costly_files() -> dict[str, bytes]:
    """Small pictures, honest about their size, that would take minutes or gigabytes to read."""
    jpeg = encode(Image.new("L", (64, 64)), "JPEG", progressive=True)
    scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    text = chunk(b"zTXt", b"key\0\0" + zlib.compress(bytes(1_000_000)))
    profile = chunk(b"iCCP", b"icc\0\0" + zlib.compress(bytes(30_000_000)))
    picture = honest_files()["png"]
    exif = tiff({0x0112: 6, 282: (5, 100_000, 8)})
    return {
        "jpeg with 101 more scans": jpeg[:-2] + 101 * scan + jpeg[-2:],
        "jpeg with exif of 100,000 fractions": with_exif(b"Exif\0\0" + exif),
        "jpeg with exif in exif": with_exif(500 * b"Exif\0\0" + exif),
        "png with 100,001 chunks": picture[:33] + 100_001 * chunk(b"abCd", b"") + picture[33:],
        "png with 80 MB of packed text": picture[:33] + 80 * text + picture[33:],
        "png with a packed profile of 30 MB": picture[:33] + profile + picture[33:],
        "gif with 100,001 comments": gif(8, 8, before=100_001 * b"!\xfe\1a\0"),
        "tiff with 100,000 fractions": tiff({256: 8, 257: 8, 282: (5, 100_000, 8)}),
        "tiff with 10 million offsets": tiff({256: 8, 257: 8, 273: (4, 10_000_000, 8)}),
        "tiff with a tile of 2 billion pixels": tiff(
            {256: 64, 257: 64, 258: 8, 259: 5, 262: 1, 322: 46_000, 323: 46_000, 324: 8, 325: 99}
        ),
        "tiff whose directory has 4 billion entries": (
            b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 1 << 32) + bytes(1_400_000)
        ),
        "avif with 60,000 items": honest_files()["avif"].replace(
            b"iinf\0\0\0\0\0\1", b"iinf\0\0\0\0\xea\x60"
        ),
    }


def broken_files() -> dict[str, bytes]:
    """Files that begin like a picture and are none, or are damaged in one place."""
    whole = honest_files()
    png_data, heic = bytearray(whole["png"]), whole["heic"]
    png_data[60] ^= 255
    return {
        "jpeg signature alone": b"\xff\xd8\xff\xe0",
        "jpeg signature, then a zip": b"\xff\xd8\xff\xe0" + b"PK\x03\x04" + bytes(400),
        "jpeg without a scan": b"\xff\xd8\xff\xd9",
        "jpeg of 0 x 0 pixels": _jpeg_with_size(0, 0),
        "png signature alone": b"\x89PNG\r\n\x1a\n",
        "png signature, then html": b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>",
        "png with a wrong checksum": bytes(png_data),
        "png of 0 x 0 pixels": png(0, 0, zlib.compress(b"")),
        "png without pixels": png(8, 8, b""),
        "png whose pixels are noise": png(64, 64, bytes(range(256))),
        "gif that is a script": b"GIF89a\1\0\1\0=1;alert(document.domain)//",
        "gif without a frame": b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0, 0, 0) + b";",
        "gif with impossible codes": gif(8, 8, code_bits=200),
        "gif of 0 x 0 pixels": gif(0, 0, frame=(0, 0)),
        "bmp of 0 x 0 pixels": bmp(0, 0),
        "bmp with 13 bits a pixel": bmp(8, 8, bits=13),
        "bmp with an unknown compression": bmp(8, 8, compression=77),
        "tiff without tags": tiff({}),
        "tiff that points beyond its end": b"II*\0\xff\xff\xff\x7f",
        "tiff with an unknown compression": tiff({256: 8, 257: 8, 259: 31_337}),
        "tiff with 200 samples a pixel": tiff({256: 8, 257: 8, 277: 200}),
        "webp with noise for pixels": riff(b"VP8 ", bytes(6) + b"\x10\0\x10\0" + b"\x55" * 90),
        "webp without a picture": riff(b"ANIM", bytes(6)),
        "avif without boxes": b"\0\0\0\x14ftypavif\0\0\0\0avif",
        "avif with a box that ends before it begins": whole["avif"].replace(
            b"\0\0\0\x21hdlr", b"\0\0\0\x03hdlr"
        ),
        "heic without boxes": b"\0\0\0\x14ftypheic\0\0\0\0heic",
        "heic with an item of no text type": (FIXTURES / "turned.heic")
        .read_bytes()
        .replace(b"Exif\0", b"E\xff\xfe\x80\0", 1),
        "heic whose picture is missing": heic.replace(b"hvc1", b"hvc9"),
    }


def other_files() -> dict[str, bytes]:
    """Files that are no picture at all, or one that the engine does not read."""
    jpeg = honest_files()["jpeg"]
    return {
        "nothing": b"",
        "one byte": b"\xff",
        "zeros": bytes(4096),
        "text": b"This is not a picture.\n",
        "text that begins like a bmp": b"BMW and other makers of motor cars, a list\n",
        "html": b"<!doctype html><title>picture.jpg</title>",
        "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "svg that reads a file": b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        "pdf around a jpeg": b"%PDF-1.7\n1 0 obj\nstream\n" + jpeg + b"\nendstream\n%%EOF",
        "zip around a jpeg": b"PK\x03\x04" + bytes(26) + jpeg,
        "html before a jpeg": b"<script>1</script>" + jpeg,
        "windows program": b"MZ\x90\x00" + bytes(60),
        "linux program": b"\x7fELF\x02\x01\x01" + bytes(60),
        "gzip": b"\x1f\x8b\x08" + bytes(20),
        "mp4 film": b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
        "wave sound": b"RIFF\x24\0\0\0WAVEfmt " + bytes(24),
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "photoshop": b"8BPS\0\1" + bytes(40),
        "icon": b"\0\0\1\0\1\0\x10\x10" + bytes(40),
        "fits": b"SIMPLE  =                    T" + bytes(80),
        "portable pixmap": b"P6 100000 100000 255\n",
        "jpeg 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40),
        "jpeg xl": b"\xff\x0a" + bytes(40),
        "sqlite": b"SQLite format 3\0" + bytes(80),
        "pickle": b"\x80\x04\x95\x0b\0\0\0\0\0\0\0\x8c\x05posix\x94.",
    }


# --- makers of headers -----------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def png(width: int, height: int, pixels: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def bmp(width: int, height: int, bits: int = 24, compression: int = 0) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 1_000, 0, 0, 54) + header + bytes(200)


def tiff(tags: dict[int, int | tuple[int, int, int]], order: str = "<") -> bytes:
    """A directory of LONG tags; one with another type or count is (type, count, value)."""
    entries = b""
    for tag, value in sorted(tags.items()):
        kind, count, number = value if isinstance(value, tuple) else (4, 1, value)
        entries += struct.pack(order + "HHII", tag, kind, count, number)
    magic = b"II*\0" if order == "<" else b"MM\0*"
    head = magic + struct.pack(order + "IH", 8, len(tags))
    return head + entries + bytes(200)


def gif(width, height, *, frame=None, before=b"", code_bits=8) -> bytes:
    screen = struct.pack("<HHBBB", width, height, 0, 0, 0)
    picture = b"," + struct.pack("<HHHHB", 0, 0, *(frame or (width, height)), 0)
    return b"GIF89a" + screen + before + picture + bytes([code_bits]) + b"\x02\x4c\x01\0;"


def riff(kind: bytes, data: bytes) -> bytes:
    body = b"WEBP" + kind + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def with_exif(exif: bytes) -> bytes:
    """A JPEG file with this EXIF segment."""
    jpeg = encode(draw_picture(), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return jpeg[:2] + segment + jpeg[2:]


def patch_ispe(data: bytes, width: int, height: int) -> bytes:
    """Let the container of an AVIF or HEIC file claim another size."""
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def patch_av1_size(data: bytes) -> bytes:
    """Let the stream in an AVIF file claim 65,536 x 65,536 pixels; the container stays modest."""
    unit = data.index(b"\x12\x00\x0a", data.index(b"mdat"))
    bits = "000" + "1" + "1" + "00000" + "1111" + "1111" + 32 * "1"
    header = int(bits.ljust(56, "0"), 2).to_bytes(7, "big")
    return data[: unit + 4] + header + data[unit + 11 :]


def _jpeg_with_size(width: int, height: int) -> bytes:
    jpeg = bytearray(encode(draw_picture(), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(jpeg)

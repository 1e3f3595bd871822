"""Picture formats, told by their bytes alone: names and file endings are not to be trusted."""

from enum import Enum

_BMP_HEADER_BYTES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_HEIF_BRANDS = frozenset({b"mif1", b"msf1"})


class Format(Enum):
    """A format that the engine reads: Pillow's name for it and its media type."""

    JPEG = ("JPEG", "image/jpeg")
    PNG = ("PNG", "image/png")
    WEBP = ("WEBP", "image/webp")
    TIFF = ("TIFF", "image/tiff")
    BMP = ("BMP", "image/bmp")
    GIF = ("GIF", "image/gif")
    AVIF = ("AVIF", "image/avif")
    HEIC = ("HEIF", "image/heic")

    def __init__(self, pillow_name: str, media_type: str) -> None:
        self.pillow_name = pillow_name
        self.media_type = media_type


_SIGNATURES = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"II+\x00", Format.TIFF),  # BigTIFF
    (b"MM\x00+", Format.TIFF),
)

_OTHERS = (  # in small letters
    (b"%pdf", "a PDF document"),
    (b"pk\x03\x04", "a ZIP archive or an Office document"),
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<svg", "an SVG drawing"),
)
_HEAD_BYTES = 512
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b")


def sniff(data: bytes) -> Format | None:
    """Name the format of a file by its first bytes; None when it is none of ours."""
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADER_BYTES:
        return Format.BMP
    if data[4:8] == b"ftyp":
        return _sniff_brands(data)
    return None


def name_other(data: bytes) -> str:
    """Say what a file is that is no picture of ours, without repeating anything of it."""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, name in _OTHERS:
        if head.startswith(signature):
            return name
    if head.startswith(b"<?xml") and b"<svg" in head:
        return "an SVG drawing"
    if data[4:8] == b"ftyp":
        return "a film"
    return "bytes of no known format" if _CONTROLS.intersection(head) else "text"


def _sniff_brands(data: bytes) -> Format | None:
    """Tell AVIF from HEIC by the brands of an ISO media file; a film has neither."""
    box_bytes = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12]} | {data[at : at + 4] for at in range(16, box_bytes, 4)}
    if data[8:12] in _HEIC_BRANDS:
        return Format.HEIC
    if brands & _AVIF_BRANDS:
        return Format.AVIF
    if brands & (_HEIC_BRANDS | _HEIF_BRANDS):
        return Format.HEIC
    return None

"""Words as bytes: what is kept of each reference image's text, at most 3 KB.

Version 1, big-endian: one byte of version, then for each word its line (1 byte), confidence in
255ths (1), corners as x, y in pixels (8 signed numbers of 2 bytes), length of the text (1) and the
text (UTF-8); all but the first byte compressed by zlib.
"""

import struct
import zlib
from collections.abc import Sequence

from engine.embed.text.words import Word
from engine.errors import CatalogError

MAX_BYTES = 3072
_VERSION = 1
_HEAD = struct.Struct(">BB8hB")
_TEXT_MAX_BYTES = 120
_PIXEL_MAX = 32_767
_INFLATED_MAX_BYTES = 64 * MAX_BYTES


def pack_words(words: Sequence[Word]) -> bytes:
    """Return words as bytes; of too many, the surest and longest stay."""
    kept = list(words)
    while len(packed := _packed(kept)) > MAX_BYTES:
        ranked = sorted(kept, key=lambda word: word.confidence * len(word.text), reverse=True)
        dropped = set(map(id, ranked[len(ranked) * 4 // 5 :]))
        kept = [word for word in kept if id(word) not in dropped]
    return packed


def unpack_words(packed: bytes) -> list[Word]:
    """Return the words that `pack_words` packed; confidences lose digits, corners fractions.

    Raises
    ------
    CatalogError
        If the bytes are no words, or of another version.
    """
    if packed[:1] != bytes([_VERSION]):
        raise CatalogError(f"stored words have the version {packed[:1].hex()!r}; reindex")
    try:
        data = zlib.decompressobj().decompress(packed[1:], _INFLATED_MAX_BYTES)
        return _unpacked(data)
    except (zlib.error, struct.error, UnicodeDecodeError) as error:
        raise CatalogError(f"stored words are damaged ({error}); reindex") from error


def _packed(words: Sequence[Word]) -> bytes:
    data = b"".join(map(_pack_word, words))
    return bytes([_VERSION]) + zlib.compress(data, 9)


def _pack_word(word: Word) -> bytes:
    text = word.text.encode()[:_TEXT_MAX_BYTES].decode(errors="ignore").encode()
    corners = [max(min(round(n), _PIXEL_MAX), -_PIXEL_MAX) for point in word.box for n in point]
    head = _HEAD.pack(min(word.line, 255), round(word.confidence * 255), *corners, len(text))
    return head + text


def _unpacked(data: bytes) -> list[Word]:
    words, at = [], 0
    while at < len(data):
        line, confidence, *corners, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        box = tuple((float(corners[i]), float(corners[i + 1])) for i in range(0, 8, 2))
        words.append(Word(data[at : at + size].decode(), box, confidence / 255, line))
        at += size
    return words

"""Tokens: the words of a pack as a lexicon compares them, each with its place."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from engine.embed.text.folding import plain

_LETTERS = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0e7f][^\W\d_]*)*")
"""Letters; vowel signs of the Indic scripts and of Thai are marks, and belong to the word."""
_TEXT_MAX = 20_000
"""Characters that are looked at: no pack shows more, a hostile text may."""
_SINGLE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


@dataclass(frozen=True)
class Token:
    """A run of letters in the text of a pack."""

    word: str
    """Composed, without case."""
    start: int
    end: int


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; digits and apostrophes part them."""
    for match in _LETTERS.finditer(text[:_TEXT_MAX]):
        yield Token(caseless(match[0]), match.start(), match.end())


def caseless(word: str) -> str:
    """Return a word composed and without case; `İ` loses the dot that lower case would add."""
    lowered = unicodedata.normalize("NFC", word.replace("İ", "i").casefold())
    return lowered.replace("\u0307", "")


def without_accents(word: str) -> str:
    """Return a word as a reader that loses accents would give it: `mjölk` is `mjolk`."""
    return plain(word).translate(_SINGLE)

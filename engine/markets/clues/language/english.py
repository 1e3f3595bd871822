"""English: on packs of every country as decoration, and in earnest where nothing else is said."""

from collections.abc import Sequence
from functools import cache

from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.tokens import Token, caseless
from engine.markets.clues.table import read_table

ENGLISH = "en"
_PLAIN_GROUPS = ("food", "goods", "household", "label", "nutrition", "wording")
"""Groups of the lexicon whose words name goods or say how to use them: claims and flavours are in
English on packs of every country."""
_FOREIGN_MIN = 1.2
_FOREIGN_TIMES = 2.5
"""Evidence from which a word is of another language: so much, and so many times the English."""


def is_plain_english(tokens: Sequence[Token]) -> bool:
    """Say whether a word names goods in English, and none is clearly of another language."""
    is_plain = any(token.word in _plain_words() for token in tokens)
    return is_plain and not any(_is_foreign(token) for token in tokens)


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(
        caseless(word)
        for row in read_table("language_words")
        if row["language"] == ENGLISH and row["group"] in _PLAIN_GROUPS
        for word in row["words"].split()
    )


def _is_foreign(token: Token) -> bool:
    """Say whether a word speaks clearly for other languages than English."""
    evidence = evidence_of(token.word)
    needed = max(_FOREIGN_MIN, _FOREIGN_TIMES * evidence.get(ENGLISH, 0.0))
    return max(evidence.values(), default=0.0) >= needed

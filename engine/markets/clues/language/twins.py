"""Twins: a word beside itself in English, as labels of two languages print it: `COTTON / COTON`."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from engine.markets.clues.language.english import ENGLISH
from engine.markets.clues.language.lexicon import Lexicon
from engine.markets.clues.language.speech import Speech
from engine.markets.clues.language.tokens import Token, tokens_of, without_accents

_LETTERS_MIN = 5
_EDITS_MAX = 2
_TEXT_TOKENS_MAX = 40
"""Words of a label with twins: on a pack with more, English words are like others by chance."""


def english_twins(text: str, speech: Speech) -> tuple[Token, ...]:
    """Return the English words that say what a language says; none if a word of it lacks one."""
    tokens = list(tokens_of(text))
    if len(tokens) > _TEXT_TOKENS_MAX:
        return ()
    twins = [next(_twins(token, tokens), None) for token in speech.long_tokens]
    return tuple(twin for twin in twins if twin) if all(twins) else ()


def _twins(token: Token, tokens: Sequence[Token]) -> Iterator[Token]:
    for other in tokens:
        if _is_english_alone(other.word) and _are_alike(other.word, token.word):
            yield other


def _is_english_alone(word: str) -> bool:
    return Lexicon.of_packs().languages.get(word) == {ENGLISH}


def _are_alike(english: str, word: str) -> bool:
    is_long = min(len(english), len(word)) >= _LETTERS_MIN
    bare = without_accents(word)
    return is_long and Levenshtein.distance(english, bare, score_cutoff=_EDITS_MAX) <= _EDITS_MAX

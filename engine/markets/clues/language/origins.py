"""Origins: `Made in China / Fabriqué en Chine` says in each of its languages only who made it.

An export pack says it in the languages of half the world, whatever else it says in one of them.
Said once, it is as good as any other words of a language.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from engine.markets.clues.language.tokens import Token, tokens_of, without_accents
from engine.markets.clues.table import read_table

Words = tuple[str, ...]

_PHRASES_MIN = 2
_GAP_MAX = 8
"""Characters between such a phrase and the country, whose name belongs to it."""


def spans_of_origins(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where phrases of origin stand with their countries, if several different ones do."""
    found = list(_phrases(tokens))
    is_repeated = len({words for words, _ in found}) >= _PHRASES_MIN
    return [span for _, span in found] if is_repeated else []


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[Words, tuple[int, int]]]:
    bare = [without_accents(token.word) for token in tokens]
    for at, word in enumerate(bare):
        for words in _starting_with().get(word, ()):
            end = at + len(words)
            if tuple(bare[at:end]) == words:
                yield words, (tokens[at].start, _end_of_country(tokens, end))


def _end_of_country(tokens: Sequence[Token], end: int) -> int:
    last = tokens[end - 1]
    if end < len(tokens) and tokens[end].start - last.end <= _GAP_MAX:
        return tokens[end].end
    return last.end


@cache
def _starting_with() -> Mapping[str, list[Words]]:
    """Index the phrases by their first word, accents left out."""
    index: dict[str, list[Words]] = {}
    for row in read_table("origin"):
        words = tuple(without_accents(token.word) for token in tokens_of(row["phrase"]))
        if words:
            index.setdefault(words[0], []).append(words)
    return index

"""Names: cities, countries and web addresses in a text, whose words say nothing of its language.

`Dunatea Kft., Kikötő út 3, Debrecen, www.dunatea.hu` stands on packs in any language.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from engine.markets.clues.language.origins import spans_of_origins
from engine.markets.clues.language.tokens import Token, tokens_of
from engine.markets.clues.table import read_table

Words = tuple[str, ...]

_TABLES = (("cities", "cities"), ("endonyms", "names"))
_ADDRESS = re.compile(r"[\w-]{1,40}(?:[.@][\w-]{1,40}){1,6}")
_ZONE_LETTERS = (2, 3)
_NAME_LETTERS_MIN = 4
_TEXT_MAX = 20_000


def tokens_beside_names(text: str) -> list[Token]:
    """Return the words of a text that belong to no such name, nor to origins, in order."""
    tokens = list(tokens_of(text))
    kept, reach = [], 0
    names = [*_places(text, tokens), *_addresses(text), *spans_of_origins(tokens)]
    spans = deque(sorted(names))
    for token in tokens:
        while spans and spans[0][0] <= token.start:
            reach = max(reach, spans.popleft()[1])
        if token.start >= reach:
            kept.append(token)
    return kept


def _places(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where names of cities, and of countries in their own words, stand."""
    for at, token in enumerate(tokens):
        if not text[token.start].isupper():
            continue
        for words in _names().get(token.word, ()):
            found = tokens[at : at + len(words)]
            if tuple(each.word for each in found) == words:
                yield token.start, found[-1].end


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where `bravo.se` and `info@bravo.com` stand, whose last part is a domain's."""
    for match in _ADDRESS.finditer(text[:_TEXT_MAX]):
        zone = re.split(r"[.@]", match[0])[-1]
        if len(zone) in _ZONE_LETTERS and zone.isalpha() and zone.islower():
            yield match.span()


@cache
def _names() -> Mapping[str, list[Words]]:
    """Index names by their first word; short ones are words of some language."""
    index: dict[str, list[Words]] = {}
    for table, column in _TABLES:
        for row in read_table(table):
            for name in row[column].split("|"):
                words = tuple(token.word for token in tokens_of(name))
                if sum(map(len, words)) >= _NAME_LETTERS_MIN:
                    index.setdefault(words[0], []).append(words)
    return index

"""Cities by country: what stands beside a postcode, or after the words that announce an address."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from engine.markets.clues.phrases import Key, keys_of
from engine.markets.clues.rule import Span
from engine.markets.clues.table import read_table

Words = tuple[str, ...]


def cities_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[Span, set[str]]]:
    """Return the cities that a part of a text names, each with the countries that have it."""
    keys = list(keys_of(text[start:end]))
    found: list[tuple[Span, set[str]]] = []
    for at in range(len(keys)):
        if name := _longest_name(keys, at):
            length, countries = name
            found.append(
                ((start + keys[at].start, start + keys[at + length - 1].end), set(countries))
            )
    return found


def _longest_name(keys: list[Key], at: int) -> tuple[int, frozenset[str]] | None:
    fitting = [
        (len(words), countries)
        for words, countries in _names().get(keys[at].text, ())
        if tuple(key.text for key in keys[at : at + len(words)]) == words
    ]
    return max(fitting, key=lambda name: name[0], default=None)


@cache
def _names() -> Mapping[str, list[tuple[Words, frozenset[str]]]]:
    meanings: dict[Words, set[str]] = defaultdict(set)
    for row in read_table("cities"):
        for city in row["cities"].split("|"):
            if words := tuple(key.text for key in keys_of(city)):
                meanings[words].add(row["country"])
    index: dict[str, list[tuple[Words, frozenset[str]]]] = defaultdict(list)
    for words, countries in meanings.items():
        index[words[0]].append((words, frozenset(countries)))
    return index

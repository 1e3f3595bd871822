"""Names of countries in the languages of packs, found in a text."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from engine.markets.clues.language.evidence import languages
from engine.markets.clues.phrases import Key, keys_of
from engine.markets.clues.rule import Span
from engine.markets.clues.table import read_table

_COUNTRY_LETTERS = 2

Words = tuple[str, ...]


def countries_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[Span, str]]:
    """Return the countries that a part of a text names, in order, the longest name of each."""
    keys = list(keys_of(text[start:end]))
    found: list[tuple[Span, str]] = []
    at = 0
    while at < len(keys):
        name = _longest_name(keys, at, _names())
        if name is not None:
            length, country = name
            found.append(((start + keys[at].start, start + keys[at + length - 1].end), country))
            at += length
        else:
            at += 1
    return found


def _longest_name(
    keys: list[Key], at: int, names: Mapping[str, list[tuple[Words, str]]]
) -> tuple[int, str] | None:
    fitting = [
        (len(words), country)
        for words, country in names.get(keys[at].text, ())
        if tuple(key.text for key in keys[at : at + len(words)]) == words
    ]
    return max(fitting, default=None)


@cache
def _names() -> Mapping[str, list[tuple[Words, str]]]:
    """Index names by their first word; one that means two countries is left out."""
    meanings: dict[Words, set[str]] = defaultdict(set)
    for country, name in [*_names_of_cldr(), *_names_of_table()]:
        words = tuple(key.text for key in keys_of(name))
        if words:
            meanings[words].add(country)
    index: dict[str, list[tuple[Words, str]]] = defaultdict(list)
    for words, countries in meanings.items():
        if len(countries) == 1:
            index[words[0]].append((words, next(iter(countries))))
    return index


def _names_of_cldr() -> Iterator[tuple[str, str]]:
    for language in languages():
        try:
            locale = Locale.parse(language, sep="-")
        except UnknownLocaleError:
            continue
        for code, name in locale.territories.items():
            if len(code) == _COUNTRY_LETTERS and code.isalpha() and code not in ("EU", "UN", "EZ"):
                yield code, str(name)


def _names_of_table() -> Iterator[tuple[str, str]]:
    for row in read_table("country_forms"):
        for form in row["forms"].split("|"):
            yield row["country"], form

"""Names of countries in the languages of packs, found in a text."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile

from babel import Locale
from babel.core import UnknownLocaleError

from engine.markets.clues.language.evidence import languages
from engine.markets.clues.language.letters import script_languages
from engine.markets.clues.phrases import Key, keys_of
from engine.markets.clues.rule import Span
from engine.markets.clues.table import read_table

_COUNTRY_LETTERS = 2
_SHORT_LETTERS_MAX = 3
"""Names of so few letters count only where the table of forms has them."""
_CUT_LETTERS_MIN = 4
_CUT_LETTERS_MAX = 3
"""Letters that are left of a name that was cut off, and letters that it may have lost."""

Words = tuple[str, ...]


def countries_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[Span, str]]:
    """Return the countries that a part of a text names, in order, the longest name of each."""
    keys = list(keys_of(text[start:end]))
    found: list[tuple[Span, str]] = []
    at = 0
    while at < len(keys):
        name = _longest_name(keys, at, _names())
        if name is not None and _is_written_out(text, start, keys[at : at + name[0]]):
            length, country = name
            found.append(((start + keys[at].start, start + keys[at + length - 1].end), country))
            at += length
        else:
            at += 1
    return found


def cut_off_country(text: str, start: int, end: int) -> tuple[Span, str] | None:
    """Return the country whose name begins with the first word of a part of a text, if one does.

    A crop, a bend or a finger takes the end of a line away: `Chin` at its end is China.
    """
    line = text[start:end].partition("\n")[0]
    keys = list(keys_of(line))
    if len(keys) != 1 or len(keys[0].text) < _CUT_LETTERS_MIN or not line[keys[0].start].isupper():
        return None
    names = _single_words()
    word, first = keys[0].text, bisect_left(names, (keys[0].text, ""))
    longer = list(takewhile(lambda name: name[0].startswith(word), names[first:]))
    countries = {country for _, country in longer}
    lost = min((len(name) - len(word) for name, _ in longer), default=_CUT_LETTERS_MAX + 1)
    if len(countries) != 1 or lost > _CUT_LETTERS_MAX:
        return None
    return (start + keys[0].start, start + keys[0].end), countries.pop()


def _is_short(name: str) -> bool:
    """Say whether a name is easily another word: `Cad.`, a Turkish street, is not Chad."""
    letters = "".join(filter(str.isalpha, name))
    return len(letters) <= _SHORT_LETTERS_MAX and not script_languages(letters)


@cache
def _single_words() -> list[tuple[str, str]]:
    """Return the names of one word with their countries, in alphabetical order."""
    named = (pair for pairs in _names().values() for pair in pairs)
    return sorted((words[0], country) for words, country in named if len(words) == 1)


def _is_written_out(text: str, start: int, keys: list[Key]) -> bool:
    """Say whether a name is no short one, or written as one begins: `UK`, `Çin`, not `us`."""
    name = text[start + keys[0].start : start + keys[-1].end]
    return not _is_short(name) or name[0].isupper()


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
    short = set(_names_of_table())
    for country, name in [*_names_of_cldr(), *short]:
        words = tuple(key.text for key in keys_of(name))
        if words and (not _is_short(name) or (country, name) in short):
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

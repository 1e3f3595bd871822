"""Importers and distributors: the line that says who brought the goods to a market.

The country that is named after the announcing words counts, else the one of a city there, else
those whose packs use the wording.
"""

from bisect import bisect_left
from collections.abc import Iterator

from engine.markets.clues.cities import cities_in
from engine.markets.clues.clue import Clue
from engine.markets.clues.countries_named import countries_in
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import Found, phrase_book
from engine.markets.clues.rule import Rule, Span
from engine.markets.clues.table import strengths
from engine.markets.facts import Fact

_KIND = "importer"
_REACH = 160
"""Characters in which a name and an address follow."""


def read_importer(pack: PackText) -> list[Clue]:
    """Return one clue for each line that names an importer or distributor."""
    return [clue for found, end in _lines(pack.text) if (clue := _clue(pack, found, end))]


def _lines(text: str) -> Iterator[tuple[Found, int]]:
    """Yield announcing words, and where the line ends.

    That is at the next ones, at those that announce where the goods were made, or out of reach.
    """
    found = _longest_of_each_place(sorted(phrase_book(_KIND).find(text), key=lambda one: one.span))
    origins = [one.span[0] for one in phrase_book("origin").find(text)]
    starts = sorted([*(one.span[0] for one in found), *origins])
    for one in found:
        following = bisect_left(starts, one.span[1])
        end = starts[following] if following < len(starts) else len(text)
        yield one, min(end, one.span[1] + _REACH)


def _longest_of_each_place(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.span[0] - one.span[1], one.span[0])):
        if all(one.span[1] <= k.span[0] or k.span[1] <= one.span[0] for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


def _clue(pack: PackText, found: Found, end: int) -> Clue | None:
    row, start = found.row, found.span[1]
    countries, span, how = _countries(pack.text, found, start, end)
    if not countries:
        return None
    rule = Rule(_KIND, f"importer {row['phrase']}, {how}", Fact.MARKET, row["source"])
    return rule.clue(pack, span, row["phrase"], countries)


def _countries(text: str, found: Found, start: int, end: int) -> tuple[dict[str, float], Span, str]:
    """Say which countries a line speaks for, how far it reaches, and why."""
    if named := countries_in(text, start, end):
        (_, stop), country = named[0]
        return {country: 1.0}, (found.span[0], stop), "country"
    usual = strengths(found.row["countries"])
    for (_, stop), places in cities_in(text, start, end):
        fitting = sorted(places & usual.keys()) or sorted(places)
        if len(fitting) == 1:
            return {fitting[0]: 1.0}, (found.span[0], stop), "city"
    return usual, found.span, "wording"

"""What stands around a price: a country's mark, a tax, the same in other money.

`inkl. moms` beside a price in crowns leaves two countries of four; a magazine prints what it costs
in each country where it is sold, the one that it is made for first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import phrase_book
from engine.markets.clues.rule import Span
from engine.markets.clues.table import read_table, strengths

Priced = tuple[Span, Clue]

_TAX_REACH = 30
_MARK_REACH = 12
_GAP_MAX = 40
"""Characters between two prices of one list, in which a country may be named: a design choice."""
_LIST_MAX = 300
"""Characters of the longest list of prices, a dozen countries: a design choice."""
_FIRST_COUNTS = 2.0
"""The first of several prices is that of the home market, as far as any is: a design choice."""


def in_context(pack: PackText, found: Sequence[Priced]) -> list[Clue]:
    """Return prices with the countries that their surroundings leave them, in order of place."""
    marked = _marked(pack.text, found)
    taxed = [(span, _taxed(pack.text, span, clue)) for span, clue in marked]
    return _gathered(pack, taxed)


@dataclass(frozen=True)
class _Mark:
    signs: tuple[str, ...]
    place: str
    pattern: re.Pattern[str]
    countries: dict[str, float]

    def widened(self, text: str, span: Span, free_from: int) -> Span | None:
        """Return a price's place together with the mark, if it stands beside it."""
        start, end = span
        if self.place == "after":
            match = self.pattern.match(text, end)
            return match and (start, match.end())
        match = self.pattern.search(text, max(start - _MARK_REACH, free_from), start)
        return match and (match.start(), end)


def _marked(text: str, found: Sequence[Priced]) -> Iterator[Priced]:
    """Give prices to the countries whose marks stand beside them: `€ 3,60 (A)`, `$6.99 CAN`.

    Each mark is of one price: in `$5.99 US $6.99 CAN` the first has taken the mark that stands
    before the second.
    """
    free_from = 0
    for span, clue in found:
        widened, countries = _mark_beside(text, span, clue, free_from) or (span, clue.countries)
        free_from = widened[1]
        yield widened, replace(clue, text=text[slice(*widened)], countries=countries)


def _mark_beside(
    text: str, span: Span, clue: Clue, free_from: int
) -> tuple[Span, Mapping[str, float]] | None:
    for mark in _marks():
        if clue.value.endswith(mark.signs) and (widened := mark.widened(text, span, free_from)):
            return widened, mark.countries
    return None


@cache
def _marks() -> tuple[_Mark, ...]:
    """Return the marks, those before a price first: `US $5.99 CAN $6.99` has one after it too."""
    return tuple(
        _Mark(
            signs=tuple(f" {sign}" for sign in row["sign"].split("|")),
            place=place,
            pattern=re.compile(form.format(mark=row[place])),
            countries=strengths(row["countries"]),
        )
        for place, form in (
            ("before", r"(?<!\w)(?:{mark})\.? ?$"),
            ("after", r" ?(?:{mark})(?!\w)"),
        )
        for row in read_table("price_mark")
        if row[place]
    )


def _taxed(text: str, span: Span, clue: Clue) -> Clue:
    """Leave a price to the countries of the tax that is named beside it, where there are any."""
    for tax in _taxes_near(text, span):
        left = {
            country: share * tax[country]
            for country, share in clue.countries.items()
            if country in tax
        }
        if total := sum(left.values()):
            clue = replace(clue, countries={at: share / total for at, share in left.items()})
    return clue


def _taxes_near(text: str, span: Span) -> Iterator[Mapping[str, float]]:
    start = max(span[0] - _TAX_REACH, 0)
    for found in phrase_book("price_tax").find(text[start : span[1] + _TAX_REACH]):
        yield strengths(found.row["countries"])


def _gathered(pack: PackText, found: Sequence[Priced]) -> list[Clue]:
    """Return neighbours in the money of several places as one clue, other prices as they are."""
    return [clue for group in _neighbours(found) for clue in _joined(pack, group)]


def _neighbours(found: Sequence[Priced]) -> Iterator[Sequence[Priced]]:
    """Yield prices in groups that stand together, none longer than a list of them is printed."""
    first = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or not _stand_together(found[first], found[at - 1], found[at]):
            yield found[first:at]
            first = at


def _stand_together(first: Priced, last: Priced, following: Priced) -> bool:
    (start, end), _ = following
    return start - last[0][1] <= _GAP_MAX and end - first[0][0] <= _LIST_MAX


def _joined(pack: PackText, found: Sequence[Priced]) -> list[Clue]:
    """Return prices in the money of several places as one clue, others as they are."""
    if not _are_of_several_places([clue for _, clue in found]):
        return [clue for _, clue in found]
    (start, _), first = found[0]
    (_, end), _ = found[-1]
    return [
        replace(
            first,
            value=" + ".join(dict.fromkeys(clue.value for _, clue in found)),
            text=pack.text[start:end],
            countries=_shared([clue.countries for _, clue in found]),
            rule="prices of several places",
            box=pack.box(start, end),
            certainty=max(clue.certainty for _, clue in found),
        )
    ]


def _are_of_several_places(clues: Sequence[Clue]) -> bool:
    return any(
        one.countries.keys().isdisjoint(other.countries)
        for at, one in enumerate(clues)
        for other in clues[:at]
    )


def _shared(places: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Share one clue evenly over distinct places, the first of which counts more."""
    distinct = list({tuple(sorted(place.items())): place for place in places}.values())
    weights = [_FIRST_COUNTS, *[1.0] * (len(distinct) - 1)]
    shared: dict[str, float] = {}
    for weight, place in zip(weights, distinct, strict=True):
        for country, share in place.items():
            shared[country] = shared.get(country, 0.0) + weight * share / sum(weights)
    return shared

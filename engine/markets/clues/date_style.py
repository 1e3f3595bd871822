"""Date style: calendars that one country counts years by, and the order that few write dates in.

`31/12/2026` is written nearly everywhere, and `05/06/2026` cannot be told from its American
reading, so both say nothing; `12/31/2026` has its month first, `2026/12/31` its year. `2026-12-31`
is the ISO's and says nothing either.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_LIMITS = {"month": range(1, 13), "day": range(1, 32)}


@dataclass(frozen=True)
class _Style:
    rule: Rule
    countries: dict[str, float]
    years: range
    pattern: re.Pattern[str]

    def found_in(self, pack: PackText) -> Iterator[tuple[Span, Clue]]:
        for match in self.pattern.finditer(pack.text):
            if self._is_date(match.groupdict()):
                value = f"{self.rule.name} {int(match['year'])}"
                yield match.span(), self.rule.clue(pack, match.span(), value, self.countries)

    def _is_date(self, parts: dict[str, str]) -> bool:
        """Say whether year, month and day, as far as they are written, can be a date's."""
        limits = {**_LIMITS, "year": self.years}
        return all(int(digits) in limits[name] for name, digits in parts.items())


def read_date_style(pack: PackText) -> list[Clue]:
    """Return the dates of a pack that only some countries write so."""
    return without_overlaps([one for style in _styles() for one in style.found_in(pack)])


@cache
def _styles() -> tuple[_Style, ...]:
    return tuple(
        _Style(
            rule=Rule("date_style", row["name"], Fact.MARKET, row["source"]),
            countries=strengths(row["countries"]),
            years=range(int(row["first_year"]), int(row["last_year"]) + 1),
            pattern=re.compile(row["pattern"]),
        )
        for row in read_table("date_style")
    )

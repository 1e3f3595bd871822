"""Health marks: the plant that a food comes from, by the oval marks of Europe and their like.

A plant's country is an origin: fresh goods seldom travel far from it, others do. An oval mark is
`SE 1234 EC`, on one line or on three: a country's code, the plant's number, and the letters for
"European Community" in a language of that country. Letters of another country make a chance find.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.numbered import read_numbers
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table
from engine.markets.facts import Fact

_NUMBER = r"[0-9A-ZÅÄÖ](?:[ .\-/]?[0-9A-ZÅÄÖ]){1,13}"
_NUMBER_PARTS_MAX = 4
_WORD = re.compile(r"[A-ZÅÄÖ]{3}")
"""So many letters in a row are a word that stands between two codes, no number."""


@dataclass(frozen=True)
class _OvalMark:
    rule: Rule
    country: str
    pattern: re.Pattern[str]

    def found_in(self, pack: PackText) -> Iterator[tuple[Span, Clue]]:
        for match in self.pattern.finditer(pack.text):
            if _is_plant(match["number"]):
                value = f"{self.country} {match['number']}"
                yield match.span(), self.rule.clue(pack, match.span(), value, {self.country: 1.0})


def read_health_mark(pack: PackText) -> list[Clue]:
    """Return the health marks of a pack, oval ones first."""
    marks = without_overlaps([one for mark in _oval_marks() for one in mark.found_in(pack)])
    others = read_numbers("health_mark", pack)
    return marks + [clue for clue in others if not any(clue.text in mark.text for mark in marks)]


def _is_plant(number: str) -> bool:
    """Say whether what stands between code and letters can be the number of a plant."""
    has_digit = any(letter in "0123456789" for letter in number)
    n_parts = len(re.split(r"[ .\-/]", number))
    return has_digit and n_parts <= _NUMBER_PARTS_MAX and not _WORD.search(number)


@cache
def _oval_marks() -> tuple[_OvalMark, ...]:
    return tuple(
        _OvalMark(
            rule=Rule("health_mark", f"oval mark {row['country']}", Fact.ORIGIN, row["source"]),
            country=row["country"],
            pattern=_pattern(row["codes"], row["letters"]),
        )
        for row in read_table("health_mark_eu")
    )


def _pattern(codes: str, letters: str) -> re.Pattern[str]:
    """Return the pattern of a country's mark; beside digits the gaps may be lost in reading."""
    return re.compile(
        rf"(?<!\w)(?:{codes})(?:[\s.-]{{1,2}}|(?=[0-9]))(?P<number>{_NUMBER})"
        rf"(?:\s{{1,2}}|(?<=[0-9]))(?:{letters})(?!\w)(?! ?[0-9])"
    )

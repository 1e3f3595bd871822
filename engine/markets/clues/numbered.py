"""Numbers by table: codes of authorities, each with its form, its check digits, its label.

A table of them has the columns `name,countries,fact,labels,pattern,check,source`. A number counts
when its form fits, its check digits are right, and one of its labels stands before it, or on any
`side` of it where the row says `around`; a row without labels has a form that nothing else has.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from stdnum import ean
from stdnum.exceptions import ValidationError

from engine.markets.clues.clue import Clue
from engine.markets.clues.labels import Labels
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

Check = Callable[[str], bool]
FactAt = Callable[[str, int, Fact], Fact]
"""Which fact a number at a place of a text is, given what its row says."""


@dataclass(frozen=True)
class NumberRule:
    """A row of such a table."""

    rule: Rule
    countries: dict[str, float]
    labels: Labels | None
    pattern: re.Pattern[str]
    """Its first group is the number."""
    is_valid: Check
    is_label_around: bool = False
    """Whether the label may stand after the number too."""

    def found_in(self, pack: PackText, fact_at: FactAt) -> Iterator[tuple[Span, Clue]]:
        """Yield the numbers of a pack that pass."""
        for match in self.pattern.finditer(pack.text):
            number, span = match[1], match.span(1)
            if not self._is_announced(pack.text, span) or not self.is_valid(number):
                continue
            value = f"{self.rule.name} {' '.join(number.split())}"
            rule = replace(self.rule, fact=fact_at(pack.text, span[0], self.rule.fact))
            yield span, rule.clue(pack, span, value, self.countries)

    def _is_announced(self, text: str, span: Span) -> bool:
        if self.labels is None or self.labels.last_before(text, span[0]) is not None:
            return True
        return self.is_label_around and self.labels.found_near(text, *span)


def fact_of_row(_text: str, _at: int, fact: Fact) -> Fact:
    """Leave it at what the row says, wherever the number stands."""
    return fact


def read_numbers(kind: str, pack: PackText, fact_at: FactAt = fact_of_row) -> list[Clue]:
    """Return the numbers of a kind, whose table has its name, in order of place."""
    found = [one for rule in _rules(kind) for one in rule.found_in(pack, fact_at)]
    return without_overlaps(found)


@cache
def _rules(kind: str) -> tuple[NumberRule, ...]:
    return tuple(
        NumberRule(
            rule=Rule(kind, row["name"], Fact(row["fact"]), row["source"]),
            countries=strengths(row["countries"]),
            labels=Labels.of(row["labels"].split("|")) if row["labels"] else None,
            pattern=re.compile(row["pattern"]),
            is_valid=_check(row["check"]),
            is_label_around=row.get("side") == "around",
        )
        for row in read_table(kind)
    )


def _check(name: str) -> Check:
    """Return one of our checks, or that of a module of python-stdnum; none passes everything."""
    if not name:
        return lambda _: True
    if name in _CHECKS:
        return _CHECKS[name]
    module = import_module(f"stdnum.{name}")
    return lambda number: _passes(module.validate, number)


def _passes(validate: Callable[[str], object], number: str) -> bool:
    try:
        validate(number)
    except ValidationError:
        return False
    return True


def _pzn(number: str) -> bool:
    """Modulus 11 with weights 1 to 7; a remainder of 10 is never issued (IFA, PZN8 guide)."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    total = sum(weight * digit for weight, digit in enumerate(digits[:-1], start=1))
    return total % 11 == digits[-1]


def _ean(number: str) -> bool:
    return _passes(ean.validate, re.sub(r"\D", "", number))


_CHECKS: dict[str, Check] = {"pzn": _pzn, "ean": _ean}

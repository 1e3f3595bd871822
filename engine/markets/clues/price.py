"""Prices: the sign or code of a currency beside an amount.

A currency of one country is a strong clue, `kr`, `€` and `$` are shared: there the side of the
sign tells countries apart, and a little what parts the cents, as small print is misread.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from price_parser import Price

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_AMOUNT = r"(?!0[0-9])(?:[0-9]{1,3}(?:[ .,'][0-9]{3}){1,2}|[0-9]{1,6})(?:[.,:][0-9]{2})?(?:,-)?"
_CENTS = re.compile(r"[.,:][0-9]{2}$")
_THOUSANDS = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3}){1,2}$")
_NO_TIME = re.compile(r"^[0-9]{1,3}:[6-9][0-9]$")
_NEEDS: dict[str, Callable[[str], bool]] = {
    "": lambda _: True,
    "cents": lambda amount: _CENTS.search(amount) is not None,
    "thousands": lambda amount: _THOUSANDS.search(amount) is not None,
    "colon": lambda amount: ":" in amount,
    "comma": lambda amount: amount[-3:-2] == ",",
    "point": lambda amount: amount[-3:-2] in (".", ":"),
    "whole": lambda amount: _CENTS.search(amount) is None,
    "no time": lambda amount: _NO_TIME.search(amount) is not None,
}


@dataclass(frozen=True)
class _Sign:
    rule: Rule
    countries: dict[str, float]
    pattern: re.Pattern[str]
    is_price: Callable[[str], bool]

    def found_in(self, pack: PackText) -> Iterator[tuple[Span, Clue]]:
        for match in self.pattern.finditer(pack.text):
            written = match["amount"]
            amount = Price.fromstring(written.replace(":", ".")).amount
            if amount and self.is_price(written):
                value = f"{amount} {match['sign']}".strip()
                yield match.span(), self.rule.clue(pack, match.span(), value, self.countries)


def read_price(pack: PackText) -> list[Clue]:
    """Return the prices of a pack; where two readings overlap, the longer or more special one."""
    found = [one for sign in _signs() for one in sign.found_in(pack)]
    return without_overlaps(sorted(found, key=lambda one: len(one[1].countries)))


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(
        _Sign(
            rule=Rule("price", f"{row['sign']} {row['needs']}".strip(), Fact.MARKET, row["source"]),
            countries=strengths(row["countries"]),
            pattern=pattern,
            is_price=_NEEDS[row["needs"]],
        )
        for row in read_table("price")
        for pattern in _patterns(row["sign"], row["place"])
    )


def _patterns(sign: str, place: str) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of a sign before an amount, after it, or both; or of a mere amount."""
    if place == "alone":
        yield re.compile(rf"(?<![\w.,:/-])(?P<amount>{_AMOUNT})(?P<sign>)(?![\w.,:/-])")
        return
    named = f"(?P<sign>{re.escape(sign)})"
    first = r"(?<!\w)" if sign[0].isalpha() else r"(?<![\w$])"
    last = r"(?!\w)" if sign[-1].isalpha() else r"(?!\S)" if sign == ":-" else ""
    if place in ("before", "both"):
        yield re.compile(rf"{first}{named}[ ]?(?P<amount>{_AMOUNT})(?![0-9.,]*[0-9])")
    if place in ("after", "both"):
        start = r"(?<![0-9.,:/-])" if not sign[0].isalpha() else r"(?<![\w.,:/-])"
        yield re.compile(rf"{start}(?P<amount>{_AMOUNT})[ \n]?{named}{last}")

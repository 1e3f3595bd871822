"""Prices: the sign or code of a currency beside an amount.

A currency of one country is a strong clue, `kr`, `€` and `$` are shared: there the side of the
sign tells countries apart, what parts cents and thousands does a little, as small print is misread,
and so does what stands around the price (`price_context`). A scale of 1:64, a clock and a ratio
are no prices, nor is `Psalm 119:90`, so that Swedish `29:90` needs `kr` or the like on the pack.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from price_parser import Price

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.price_context import in_context
from engine.markets.clues.rule import Rule, Span, apart
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_AMOUNT = (
    r"(?!0[0-9])(?:[0-9]{1,3}(?:[ .,'][0-9]{3}){1,2}|[0-9]{1,6})"
    r"(?:[.,:][0-9]{2}|[.,][-–—]{1,2})?"
)
_CENTS = re.compile(r"(?:[.,:][0-9]{2}|[.,][-–—]{1,2})$")
_DASH = re.compile(r"^[0-9]{1,5},[-–—]{1,2}$")
_THOUSANDS = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3}){1,2}$")
_GROUPED = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3}){1,2},[0-9]{2}$")
_SPACED = re.compile(r"^[0-9]{1,3}(?: [0-9]{3}){1,2}(?:,[0-9]{2})?$")
_PENCE = re.compile(r"^(?!24|25|30|48|50|60|16|32|64|80|96)[1-9][0-9]$")
"""Of two digits, and neither frames a second of a film nor sheets of 16 pages."""
_RAPPEN = re.compile(r"(?:\.(?!05|10)[0-9][05]|[.,][-–—]{1,2})$")
"""Swiss cents are fives and tens; `Fr. 12.05` may be a Friday in May."""
_PAST_DEPOSITS = re.compile(r"^(?!25)(?:2[0-9]|[3-9][0-9])$")
"""Deposits are 5 to 25 cents."""
_NO_TIME = re.compile(r"(?<![\w.,:/-])(?!1:)[0-9]{1,3}:[6-9][0-9](?![\w.,:/-])")
"""More than 59 of them are no minutes; 1:64 is a scale."""
_CROWNS = re.compile(r"(?i)(?<![^\W\d])(?:kr|pris)(?!\w)|:-(?!\S)|/(?:kg|st)(?!\w)")
_NOTES = frozenset({"100", "200", "500", "1000", "1 000", "1.000", "1,000"})
_ROUND_SIGNS = frozenset(
    {"Ft", "円", "元", "¥", "￥", "원", "₩", "₫", "đ", "Rp", "Rp.", "₡", "₲", "FCFA", "تومان"}
    | {"HUF", "JPY", "KRW", "VND", "IDR"}
)
"""Signs of money without cents in daily life, whose prices are round sums."""
_NOTE_CERTAINTY = 0.3
"""A round sum and no more is on toy notes, vouchers and games: a design choice."""
_ALONE_CERTAINTY = 0.7
"""No sign at all: a design choice."""


def _is_no_time(match: re.Match[str]) -> bool:
    return _NO_TIME.fullmatch(match.string, *match.span("amount")) is not None


def _fits(pattern: re.Pattern[str]) -> Callable[[re.Match[str]], bool]:
    return lambda match: pattern.search(match["amount"]) is not None


_NO_TIME_NEEDED = "no time"
_NEEDS: dict[str, Callable[[re.Match[str]], bool]] = {
    "": lambda _: True,
    "cents": _fits(_CENTS),
    "thousands": _fits(_THOUSANDS),
    "grouped": _fits(_GROUPED),
    "spaced": _fits(_SPACED),
    "colon": lambda match: ":" in match["amount"] and not match["amount"].startswith("1:"),
    "rappen": _fits(_RAPPEN),
    "comma": lambda match: match["amount"][-3:-2] == ",",
    "point": lambda match: match["amount"][-3:-2] in (".", ":"),
    "whole": lambda match: _CENTS.search(match["amount"]) is None,
    "dash": _fits(_DASH),
    "pence": _fits(_PENCE),
    "past deposits": _fits(_PAST_DEPOSITS),
    _NO_TIME_NEEDED: _is_no_time,
}


@dataclass(frozen=True)
class _Sign:
    rule: Rule
    countries: dict[str, float]
    pattern: re.Pattern[str]
    is_price: Callable[[re.Match[str]], bool]
    needs_crowns: bool
    """Whether another price must show that the pack has Swedish money; its like does not, as
    verses of a book look alike too."""

    def found_in(self, pack: PackText) -> Iterator[tuple[Span, Clue]]:
        if self.needs_crowns and not _CROWNS.search(pack.text):
            return
        for match in self.pattern.finditer(pack.text):
            amount = Price.fromstring(match["amount"].replace(":", ".")).amount
            if amount and self.is_price(match):
                value = f"{amount} {match['sign']}".strip()
                clue = self.rule.clue(pack, match.span(), value, self.countries)
                yield match.span(), replace(clue, certainty=_certainty(match))


def read_price(pack: PackText) -> list[Clue]:
    """Return the prices of a pack; where two readings overlap, the longer or more special one.

    Prices in the money of several places are one clue, which is shared by these.
    """
    found = [one for sign in _signs() for one in sign.found_in(pack)]
    return in_context(pack, apart(sorted(found, key=lambda one: len(one[1].countries))))


def _certainty(match: re.Match[str]) -> float:
    if not match["sign"]:
        return _ALONE_CERTAINTY
    by_unit = "/" in match["sign"]
    is_round = match["amount"] in _NOTES and match["sign"] not in _ROUND_SIGNS
    return _NOTE_CERTAINTY if is_round and not by_unit else 1.0


@cache
def _signs() -> tuple[_Sign, ...]:
    return tuple(
        _Sign(
            rule=Rule("price", f"{row['sign']} {row['needs']}".strip(), Fact.MARKET, row["source"]),
            countries=strengths(row["countries"]),
            pattern=pattern,
            is_price=_NEEDS[row["needs"]],
            needs_crowns=row["needs"] == _NO_TIME_NEEDED,
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
    last = r"(?!\w)" if sign[-1].isalpha() or place == "joined" else ""
    if sign[0] == ":":
        last = r"(?!\S)"
    if place in ("before", "both"):
        yield re.compile(rf"{first}{named}[ ]?(?P<amount>{_AMOUNT})(?![0-9.,]*[0-9])")
    if place in ("after", "both", "joined"):
        gap = "" if place == "joined" else r"[ \n]?"
        yield re.compile(rf"{_start(sign)}(?P<amount>{_AMOUNT}){gap}{named}{last}")


def _start(sign: str) -> str:
    """Return what may not stand before an amount: a sign of its own; writing without spaces may."""
    is_latin = sign[0].isalpha() and not "\u3040" <= sign[0] <= "\ud7a3"
    own = r"(?<![£$€])(?<![£$€] )"
    return own + (r"(?<![\w.,:/-])" if is_latin else r"(?<![0-9.,:/-])")

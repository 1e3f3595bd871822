"""Deposit wording: a bottle or can that is paid back for was sold where that scheme runs.

English sells trousers as `Pant B`, so that the Nordic word counts at the start of a line, after a
sum or after words of prices, and the Danish letters beside a drink. American cans list the states
that pay back, in any order and number. `HI OR ME` is English and `CT, MI, OR` are provinces of
Italy: without a sum beside them states count only where a dash, a stroke or a dot joins them.
"""

import re
from collections.abc import Iterator

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import Found, read_phrases
from engine.markets.clues.rule import Rule
from engine.markets.facts import Fact

_KIND = "deposit"
_NORDIC = re.compile(r"(?i)pant(?!\w)")
_BEFORE_PANT = re.compile(
    r"(?i)(?:^|[^\w\s]|[0-9]|(?<!\w)(?:inkl|incl|ink|exkl|ekskl|eks|plus|og|och|med|retur|flask[ae]"
    r"|burk|boks|dåse|svensk|dansk|norsk|av|cl|ml|l|pris|kr))\s*$"
)
_PANT_REACH = 20
"""Characters before the word that are looked at: longer than each word that may stand there."""
_DRINK = re.compile(
    r"(?i)(?<![^\W\d])(?:retur\w*|flas[ck]\w*|burk\w*|boks\w*|dåser?|[cm]l|kr|øl|sodavand)(?!\w)"
)
_STATES = "CA|CT|HI|IA|MA|ME|MI|NY|OR|VT"
_BOTTLE_BILLS = re.compile(
    rf"(?<![\w-])(?:(?:{_STATES})(?: ?[-–,./·•] ?| )){{2,9}}(?:{_STATES})(?![\w-])"
)
_JOINED_STATES = re.compile(rf"(?:{_STATES})(?: ?[-–/·•] ?(?:{_STATES}))+")
_REFUND = r"(?:(?<![\w.,])(?:5|10|15) ?(?:¢|cents?|c)|(?<!\w)(?:CRV|(?:cash )?refund(?: value)?))"
_REFUND_BEFORE = re.compile(rf"(?i){_REFUND}[\s:-]{{0,3}}$")
_REFUND_AFTER = re.compile(rf"(?i)[\s:=-]{{0,3}}{_REFUND}(?!\w)")
_REFUND_REACH = 20
_BOTTLE_BILL = Rule(_KIND, "bottle bills", Fact.MARKET, "bottle bills of the US states")


def read_deposit(pack: PackText) -> list[Clue]:
    """Return the wordings of the table `deposit` that stand on a pack, in order of place.

    The states of American bottle bills come last.
    """
    return [*read_phrases(_KIND, pack, _is_about_a_deposit), *_bottle_bills(pack)]


def _bottle_bills(pack: PackText) -> Iterator[Clue]:
    for match in _BOTTLE_BILLS.finditer(pack.text):
        if _JOINED_STATES.fullmatch(match[0]) or _has_refund_beside(pack.text, *match.span()):
            yield _BOTTLE_BILL.clue(pack, match.span(), "bottle bill", {"US": 1.0})


def _has_refund_beside(text: str, start: int, end: int) -> bool:
    before = text[max(start - _REFUND_REACH, 0) : start]
    return bool(_REFUND_BEFORE.search(before) or _REFUND_AFTER.match(text, end))


def _is_about_a_deposit(found: Found, text: str) -> bool:
    row, (start, end) = found.row, found.span
    if not text.startswith(row.get("next") or "", end):
        return False
    if row.get("beside") == "drink" and not _DRINK.search(text):
        return False
    return not _NORDIC.match(text, start) or _has_place_for_pant(text, start)


def _has_place_for_pant(text: str, start: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    before = text[max(start - _PANT_REACH, line_start) : start]
    return _BEFORE_PANT.search(before) is not None

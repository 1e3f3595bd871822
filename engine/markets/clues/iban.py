"""IBANs: a bank account tells where its holder banks, on invoices, tickets and donation slips."""

import re

from stdnum import iban
from stdnum.exceptions import ValidationError

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule
from engine.markets.facts import Fact

_RULE = Rule("iban", "IBAN", Fact.MARKET, "ISO 13616 and SWIFT's IBAN registry (python-stdnum)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]){11,30}(?!\w)")


def read_iban(pack: PackText) -> list[Clue]:
    """Return the IBANs of a pack."""
    clues = []
    for match in _IBAN.finditer(pack.text):
        number = _valid_start(match[0])
        if number:
            span = (match.start(), match.start() + len(number))
            clues.append(_RULE.clue(pack, span, number.replace(" ", ""), {number[:2]: 1.0}))
    return clues


def _valid_start(read: str) -> str:
    """Return the IBAN that some groups begin with: a word in capitals may stand after it."""
    groups = read.split(" ")
    for n_groups in range(len(groups), 0, -1):
        number = " ".join(groups[:n_groups])
        if _is_valid(number):
            return number
    return ""


def _is_valid(number: str) -> bool:
    try:
        iban.validate(number)
    except ValidationError:
        return False
    return True

"""Label formats: headings, warnings and marks that one market prescribes, as words.

A charger that bears the marks of several regimes is made for all of them: `EAC`, `UKCA` and `KC`
together tell no market. CE does not count, as it stands beside most others.
"""

import re
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import read_phrases
from engine.markets.clues.table import read_table

_KIND = "label_format"
_MARK = re.compile(r"(?<!\w)[A-Z]{2,8}(?!\w)")


def read_label_format(pack: PackText) -> list[Clue]:
    """Return the wordings of the table `label_format` that stand on a pack, in order of place."""
    found = read_phrases(_KIND, pack)
    if len(_regimes_of(pack.text)) < 2:
        return found
    return [clue for clue in found if clue.text not in _regimes()]


def _regimes_of(text: str) -> set[str]:
    """Return the regimes of conformity whose marks a text shows."""
    return {_regimes()[mark] for mark in _MARK.findall(text) if mark in _regimes()}


@cache
def _regimes() -> dict[str, str]:
    return {row["mark"]: row["regime"] for row in read_table("conformity")}

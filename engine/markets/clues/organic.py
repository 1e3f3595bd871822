"""Organic codes of the European Union: `SE-EKO-01` names the body that controls the last operator.

Whoever packed or imported last is controlled in the code's country: an origin, and for imported
goods often the country of sale. Readers lose accents, and take O for 0: both are mended.
"""

import re

import pycountry

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule
from engine.markets.clues.table import read_table
from engine.markets.facts import Fact

_CODE = re.compile(
    r"(?<![\w-])(?P<country>[A-Z]{2}) ?[-–—.] ?(?P<word>[0-9A-ZÖØÉÓ]{3,4}) ?[-–—.] ?"
    r"(?P<number>[0-9OI]{1,3})(?P<region>[- ][A-Z]{1,3})?(?!\w)",
    re.IGNORECASE,
)
_DIGITS = str.maketrans("OI", "01")


def read_organic(pack: PackText) -> list[Clue]:
    """Return the organic codes of a pack."""
    return [
        clue for match in _CODE.finditer(pack.text) if (clue := _clue_of(pack, match)) is not None
    ]


def _clue_of(pack: PackText, match: re.Match[str]) -> Clue | None:
    country = match["country"].upper()
    code = "GR" if country == "EL" else country
    number = match["number"].upper().translate(_DIGITS)
    for row in read_table("organic"):
        if _is_word(match["word"], row["word"]) and _is_of(code, row["countries"]):
            rule = Rule("organic", f"organic code {row['word']}", Fact.ORIGIN, row["source"])
            value = f"{country}-{row['word']}-{number}"
            return rule.clue(pack, match.span(), value, {code: 1.0})
    return None


def _is_word(read: str, word: str) -> bool:
    return read.upper().replace("0", "O").translate(_PLAIN) == word.translate(_PLAIN)


_PLAIN = str.maketrans("ÖØÉÓ", "OOEO")


def _is_of(country: str, countries: str) -> bool:
    """Say whether a country's codes have a word; `*` is any country of ISO 3166-1."""
    if countries == "*":
        return pycountry.countries.get(alpha_2=country) is not None
    return country in countries.split("|")

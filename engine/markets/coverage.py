"""The countries that answers reckon with: those that clue tables and the catalog know."""

import csv
import re
from functools import cache
from importlib.resources import files

import pycountry

_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{2}(?![A-Za-z])")
COLUMNS = ("country", "countries")


@cache
def table_countries() -> frozenset[str]:
    """Return every country that a table of clues speaks for."""
    known = {country.alpha_2 for country in pycountry.countries}
    found: set[str] = set()
    for table in (files("engine.markets.clues") / "tables").iterdir():
        if table.name.endswith(".csv"):
            found.update(_countries(table.read_text(encoding="utf-8")))
    return frozenset(found & known)


def _countries(text: str) -> set[str]:
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return {
        code for row in rows for column in COLUMNS for code in _CODE.findall(row.get(column) or "")
    }

"""The tables of the rules: CSV files that a person can read and mend, each row with its source."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `tables/NAME.csv` by column; lines that begin with `#` are remarks.

    Raises
    ------
    ValueError
        If a row has no source.
    """
    path = files("engine.markets.clues").joinpath("tables", f"{name}.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if line and not line.startswith("#")))
    for number, row in enumerate(rows, start=1):
        if not row.get("source"):
            raise ValueError(f"row {number} of the table {name} has no source")
    return tuple(rows)


def strengths(cell: str) -> dict[str, float]:
    """Read `SE:9|FI:1` or `SE|FI` as shares that sum to 1."""
    parts = [part.partition(":") for part in cell.split("|") if part]
    weights = {country.strip(): float(weight or 1) for country, _, weight in parts}
    total = sum(weights.values())
    return {country: weight / total for country, weight in weights.items()}

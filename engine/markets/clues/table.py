"""The tables of the rules: CSV files that a person can read and mend, each row with its source."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of `tables/NAME.csv` by column; lines that begin with `#` are remarks.

    Raises
    ------
    ValueError
        If a row has no source, or more cells than the header, as a comma that is not quoted makes.
    """
    path = files("engine.markets.clues").joinpath("tables", f"{name}.csv")
    return tuple(_rows(f"{name}.csv", path.read_text(encoding="utf-8").splitlines()))


def _rows(file: str, lines: Sequence[str]) -> Iterator[Mapping[str, str]]:
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]
    rows = csv.DictReader(line for _, line in numbered)
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        if None in row:
            raise ValueError(f"{file} line {number} has more cells than its header")
        if not row.get("source"):
            raise ValueError(f"{file} line {number} has no source")
        yield row


def strengths(cell: str) -> dict[str, float]:
    """Read `SE:9|FI:1` or `SE|FI` as shares that sum to 1."""
    parts = [part.partition(":") for part in cell.split("|") if part]
    weights = {country.strip(): float(weight or 1) for country, _, weight in parts}
    total = sum(weights.values())
    return {country: weight / total for country, weight in weights.items()}

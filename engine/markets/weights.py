"""What each kind of clue is worth, and which kinds lean on one another: three kinds of tables.

The reliability of a kind stands once, in the table that its readers keep beside their rules
(`clues/tables/kinds_*.csv`), or here in `weights.csv`. `weights.csv` also bounds what a kind of
*fact* may count: a language, an origin or a licence is never as good as a market. `families.csv`
says which kinds speak of the same thing (`voices.py`).
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact
from engine.markets.voices import WeighedClue

ANY_KIND = "*"
CEILING = "ceiling"
DEFAULT = "default"
COLUMNS = ("kind", "strength", "reliability", "reason", "source")


@dataclass(frozen=True)
class KindWeight:
    """What one kind of clue is worth, and why."""

    kind: str
    strength: str
    reliability: float
    """Probability that such a clue tells the country of sale at all."""
    reason: str
    source: str


@dataclass(frozen=True)
class Weights:
    """The tables together, and what a fit made of them."""

    kinds: Mapping[str, KindWeight]
    ceilings: Mapping[Fact, float]
    defaults: Mapping[Fact, float]
    families: Mapping[str, str]
    multipliers: Mapping[str, float] = field(default_factory=dict)
    """By strength: what a fit to labelled crops multiplies the odds of each reliability with."""

    def reliability(self, kind: str, fact: Fact) -> float:
        """Return what a kind of clue is worth for a kind of fact."""
        row = self.kinds.get(kind)
        told = row.reliability if row else self.defaults[fact]
        multiplier = self.multipliers.get(row.strength, 1.0) if row else 1.0
        fitted = told * multiplier / (1 - told + told * multiplier)
        return min(fitted, self.ceilings[fact])

    def weigh(self, clue: Clue, share: float = 1.0) -> WeighedClue:
        """Return a clue with what it may count; `share` lessens it further."""
        return WeighedClue(
            kind=clue.kind,
            value=clue.value,
            text=clue.text,
            fact=clue.fact,
            countries=clue.countries,
            reliability=self.reliability(clue.kind, clue.fact) * clue.certainty * share,
            family=self.families.get(clue.kind, clue.kind),
        )

    def fitted(self, multipliers: Mapping[str, float]) -> "Weights":
        """Return the same tables with other multipliers."""
        return replace(self, multipliers=dict(multipliers))


@cache
def load_weights() -> Weights:
    """Read the tables.

    Raises
    ------
    ValueError
        If a row is not a share from 0 to 1 with a reason and a source, or a kind stands twice.
    """
    here = files("engine.markets")
    own = list(_rows(here / "weights.csv"))
    bounds = [row for row in own if row["kind"] == ANY_KIND]
    of_kinds = [row for row in own if row["kind"] != ANY_KIND]
    for table in kind_tables():
        of_kinds += _rows(table)
    return Weights(
        kinds=_by_kind(of_kinds),
        ceilings=_by_fact(bounds, CEILING),
        defaults=_by_fact(bounds, DEFAULT),
        families={row["kind"]: row["family"] for row in _rows(here / "families.csv")},
    )


def kind_tables() -> list[Traversable]:
    """Return the tables that the readers of clues keep of their kinds, in the order of names."""
    folder = files("engine.markets.clues") / "tables"
    tables = [entry for entry in folder.iterdir() if entry.name.startswith("kinds_")]
    return sorted(tables, key=lambda entry: entry.name)


def _rows(table: Traversable) -> Iterator[dict[str, str]]:
    lines = table.read_text(encoding="utf-8").splitlines()
    return csv.DictReader(line for line in lines if line and not line.startswith("#"))


def _by_kind(rows: list[dict[str, str]]) -> dict[str, KindWeight]:
    kinds: dict[str, KindWeight] = {}
    for row in rows:
        if row["kind"] in kinds:
            raise ValueError(f"the kind {row['kind']} stands in two tables of weights")
        if not all(row.get(column) for column in COLUMNS):
            raise ValueError(f"the kind {row['kind']} lacks one of {', '.join(COLUMNS)}")
        share = _share(row)
        kinds[row["kind"]] = KindWeight(
            row["kind"], row["strength"], share, row["reason"], row["source"]
        )
    return kinds


def _by_fact(rows: list[dict[str, str]], strength: str) -> dict[Fact, float]:
    return {Fact(row["fact"]): _share(row) for row in rows if row["strength"] == strength}


def _share(row: Mapping[str, str]) -> float:
    share = float(row["reliability"])
    if not 0 <= share < 1:
        raise ValueError(f"the reliability of {row['kind']} is {share}, not a share below 1")
    return share

"""Where countries lie: one point each, to draw an answer on a map without fetching one."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Centroid:
    """A row of `centroids.csv`: about the middle of a country, in whole degrees."""

    latitude: int
    """Degrees north of the equator; south of it negative."""
    longitude: int
    """Degrees east of Greenwich; west of it negative."""
    source: str


@cache
def load_centroids() -> dict[str, Centroid]:
    """Read the table, by country (ISO 3166-1 alpha-2)."""
    text = (files("engine.markets") / "centroids.csv").read_text(encoding="utf-8")
    return {
        row["country"]: Centroid(int(row["latitude"]), int(row["longitude"]), row["source"])
        for row in csv.DictReader(text.splitlines())
    }

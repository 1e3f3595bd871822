"""Countries taken together where the evidence cannot tell neighbours apart."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.markets.posterior import CountryPosterior, CountryShare

WORTH_SAYING = 0.2
"""A region of less than this probability is no lead."""

ONE_OF_THEM = 0.8
"""Where one country has this share of its region the region says nothing more."""

NEGLIGIBLE = 0.05
"""Share of a region below which a country is not counted to those that it stands for."""


@dataclass(frozen=True)
class NamedRegion:
    """A row of `regions.csv`."""

    region: str
    name: str
    countries: frozenset[str]
    source: str


@dataclass(frozen=True)
class RegionShare:
    """A region with the sum of what its countries have, the likeliest first."""

    region: NamedRegion
    countries: tuple[str, ...]
    probability: float


@cache
def load_regions() -> tuple[NamedRegion, ...]:
    """Read the table."""
    text = (files("engine.markets") / "regions.csv").read_text(encoding="utf-8")
    return tuple(
        NamedRegion(
            row["region"], row["name"], frozenset(row["countries"].split("|")), row["source"]
        )
        for row in csv.DictReader(text.splitlines())
    )


def region_shares(
    posterior: CountryPosterior, regions: Sequence[NamedRegion] | None = None
) -> list[RegionShare]:
    """Return the regions whose countries the evidence leaves side by side, likeliest first.

    A region that adds no country to another one, the smaller, is left out.
    """
    rows = load_regions() if regions is None else regions
    shares = [share for region in rows if (share := _share(region, posterior)) is not None]
    shares.sort(key=lambda share: (-share.probability, len(share.region.countries)))
    kept: list[RegionShare] = []
    for share in shares:
        if not any(set(share.countries) <= set(other.countries) for other in kept):
            kept.append(share)
    return kept


def _share(region: NamedRegion, posterior: CountryPosterior) -> RegionShare | None:
    members = [share for share in posterior.countries if share.country in region.countries]
    total = sum(share.probability for share in members)
    counted = [share for share in members if share.probability >= NEGLIGIBLE * total]
    if total < WORTH_SAYING or _is_one_country(counted, total):
        return None
    return RegionShare(region, tuple(share.country for share in counted), total)


def _is_one_country(members: Sequence[CountryShare], total: float) -> bool:
    return len(members) < 2 or members[0].probability >= ONE_OF_THEM * total

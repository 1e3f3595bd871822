"""Partners: the countries that a part of a shared pack may have been sold in.

A crop that shows one language may be a part of a pack that has several: the Danish lines of a pack
for the Nordic countries. So a language speaks, with the share `SHARED`, also for the countries of
the sets that it belongs to (`language_sets.csv`), each set counting one over its languages, as a
part of a pack with many languages shows each of them less often.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from engine.markets.clues.table import read_table, strengths

SHARED = 0.15
"""Share of packs that show more languages than the crop does. Chosen on one half of 600 made-up
packs (seed 21), a quarter of which are shared: .1 to .25 have the same log loss."""

ENGLISH = "en"
"""It stands beside every other language, so that its sets say nothing about where it is alone."""


@cache
def partners_of(language: str) -> Mapping[str, float]:
    """Return the countries of the sets that a language belongs to, sum 1; none for English."""
    return {} if language == ENGLISH else _mean_of_sets(frozenset((language,)))


@cache
def wider_sets_of(members: frozenset[str]) -> Mapping[str, float]:
    """Return the countries of the sets that have all of some languages and more, sum 1."""
    return _mean_of_sets(members)


def mixed(own: Mapping[str, float], others: Mapping[str, float], share: float) -> dict[str, float]:
    """Give a share of the strength to other countries, if there are any."""
    if not others:
        return dict(own)
    return blend([(own, 1 - share), (others, share)])


def blend(parts: Iterable[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    """Add up strengths, each set of them with a weight; the sum is 1."""
    total: dict[str, float] = defaultdict(float)
    for countries, weight in parts:
        for country, strength in countries.items():
            total[country] += weight * strength
    whole = sum(total.values())
    return {country: strength / whole for country, strength in total.items()}


def _mean_of_sets(members: frozenset[str]) -> dict[str, float]:
    wider = [(row, languages) for row, languages in _sets() if languages > members]
    parts = [(strengths(row["countries"]), 1 / len(languages)) for row, languages in wider]
    return blend(parts) if parts else {}


@cache
def _sets() -> tuple[tuple[Mapping[str, str], frozenset[str]], ...]:
    return tuple(
        (row, frozenset(row["languages"].split("+"))) for row in read_table("language_sets")
    )

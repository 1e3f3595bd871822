"""Claims of a product that do not fit together; they stay side by side, and a curator looks.

Two sources contradict each other over one kind of fact if they have nothing in common (one says
Sweden only, the other Norway only), or if both counted often and their shares are far apart. That
a source is silent on a country is no contradiction: nobody sees every shop. Weak claims, which
are doubted anyway, are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from engine.catalog.models import Claim
from engine.markets.facts import Fact

MIN_OBSERVATIONS = 10
"""Shares of fewer sightings say little: of 10, one more or less moves a share by .1."""
MAX_DISTANCE = 0.5
"""Half of the sightings would have to be moved to make the two sources agree."""
N_SHOWN = 5


@dataclass(frozen=True)
class Contradiction:
    """Two sources that do not agree."""

    kind: Fact
    sources: tuple[str, str]
    """In alphabetical order."""
    detail: str
    """What each of them says, in a sentence."""


def contradictions(claims: Iterable[Claim]) -> list[Contradiction]:
    """List the contradictions of one product, by kind and source."""
    return [
        Contradiction(
            kind, (first, second), _sentence(first, counts[first], second, counts[second])
        )
        for kind, counts in sorted(_counts(claims).items())
        for first, second in combinations(sorted(counts), 2)
        if _disagree(counts[first], counts[second])
    ]


def _counts(claims: Iterable[Claim]) -> dict[Fact, dict[str, dict[str, int]]]:
    """Count observations by kind, source and value."""
    counts: dict[Fact, dict[str, dict[str, int]]] = {}
    for claim in claims:
        if not claim.is_weak:
            said = counts.setdefault(claim.kind, {}).setdefault(claim.source, defaultdict(int))
            said[claim.value] += claim.observations
    return counts


def _disagree(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    if one.keys().isdisjoint(other):
        return True
    if min(sum(one.values()), sum(other.values())) < MIN_OBSERVATIONS:
        return False
    return _distance(one, other) >= MAX_DISTANCE


def _distance(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Return the total variation distance of two sources' shares, 0 to 1."""
    n_one, n_other = sum(one.values()), sum(other.values())
    values = one.keys() | other.keys()
    return sum(abs(one.get(v, 0) / n_one - other.get(v, 0) / n_other) for v in values) / 2


def _sentence(first: str, said: Mapping[str, int], second: str, said_too: Mapping[str, int]) -> str:
    return f"{first or 'no source'}: {_listed(said)}; {second or 'no source'}: {_listed(said_too)}"


def _listed(said: Mapping[str, int]) -> str:
    """Write values with their counts, the most often seen first."""
    return ", ".join(_shown(sorted(said.items(), key=lambda item: (-item[1], item[0]))))


def _shown(items: list[tuple[str, int]]) -> Iterator[str]:
    for value, count in items[:N_SHOWN]:
        yield value if count == 1 else f"{value} {count} times"
    if len(items) > N_SHOWN:
        yield f"and {len(items) - N_SHOWN} more"

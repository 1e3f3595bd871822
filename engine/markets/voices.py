"""Clues that lean on one another, gathered into voices that count once.

Ten Swedish words are one Swedish text; the phone number and the address of one importer line are
one importer. Treated as independent they would multiply into certainty. So

- clues of the same kind and value count once;
- clues belong to *families* (`families.csv`: what a language tells, what a company tells, ...);
  those of one family whose countries overlap, directly or through others, form one **voice**;
- within a voice the k-th clue, the most reliable first, counts r / k: it may decide *which* of the
  voice's countries is meant, and confirm the reading, ever less.

With h_k = r_k / k, l(c) = prod_k (1 - h_k + h_k N s_k(c)) for N countries, and
idle = prod_k (1 - h_k), a voice speaks as one clue of

    reliability r_V = min(1 - idle, CEILING),
    strengths s_V(c) proportional to l(c) - idle.

A voice of one clue is that clue. However many clues it has, its factor is at most that of one
certain clue: what they share, the importer who serves three countries, cannot be outvoted by more
of the same.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.markets.facts import Fact
from engine.markets.prior import Floats, World

CEILING = 0.98
"""Nothing that is read is surer: packs travel, and OCR errs. So nothing is impossible either."""

MAX_CLUES = 12
"""A voice hears no more; beyond it r / k moves nothing, and hostile text stays cheap."""


@dataclass(frozen=True)
class WeighedClue:
    """A clue with what it may count."""

    kind: str
    value: str
    text: str
    fact: Fact
    countries: Mapping[str, float]
    """Strengths, sum 1."""
    reliability: float
    """Probability that it tells the country of sale at all."""
    family: str


@dataclass(frozen=True)
class Voice:
    """Clues of one family that speak of the same countries, the most reliable first."""

    clues: tuple[WeighedClue, ...]

    @property
    def family(self) -> str:
        """What the clues have in common."""
        return self.clues[0].family

    @cached_property
    def counted(self) -> tuple[float, ...]:
        """What each clue counts: r / k."""
        return tuple(clue.reliability / k for k, clue in enumerate(self.clues, start=1))

    @property
    def idle(self) -> float:
        """Probability that none of the clues tells anything."""
        return math.prod(1 - counted for counted in self.counted)

    @property
    def reliability(self) -> float:
        """Probability that the voice tells the country of sale."""
        return min(1 - self.idle, CEILING)

    def strengths(self, world: World) -> Floats:
        """Return where the item was sold if the voice tells anything, sum 1."""
        product = np.ones(len(world.countries))
        for clue, counted in zip(self.clues, self.counted, strict=True):
            product *= factor(world, world.spread(clue.countries), counted)
        raised = np.maximum(product - self.idle, 0.0)
        return np.asarray(raised / raised.sum())

    def factor(self, world: World) -> Floats:
        """Return how much likelier the voice is in each country than in any; 1 is no news."""
        return factor(world, self.strengths(world), self.reliability)

    def parts(self, country: str) -> list[tuple[WeighedClue, float]]:
        """Share what the voice says of a country among its clues, sum 1.

        Each by what it counts times its strength there.
        """
        said = [
            counted * clue.countries.get(country, 0.0)
            for clue, counted in zip(self.clues, self.counted, strict=True)
        ]
        total = sum(said)
        return [
            (clue, part / total) for clue, part in zip(self.clues, said, strict=True) if part > 0
        ]


def factor(world: World, strengths: Floats, reliability: float) -> Floats:
    """Return 1 - r + r N s(c) for each of the N countries."""
    return np.asarray(1 - reliability + reliability * strengths * len(world.countries))


def voices_of(clues: Sequence[WeighedClue]) -> list[Voice]:
    """Gather clues into voices, the most reliable voice first."""
    voices: list[list[WeighedClue]] = []
    for clue in sorted(_distinct(clues), key=_rank):
        if clue.reliability <= 0 or not clue.countries:
            continue
        near = [voice for voice in voices if any(_overlap(clue, other) for other in voice)]
        voices = [voice for voice in voices if voice not in near]
        voices.append([*(other for voice in near for other in voice), clue])
    gathered = [Voice(tuple(sorted(voice, key=_rank)[:MAX_CLUES])) for voice in voices]
    return sorted(gathered, key=lambda voice: (-voice.reliability, _rank(voice.clues[0])))


def _distinct(clues: Sequence[WeighedClue]) -> list[WeighedClue]:
    """Return clues of one kind and value once, the most reliable of them."""
    best: dict[tuple[str, str], WeighedClue] = {}
    for clue in sorted(clues, key=_rank):
        best.setdefault((clue.kind, clue.value), clue)
    return list(best.values())


def _rank(clue: WeighedClue) -> tuple[float, int, str, str]:
    return (-clue.reliability, len(clue.countries), clue.kind, clue.value)


def _overlap(one: WeighedClue, other: WeighedClue) -> bool:
    return one.family == other.family and not one.countries.keys().isdisjoint(other.countries)

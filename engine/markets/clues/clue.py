"""A clue: something read in a picture that points to countries, and why it does."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.embed.image import Box
from engine.markets.facts import Fact


@dataclass(frozen=True)
class Clue:
    """Something read in a picture that points to countries."""

    kind: str
    """Its reader's name, such as `language`, `deposit` or `phone`; `weights.csv` has a row each."""
    value: str
    """What it says, normalised: `sv`, `+46`, `Pant`."""
    text: str
    """The words as they were read."""
    fact: Fact
    """Which kind of fact it is; only a market is a market."""
    countries: Mapping[str, float]
    """Strengths by country (ISO 3166-1 alpha-2), sum 1: where the item was sold, as far as this
    clue by itself can tell, if it tells anything."""
    rule: str
    """Name of the rule that fired: table and row, or the check that passed."""
    source: str
    """Where the rule comes from: a standard, a law, a package's table."""
    box: Box | None = None
    """Where it stands, in pixels of the picture that was read; None where it has no one place."""
    certainty: float = 1.0
    """How surely it was read at all, 0 to 1: a clue counts so much of what its kind does."""


def even_strengths(*countries: str) -> dict[str, float]:
    """Share the strength evenly over countries."""
    return {country: 1 / len(countries) for country in countries}

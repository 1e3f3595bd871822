"""Fits what clues count to crops whose country of sale is known.

One multiplier a strength (strong, medium, weak) on the odds of every reliability of that strength,
by maximum likelihood of the right country, with what is undetermined spread by the prior. Three
numbers, and not one a kind: a labelled set has a handful of crops with a price, and none with a
medicine code. `PULL` holds them at 1, the documented tables, as long as there are few crops.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from engine.errors import InvalidInputError
from engine.markets.clues.clue import Clue
from engine.markets.posterior import MarketVote, hear, share_of
from engine.markets.prior import CountryPrior, Floats
from engine.markets.weights import Weights

LEAST = 20
"""Labelled crops with a clue, below which nothing is fitted."""

PULL = 1.0
"""Penalty on the squared logarithm of each multiplier, in crops: e times the odds costs one nat."""

WIDEST = math.log(30)
"""Bound of those logarithms."""

SMALLEST = 1e-9


@dataclass(frozen=True)
class MarketLesson:
    """A labelled crop: its candidates, the clues read in it, and where the item was bought."""

    votes: tuple[MarketVote, ...]
    clues: tuple[Clue, ...]
    country: str


@dataclass(frozen=True)
class MarketFit:
    """Fitted multipliers of the odds, by strength, and what they gained."""

    multipliers: Mapping[str, float]
    crops: int
    log_loss_before: float
    """Mean of -ln P(right country), with the tables as they are."""
    log_loss: float
    """The same with the multipliers, on the crops that they were fitted to."""


def fit_multipliers(
    lessons: Sequence[MarketLesson], weights: Weights, prior: CountryPrior
) -> MarketFit:
    """Fit the multipliers of the strengths that the clues of the crops have.

    Raises
    ------
    InvalidInputError
        If fewer than `LEAST` crops have a country and a clue.
    """
    telling = [lesson for lesson in lessons if lesson.clues]
    if len(telling) < LEAST:
        raise InvalidInputError(
            f"{len(telling)} crops have a market and a clue; to fit what clues count, "
            f"label {LEAST} or more"
        )
    kinds = {clue.kind for lesson in telling for clue in lesson.clues} & weights.kinds.keys()
    strengths = sorted({weights.kinds[kind].strength for kind in kinds})

    def loss(logs: Floats) -> float:
        fitted = weights.fitted(_multipliers(strengths, logs))
        return _log_loss(telling, fitted, prior) + PULL * float(logs @ logs) / len(telling)

    start = np.zeros(len(strengths))
    bounds = [(-WIDEST, WIDEST)] * len(strengths)
    found = minimize(loss, start, bounds=bounds, method="L-BFGS-B")
    multipliers = {
        name: round(value, 6) for name, value in _multipliers(strengths, found.x).items()
    }
    return MarketFit(
        multipliers,
        len(telling),
        _log_loss(telling, weights, prior),
        _log_loss(telling, weights.fitted(multipliers), prior),
    )


def _multipliers(strengths: Sequence[str], logs: Floats) -> dict[str, float]:
    return dict(zip(strengths, np.exp(logs).tolist(), strict=True))


def _log_loss(lessons: Sequence[MarketLesson], weights: Weights, prior: CountryPrior) -> float:
    losses = [-math.log(max(_probability(lesson, weights, prior), SMALLEST)) for lesson in lessons]
    return sum(losses) / len(losses)


def _probability(lesson: MarketLesson, weights: Weights, prior: CountryPrior) -> float:
    """Return the right country's probability, its share of the undetermined part counted."""
    clues = [weights.weigh(clue) for clue in lesson.clues]
    testimony = hear(lesson.votes, clues, prior.extended({lesson.country}))
    return share_of(lesson.country, lesson.votes, testimony)


def save_fit(path: Path, fit: MarketFit, fitted_on: str) -> None:
    """Keep a fit; the file appears whole or not."""
    document = {"multipliers": dict(fit.multipliers), "crops": fit.crops, "fitted_on": fitted_on}
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    temporary.replace(path)


def load_multipliers(path: Path) -> dict[str, float]:
    """Return the multipliers of a fit that was kept; none if there is none."""
    if not path.exists():
        return {}
    document = json.loads(path.read_text(encoding="utf-8"))
    return {str(name): float(value) for name, value in document["multipliers"].items()}

"""Several crops of one scene: where their objects were bought, taken together. Pure functions.

The model. Things in one room were mostly bought in one country, c. Each object k with its own
answer P_k(c), u_k undetermined, is a witness like a clue (`posterior.py`): with probability

    r_k = (1 - ELSEWHERE) (1 - u_k)

it was bought where the others were and its evidence tells where, s_k(c) proportional to
P_k(c) / prior(c), so that the prior counts once and not once an object; otherwise (brought from a
journey, a gift, ordered abroad, or nothing known of it) it tells nothing.
So one odd object cannot overturn the rest, and no number of objects makes certain.

Two crops of one product, or of one picture, are one object seen twice: they form one voice.

An object's *weight* is how far the answer moves when it is left out (total variation, 0 to 1). Its
*agreement* is how many times likelier its evidence is where the others point than anywhere:
sum_c P(c | others) f_k(c). Below `DISAGREES` it contradicts them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.markets.facts import Fact
from engine.markets.posterior import CountryPosterior, Testimony, country_posterior, hear
from engine.markets.prior import CountryPrior, Floats
from engine.markets.voices import WeighedClue, factor

ELSEWHERE = 0.2
"""Probability that an object of a scene was not bought where the others were. A documented choice:
there are no labelled scenes to fit it to."""

DISAGREES = 0.5
"""An object whose evidence is half as likely where the others point, or less, contradicts them."""

KIND = "object"
"""The kind of clue that an object of a scene is."""


@dataclass(frozen=True)
class SceneObject:
    """One crop's own answer."""

    name: str
    countries: dict[str, float]
    """Probabilities; with what is undetermined they sum to 1."""
    identity: str
    """Equal for crops that show the same thing."""


@dataclass(frozen=True)
class ObjectRole:
    """What one object does in the joint answer."""

    weight: float
    """How far the answer moves without it, 0 to 1."""
    agreement: float
    """Its evidence where the others point, against anywhere; 1 says nothing."""

    @property
    def disagrees(self) -> bool:
        """Whether it contradicts the others."""
        return self.agreement <= DISAGREES


@dataclass(frozen=True)
class ScenePosterior:
    """The joint answer, and what each object does in it, in their order."""

    posterior: CountryPosterior
    testimony: Testimony
    roles: tuple[ObjectRole, ...]


def scene_posterior(objects: Sequence[SceneObject], prior: CountryPrior) -> ScenePosterior:
    """Take the answers for several objects together.

    Parameters
    ----------
    objects : sequence of SceneObject
        In the order of the crops.
    prior : CountryPrior
        What was thought of countries before, by which their answers were made.

    Returns
    -------
    ScenePosterior
        Contributions name objects as clues of the kind `object`, by their place.
    """
    known = prior.extended(country for each in objects for country in each.countries)
    clues = [_clue(place, each, known) for place, each in enumerate(objects)]
    return ScenePosterior(
        country_posterior([], clues, known),
        hear([], clues, known),
        tuple(_role(place, clues, known) for place in range(len(clues))),
    )


def _clue(place: int, each: SceneObject, prior: CountryPrior) -> WeighedClue:
    reliability = (1 - ELSEWHERE) * min(sum(each.countries.values()), 1.0)
    world = prior.world()
    without_prior = {
        country: share / float(world.prior[world.places[country]])
        for country, share in each.countries.items()
        if share > 0
    }
    total = sum(without_prior.values())
    shares = {country: share / total for country, share in without_prior.items()}
    return WeighedClue(
        KIND, str(place), each.name, Fact.MARKET, shares, reliability, family=each.identity
    )


def _role(place: int, clues: Sequence[WeighedClue], prior: CountryPrior) -> ObjectRole:
    others = [clue for other, clue in enumerate(clues) if other != place]
    everything, rest = hear([], clues, prior), hear([], others, prior)
    moved = float(np.abs(_shares(everything) - _shares(rest)).sum()) / 2
    clue = clues[place]
    says = factor(rest.world, rest.world.spread(clue.countries), clue.reliability)
    return ObjectRole(moved, float(_shares(rest) @ says) if len(says) else 1.0)


def _shares(testimony: Testimony) -> Floats:
    """Return the whole distribution, the undetermined part spread by the prior."""
    return np.asarray(testimony.world.prior * testimony.likelihood / testimony.total)

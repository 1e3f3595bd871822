"""From product probabilities to country probabilities: a pure function.

The model. If the crop shows product i, it was bought in one of the product's markets, and each
country's share is its share of the independent observations. So

    P(country c) = sum over products i of P(i) * observations(i, c) / observations(i).

What is unknown, and what belongs to products without any known market, stays undetermined.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MarketVote:
    """One product's say: how probable it is, and how often it was seen sold where."""

    product: str
    probability: float
    observations: Mapping[str, int]
    """Independent sightings by country (ISO 3166-1 alpha-2); empty when none is known."""


@dataclass(frozen=True)
class Contribution:
    """The probability that one product adds to one country."""

    product: str
    weight: float


@dataclass(frozen=True)
class CountryShare:
    """A country's probability and the contributions that add up to it, largest first."""

    country: str
    probability: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True)
class CountryPosterior:
    """Countries in falling probability; with `undetermined` they sum to 1."""

    countries: tuple[CountryShare, ...]
    undetermined: float


def country_posterior(votes: Sequence[MarketVote]) -> CountryPosterior:
    """Share each product's probability over the countries where it is sold.

    Parameters
    ----------
    votes : sequence of MarketVote
        All candidates, not only those shown; their probabilities sum to at most 1.

    Returns
    -------
    CountryPosterior
        Ties stand in alphabetical order, so that the same votes give the same answer.
    """
    contributions: dict[str, list[Contribution]] = defaultdict(list)
    for vote in votes:
        total = sum(vote.observations.values())
        for country, count in vote.observations.items():
            weight = vote.probability * count / total
            contributions[country].append(Contribution(vote.product, weight))
    shares = [_country_share(country, parts) for country, parts in contributions.items()]
    shares.sort(key=lambda share: (-share.probability, share.country))
    claimed = sum(share.probability for share in shares)
    return CountryPosterior(tuple(shares), max(0.0, 1.0 - claimed))


def _country_share(country: str, parts: list[Contribution]) -> CountryShare:
    parts.sort(key=lambda part: (-part.weight, part.product))
    return CountryShare(country, sum(part.weight for part in parts), tuple(parts))

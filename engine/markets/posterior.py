"""From products and clues to country probabilities: pure functions.

The model
---------
Before looking, the item was bought in country c with probability prior(c) (`prior.py`).

**Clues.** Each voice j (`voices.py`: clues that lean on one another count as one) tells the country
of sale with probability r_j, its reliability, and is idle otherwise. If it tells, it points to c
with strength s_j(c), sum 1, as the tables say for N countries that are alike. So what was read is

    f_j(c) = 1 - r_j + r_j s_j(c) N

times as likely in c as anywhere: 1 is no news, and since r_j < 1 nothing is impossible. All voices
together give L(c) = prod_j f_j(c), and W = sum_c prior(c) L(c).

**Products.** Candidate i has probability P(i). Of n_i independent sightings obs_i(c) were in c, so
it was bought there with probability d_i(c) = obs_i(c) / (n_i + a), and with left_i = a / (n_i + a)
in a market that nobody recorded; a product without claims is all left-over. With the clues

    P(i bought in one of its markets) = Q(i) T_i / Z_i,   T_i = sum_c d_i(c) L(c),
    Z_i = T_i + left_i W,

shared among them in proportion to d_i(c) L'(c). In L' what a language tells counts only to the
power `WITHIN`: the pack of a product speaks its languages wherever it is sold, and the Latvian line
of a pack for three countries does not tell in which of them it was bought. And Q(i) is what is left
of P(i) once the clues were heard. They are likelier by Z_i / W if it is product i than if it is any
other, so by Bayes' rule, with a bound,

    Q(i) = P(i) min(Z_i / W, 1) / M,   Q(unknown) = P(unknown) / M,   sum 1.

A candidate that is not sold where the clues point to loses to those that are, and to the unknown
product. It does not gain where they agree: a catalog of Swedish goods has a Swedish candidate for
everything, and Swedish words do not tell that it is the right one.

**The rest**, q = Q(unknown) + sum_i Q(i) left_i W / Z_i, follows the clues alone: its share of c is
prior(c) L(c) / W. In that, prior(c) I / W with I = prod_j (1 - r_j) is where *no* voice tells
anything; this part stays **undetermined**. What is left to country c,

    q prior(c) (L(c) - I) / W,

is decided by clues. Where no voice raised c (all f_j(c) <= 1) it is undetermined too.

**Contributions.** The candidates' parts are theirs. The part that clues decide is shared among the
voices in proportion to max(0, log f_j(c)), and within a voice to what each of its clues counts
there. Contributions of a country add up to its probability, and countries and `undetermined` to 1.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from engine.embed.local.logos import Lettering
from engine.markets.prior import CountryPrior, Floats, World
from engine.markets.voices import Voice, WeighedClue, voices_of

UNRECORDED = 0.2
"""`a`: sightings that unrecorded markets stand for. One claim leaves them a sixth, four a
twentieth. A documented choice, not fitted: claims say where a product was seen, not where not."""


WITHIN = 0.25
"""Power of what a language tells among the markets of one product, which may have a pack for each.
Chosen on one half of 600 made-up packs (seed 21), where 0 to .25 are alike."""

TEXTS = "language"
"""The family of clues that tell in which languages a pack is written."""


@dataclass(frozen=True)
class MarketVote:
    """One product's say: how probable it is, and how often it was seen sold where."""

    product: str
    probability: float
    observations: Mapping[str, float]
    """Independent sightings by country (ISO 3166-1 alpha-2); empty when none is known."""
    brand: str = ""
    logo: Lettering | None = None
    """Where the crop may show the brand's name as the product's picture does."""


@dataclass(frozen=True)
class Contribution:
    """The probability that one product or one clue adds to one country."""

    cause: str | WeighedClue
    """The product's id, or the clue."""
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

    def of(self, country: str) -> float:
        """Return a country's probability, 0 where no evidence raised it."""
        return next((share.probability for share in self.countries if share.country == country), 0)


@dataclass(frozen=True)
class Testimony:
    """What the voices say together."""

    world: World
    voices: tuple[Voice, ...]
    factors: Floats
    """f, shape (voices, countries)."""
    likelihood: Floats
    """L, one a country."""
    within: Floats
    """L', one a country: how the markets of one product compare."""
    idle: float
    """I: the probability that no voice tells anything."""

    @classmethod
    def of(cls, world: World, voices: Sequence[Voice]) -> "Testimony":
        """Hear the voices."""
        rows = [voice.factor(world) for voice in voices]
        factors = np.array(rows).reshape(len(voices), len(world.countries))
        idle = prod(1 - voice.reliability for voice in voices)
        powers = np.array([WITHIN if voice.family == TEXTS else 1.0 for voice in voices])
        within = (factors ** powers[:, np.newaxis]).prod(axis=0)
        return cls(world, tuple(voices), factors, factors.prod(axis=0), within, idle)

    @property
    def total(self) -> float:
        """W: the likelihood averaged over the prior."""
        return float(self.world.prior @ self.likelihood) if len(self.world.prior) else 1.0

    def decided(self) -> Floats:
        """Return the probability of each country that clues decide, where they raise it."""
        raised = (self.factors > 1).any(axis=0)
        part = self.world.prior * np.maximum(self.likelihood - self.idle, 0.0)
        return np.asarray(np.where(raised, part, 0.0) / self.total)

    def parts(self, country: str) -> list[tuple[WeighedClue, float]]:
        """Share what is decided for a country among the clues, sum 1."""
        place = self.world.places[country]
        logs = np.log(np.maximum(self.factors[:, place], 1.0))
        return [
            (clue, float(weight / logs.sum()) * part)
            for voice, weight in zip(self.voices, logs, strict=True)
            if weight > 0
            for clue, part in voice.parts(country)
        ]


def country_posterior(
    votes: Sequence[MarketVote],
    clues: Sequence[WeighedClue] = (),
    prior: CountryPrior | None = None,
) -> CountryPosterior:
    """Share each product's probability over its markets, and the rest over what clues say.

    Parameters
    ----------
    votes : sequence of MarketVote
        All candidates, not only those shown; their probabilities sum to at most 1.
    clues : sequence of WeighedClue
        What was read.
    prior : CountryPrior, optional
        What is thought of countries before; by default all that are named are alike.

    Returns
    -------
    CountryPosterior
        Ties stand in alphabetical order, so that the same evidence gives the same answer.
    """
    testimony = hear(votes, clues, prior or CountryPrior())
    parts: dict[str, list[Contribution]] = defaultdict(list)
    believed, rest = _believed(votes, testimony)
    for vote in believed:
        shares, left = _split(vote, testimony)
        rest += left
        for country, weight in shares.items():
            parts[country].append(Contribution(vote.product, weight))
    for country, weight in zip(testimony.world.countries, testimony.decided(), strict=True):
        if weight > 0:
            parts[country] += [
                Contribution(clue, rest * float(weight) * part)
                for clue, part in testimony.parts(country)
            ]
    return _posterior(parts)


def share_of(country: str, votes: Sequence[MarketVote], testimony: Testimony) -> float:
    """Return a country's whole share: what evidence gives it, and its part of the undetermined."""
    believed, unknown = _believed(votes, testimony)
    splits = [_split(vote, testimony) for vote in believed]
    rest = unknown + sum(left for _, left in splits)
    place = testimony.world.places[country]
    alone = float(testimony.world.prior[place] * testimony.likelihood[place]) / testimony.total
    return sum(shares.get(country, 0.0) for shares, _ in splits) + rest * alone


def hear(
    votes: Sequence[MarketVote], clues: Sequence[WeighedClue], prior: CountryPrior
) -> Testimony:
    """Hear the clues in a world that has every country that votes and clues name."""
    named = {country for vote in votes for country in vote.observations}
    named.update(country for clue in clues for country in clue.countries)
    return Testimony.of(prior.world(named), voices_of(clues))


def _believed(votes: Sequence[MarketVote], testimony: Testimony) -> tuple[list[MarketVote], float]:
    """Return the products with what the clues leave of their probabilities, and the unknown's."""
    unknown = max(1.0 - sum(vote.probability for vote in votes), 0.0)
    kept = [vote.probability * _agreement(vote, testimony) for vote in votes]
    whole = sum(kept) + unknown
    pairs = zip(votes, kept, strict=True)
    return [replace(vote, probability=share / whole) for vote, share in pairs], unknown / whole


def _agreement(vote: MarketVote, testimony: Testimony) -> float:
    """Return how likely the clues are if it is this product, against any other, 1 at most."""
    n = sum(vote.observations.values())
    if n <= 0:
        return 1.0
    told = _told(vote, testimony) / testimony.total
    return min((told + UNRECORDED) / (n + UNRECORDED), 1.0)


def _split(vote: MarketVote, testimony: Testimony) -> tuple[dict[str, float], float]:
    """Return what a product gives to each of its markets, and to markets that nobody recorded."""
    n = sum(vote.observations.values())
    if n <= 0:
        return {}, vote.probability
    told, left = _told(vote, testimony), UNRECORDED * testimony.total
    weights = {
        country: count * float(testimony.within[testimony.world.places[country]])
        for country, count in vote.observations.items()
        if count > 0
    }
    recorded = vote.probability * told / (told + left)
    total = sum(weights.values())
    shares = {country: recorded * weight / total for country, weight in weights.items()}
    return shares, vote.probability * left / (told + left)


def _told(vote: MarketVote, testimony: Testimony) -> float:
    """Return how likely the clues are in the markets of a product, summed over its sightings."""
    return sum(
        count * float(testimony.likelihood[testimony.world.places[country]])
        for country, count in vote.observations.items()
    )


def _posterior(parts: Mapping[str, list[Contribution]]) -> CountryPosterior:
    shares = [_country_share(country, of_country) for country, of_country in parts.items()]
    shares = [share for share in shares if share.probability > 0]
    shares.sort(key=lambda share: (-share.probability, share.country))
    claimed = sum(share.probability for share in shares)
    return CountryPosterior(tuple(shares), max(0.0, 1.0 - claimed))


def _country_share(country: str, parts: list[Contribution]) -> CountryShare:
    parts.sort(key=lambda part: (-part.weight, _name(part.cause)))
    return CountryShare(country, sum(part.weight for part in parts), tuple(parts))


def _name(cause: str | WeighedClue) -> tuple[str, ...]:
    return (cause,) if isinstance(cause, str) else (cause.kind, cause.value)

"""What a posterior comes to, in one word and one plain sentence, and what it rules out.

The bounds below are choices, made so that a word means the same in every answer. Most identified
objects turn out to be sold nearly everywhere; that too closes a trail, so it has a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.markets.countries import country_name
from engine.markets.facts import Fact
from engine.markets.posterior import (
    CountryPosterior,
    CountryShare,
    MarketVote,
    Testimony,
)
from engine.markets.regions import RegionShare, region_shares
from engine.markets.results import NOTHING, RuledOut, Verdict
from engine.markets.scenes import KIND
from engine.markets.voices import Voice, WeighedClue

SOME = 0.2
"""With less than this probability on all countries together there is nothing to go on."""

ONE = 0.5
"""A country with this probability is *the* lead."""

FEW = 3
FEW_HOLD = 0.7
"""So many countries with this probability together are few enough to ask each."""

REGION_HOLDS = 0.6
"""Neighbours with this probability together are a lead, if a wider one."""

EVERYWHERE = 12
MOST = 0.8
"""Where so many countries are needed to hold this share of what is known, and most of it comes from
products or clues that each name as many, the item is sold nearly everywhere. Many candidates of a
country each are doubt about the item, which is no such verdict: it would close a trail wrongly."""

ALLOWED = 0.05
"""A country is worth ruling out if one piece of evidence alone gives it this probability."""

OUT = 0.01
"""And it is ruled out when all together leave it less than this ..."""

AGAINST = 0.1
"""... and something is at most this share as likely there as where it points to."""


def verdict_of(
    posterior: CountryPosterior, votes: Sequence[MarketVote], testimony: Testimony
) -> Verdict:
    """Return the verdict on one crop."""
    out = ruled_out(posterior, votes, testimony)
    shares = posterior.countries
    regions = region_shares(posterior)
    if 1 - posterior.undetermined < SOME or not shares:
        return Verdict("nothing", _nothing(shares), [share.country for share in shares[:1]], out)
    few = _fewest(shares, FEW_HOLD)
    if shares[0].probability >= ONE:
        return Verdict("discriminating", _one(shares[0]), [shares[0].country], out)
    if 0 < len(few) <= FEW:
        return Verdict("discriminating", _few(few), [share.country for share in few], out)
    if regions and regions[0].probability >= REGION_HOLDS:
        return Verdict("regional", _region(regions[0]), list(regions[0].countries), out)
    most = _fewest(shares, MOST * (1 - posterior.undetermined))
    countries = [share.country for share in most]
    if len(most) >= EVERYWHERE and _sold_everywhere(posterior, votes) >= ONE:
        return Verdict("ubiquity", _everywhere(len(most)), countries, out)
    return Verdict("open", _open(shares, posterior.undetermined), countries, out)


def _sold_everywhere(posterior: CountryPosterior, votes: Sequence[MarketVote]) -> float:
    """Return the probability that comes from products and market clues of many countries."""
    wide = {vote.product for vote in votes if len(vote.observations) >= EVERYWHERE}
    return sum(
        part.weight
        for share in posterior.countries
        for part in share.contributions
        if (part.cause in wide if isinstance(part.cause, str) else _is_wide(part.cause))
    )


def _is_wide(clue: WeighedClue) -> bool:
    return clue.fact is Fact.MARKET and len(clue.countries) >= EVERYWHERE


def ruled_out(
    posterior: CountryPosterior, votes: Sequence[MarketVote], testimony: Testimony
) -> list[RuledOut]:
    """Return the countries that one piece of evidence allows and another contradicts."""
    found: dict[str, RuledOut] = {}
    for allowance in _allowances(votes, testimony):
        country = allowance.country
        left = posterior.of(country)
        against = _against(country, allowance.voice, testimony)
        if country not in found and left < OUT and against is not None:
            found[country] = RuledOut(country, country_name(country), left, allowance.by, against)
    return list(found.values())


@dataclass(frozen=True)
class Allowance:
    """One piece of evidence that alone would allow a country."""

    country: str
    share: float
    by: str
    voice: Voice | None


def _allowances(votes: Sequence[MarketVote], testimony: Testimony) -> list[Allowance]:
    found = [
        Allowance(country, vote.probability * count / sum(vote.observations.values()), said, None)
        for vote in votes
        for said in [f"the markets of product {vote.product}"]
        for country, count in vote.observations.items()
        if count > 0
    ]
    for voice in testimony.voices:
        shares = voice.reliability * voice.strengths(testimony.world)
        for country, share in zip(testimony.world.countries, shares.tolist(), strict=True):
            if share > 0:
                found.append(Allowance(country, share, _voice(voice, country), voice))
    worthy = [allowance for allowance in found if allowance.share >= ALLOWED]
    return sorted(worthy, key=lambda allowance: (-allowance.share, allowance.country))


def _against(country: str, said_by: Voice | None, testimony: Testimony) -> str | None:
    """Return what speaks most against a country, if anything does."""
    place = testimony.world.places[country]
    factors = testimony.factors[:, place] / testimony.factors.max(axis=1, initial=1.0)
    order = factors.argsort(kind="stable")
    for row in order:
        voice = testimony.voices[row]
        if voice is not said_by and factors[row] <= AGAINST:
            return f"{_clue(voice.clues[0])} points to {_names(voice, testimony)} instead"
    return None


def _names(voice: Voice, testimony: Testimony) -> str:
    strengths = voice.strengths(testimony.world)
    order = (-strengths).argsort(kind="stable")[:FEW]
    places = [place for place in order if strengths[place] > 0]
    return _and([country_name(testimony.world.countries[place]) for place in places])


def _voice(voice: Voice, country: str) -> str:
    clue, _ = max(voice.parts(country), key=lambda part: part[1])
    return _clue(clue)


def _clue(clue: WeighedClue) -> str:
    if clue.kind == KIND:
        return f"the object in {clue.text or clue.value}"
    kind = clue.kind.replace("_", " ")
    return f"the {kind} {clue.value}" if clue.value else f"the {kind}"


def _fewest(shares: Sequence[CountryShare], probability: float) -> list[CountryShare]:
    """Return the fewest countries that hold a probability together; none if all do not."""
    total = 0.0
    for place, share in enumerate(shares, start=1):
        total += share.probability
        if total >= probability:
            return list(shares[:place])
    return []


# --- sentences ---------------------------------------------------------------------------------


def _nothing(shares: Sequence[CountryShare]) -> str:
    if not shares:
        return NOTHING.sentence
    return (
        f"Nothing to go on: not even {_likely(shares[0])}, the likeliest country, "
        "has more than a hint behind it."
    )


def _one(share: CountryShare) -> str:
    return f"Points to {_likely(share)}, above all by {_cause(share)}."


def _few(shares: Sequence[CountryShare]) -> str:
    return f"Points to {_and([_likely(share) for share in shares])}, and hardly anywhere else."


def _region(share: RegionShare) -> str:
    countries = _and([country_name(country) for country in share.countries])
    return (
        f"Points to the region {share.region.name} ({_percent(share.probability)}); "
        f"nothing tells {countries} apart."
    )


def _everywhere(n_countries: int) -> str:
    return f"No lead: sold nearly everywhere, in {n_countries} countries about alike."


def _open(shares: Sequence[CountryShare], undetermined: float) -> str:
    likely = _and([_likely(share) for share in shares[:FEW]])
    return f"Several countries remain, first {likely}; {_percent(undetermined)} is undetermined."


def _likely(share: CountryShare) -> str:
    return f"{country_name(share.country)} ({_percent(share.probability)})"


def _cause(share: CountryShare) -> str:
    cause = share.contributions[0].cause
    return f"the markets of product {cause}" if isinstance(cause, str) else _clue(cause)


def _percent(probability: float) -> str:
    return "over 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""

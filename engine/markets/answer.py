"""The posterior in the words of the answer: rounded so that what is printed adds up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.embed.image import Box
from engine.markets.clues.clue import Clue as ReadClue
from engine.markets.countries import country_name
from engine.markets.posterior import (
    Contribution,
    CountryPosterior,
    MarketVote,
    country_posterior,
    hear,
)
from engine.markets.prior import CountryPrior
from engine.markets.regions import region_shares
from engine.markets.results import (
    CandidateEvidence,
    Clue,
    ClueEvidence,
    CountryStrength,
    Market,
    MarketEvidence,
    ObjectEvidence,
    Region,
    RuledOut,
    Verdict,
)
from engine.markets.scenes import KIND
from engine.markets.verdicts import verdict_of
from engine.markets.voices import WeighedClue

UNITS = 1_000_000
"""Probabilities are printed in millionths."""


@dataclass(frozen=True)
class HeardClue:
    """A clue as it was read, and with what it may count."""

    read: ReadClue
    weighed: WeighedClue


@dataclass(frozen=True)
class CountryAnswer:
    """All that is said of countries about one crop."""

    markets: list[Market]
    undetermined: float
    regions: list[Region]
    verdict: Verdict
    clues: list[Clue]


def country_answer(
    votes: Sequence[MarketVote],
    heard: Sequence[HeardClue],
    prior: CountryPrior,
    origin: tuple[int, int] = (0, 0),
) -> CountryAnswer:
    """Return what candidates and clues say of countries, together.

    `origin` is where the part of the picture that was read begins: left, top, px.
    """
    clues = [each.weighed for each in heard]
    posterior = country_posterior(votes, clues, prior)
    markets, undetermined = market_list(posterior)
    return CountryAnswer(
        markets=markets,
        undetermined=undetermined,
        regions=region_list(posterior),
        verdict=rounded_verdict(verdict_of(posterior, votes, hear(votes, clues, prior))),
        clues=clue_list(heard, origin),
    )


def market_list(posterior: CountryPosterior) -> tuple[list[Market], float]:
    """Return the countries that evidence raised, each with that evidence, and `undetermined`.

    Countries and `undetermined` sum to 1, and the weights of a country's evidence to its
    probability, in whole millionths; a country of less than half a millionth is left out.
    """
    probabilities = [share.probability for share in posterior.countries]
    *units, undetermined = whole_units([*probabilities, posterior.undetermined], UNITS)
    markets = [
        Market(
            country=share.country,
            name=country_name(share.country),
            probability=count / UNITS,
            evidence=_evidence(share.contributions, count),
        )
        for share, count in zip(posterior.countries, units, strict=True)
        if count > 0
    ]
    return markets, undetermined / UNITS


def whole_units(shares: Sequence[float], total: int) -> list[int]:
    """Divide `total` in proportion to `shares`; the largest remainders get what rounding leaves."""
    whole = sum(shares)
    if whole <= 0:
        return [0] * len(shares)
    exact = [share / whole * total for share in shares]
    units = [int(value) for value in exact]
    order = sorted(range(len(shares)), key=lambda place: (units[place] - exact[place], place))
    for place in order[: total - sum(units)]:
        units[place] += 1
    return units


def _evidence(parts: Sequence[Contribution], units: int) -> list[MarketEvidence]:
    counts = whole_units([part.weight for part in parts], units)
    rows = [
        _cause(part.cause, count / UNITS)
        for part, count in zip(parts, counts, strict=True)
        if count > 0
    ]
    return sorted(rows, key=lambda row: -row.weight)


def _cause(cause: str | WeighedClue, weight: float) -> MarketEvidence:
    if isinstance(cause, str):
        return CandidateEvidence(cause, weight)
    if cause.kind == KIND:
        return ObjectEvidence(int(cause.value), cause.text, weight)
    return ClueEvidence(cause.kind, cause.value, cause.text, cause.fact.value, weight)


def region_list(posterior: CountryPosterior) -> list[Region]:
    """Return the regions whose countries the evidence does not tell apart."""
    return [
        Region(
            share.region.region,
            share.region.name,
            list(share.countries),
            round(share.probability, 6),
        )
        for share in region_shares(posterior)
    ]


def clue_list(heard: Sequence[HeardClue], origin: tuple[int, int]) -> list[Clue]:
    """Return the clues as answers show them, the most reliable first."""
    rows = [_clue(each.read, each.weighed, *origin) for each in heard]
    return sorted(rows, key=lambda row: (-row.reliability, row.kind, row.value))


def _clue(clue: ReadClue, weighed: WeighedClue, left: int, top: int) -> Clue:
    order = sorted(clue.countries.items(), key=lambda item: (-item[1], item[0]))
    return Clue(
        kind=clue.kind,
        value=clue.value,
        text=clue.text,
        fact=clue.fact.value,
        countries=[CountryStrength(country, round(share, 6)) for country, share in order],
        reliability=round(weighed.reliability, 6),
        family=weighed.family,
        box=clue.box and Box(clue.box.x + left, clue.box.y + top, clue.box.width, clue.box.height),
        rule=clue.rule,
        source=clue.source,
    )


def rounded_verdict(verdict: Verdict) -> Verdict:
    """Drop digits that rounding errors of the processor could change."""
    return replace(verdict, ruled_out=[_rounded(row) for row in verdict.ruled_out])


def _rounded(row: RuledOut) -> RuledOut:
    return replace(row, probability=round(row.probability, 6))

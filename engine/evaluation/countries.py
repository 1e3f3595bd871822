"""Countries: how well an answer knows where the item was bought. Pure functions.

Of the crops whose query row names a `market`. An answer's probabilities are those that it lists;
its undetermined share is spread evenly over all countries of ISO 3166-1 (`WORLD`), so that the
answer is a distribution that logarithmic and Brier score can judge. Two baselines are judged
alike: *uniform*, every country the same; and *union*, what a plain list of candidates gives: the
crop's share of known (1 - unknown) evenly over the countries where any of the first `N_UNION`
candidates is sold, the rest evenly over all.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pycountry

from engine.metrics import (
    Estimate,
    ReliabilityBin,
    estimate_mean,
    estimate_share,
    expected_error,
    reliability,
)
from engine.results import CropResult

WORLD = tuple(sorted(country.alpha_2 for country in pycountry.countries))
"""All countries of ISO 3166-1: the prior of this evaluation."""

N_UNION = 10

SMALLEST = 1e-6
"""Floor of a probability inside a logarithm: answers are rounded to six digits."""


@dataclass(frozen=True)
class LocatedCrop:
    """What was said of a crop, and the country where its item was bought."""

    market: str
    result: CropResult
    cluster: str
    """Crops of one product resemble each other."""
    is_known: bool = False
    """Whether the catalog holds the product."""
    groups: tuple[str, ...] = ()
    """What it has in common with others, as the query row tells it."""


@dataclass(frozen=True)
class CountryFigures:
    """Figures of one way to name countries."""

    top_1: Estimate
    """Share of crops whose country is named first; ties count by the share that is right."""
    top_3: Estimate
    log_loss: Estimate
    """Mean of -ln of the right country's probability, nats; lower is better."""
    brier: Estimate
    """Mean of the sum over countries of (probability - truth) squared, 0 to 2; lower is better."""


@dataclass(frozen=True)
class CountryPart:
    """Figures of the crops of one group whose product the catalog holds, or lacks."""

    group: str
    """As the query rows name it; empty for the crops of every group."""
    is_known: bool
    """Whether the catalog holds the product."""
    crops: int
    determined: int
    """Crops for which any country was named."""
    engine: CountryFigures
    union: CountryFigures
    """The baseline of that name."""
    calibration_error: float | None


@dataclass(frozen=True)
class ClueFigures:
    """How often the countries of one kind of clue hold the right one."""

    crops: int
    """Crops with a clue of this kind that names countries."""
    precision: Estimate
    """Share of them whose right country is among those that the clues of this kind name."""
    mean_countries: float
    """Countries that such a crop's clues of this kind name together, on the average."""


@dataclass(frozen=True)
class CountryReport:
    """Figures of countries over the crops with a known market."""

    crops: int
    determined: int
    """Crops for which any country was named."""
    engine: CountryFigures
    baselines: dict[str, CountryFigures]
    """`uniform` and `union`."""
    calibration_error: float | None
    """Of the first country's probability, in ten bins; crops without a country left out."""
    reliability: list[ReliabilityBin]
    clues: dict[str, ClueFigures]
    """By kind of clue."""
    parts: list[CountryPart] = field(default_factory=list)
    """All crops and those of each group, in the catalog and not."""


def country_report(crops: Sequence[LocatedCrop]) -> CountryReport | None:
    """Return the figures of countries; None if no crop tells its market."""
    if not crops:
        return None
    bins = _bins(crops)
    return CountryReport(
        crops=len(crops),
        determined=_determined(crops),
        engine=_figures(crops, [posterior_of(crop.result) for crop in crops]),
        baselines={
            "uniform": _figures(crops, [spread({}, 1.0)] * len(crops)),
            "union": _figures(crops, [union_of(crop.result) for crop in crops]),
        },
        calibration_error=expected_error(bins),
        reliability=bins,
        clues=_clue_figures(crops),
        parts=_parts(crops),
    )


def _parts(crops: Sequence[LocatedCrop]) -> list[CountryPart]:
    """Report every group apart, and within it what the catalog holds from what it lacks."""
    groups = ["", *sorted({group for crop in crops for group in crop.groups})]
    parts = [
        (group, is_known, [c for c in crops if c.is_known == is_known and _is_of(c, group)])
        for group in groups
        for is_known in (True, False)
    ]
    return [_part(group, is_known, some) for group, is_known, some in parts if some]


def _is_of(crop: LocatedCrop, group: str) -> bool:
    return not group or group in crop.groups


def _part(group: str, is_known: bool, crops: Sequence[LocatedCrop]) -> CountryPart:
    return CountryPart(
        group=group,
        is_known=is_known,
        crops=len(crops),
        determined=_determined(crops),
        engine=_figures(crops, [posterior_of(crop.result) for crop in crops]),
        union=_figures(crops, [union_of(crop.result) for crop in crops]),
        calibration_error=expected_error(_bins(crops)),
    )


def _determined(crops: Sequence[LocatedCrop]) -> int:
    return sum(bool(crop.result.markets) for crop in crops)


def _bins(crops: Sequence[LocatedCrop]) -> list[ReliabilityBin]:
    """Return how often the first country is right; crops without one are left out."""
    firsts = [(crop.result.markets[0], crop.market) for crop in crops if crop.result.markets]
    return reliability(
        [first.probability for first, _ in firsts],
        [first.country == market for first, market in firsts],
    )


def posterior_of(result: CropResult) -> dict[str, float]:
    """Return the answer's probability of each country, the undetermined share spread."""
    listed = {market.country: market.probability for market in result.markets}
    return spread(listed, max(1.0 - sum(listed.values()), 0.0))


def union_of(result: CropResult) -> dict[str, float]:
    """Return the baseline that every candidate's markets are alike."""
    countries = {c for each in result.candidates[:N_UNION] for c in each.product.markets}
    known = 1.0 - result.unknown if countries else 0.0
    return spread({country: known / len(countries) for country in countries}, 1.0 - known)


def spread(listed: Mapping[str, float], rest: float) -> dict[str, float]:
    """Return probabilities with the rest spread evenly over the world."""
    shares = dict.fromkeys(WORLD, 0.0) | dict(listed)
    return {country: share + rest / len(shares) for country, share in shares.items()}


def _figures(
    crops: Sequence[LocatedCrop], posteriors: Sequence[Mapping[str, float]]
) -> CountryFigures:
    clusters = [crop.cluster for crop in crops]
    pairs = [(crop.market, each) for crop, each in zip(crops, posteriors, strict=True)]

    def mean(values: list[float]) -> Estimate:
        found = estimate_mean(values, clusters)
        assert found is not None
        return found

    return CountryFigures(
        top_1=mean([hit(market, each, 1) for market, each in pairs]),
        top_3=mean([hit(market, each, 3) for market, each in pairs]),
        log_loss=mean([log_loss(market, each) for market, each in pairs]),
        brier=mean([brier(market, each) for market, each in pairs]),
    )


def hit(market: str, posterior: Mapping[str, float], k: int) -> float:
    """Return the chance that a country is among the first k, when ties are broken by lot."""
    own = posterior.get(market, 0.0)
    ahead = sum(share > own + 1e-12 for share in posterior.values())
    tied = sum(abs(share - own) <= 1e-12 for share in posterior.values())
    return float(np.clip((k - ahead) / max(tied, 1), 0.0, 1.0))


def log_loss(market: str, posterior: Mapping[str, float]) -> float:
    """Return -ln of the right country's probability, which counts as `SMALLEST` at least."""
    return float(-np.log(max(posterior.get(market, 0.0), SMALLEST)))


def brier(market: str, posterior: Mapping[str, float]) -> float:
    """Return the sum over countries of (probability - truth) squared (Brier 1950)."""
    squares = sum(share**2 for share in posterior.values())
    return squares - 2 * posterior.get(market, 0.0) + 1.0


def _clue_figures(crops: Sequence[LocatedCrop]) -> dict[str, ClueFigures]:
    """Return figures by kind; a clue that names no country says nothing that could be wrong."""
    by_kind: dict[str, list[tuple[LocatedCrop, set[str]]]] = defaultdict(list)
    for crop in crops:
        for kind, countries in _named_by_clues(crop.result.clues).items():
            by_kind[kind].append((crop, countries))
    return {kind: _precision(by_kind[kind]) for kind in sorted(by_kind)}


def _named_by_clues(clues: Sequence[Any]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = defaultdict(set)
    for clue in clues:
        named[clue.kind] |= countries_of(clue)
    return {kind: countries for kind, countries in named.items() if countries}


def countries_of(clue: object) -> set[str]:
    """Return the countries that a clue names: codes, or a mapping of codes to strengths."""
    found = getattr(clue, "countries", None) or ()
    return {str(getattr(each, "country", each)) for each in found}


def _precision(found: Sequence[tuple[LocatedCrop, set[str]]]) -> ClueFigures:
    right = [crop.market in countries for crop, countries in found]
    precision = estimate_share(right, [crop.cluster for crop, _ in found])
    assert precision is not None
    mean = float(np.mean([len(countries) for _, countries in found]))
    return ClueFigures(len(found), precision, mean)

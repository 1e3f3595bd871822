"""Recognition measured on a labelled set, against the present catalog: the parts composed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from engine.calibrate import ScoredCrop
from engine.catalog.manifest import BadRow, QueryRow, read_queries
from engine.cropkinds import BRAND_STRUCK, KNOWN, STRUCK, UNKNOWN
from engine.crops import crop_from_file
from engine.embed.image import DecodeLimits
from engine.embed.quality_hits import Hits
from engine.errors import ImageError
from engine.evaluation.channels import ChannelReport, channel_reports
from engine.evaluation.countries import CountryReport, LocatedCrop, country_report
from engine.evaluation.examining import NO_BRANDS, examine_row
from engine.evaluation.hits import hits_by_hindrance
from engine.evaluation.labelled import LabelledCrop, Recognised
from engine.evaluation.mistakes import Mistake, worst_mistakes
from engine.evaluation.progress import Progress, ignore_progress
from engine.evaluation.stress import StressReport
from engine.evaluation.thresholds import OperatingPoint, operating_points
from engine.evaluation.unknowns import Brands, UnknownReport, unknown_kinds
from engine.fusion import Floats, Posterior, signal_matrix
from engine.metrics import (
    METRICS,
    Estimate,
    Outcome,
    ReliabilityBin,
    cluster_of,
    estimate,
    reliability_of,
)
from engine.results import ModelInfo
from engine.search import Searcher
from engine.weighing import Weighed

ALL = "all"
"""Row of the report that holds the crops of every category."""


@dataclass(frozen=True)
class GroupReport:
    """The figures of one category."""

    crops: int
    known: int
    unknown: int
    products: int
    metrics: dict[str, Estimate | None]
    operating_points: list[OperatingPoint] = field(default_factory=list)
    """Precision and recall at a false-positive rate; empty without unknown crops."""


@dataclass(frozen=True)
class Evaluation:
    """Figures of one encoder on one labelled set."""

    model: ModelInfo
    unknown_prior: float
    groups: dict[str, GroupReport]
    """By category; `all` holds every crop."""
    median_ms: dict[str, float]
    """Median time of one search by stage."""
    p95_ms: float
    bad_rows: list[BadRow]
    missing_products: list[str]
    reliability: list[ReliabilityBin] = field(default_factory=list)
    """Of the first candidates, in ten bins; unknown crops count as wrong."""
    unknown_kinds: dict[str, UnknownReport] = field(default_factory=dict)
    """By kind of unknown crop: foreign, sibling, unspecified, struck, brand struck."""
    channels: dict[str, ChannelReport] = field(default_factory=dict)
    channels_refitted: bool = False
    """Whether the fusion was fitted anew to what each set of channels left."""
    quality: dict[str, Hits] = field(default_factory=dict)
    """Known crops and hits by what hinders them most."""
    countries: CountryReport | None = None
    stress: StressReport | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    """The crops where most was believed of a wrong answer, the worst first."""
    is_blank: bool = False
    """Whether names, brands, descriptions and GTINs of the catalog were blanked."""


def recognise(
    searcher: Searcher,
    queries: Path,
    limits: DecodeLimits,
    catalog_ids: set[str],
    on_progress: Progress = ignore_progress,
    protocols: Sequence[str] = (),
    brands: Brands = NO_BRANDS,
) -> Recognised:
    """Search every crop of a query file.

    Parameters
    ----------
    searcher : Searcher
        Of the catalog that the labels are about.
    queries : pathlib.Path
        The query file.
    limits : DecodeLimits
        Of pictures.
    catalog_ids : set of str
        Ids of the catalog's products: a crop of another product counts as unknown.
    on_progress : callable
        Called after each crop.
    protocols : sequence of str
        `STRUCK`, `BRAND_STRUCK`: weigh each known crop once more without these products.
    brands : Brands
        Of the catalog's products.

    Returns
    -------
    Recognised
        Crops in the file's order.

    Raises
    ------
    ManifestError
        If the file is no query file.
    """
    rows = list(read_queries(queries))
    bad_rows = [row for row in rows if isinstance(row, BadRow)]
    good_rows = [row for row in rows if isinstance(row, QueryRow)]
    crops: list[LabelledCrop] = []
    for done, row in enumerate(_relabelled(good_rows, catalog_ids), start=1):
        try:
            crops.append(examine_row(searcher, row, limits, protocols, brands))
        except (ImageError, OSError) as error:
            bad_rows.append(BadRow(row.line, str(error)))
        on_progress(done, len(good_rows))
    missing = sorted({row.product for row in good_rows} - {""} - catalog_ids)
    return Recognised(crops, bad_rows, missing)


def _relabelled(rows: Sequence[QueryRow], catalog_ids: set[str]) -> Iterator[QueryRow]:
    """Call a crop unknown whose product the catalog lacks."""
    for row in rows:
        yield row if row.product in catalog_ids else replace(row, product="")


def evaluate(
    recognised: Recognised,
    model: ModelInfo,
    unknown_prior: float,
    *,
    brands: Brands = NO_BRANDS,
    weigh: Callable[[Floats], Posterior] | None = None,
    refits: bool = False,
    stress: StressReport | None = None,
    is_blank: bool = False,
) -> Evaluation:
    """Turn what was found into figures, over all crops and by category.

    Parameters
    ----------
    recognised : Recognised
        The crops.
    model : ModelInfo
        The encoder that they were searched by.
    unknown_prior : float
        Of the searcher.
    brands : Brands
        Of the catalog's products: tell foreign from sibling unknowns.
    weigh : callable, optional
        The fusion in use; without it there are no figures by channel.
    refits : bool
        Whether to fit the fusion anew to each set of channels.
    stress : StressReport, optional
        Figures of damaged crops, passed through.
    is_blank : bool
        Whether the catalog's texts were blanked.

    Returns
    -------
    Evaluation
        Every figure that a crop at least supports.
    """
    crops = recognised.crops
    outcomes = [crop.outcome for crop in crops]
    categories = sorted({outcome.category for outcome in outcomes} - {""})
    groups = {ALL: _group(outcomes)} | {
        name: _group([o for o in outcomes if o.category == name]) for name in categories
    }
    median_ms, p95_ms = _times(crops)
    return Evaluation(
        model=model,
        unknown_prior=unknown_prior,
        groups=groups,
        median_ms=median_ms,
        p95_ms=p95_ms,
        bad_rows=recognised.bad_rows,
        missing_products=recognised.missing_products,
        reliability=reliability_of(outcomes),
        unknown_kinds=unknown_kinds(crops, brands),
        channels=channel_reports(crops, weigh, unknown_prior if refits else None) if weigh else {},
        channels_refitted=refits,
        quality=hits_by_hindrance(crops),
        countries=country_report(_located(crops)),
        stress=stress,
        mistakes=worst_mistakes(crops),
        is_blank=is_blank,
    )


def _located(crops: Sequence[LabelledCrop]) -> list[LocatedCrop]:
    return [
        LocatedCrop(
            crop.row.market,
            crop.result,
            cluster_of(crop.outcome, number),
            crop.outcome.is_known,
            crop.row.groups,
        )
        for number, crop in enumerate(crops)
        if crop.row.market
    ]


def _group(outcomes: Sequence[Outcome]) -> GroupReport:
    known = [outcome for outcome in outcomes if outcome.is_known]
    return GroupReport(
        crops=len(outcomes),
        known=len(known),
        unknown=len(outcomes) - len(known),
        products=len({outcome.product for outcome in known}),
        metrics={name: estimate(metric, outcomes) for name, metric in METRICS.items()},
        operating_points=operating_points(outcomes),
    )


def _times(crops: Sequence[LabelledCrop]) -> tuple[dict[str, float], float]:
    """Return the median of each stage, 0 ms where it was left out, and the 95th percentile."""
    if not crops:
        return {}, 0.0
    stages = dict.fromkeys(stage for crop in crops for stage in crop.elapsed_ms)
    median = {
        stage: round(float(np.median([crop.elapsed_ms.get(stage, 0.0) for crop in crops])), 1)
        for stage in stages
    }
    totals = [crop.elapsed_ms["total"] for crop in crops]
    return median, round(float(np.quantile(totals, 0.95)), 1)


def scored_crops(
    searcher: Searcher,
    queries: Path,
    limits: DecodeLimits,
    brands: Brands,
    on_progress: Progress = ignore_progress,
) -> list[ScoredCrop]:
    """Return the candidates of every labelled crop with their signals, as the fit wants them.

    A known crop comes back up to three times: as it is, as if the catalog lacked its product, and
    as if it lacked all products of its brand.
    """
    rows = [row for row in read_queries(queries) if isinstance(row, QueryRow)]
    crops: list[ScoredCrop] = []
    for done, row in enumerate(rows, start=1):
        crop = crop_from_file(row.image, limits, row.box)
        look, weighed = searcher.look_and_weigh(crop)
        is_known = row.product in brands.by_product
        crops.append(
            _scored(weighed, row.product if is_known else "", KNOWN if is_known else UNKNOWN)
        )
        if is_known:
            siblings = brands.products_of_brand(row.product)
            crops.append(_scored(searcher.weigh_without(look, [row.product]), row.product, STRUCK))
            if siblings:
                crops.append(
                    _scored(searcher.weigh_without(look, siblings), row.product, BRAND_STRUCK)
                )
        on_progress(done, len(rows))
    return crops


def _scored(weighed: Weighed, product: str, kind: str) -> ScoredCrop:
    products = [each.image.product for each in weighed.comparisons]
    ids = [each.key for each in products]
    return ScoredCrop(
        signals=signal_matrix([each.signals for each in weighed.comparisons]),
        right=ids.index(product) if kind == KNOWN and product in ids else None,
        product=product,
        kind=kind,
        categories=tuple(each.category for each in products),
    )

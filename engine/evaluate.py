"""Recognition measured on a labelled set, against the present catalog."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.calibrate import ScoredCrop
from engine.catalog.manifest import BadRow, QueryRow, read_queries
from engine.embed.image import DecodeLimits
from engine.errors import ImageError
from engine.fusion import signal_matrix
from engine.metrics import METRICS, Estimate, Outcome, estimate
from engine.results import CropResult, ModelInfo
from engine.search import POOL_SIZE, Searcher, crop_from_file

ALL = "all"
"""Row of the report that holds the crops of every category."""

Progress = Callable[[int, int], None]
"""Called with how many things are done, and of how many."""


def ignore_progress(done: int, total: int) -> None:
    """Tell nobody."""
    del done, total


@dataclass(frozen=True)
class LabelledCrop:
    """A query row and what the engine said about its crop."""

    row: QueryRow
    result: CropResult
    elapsed_ms: dict[str, float]


@dataclass(frozen=True)
class Recognised:
    """All crops that could be searched, and the rows that could not."""

    crops: list[LabelledCrop]
    bad_rows: list[BadRow]
    missing_products: list[str]
    """Ids that the queries name and the catalog lacks; their crops count as unknown."""


@dataclass(frozen=True)
class GroupReport:
    """The figures of one category."""

    crops: int
    known: int
    unknown: int
    products: int
    metrics: dict[str, Estimate | None]


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


def recognise(
    searcher: Searcher,
    queries: Path,
    limits: DecodeLimits,
    catalog_ids: set[str],
    on_progress: Progress = ignore_progress,
) -> Recognised:
    """Search every crop of a query file.

    Raises
    ------
    ManifestError
        If the file is no query file.
    """
    rows = list(read_queries(queries))
    crops: list[LabelledCrop] = []
    bad_rows = [row for row in rows if isinstance(row, BadRow)]
    good_rows = [row for row in rows if isinstance(row, QueryRow)]
    for done, row in enumerate(good_rows, start=1):
        try:
            crops.append(_search_row(searcher, row, limits))
        except (ImageError, OSError) as error:
            bad_rows.append(BadRow(row.line, str(error)))
        on_progress(done, len(good_rows))
    named = {crop.row.product for crop in crops} - {""}
    missing = sorted(named - catalog_ids)
    return Recognised(list(_relabelled(crops, catalog_ids)), bad_rows, missing)


def _search_row(searcher: Searcher, row: QueryRow, limits: DecodeLimits) -> LabelledCrop:
    crop = crop_from_file(row.image, limits, row.box)
    answer = searcher.search([crop], limit=POOL_SIZE)
    return LabelledCrop(row, answer.results[0], answer.elapsed_ms)


def _relabelled(crops: Sequence[LabelledCrop], catalog_ids: set[str]) -> Iterator[LabelledCrop]:
    """Call a crop unknown whose product the catalog lacks."""
    for crop in crops:
        is_missing = crop.row.product not in catalog_ids
        yield replace(crop, row=replace(crop.row, product="")) if is_missing else crop


def evaluate(recognised: Recognised, model: ModelInfo, unknown_prior: float) -> Evaluation:
    """Turn what was found into figures, over all crops and by category."""
    outcomes = [_outcome(crop) for crop in recognised.crops]
    categories = sorted({outcome.category for outcome in outcomes} - {""})
    groups = {ALL: _group(outcomes)} | {
        name: _group([o for o in outcomes if o.category == name]) for name in categories
    }
    median_ms, p95_ms = _times(recognised.crops)
    return Evaluation(
        model,
        unknown_prior,
        groups,
        median_ms,
        p95_ms,
        recognised.bad_rows,
        recognised.missing_products,
    )


def _outcome(crop: LabelledCrop) -> Outcome:
    candidates = crop.result.candidates
    right = (c.rank for c in candidates if c.product.id == crop.row.product)
    return Outcome(
        product=crop.row.product,
        category=crop.row.category,
        rank=next(right, None),
        top_probability=candidates[0].probability if candidates else 0.0,
        unknown=crop.result.unknown,
    )


def _group(outcomes: Sequence[Outcome]) -> GroupReport:
    known = [outcome for outcome in outcomes if outcome.is_known]
    return GroupReport(
        crops=len(outcomes),
        known=len(known),
        unknown=len(outcomes) - len(known),
        products=len({outcome.product for outcome in known}),
        metrics={name: estimate(metric, outcomes) for name, metric in METRICS.items()},
    )


def _times(crops: Sequence[LabelledCrop]) -> tuple[dict[str, float], float]:
    if not crops:
        return {}, 0.0
    stages = crops[0].elapsed_ms
    median = {
        stage: round(float(np.median([crop.elapsed_ms[stage] for crop in crops])), 1)
        for stage in stages
    }
    totals = [crop.elapsed_ms["total"] for crop in crops]
    return median, round(float(np.quantile(totals, 0.95)), 1)


def scored_crops(
    searcher: Searcher,
    queries: Path,
    limits: DecodeLimits,
    on_progress: Progress = ignore_progress,
) -> list[ScoredCrop]:
    """Return the candidates of every labelled crop with their signals, as the fit wants them."""
    rows = [row for row in read_queries(queries) if isinstance(row, QueryRow)]
    crops = []
    for done, row in enumerate(rows, start=1):
        weighed = searcher.weigh(crop_from_file(row.image, limits, row.box))
        ids = [each.image.product.key for each in weighed.comparisons]
        right = ids.index(row.product) if row.product in ids else None
        signals = signal_matrix([each.signals for each in weighed.comparisons])
        crops.append(ScoredCrop(signals, right, weighed.n_products, row.product))
        on_progress(done, len(rows))
    return crops

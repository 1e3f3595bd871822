"""Figures of recognition, from what was found for each labelled crop. Pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

N_BINS = 10
"""Equal-width bins of the calibration error, as Guo et al. 2017 (arXiv:1706.04599) define it."""


@dataclass(frozen=True)
class Outcome:
    """What the engine said about one labelled crop."""

    product: str
    """The right product's id; empty when it is not in the catalog."""
    category: str
    rank: int | None
    """Where the right product stood, from 1; none when it was not named."""
    top_probability: float
    """Probability of the first candidate, 0 when there is none."""
    unknown: float
    """Probability that the product is not in the catalog."""

    @property
    def is_known(self) -> bool:
        """Whether the catalog holds the right product."""
        return self.product != ""


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval by bootstrap."""

    value: float
    low: float
    high: float


Metric = Callable[[Sequence[Outcome]], float | None]


def top_k(k: int) -> Metric:
    """Return the metric `share of known crops whose product is among the first k`."""

    def share(outcomes: Sequence[Outcome]) -> float | None:
        hits = [o.rank is not None and o.rank <= k for o in outcomes if o.is_known]
        return float(np.mean(hits)) if hits else None

    return share


def mean_reciprocal_rank(outcomes: Sequence[Outcome]) -> float | None:
    """Return the mean of 1/rank over known crops; a product that was not named counts 0."""
    values = [1 / o.rank if o.rank else 0.0 for o in outcomes if o.is_known]
    return float(np.mean(values)) if values else None


def unknown_auroc(outcomes: Sequence[Outcome]) -> float | None:
    """Return how well `unknown` tells unknown crops from known ones, .5 to 1 (area under ROC)."""
    labels = [not o.is_known for o in outcomes]
    if len(set(labels)) < 2:
        return None
    return float(roc_auc_score(labels, [o.unknown for o in outcomes]))


def calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    """Return the expected calibration error of the first candidate's probability.

    Unknown crops count as wrong, whatever is named. The error is the mean over `N_BINS` bins,
    weighted by their crops, of |share right - mean probability|.
    """
    if not outcomes:
        return None
    probability = np.array([o.top_probability for o in outcomes])
    is_right = np.array([o.is_known and o.rank == 1 for o in outcomes], dtype=float)
    bins = np.minimum((probability * N_BINS).astype(int), N_BINS - 1)
    gaps = [
        np.sum(bins == b) * abs(is_right[bins == b].mean() - probability[bins == b].mean())
        for b in np.unique(bins)
    ]
    return float(np.sum(gaps) / len(outcomes))


METRICS: dict[str, Metric] = {
    "top_1": top_k(1),
    "top_5": top_k(5),
    "top_10": top_k(10),
    "mrr": mean_reciprocal_rank,
    "unknown_auroc": unknown_auroc,
    "calibration_error": calibration_error,
}


def estimate(
    metric: Metric, outcomes: Sequence[Outcome], resamples: int = 500, seed: int = 0
) -> Estimate | None:
    """Return a metric with its interval, by bootstrap over products.

    Crops of one product resemble each other, so whole products are drawn with replacement
    (Davison & Hinkley 1997, section 3.8); each unknown crop stands for a product of its own.

    Returns
    -------
    Estimate or None
        None where the metric means nothing for these crops, as AUROC without unknown ones.
    """
    value = metric(outcomes)
    if value is None:
        return None
    clusters = _clusters(outcomes)
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(resamples):
        drawn = rng.integers(len(clusters), size=len(clusters))
        drawn_value = metric([outcome for number in drawn for outcome in clusters[number]])
        if drawn_value is not None:
            values.append(drawn_value)
    low, high = np.quantile(values, [0.025, 0.975])
    return Estimate(value, float(low), float(high))


def _clusters(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    by_product: dict[str, list[Outcome]] = {}
    for number, outcome in enumerate(outcomes):
        by_product.setdefault(outcome.product or f"/unknown/{number}", []).append(outcome)
    return list(by_product.values())

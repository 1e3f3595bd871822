"""Figures of recognition, from what was found for each labelled crop. Pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

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
    kind: str = ""
    """Of an unknown crop: `foreign`, `sibling` or another kind that is reported apart."""
    cluster: str = ""
    """Crops of one cluster resemble each other; by default those of one product."""

    @property
    def is_right(self) -> bool:
        """Whether the first candidate is the right product; never for an unknown crop."""
        return self.is_known and self.rank == 1

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


def mean_average_precision(outcomes: Sequence[Outcome]) -> float | None:
    """Return the mean over known products of the average precision of their crops.

    The ranking is of products, and a crop has one right one, so that its average precision is
    1/rank (0 when not named) and several reference images of the right product count once, by
    the likeliest. What sets this apart from `mean_reciprocal_rank` is that every product counts
    the same here, however many crops it has.
    """
    by_product: dict[str, list[float]] = {}
    for outcome in outcomes:
        if outcome.is_known:
            precision = 1 / outcome.rank if outcome.rank else 0.0
            by_product.setdefault(outcome.product, []).append(precision)
    means = [float(np.mean(values)) for values in by_product.values()]
    return float(np.mean(means)) if means else None


def unknown_auroc(outcomes: Sequence[Outcome]) -> float | None:
    """Return how well `unknown` tells unknown crops from known ones (area under ROC).

    It is the share of pairs, one of each, in which the unknown crop has the higher probability
    of being unknown, a tie counting half (Hanley & McNeil 1982): 1 is perfect, .5 is chance.
    """
    known = np.sort([o.unknown for o in outcomes if o.is_known])
    unknown = np.array([o.unknown for o in outcomes if not o.is_known])
    if not len(known) or not len(unknown):
        return None
    below = np.searchsorted(known, unknown, "left") + np.searchsorted(known, unknown, "right")
    return float(below.sum() / 2 / len(known) / len(unknown))


@dataclass(frozen=True)
class ReliabilityBin:
    """Crops whose first candidate got a probability of about one size."""

    low: float
    high: float
    count: int
    mean_probability: float | None
    """None where there are no such crops, like the next."""
    share_right: float | None


def reliability(probabilities: Sequence[float], are_right: Sequence[bool]) -> list[ReliabilityBin]:
    """Return the `N_BINS` points of a reliability curve, empty bins included."""
    probability = np.array(probabilities, dtype=float)
    is_right = np.array(are_right, dtype=float)
    numbers = np.minimum((probability * N_BINS).astype(int), N_BINS - 1)
    bins = []
    for number in range(N_BINS):
        inside = numbers == number
        count = int(inside.sum())
        mean = float(probability[inside].mean()) if count else None
        share = float(is_right[inside].mean()) if count else None
        bins.append(ReliabilityBin(number / N_BINS, (number + 1) / N_BINS, count, mean, share))
    return bins


def reliability_of(outcomes: Sequence[Outcome]) -> list[ReliabilityBin]:
    """Return the reliability curve of the first candidates; unknown crops count as wrong."""
    return reliability([o.top_probability for o in outcomes], [o.is_right for o in outcomes])


def expected_error(bins: Sequence[ReliabilityBin]) -> float | None:
    """Return the mean gap between probability and share right, weighted by the crops."""
    gaps = [
        each.count * abs(each.share_right - each.mean_probability)
        for each in bins
        if each.share_right is not None and each.mean_probability is not None
    ]
    return float(np.sum(gaps) / sum(each.count for each in bins)) if gaps else None


def calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    """Return the expected calibration error of the first candidate's probability.

    Unknown crops count as wrong, whatever is named. The error is the mean over `N_BINS` bins,
    weighted by their crops, of |share right - mean probability|.
    """
    return expected_error(reliability_of(outcomes))


METRICS: dict[str, Metric] = {
    "top_1": top_k(1),
    "top_5": top_k(5),
    "top_10": top_k(10),
    "mrr": mean_reciprocal_rank,
    "map": mean_average_precision,
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


def estimate_mean(
    values: Sequence[float], clusters: Sequence[str], resamples: int = 500, seed: int = 0
) -> Estimate | None:
    """Return a mean with its interval, by bootstrap over clusters; None of no values."""
    if not len(values):
        return None
    names, numbers = np.unique(np.array(clusters), return_inverse=True)
    sums = np.bincount(numbers, weights=np.array(values, dtype=float))
    counts = np.bincount(numbers)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(names), size=(resamples, len(names)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(np.mean(values)), float(low), float(high))


def estimate_share(are_hits: Sequence[bool], clusters: Sequence[str]) -> Estimate | None:
    """Return the share of hits with its interval, by bootstrap over clusters.

    Where all hit, or none, every resample does too; the interval is then the exact binomial one
    of as many trials as there are clusters (Clopper & Pearson 1934), so that 0 of 3 is no
    certainty.
    """
    share = estimate_mean([float(hit) for hit in are_hits], clusters)
    if share is None or 0 < share.value < 1:
        return share
    doubt = float(1 - 0.025 ** (1 / len(set(clusters))))
    return Estimate(0.0, 0.0, doubt) if share.value == 0 else Estimate(1.0, 1 - doubt, 1.0)


def cluster_of(outcome: Outcome, number: int) -> str:
    """Return what an outcome is drawn with; an unknown crop, by its number, stands alone."""
    return outcome.cluster or outcome.product or f"/unknown/{number}"


def _clusters(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    by_product: dict[str, list[Outcome]] = {}
    for number, outcome in enumerate(outcomes):
        by_product.setdefault(cluster_of(outcome, number), []).append(outcome)
    return list(by_product.values())

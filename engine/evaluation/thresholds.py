"""Thresholds: what is found when only candidates above a probability are believed.

A crop is *answered* when the probability of its first candidate lies above the threshold. An
unknown crop that is answered is a false positive; the false-positive rate is the share of unknown
crops that are. The threshold for a rate is the lowest that keeps within it on these crops, so it
is chosen and judged on the same crops; what the rate leaves of chance shows in the intervals, for
which the threshold is chosen anew in every resample.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.metrics import Estimate, Outcome, estimate

RATES = (0.01, 0.05)
"""False-positive rates that are reported."""


@dataclass(frozen=True)
class OperatingPoint:
    """Precision and recall at the threshold that a false-positive rate allows."""

    false_positive_rate_max: float
    threshold: float
    """A crop is answered if its first candidate's probability lies above this."""
    unknown: int
    """Crops whose product the catalog lacks; below 1 / rate of them not one may be answered."""
    false_positives: int
    recall: Estimate
    """Share of known crops that are answered, and rightly."""
    precision: Estimate | None
    """Share of answered crops, known or not, that are answered rightly; of the labelled set's own
    mix. None when none is answered."""


def operating_points(outcomes: Sequence[Outcome]) -> list[OperatingPoint]:
    """Return a point for each of `RATES`; none without both known and unknown crops."""
    if len({o.is_known for o in outcomes}) < 2:
        return []
    return [_point(outcomes, rate) for rate in RATES]


def threshold_for(outcomes: Sequence[Outcome], rate: float) -> float:
    """Return the lowest threshold that at most this share of unknown crops lies above."""
    unknown = sorted((o.top_probability for o in outcomes if not o.is_known), reverse=True)
    allowed = int(np.floor(rate * len(unknown) + 1e-9))  # .05 * 20 is one crop, not .99
    return unknown[allowed] if allowed < len(unknown) else 0.0


def _point(outcomes: Sequence[Outcome], rate: float) -> OperatingPoint:
    threshold = threshold_for(outcomes, rate)
    unknown = [o for o in outcomes if not o.is_known]
    recall = estimate(lambda drawn: _recall(drawn, rate), outcomes)
    assert recall is not None
    return OperatingPoint(
        false_positive_rate_max=rate,
        threshold=threshold,
        unknown=len(unknown),
        false_positives=sum(o.top_probability > threshold for o in unknown),
        recall=recall,
        precision=estimate(lambda drawn: _precision(drawn, rate), outcomes),
    )


def _recall(outcomes: Sequence[Outcome], rate: float) -> float | None:
    threshold = threshold_for(outcomes, rate)
    found = [o.is_right and o.top_probability > threshold for o in outcomes if o.is_known]
    return float(np.mean(found)) if found else None


def _precision(outcomes: Sequence[Outcome], rate: float) -> float | None:
    threshold = threshold_for(outcomes, rate)
    answered = [o.is_right for o in outcomes if o.top_probability > threshold]
    return float(np.mean(answered)) if answered else None

import pytest

from engine.evaluation.thresholds import operating_points, threshold_for
from engine.metrics import Outcome


def known(top, rank=1, product="milk"):
    return Outcome(product, "", rank, top, 1 - top)


def unknown(top):
    return Outcome("", "", None, top, 1 - top)


def test_with_fewer_unknown_crops_than_the_rate_asks_for_none_may_be_answered():
    assert threshold_for([unknown(0.3), unknown(0.6), known(0.9)], 0.05) == 0.6


def test_one_of_twenty_unknown_crops_may_be_answered_at_five_percent():
    outcomes = [unknown(number / 100) for number in range(20)]

    assert threshold_for(outcomes, 0.05) == 0.18


def test_recall_and_precision_are_those_above_the_threshold():
    outcomes = [
        *(unknown(0.1) for _ in range(19)),
        unknown(0.8),
        known(0.9),
        known(0.7, rank=2),
        known(0.05),
        known(0.6, product="juice"),
    ]

    strict, loose = operating_points(outcomes)

    assert (strict.false_positive_rate_max, strict.threshold) == (0.01, 0.8)
    assert (strict.recall.value, strict.precision.value) == (0.25, 1.0)
    assert strict.false_positives == 0
    assert (loose.threshold, loose.false_positives, loose.unknown) == (0.1, 1, 20)
    assert loose.recall.value == 0.5
    assert loose.precision.value == pytest.approx(2 / 4)  # right, wrong, unknown, right


def test_a_set_without_unknown_crops_has_no_operating_points():
    assert operating_points([known(0.9)]) == []
    assert operating_points([unknown(0.9)]) == []


def test_a_threshold_that_nothing_passes_has_no_precision():
    (strict, _) = operating_points([unknown(0.9), known(0.9)])

    assert strict.recall.value == 0.0
    assert strict.precision is None

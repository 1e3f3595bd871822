from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from engine.metrics import (
    Outcome,
    calibration_error,
    estimate,
    estimate_mean,
    estimate_share,
    mean_average_precision,
    mean_reciprocal_rank,
    reliability_of,
    top_k,
    unknown_auroc,
)


def outcome(product="milk", rank=1, top=0.9, unknown=0.1):
    return Outcome(product, "packaging", rank, top, unknown)


@pytest.fixture
def rng():
    return np.random.default_rng(4)


def test_top_k_counts_known_crops_only():
    outcomes = [outcome(rank=1), outcome(rank=3), outcome(rank=None), outcome("", None)]

    assert top_k(1)(outcomes) == pytest.approx(1 / 3)
    assert top_k(5)(outcomes) == pytest.approx(2 / 3)


def test_reciprocal_rank_counts_a_missing_product_as_zero():
    assert mean_reciprocal_rank([outcome(rank=2), outcome(rank=None)]) == pytest.approx(0.25)


def test_every_product_counts_the_same_in_the_mean_average_precision():
    outcomes = [outcome("milk", 1)] * 3 + [outcome("juice", 2), outcome("juice", None)]

    # milk 1; juice (1/2 + 0) / 2
    assert mean_average_precision(outcomes) == pytest.approx((1 + 0.25) / 2)
    assert mean_average_precision([outcome("", None)]) is None


def test_auroc_is_one_when_every_unknown_crop_is_more_unknown():
    outcomes = [outcome(unknown=0.2), outcome("", None, unknown=0.3)]

    assert unknown_auroc(outcomes) == 1.0
    assert unknown_auroc(outcomes[:1]) is None


def test_auroc_is_that_of_scikit_learn(rng):
    outcomes = [
        outcome("milk" if rng.random() < 0.6 else "", None, unknown=round(rng.random(), 1))
        for _ in range(200)
    ]

    labels, scores = [not o.is_known for o in outcomes], [o.unknown for o in outcomes]
    assert unknown_auroc(outcomes) == pytest.approx(roc_auc_score(labels, scores))


def test_calibration_error_is_the_gap_between_probability_and_share_right():
    right, wrong = outcome(rank=1, top=0.75), outcome(rank=2, top=0.75)

    assert calibration_error([right, right, right, wrong]) == pytest.approx(0.0)
    assert calibration_error([right, wrong]) == pytest.approx(0.25)


def test_a_candidate_for_an_unknown_crop_counts_as_wrong():
    assert calibration_error([outcome("", None, top=0.65)]) == pytest.approx(0.65)


def test_a_probability_of_one_falls_into_the_last_bin():
    assert calibration_error([outcome(top=1.0), outcome(top=0.95)]) == pytest.approx(0.025)


def test_a_reliability_curve_has_ten_bins_with_count_mean_and_share():
    bins = reliability_of([outcome(rank=1, top=0.72), outcome(rank=2, top=0.78), outcome(top=0.3)])

    assert [each.count for each in bins] == [0, 0, 0, 1, 0, 0, 0, 2, 0, 0]
    assert (bins[7].low, bins[7].high) == (0.7, 0.8)
    assert bins[7].mean_probability == pytest.approx(0.75)
    assert bins[7].share_right == 0.5
    assert bins[0].share_right is None


def test_the_interval_comes_from_whole_products():
    alike = [outcome("milk", rank=1)] * 50 + [outcome("juice", rank=2)] * 50

    found = estimate(top_k(1), alike)

    # With two products, a resample is all right, all wrong or half: crops alone would say .40-.60.
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)


def test_no_estimate_where_a_metric_means_nothing():
    assert estimate(unknown_auroc, [outcome()]) is None


def test_a_mean_has_the_interval_of_whole_clusters():
    found = estimate_mean([1.0] * 50 + [0.0] * 50, ["milk"] * 50 + ["juice"] * 50)

    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)
    assert estimate_mean([], []) is None


def test_crops_of_one_cluster_are_drawn_together_even_when_unknown():
    struck = [replace(outcome("", None, unknown=u), cluster="milk") for u in (0.2, 0.9)]

    found = estimate(lambda drawn: sum(o.unknown for o in drawn) / len(drawn), struck)

    assert (found.low, found.high) == pytest.approx((0.55, 0.55))


def test_none_of_three_is_no_certainty():
    none = estimate_share([False] * 3, ["a", "b", "c"])
    every = estimate_share([True] * 4, ["a", "a", "b", "c"])

    # Three trials without a hit: the upper end has .025 = (1 - p) ** 3.
    assert (none.value, none.low, none.high) == (0.0, 0.0, pytest.approx(0.7076, abs=1e-4))
    assert (every.value, every.low, every.high) == (1.0, pytest.approx(0.2924, abs=1e-4), 1.0)
    assert estimate_share([True, False], ["a", "b"]).high == 1.0

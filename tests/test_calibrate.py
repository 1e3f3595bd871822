from dataclasses import replace

import numpy as np
import pytest

from engine import calibrate
from engine.calibrate import Calibrations, ScoredCrop, cross_fit, fit_fusion
from engine.errors import InvalidInputError
from engine.fusion import (
    SIGNAL_NAMES,
    FusionModel,
    Signals,
    product_posterior,
    signal_matrix,
)


def crops(n=400, n_products=20, seed=5):
    """Crops whose scores follow the fusion's own model: right ones at .7, wrong at .4, sd .1."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(n):
        scores = rng.normal(0.4, 0.1, n_products)
        right = number % n_products
        scores[right] = rng.normal(0.7, 0.1)
        made.append(ScoredCrop(looks(scores), right, n_products, f"product-{right:02}"))
    return made


def looks(scores):
    return signal_matrix([Signals(embedding=float(score)) for score in scores])


def test_the_fit_finds_the_numbers_that_made_the_scores():
    fitted = fit_fusion(crops(), "made up")

    # Two normals of one variance: slope = distance / variance, zero at the midpoint.
    assert fitted.weights["embedding"] == pytest.approx(0.3 / 0.1**2, rel=0.15)
    assert fitted.bias / fitted.weights["embedding"] == pytest.approx(0.55, abs=0.02)
    assert fitted.fitted_on == "made up"


def test_a_signal_that_no_crop_has_gets_no_weight():
    assert set(fit_fusion(crops(60), "made up").weights) == {"embedding"}


def test_a_signal_that_misleads_gets_no_weight_rather_than_a_negative_one():
    misled = []
    for crop in crops(100):
        signals = crop.signals.copy()
        signals[:, SIGNAL_NAMES.index("votes")] = 1.0
        signals[crop.right, SIGNAL_NAMES.index("votes")] = 0.0
        misled.append(replace(crop, signals=signals))

    assert set(fit_fusion(misled, "made up").weights) == {"embedding"}


def test_the_gradient_is_that_of_the_loss():
    lessons = calibrate._lessons(crops(20))
    rng = np.random.default_rng(1)
    at = np.append(rng.uniform(0, 5, len(SIGNAL_NAMES)), 2.0)

    _, gradient = calibrate._loss(at, lessons)

    for number in (0, len(at) - 1):
        step = np.zeros(len(at))
        step[number] = 1e-5
        slope = calibrate._loss(at + step, lessons)[0] - calibrate._loss(at - step, lessons)[0]
        assert gradient[number] == pytest.approx(slope / 2e-5, rel=1e-4)


def test_fitted_probabilities_hold_on_products_that_the_fit_did_not_see():
    figures = cross_fit(crops(), prior=0.5)

    assert figures.crops == 400
    assert figures.calibration_error < 0.05
    assert figures.unknown_auroc > 0.85


def test_a_crop_whose_product_was_not_found_teaches_what_unknown_looks_like():
    unknown = [
        ScoredCrop(crop.signals[crop.signals[:, 0] < 0.6], None, 20, "") for crop in crops(60)
    ]

    fitted = fit_fusion(crops() + unknown, "made up")

    posterior = product_posterior(unknown[0].signals, 20, fitted, prior=0.2)
    assert posterior.unknown > 0.5


def test_labels_that_fit_no_product_are_refused():
    with pytest.raises(InvalidInputError, match="ids"):
        fit_fusion([ScoredCrop(looks([0.5]), None, 3, "elsewhere")], "nothing")


def test_one_product_is_too_few_to_calibrate():
    with pytest.raises(InvalidInputError, match="two products"):
        cross_fit([ScoredCrop(looks([0.5, 0.2]), 0, 3, "milk")], prior=0.2)


def test_a_saved_calibration_comes_back_for_the_same_weights_only(tmp_path):
    own = FusionModel({"embedding": 3.0}, 0.2, "my crops")
    calibrations = Calibrations(tmp_path / "calibrations.json")

    calibrations.save("abc", own)

    assert calibrations.model_for("compact", "abc") == own
    assert calibrations.model_for("compact", "other").fitted_on != "my crops"


def test_an_encoder_that_nobody_calibrated_gets_the_documented_default(tmp_path):
    model = Calibrations(tmp_path / "none.json").model_for("ViT-B-32", "abc")

    assert set(model.weights) == {"embedding"}
    assert "engine calibrate" in model.fitted_on

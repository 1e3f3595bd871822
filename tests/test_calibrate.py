import numpy as np
import pytest

from engine.calibrate import Calibrations, ScoredCrop, cross_fit, fit_fusion
from engine.errors import InvalidInputError
from engine.fusion import FusionModel, product_posterior


def crops(n=400, n_products=20, seed=5):
    """Crops whose scores follow the fusion's own model: right ones at .7, wrong at .4, sd .1."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(n):
        scores = rng.normal(0.4, 0.1, n_products)
        right = number % n_products
        scores[right] = rng.normal(0.7, 0.1)
        made.append(ScoredCrop(scores, right, n_products, f"product-{right:02}"))
    return made


def test_the_fit_finds_the_numbers_that_made_the_scores():
    fitted = fit_fusion(crops(), "made up")

    # Two normals of one variance: threshold = midpoint, temperature = variance / distance.
    assert fitted.threshold == pytest.approx(0.55, abs=0.02)
    assert fitted.temperature == pytest.approx(0.1**2 / 0.3, rel=0.15)
    assert fitted.fitted_on == "made up"


def test_fitted_probabilities_hold_on_products_that_the_fit_did_not_see():
    figures = cross_fit(crops(), prior=0.5)

    assert figures.crops == 400
    assert figures.calibration_error < 0.05
    assert figures.unknown_auroc > 0.85


def test_a_crop_whose_product_was_not_found_teaches_what_unknown_looks_like():
    unknown = [ScoredCrop(crop.scores[crop.scores < 0.6], None, 20, "") for crop in crops(60)]

    fitted = fit_fusion(crops() + unknown, "made up")

    posterior = product_posterior(unknown[0].scores, 20, fitted, prior=0.2)
    assert posterior.unknown > 0.5


def test_labels_that_fit_no_product_are_refused():
    with pytest.raises(InvalidInputError, match="ids"):
        fit_fusion([ScoredCrop(np.array([0.5]), None, 3, "elsewhere")], "nothing")


def test_one_product_is_too_few_to_calibrate():
    with pytest.raises(InvalidInputError, match="two products"):
        cross_fit([ScoredCrop(np.array([0.5, 0.2]), 0, 3, "milk")], prior=0.2)


def test_a_saved_calibration_comes_back_for_the_same_weights_only(tmp_path):
    own = FusionModel(0.1, 0.2, "my crops")
    calibrations = Calibrations(tmp_path / "calibrations.json")

    calibrations.save("abc", own)

    assert calibrations.model_for("compact", "abc") == own
    assert calibrations.model_for("compact", "other").fitted_on != "my crops"


def test_an_encoder_that_nobody_calibrated_gets_the_documented_default(tmp_path):
    model = Calibrations(tmp_path / "none.json").model_for("ViT-B-32", "abc")

    assert model.threshold == 0.8
    assert "engine calibrate" in model.fitted_on

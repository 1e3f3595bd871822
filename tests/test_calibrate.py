from dataclasses import replace

import numpy as np
import pytest

from engine import calibrate
from engine.calibrate import (
    Calibrations,
    ScoredCrop,
    cross_fit,
    fit_fusion,
)
from engine.cropkinds import BRAND_STRUCK, STRUCK, UNKNOWN
from engine.errors import InvalidInputError
from engine.fusion import (
    FIT_PRIOR,
    SIGNAL_NAMES,
    FusionModel,
    KnownModel,
    Signals,
    product_posterior,
    signal_matrix,
)
from engine.metrics import Outcome


def crops(n=400, n_products=20, seed=5):
    """Crops whose scores follow normals of one spread: right ones at .7, wrong at .4, sd .1."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(n):
        scores = rng.normal(0.4, 0.1, n_products)
        right = number % n_products
        scores[right] = rng.normal(0.7, 0.1)
        made.append(ScoredCrop(looks(scores), right, f"product-{right:02}"))
    return made


def struck(made, kind=STRUCK):
    """The same crops, each without its right product."""
    return [
        replace(crop, signals=np.delete(crop.signals, crop.right, axis=0), right=None, kind=kind)
        for crop in made
    ]


def looks(scores):
    return signal_matrix([Signals(embedding=float(score)) for score in scores])


def test_the_fit_finds_the_weight_that_made_the_scores():
    fitted = fit_fusion(crops(), "made up")

    # Two normals of one variance: slope = distance / variance.
    assert fitted.rank["embedding"] == pytest.approx(0.3 / 0.1**2, rel=0.15)
    assert fitted.fitted_on == "made up"


def test_struck_crops_teach_how_good_the_first_candidate_must_be():
    made = crops()

    fitted = fit_fusion(made + struck(made), "made up")

    known = product_posterior(looks([0.8, 0.4]), fitted, FIT_PRIOR)
    unknown = product_posterior(looks([0.45, 0.4]), fitted, FIT_PRIOR)
    assert known.unknown < 0.1
    assert unknown.unknown > 0.6


def test_a_signal_that_no_crop_has_gets_no_weight():
    assert set(fit_fusion(crops(60), "made up").rank) == {"embedding", "code"}


def test_a_signal_that_misleads_gets_no_weight_rather_than_a_negative_one():
    misled = []
    for crop in crops(100):
        signals = crop.signals.copy()
        signals[:, SIGNAL_NAMES.index("votes")] = 1.0
        signals[crop.right, SIGNAL_NAMES.index("votes")] = 0.0
        misled.append(replace(crop, signals=signals))

    assert set(fit_fusion(misled, "made up").rank) == {"embedding", "code"}


def test_the_gradients_are_those_of_the_losses():
    made = crops(20)
    rng = np.random.default_rng(1)
    stack = calibrate._Stack.of(made)
    first = rng.uniform(0, 1, (20, len(SIGNAL_NAMES)))
    is_known, shares = np.arange(20) % 2.0, np.full(20, 0.05)

    check_gradient(lambda at: calibrate.rank_loss(at, stack), rng.uniform(0, 5, len(SIGNAL_NAMES)))
    check_gradient(
        lambda at: calibrate.known_loss(at, first, is_known, shares),
        np.append(rng.uniform(0, 5, len(SIGNAL_NAMES)), 2.0),
    )


def check_gradient(loss, at):
    _, gradient = loss(at)
    for number in (0, len(at) - 1):
        step = np.zeros(len(at))
        step[number] = 1e-5
        slope = (loss(at + step)[0] - loss(at - step)[0]) / 2e-5
        assert gradient[number] == pytest.approx(slope, rel=1e-4, abs=1e-8)


def test_fitted_probabilities_hold_on_products_that_the_fit_did_not_see():
    made = crops()

    figures = cross_fit(made + struck(made) + struck(made, BRAND_STRUCK), prior=0.2)

    assert figures.crops == 400
    assert figures.calibration_error < 0.05
    assert figures.unknown_auroc > 0.85


def test_an_unknown_crop_of_the_users_own_teaches_as_a_struck_one_does():
    made = crops()
    unknown = [replace(crop, product="", kind=UNKNOWN) for crop in struck(made)]

    fitted = fit_fusion(made + unknown, "made up")

    assert product_posterior(looks([0.45, 0.4]), fitted, FIT_PRIOR).unknown > 0.6


def test_a_category_with_enough_crops_is_fitted_apart():
    made = [replace(crop, categories=("fruit",) * 20) for crop in crops(80)]
    without = [replace(crop, categories=("fruit",) * 19) for crop in struck(made)]

    assert set(fit_fusion(made + without, "made up").known) == {"", "fruit"}
    assert set(fit_fusion(made[:30] + without[:30], "made up").known) == {""}


def test_labels_that_fit_no_product_are_refused():
    with pytest.raises(InvalidInputError, match="ids"):
        fit_fusion([ScoredCrop(looks([0.5]), None, "", UNKNOWN)], "nothing")


def test_one_product_is_too_few_to_calibrate():
    with pytest.raises(InvalidInputError, match="two products"):
        cross_fit([ScoredCrop(looks([0.5, 0.2]), 0, "milk")], prior=0.2)


def test_a_saved_calibration_comes_back_for_the_same_weights_only(tmp_path):
    own = FusionModel({"embedding": 3.0}, {"": KnownModel({"words": 1.0}, 0.2)}, "my crops")
    calibrations = Calibrations(tmp_path / "calibrations.json")

    calibrations.save("abc", own)

    assert calibrations.model_for("compact", "abc") == own
    assert calibrations.model_for("compact", "other").fitted_on != "my crops"


def test_what_an_older_engine_fitted_is_left_aside(tmp_path):
    path = tmp_path / "calibrations.json"
    path.write_text('{"abc": {"weights": {"embedding": 3.0}, "bias": 0.2, "fitted_on": "old"}}')

    assert Calibrations(path).model_for("compact", "abc").fitted_on != "old"


def test_an_encoder_that_nobody_calibrated_gets_the_documented_default(tmp_path):
    model = Calibrations(tmp_path / "none.json").model_for("ViT-B-32", "abc")

    assert set(model.rank) == {"embedding", "code"}
    assert "engine calibrate" in model.fitted_on


@pytest.mark.parametrize(("n_known", "n_others"), [(125, 137), (10, 1), (4, 400), (7, 3)])
def test_the_mix_holds_the_share_of_unknown_crops_that_the_prior_says(n_known, n_others):
    known = [Outcome("milk", "", 1, 0.9, 0.1)] * n_known
    others = [Outcome("", "", None, 0.1, row / n_others) for row in range(n_others)]

    mixed = calibrate._mixed(known + others, 0.2)

    drawn = [outcome.unknown for outcome in mixed if not outcome.is_known]
    assert len(mixed) - len(drawn) == n_known
    assert len(drawn) == min(round(n_known / 4), n_others)
    assert len(set(drawn)) == len(drawn)  # none twice

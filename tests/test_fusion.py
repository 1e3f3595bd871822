import numpy as np
import pytest

from engine.fusion import FusionModel, product_posterior

MODEL = FusionModel(threshold=0.5, temperature=0.1)


def test_a_score_at_the_threshold_leaves_the_prior_as_it_was():
    posterior = product_posterior(np.array([0.5, 0.5]), 2, MODEL, prior=0.2)

    assert posterior.products == pytest.approx([0.4, 0.4])
    assert posterior.unknown == pytest.approx(0.2)


def test_a_temperature_above_the_threshold_multiplies_the_odds_by_e():
    posterior = product_posterior(np.array([0.6]), 1, MODEL, prior=0.5)

    assert posterior.products[0] / posterior.unknown == pytest.approx(np.e)


def test_products_left_out_keep_their_share_of_the_prior_but_no_evidence():
    few = product_posterior(np.array([0.6]), 1, MODEL, prior=0.2)
    many = product_posterior(np.array([0.6]), 1000, MODEL, prior=0.2)

    assert few.products[0] / few.unknown == pytest.approx(1000 * many.products[0] / many.unknown)


def test_probabilities_sum_to_one_at_any_score():
    for scores in ([1.0, -1.0, 0.3], [1e3], [-1e3, -1e3]):
        posterior = product_posterior(np.array(scores), 5, FusionModel(0.0, 1e-3), prior=0.2)

        assert posterior.products.sum() + posterior.unknown == pytest.approx(1.0)


def test_an_empty_catalog_makes_everything_unknown():
    posterior = product_posterior(np.zeros(0), 0, MODEL, prior=0.2)

    assert posterior.unknown == 1.0


def test_the_scores_given_stay_as_they_are():
    scores = np.array([0.1, 0.9])

    product_posterior(scores, 2, MODEL, prior=0.2)

    assert scores.tolist() == [0.1, 0.9]

import numpy as np
import pytest

from engine.fusion import SIGNAL_NAMES, FusionModel, Signals, product_posterior, signal_matrix

MODEL = FusionModel({"embedding": 10.0, "inliers": 1.0}, bias=5.0)


def looks(*scores):
    return signal_matrix([Signals(embedding=score) for score in scores])


def test_signals_that_meet_the_bias_leave_the_prior_as_it_was():
    posterior = product_posterior(looks(0.5, 0.5), 2, MODEL, prior=0.2)

    assert posterior.products == pytest.approx([0.4, 0.4])
    assert posterior.unknown == pytest.approx(0.2)


def test_a_signal_adds_its_weight_to_the_log_odds():
    seen = signal_matrix([Signals(embedding=0.5, inliers=2.0)])

    posterior = product_posterior(seen, 1, MODEL, prior=0.5)

    assert posterior.products[0] / posterior.unknown == pytest.approx(np.exp(2.0))


def test_a_signal_without_a_weight_says_nothing():
    plain = product_posterior(signal_matrix([Signals(embedding=0.6)]), 1, MODEL, prior=0.2)
    wordy = product_posterior(
        signal_matrix([Signals(embedding=0.6, words=9.0)]), 1, MODEL, prior=0.2
    )

    assert wordy.products == pytest.approx(plain.products)


def test_columns_stand_in_the_order_of_the_names():
    (row,) = signal_matrix([Signals(embedding=0.5, code=1.0)])

    assert dict(zip(SIGNAL_NAMES, row, strict=True)) == {
        "embedding": 0.5,
        "inliers": 0.0,
        "votes": 0.0,
        "words": 0.0,
        "word_share": 0.0,
        "colour": 0.0,
        "structure": 0.0,
        "code": 1.0,
    }


def test_products_left_out_keep_their_share_of_the_prior_but_no_evidence():
    few = product_posterior(looks(0.6), 1, MODEL, prior=0.2)
    many = product_posterior(looks(0.6), 1000, MODEL, prior=0.2)

    assert few.products[0] / few.unknown == pytest.approx(1000 * many.products[0] / many.unknown)


def test_probabilities_sum_to_one_at_any_score():
    for scores in ([1.0, -1.0, 0.3], [1e3], [-1e3, -1e3]):
        posterior = product_posterior(looks(*scores), 5, FusionModel({"embedding": 1e3}), 0.2)

        assert posterior.products.sum() + posterior.unknown == pytest.approx(1.0)


def test_an_empty_catalog_makes_everything_unknown():
    posterior = product_posterior(signal_matrix([]), 0, MODEL, prior=0.2)

    assert posterior.unknown == 1.0


def test_the_signals_given_stay_as_they_are():
    signals = looks(0.1, 0.9)
    before = signals.copy()

    product_posterior(signals, 2, MODEL, prior=0.2)

    assert (signals == before).all()

import numpy as np
import pytest

from engine.fusion import (
    FIT_PRIOR,
    SIGNAL_NAMES,
    FusionModel,
    KnownModel,
    Signals,
    product_posterior,
    signal_matrix,
)

MODEL = FusionModel({"embedding": 10.0}, {"": KnownModel({"inliers": 1.0}, bias=2.0)})


def looks(*scores):
    return signal_matrix([Signals(embedding=score) for score in scores])


def test_a_signal_adds_its_weight_to_the_log_odds_between_two_candidates():
    posterior = product_posterior(looks(0.6, 0.5), MODEL, FIT_PRIOR)

    assert posterior.products[0] / posterior.products[1] == pytest.approx(np.exp(1.0))


def test_signals_of_the_first_candidate_that_meet_the_bias_make_it_even_whether_any_is_right():
    seen = signal_matrix([Signals(embedding=0.6, inliers=2.0), Signals(embedding=0.5, inliers=9.0)])

    assert product_posterior(seen, MODEL, FIT_PRIOR).unknown == pytest.approx(0.5)


def test_another_prior_moves_the_log_odds_by_the_difference():
    seen = signal_matrix([Signals(inliers=2.0)])

    posterior = product_posterior(seen, MODEL, prior=0.5)

    assert posterior.products[0] / posterior.unknown == pytest.approx(0.25)  # .8 to .2 was even


def test_a_signal_without_a_weight_says_nothing():
    plain = product_posterior(signal_matrix([Signals(embedding=0.6)]), MODEL, 0.2)
    wordy = product_posterior(signal_matrix([Signals(embedding=0.6, words=9.0)]), MODEL, 0.2)

    assert wordy.products == pytest.approx(plain.products)


def test_a_category_of_its_own_decides_by_its_own_bias():
    model = FusionModel(
        {"embedding": 10.0}, {"": KnownModel({}, 0.0), "fruit": KnownModel({}, 2.0)}
    )

    apple = product_posterior(looks(0.6, 0.5), model, FIT_PRIOR, ["fruit", "decor"])
    chair = product_posterior(looks(0.5, 0.6), model, FIT_PRIOR, ["fruit", "decor"])

    assert apple.unknown == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert chair.unknown == pytest.approx(0.5)


def test_columns_stand_in_the_order_of_the_names():
    (row,) = signal_matrix([Signals(embedding=0.5, code=1.0)])

    others = dict.fromkeys(SIGNAL_NAMES, 0.0)
    assert dict(zip(SIGNAL_NAMES, row, strict=True)) == others | {"embedding": 0.5, "code": 1.0}


def test_probabilities_sum_to_one_at_any_score():
    model = FusionModel({"embedding": 1e3}, {"": KnownModel({"embedding": 1e3}, 0.0)})
    for scores in ([1.0, -1.0, 0.3], [1e3], [-1e3, -1e3]):
        posterior = product_posterior(looks(*scores), model, 0.2)

        assert posterior.products.sum() + posterior.unknown == pytest.approx(1.0)


def test_an_empty_catalog_makes_everything_unknown():
    assert product_posterior(signal_matrix([]), MODEL, prior=0.2).unknown == 1.0


def test_the_signals_given_stay_as_they_are():
    signals = looks(0.1, 0.9)
    before = signals.copy()

    product_posterior(signals, MODEL, prior=0.2)

    assert (signals == before).all()


def test_digits_that_the_number_of_threads_changes_are_not_weighed():
    one_thread, two_threads = looks(0.71234567), looks(0.71234599)

    assert one_thread[0, 0] == two_threads[0, 0] == 0.7123

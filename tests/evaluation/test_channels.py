import pytest

from engine.evaluation.channels import CHANNELS, channel_of, channel_reports
from engine.fusion import SIGNAL_NAMES, FusionModel, Signals, product_posterior
from tests.evaluation.crops import crop, looks

MODEL = FusionModel({"embedding": 10.0, "words": 10.0, "code": 50.0})


def weigh(signals):
    return product_posterior(signals, MODEL, 0.2)


def test_every_signal_belongs_to_one_channel():
    assert {channel_of(name) for name in SIGNAL_NAMES} == set(CHANNELS)
    assert channel_of("embedding") == "embedding"
    assert channel_of("words") == "words"
    assert channel_of("code") == "code"
    assert channel_of("inliers") == "keypoints"


def test_a_channel_costs_what_only_it_found():
    told = {"milk": Signals(embedding=0.4, words=0.5), "juice": Signals(embedding=0.6)}
    crops = [crop("milk", scored=told), crop("juice", scored=looks(milk=0.1, juice=0.9))]

    reports = channel_reports(crops, weigh)

    assert reports["words"].without.top_1.value == 0.5
    assert reports["words"].cost.top_1.value == 0.5
    assert reports["words"].alone.top_1.value == 0.5
    assert reports["embedding"].alone.top_1.value == 0.5
    assert reports["embedding"].cost.top_1.value == 0.5
    assert reports["code"].cost.top_1.value == 0.0
    assert reports["words"].cost.top_5.value == 0.0


def test_a_channel_that_saw_nothing_finds_nothing():
    reports = channel_reports([crop("milk", scored=looks(milk=0.9))], weigh)

    assert reports["code"].alone.top_1.value == 0.0
    assert reports["code"].alone.top_5.value == 0.0


def test_of_products_that_weigh_alike_the_right_one_counts_as_last():
    alike = {"milk": Signals(words=0.5, embedding=0.9), "juice": Signals(words=0.5)}

    reports = channel_reports([crop("milk", scored=alike)], weigh)

    assert reports["words"].alone.top_1.value == 0.0
    assert reports["words"].alone.top_5.value == 1.0


def test_a_product_that_no_channel_proposed_is_not_found():
    reports = channel_reports([crop("cream", scored=looks(milk=0.9))], weigh)

    assert reports["embedding"].without.top_5.value == 0.0
    assert reports["embedding"].cost.top_5.value == 0.0


def test_unknown_crops_have_no_part_in_it():
    assert channel_reports([crop("", scored=looks(milk=0.9))], weigh) == {}


def crops_where_words_mislead():
    """Words speak for the wrong product, where the fusion in use weighs them: look is right."""
    made = []
    for number, product in enumerate(("milk", "juice", "cream", "tea") * 4):
        scored = {
            other: Signals(embedding=0.9 if other == product else 0.3, words=float(other == "tea"))
            for other in ("milk", "juice", "cream", "tea")
        }
        made.append(crop(product, scored=scored, line=number))
    return made


def test_a_refitted_fusion_is_of_products_that_it_does_not_judge():
    crops = crops_where_words_mislead()

    as_used = channel_reports(crops, weigh)
    refitted = channel_reports(crops, weigh, refit_prior=0.2)

    assert as_used["words"].cost.top_1.value == pytest.approx(-0.75)
    assert refitted["words"].cost.top_1.value > as_used["words"].cost.top_1.value
    assert refitted["embedding"].alone.top_1.value == 1.0


def test_one_product_is_too_few_to_refit():
    assert channel_reports([crop("milk", scored=looks(milk=0.9))], weigh, refit_prior=0.2) == {}

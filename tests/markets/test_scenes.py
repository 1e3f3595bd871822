"""Ten countries of equal prior, so that every number can be checked by hand."""

import pytest

from engine.markets.prior import CountryPrior
from engine.markets.results import ObjectEvidence
from engine.markets.scene_answer import scene_answer
from engine.markets.scenes import SceneObject, scene_posterior

TEN = CountryPrior(frozenset(["SE", "DK", "NO", "FI", "DE", "FR", "IT", "ES", "PL", "CZ"]))


def thing(name, identity=None, **countries):
    return SceneObject(name, countries, identity or name)


def test_one_object_keeps_its_answer_but_for_the_doubt_that_it_was_bought_there():
    found = scene_posterior([thing("milk", SE=0.5, NO=0.25)], TEN).posterior

    assert found.of("SE") == pytest.approx(0.8 * 0.5)
    assert found.of("NO") == pytest.approx(0.8 * 0.25)
    assert found.undetermined == pytest.approx(1 - 0.8 * 0.75)


def test_objects_that_agree_in_one_country_find_it():
    things = [thing("milk", SE=0.5, NO=0.5), thing("soap", SE=0.5, DK=0.5)]

    found = scene_posterior(things, TEN).posterior

    # f = .2 + .8 * 5 = 4.2 or .2: SE 4.2 * 4.2, NO and DK 4.2 * .2, seven others .04
    total = 17.64 + 2 * 0.84 + 7 * 0.04
    assert found.of("SE") == pytest.approx(17.6 / total)
    assert found.of("NO") == pytest.approx(0.8 / total)
    assert found.undetermined == pytest.approx(10 * 0.04 / total)


def test_one_odd_object_does_not_overturn_the_others_and_is_told():
    things = [thing("a", SE=0.9), thing("b", SE=0.8), thing("c", SE=0.7), thing("odd", PL=0.9)]

    found = scene_posterior(things, TEN)

    assert found.posterior.of("SE") > 0.9
    assert [role.disagrees for role in found.roles] == [False, False, False, True]
    assert found.roles[3].agreement < 0.4


def test_the_weight_of_an_object_is_what_the_answer_loses_without_it():
    things = [thing("telling", SE=1.0), thing("blank")]

    telling, blank = scene_posterior(things, TEN).roles

    # alone SE has .8 + .02 by the prior, without it .1
    assert telling.weight == pytest.approx(0.72)
    assert (blank.weight, blank.agreement) == (0.0, pytest.approx(1.0))


def test_two_crops_of_the_same_thing_count_as_one_seen_better():
    twice = [thing("front", "milk", SE=0.8), thing("back", "milk", SE=0.8)]
    apart = [thing("front", "milk", SE=0.8), thing("back", "soap", SE=0.8)]

    # .64, and half of that once more: 1 - .36 * .68
    assert scene_posterior(twice, TEN).posterior.of("SE") == pytest.approx(0.7552)
    assert scene_posterior(apart, TEN).posterior.of("SE") > 0.95


def test_a_scene_of_nothing_is_undetermined():
    found = scene_posterior([thing("blank"), thing("bare")], TEN).posterior

    assert (found.countries, found.undetermined) == ((), 1.0)


def test_the_prior_counts_once_however_many_objects_were_answered_by_it():
    swedish = CountryPrior.parse("SE=9,*=1", TEN.countries)

    alone = scene_posterior([thing("milk", SE=0.9, DK=0.1)], swedish).posterior

    # its own answer had the prior in it: what is left speaks for both alike, and the prior decides
    assert alone.of("SE") == pytest.approx(9 * alone.of("DK"))


def test_the_answer_names_the_objects_of_each_country_and_adds_up():
    things = [thing("milk.jpg", SE=0.9), thing("soap.jpg", SE=0.3, DK=0.3)]

    scene = scene_answer(things, TEN)

    sweden = scene.markets[0]
    assert [(row.index, row.image) for row in sweden.evidence] == [(0, "milk.jpg"), (1, "soap.jpg")]
    assert all(isinstance(row, ObjectEvidence) for row in sweden.evidence)
    assert sum(row.weight for row in sweden.evidence) == pytest.approx(sweden.probability, abs=1e-9)
    assert scene.verdict.sentence.endswith("above all by the object in milk.jpg.")
    assert [row.countries for row in scene.objects] == [["SE"], ["DK", "SE"]]

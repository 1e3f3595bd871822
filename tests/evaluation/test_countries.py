from dataclasses import dataclass
from math import log

import pytest

from engine.evaluation.countries import (
    WORLD,
    LocatedCrop,
    brier,
    country_report,
    hit,
    log_loss,
    posterior_of,
    spread,
    union_of,
)
from tests.evaluation.crops import result


@dataclass
class Named:
    """A clue, as far as it is judged."""

    kind: str
    countries: object


def located(market, markets=(), cluster="milk", **more):
    return LocatedCrop(market, result(markets=markets, **more), cluster)


def test_the_undetermined_share_is_spread_over_the_world():
    posterior = posterior_of(result(markets=[("SE", 0.5), ("NO", 0.2)]))

    assert sum(posterior.values()) == pytest.approx(1.0)
    assert posterior["SE"] == pytest.approx(0.5 + 0.3 / len(WORLD))
    assert posterior["FR"] == pytest.approx(0.3 / len(WORLD))


def test_a_tie_is_broken_by_lot():
    posterior = {"SE": 0.4, "NO": 0.2, "DK": 0.2, "FI": 0.2}

    assert hit("SE", posterior, 1) == 1.0
    assert hit("NO", posterior, 1) == 0.0
    assert hit("NO", posterior, 3) == pytest.approx(2 / 3)
    assert hit("FR", posterior, 3) == 0.0


def test_log_loss_and_brier_score_are_those_of_the_right_country():
    posterior = {"SE": 0.75, "NO": 0.25}

    assert log_loss("SE", posterior) == pytest.approx(-log(0.75))
    assert log_loss("FR", posterior) == pytest.approx(-log(1e-6))
    assert brier("SE", posterior) == pytest.approx(0.25**2 + 0.25**2)


def test_the_union_gives_every_market_of_the_candidates_the_same():
    answer = result(ranked=[("milk", 0.7)], unknown=0.2, sold_in=("SE", "NO"))

    union = union_of(answer)

    assert union["SE"] == union["NO"] == pytest.approx(0.4 + 0.2 / len(WORLD))
    assert union_of(result()) == spread({}, 1.0)


def test_the_engine_is_judged_beside_both_baselines():
    report = country_report([located("SE", [("SE", 0.8)]), located("NO", [("SE", 0.6)])])

    assert (report.crops, report.determined) == (2, 2)
    assert report.engine.top_1.value == 0.5
    assert report.baselines["uniform"].top_3.value == pytest.approx(3 / len(WORLD))
    assert report.baselines["uniform"].log_loss.value == pytest.approx(log(len(WORLD)))
    assert report.engine.log_loss.value < report.baselines["union"].log_loss.value
    assert report.calibration_error == pytest.approx((0.2 + 0.6) / 2)


def test_an_answer_without_countries_is_a_guess_of_all():
    report = country_report([located("SE")])

    assert report.determined == 0
    assert report.calibration_error is None
    assert report.engine == report.baselines["uniform"]


def test_a_kind_of_clue_is_right_where_it_names_the_country():
    crops = [
        located("SE", clues=[Named("language", {"SE": 0.9, "FI": 0.1}), Named("phone", ["SE"])]),
        located("NO", clues=[Named("language", ("SE", "FI")), Named("note", ())]),
    ]

    clues = country_report(crops).clues

    assert list(clues) == ["language", "phone"]
    assert (clues["language"].crops, clues["language"].precision.value) == (2, 0.5)
    assert clues["language"].mean_countries == 2.0
    assert clues["phone"].precision.value == 1.0


def test_what_the_catalog_holds_and_each_group_are_judged_apart():
    right = {"markets": [("SE", 0.8)]}
    crops = [
        LocatedCrop("SE", result(**right), "a", is_known=True, groups=("front",)),
        LocatedCrop("NO", result(**right), "b", is_known=True, groups=("back",)),
        LocatedCrop("SE", result(**right), "c", groups=("front", "shared")),
        LocatedCrop("SE", result(), "d", groups=("back",)),
    ]

    parts = country_report(crops).parts

    assert [(part.group, part.is_known, part.crops, part.determined) for part in parts] == [
        ("", True, 2, 2),
        ("", False, 2, 1),
        ("back", True, 1, 1),
        ("back", False, 1, 0),
        ("front", True, 1, 1),
        ("front", False, 1, 1),
        ("shared", False, 1, 1),
    ]
    assert [part.engine.top_1.value for part in parts[:3]] == [
        0.5, pytest.approx((1 + 1 / len(WORLD)) / 2), 0.0,
    ]  # fmt: skip
    assert parts[0].calibration_error == pytest.approx(0.3)
    assert parts[3].calibration_error is None


def test_crops_that_tell_no_market_have_no_figures():
    assert country_report([]) is None

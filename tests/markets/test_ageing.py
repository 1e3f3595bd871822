from datetime import date

import pytest

from engine.markets.ageing import weight
from engine.markets.facts import Fact

TODAY = date(2026, 1, 1)


def test_a_market_counts_half_after_five_years_and_a_quarter_after_ten():
    assert weight(8, date(2021, 1, 1), TODAY) == pytest.approx(4.0, rel=1e-3)
    assert weight(8, date(2016, 1, 1), TODAY) == pytest.approx(2.0, rel=1e-3)


def test_a_claim_without_a_date_does_not_age_and_none_ages_where_no_date_is_known():
    assert weight(8, None, TODAY) == 8.0
    assert weight(8, date(2016, 1, 1), None) == 8.0


def test_a_claim_newer_than_today_counts_in_full():
    assert weight(3, date(2027, 1, 1), TODAY) == 3.0


def test_a_barcode_licence_never_ages_and_an_origin_ages_slower_than_a_market():
    old = date(2010, 1, 1)

    assert weight(1, old, TODAY, kind=Fact.LICENCE) == 1.0
    assert weight(1, old, TODAY, kind=Fact.ORIGIN) == pytest.approx(0.25, rel=1e-3)


def test_three_weak_sightings_count_less_than_a_firm_one():
    assert weight(3, None, TODAY, is_weak=True) == 0.75


def test_nothing_is_forgotten_altogether():
    assert weight(64, date.min, date.max) == 1.0

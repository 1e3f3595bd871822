import pytest

from engine.catalog.contradictions import contradictions
from engine.catalog.models import Claim
from engine.markets.facts import Fact


def claims(source, *, kind=Fact.MARKET, is_weak=False, **counts):
    return [
        Claim(kind=kind, value=value, source=source, observations=count, is_weak=is_weak)
        for value, count in counts.items()
    ]


def details(*claims):
    return [each.detail for each in contradictions([claim for some in claims for claim in some])]


def test_sources_with_no_country_in_common_contradict_each_other():
    (found,) = contradictions([*claims("web", NO=1), *claims("shop", SE=1, FI=2)])

    assert (found.kind, found.sources) == (Fact.MARKET, ("shop", "web"))
    assert found.detail == "shop: FI 2 times, SE; web: NO"


def test_a_source_that_is_silent_on_a_country_contradicts_nobody():
    assert details(claims("shop", SE=1), claims("web", SE=1, NO=1)) == []


def test_observed_counts_that_lie_far_apart_contradict_each_other():
    shop, web = claims("shop", SE=18, NO=2), claims("web", SE=2, NO=18)

    assert details(shop, web) == ["shop: SE 18 times, NO 2 times; web: NO 18 times, SE 2 times"]


@pytest.mark.parametrize(
    ("shop", "web"),
    [({"SE": 5, "NO": 1}, {"SE": 1, "NO": 5}), ({"SE": 12, "NO": 8}, {"SE": 8, "NO": 12})],
)
def test_few_sightings_and_like_shares_contradict_nobody(shop, web):
    assert details(claims("shop", **shop), claims("web", **web)) == []


def test_facts_of_different_kinds_do_not_contradict_each_other():
    assert details(claims("shop", SE=1), claims("pack", PL=1, kind=Fact.ORIGIN)) == []


def test_weak_claims_contradict_nobody():
    assert details(claims("shop", SE=1), claims("app", PL=1, is_weak=True)) == []


def test_only_the_countries_seen_most_are_named():
    many = dict.fromkeys(("DE", "FR", "IT", "ES", "PT", "NL", "BE"), 1)

    assert details(claims("a", **many), claims("", SE=1)) == [
        "no source: SE; a: BE, DE, ES, FR, IT, and 2 more"
    ]

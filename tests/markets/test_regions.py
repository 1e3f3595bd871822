import pycountry

from engine.markets.posterior import CountryPosterior, CountryShare
from engine.markets.regions import load_regions, region_shares


def posterior(**shares):
    order = sorted(shares.items(), key=lambda item: -item[1])
    rows = tuple(CountryShare(country, share, ()) for country, share in order)
    return CountryPosterior(rows, 1 - sum(shares.values()))


def found(**shares):
    return [
        (row.region.region, row.countries, round(row.probability, 6))
        for row in region_shares(posterior(**shares))
    ]


def test_neighbours_that_nothing_tells_apart_are_taken_together():
    assert found(SE=0.4, NO=0.3, DE=0.1) == [("nordic", ("SE", "NO"), 0.7)]


def test_a_country_that_stands_out_needs_no_region():
    assert found(SE=0.8, NO=0.05) == []


def test_a_region_that_adds_no_country_to_a_likelier_one_is_left_out():
    # Belgium and Luxembourg are in the Benelux and among the French speakers
    assert found(BE=0.3, LU=0.2, FR=0.25) == [("france", ("BE", "FR", "LU"), 0.75)]


def test_members_of_hardly_any_share_are_not_named():
    assert found(SE=0.4, NO=0.38, DK=0.01) == [("nordic", ("SE", "NO"), 0.79)]


def test_every_region_names_real_countries_and_its_source():
    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    for region in load_regions():
        assert region.countries <= codes, region.region
        assert len(region.countries) >= 2
        assert region.source

import pycountry

from engine.markets.centroids import load_centroids
from engine.markets.coverage import table_countries


def test_every_country_that_clues_speak_for_can_be_drawn():
    assert table_countries() - load_centroids().keys() == set()


def test_a_centroid_is_of_a_real_country_on_the_globe_and_names_its_source():
    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    for country, centroid in load_centroids().items():
        assert country in codes
        assert -60 <= centroid.latitude <= 80, country
        assert -180 <= centroid.longitude <= 180, country
        assert centroid.source


def test_north_and_east_are_positive():
    sweden, brazil = load_centroids()["SE"], load_centroids()["BR"]

    assert (sweden.latitude, sweden.longitude) == (62, 15)
    assert (brazil.latitude, brazil.longitude) == (-10, -55)


def test_neighbours_lie_as_on_the_globe():
    found = load_centroids()

    assert found["PT"].longitude < found["ES"].longitude < found["IT"].longitude
    assert found["IT"].latitude < found["DE"].latitude < found["DK"].latitude
    assert found["CL"].longitude < found["AR"].longitude

import subprocess
import sys

import pytest

from engine.catalog.openfoodfacts.licence import licensed_in
from engine.catalog.openfoodfacts.places import Places
from tests.catalog.openfoodfacts.conftest import gtin


@pytest.fixture(scope="module")
def places():
    return Places()


@pytest.mark.parametrize(
    ("tag", "countries"),
    [
        ("en:sweden", "SE"),
        ("sverige", "SE"),
        ("Sverige", "SE"),
        ("fr:etats-unis", "US"),
        ("en:usa", "US"),
        ("it:belgien", "BE"),
        ("de:švýcarsko", "CH"),
        ("fr:côte-d-ivoire", "CI"),
        ("en:cote-d-ivoire", "CI"),
        ("en:united-kingdom", "GB"),
        ("en:uk", "GB"),
        ("en:de", "DE"),
        ("en:guadeloupe", "GP"),
        ("en:turkiye", "TR"),
        ("Россия", "RU"),
        ("日本", "JP"),
        ("en:france,belgium", "BE FR"),
        ("en:european-union,norway", "NO"),
        ("en:democratic-republic-of-the-congo", "CD"),
    ],
)
def test_a_name_in_any_language_is_its_country_whatever_the_tag_says_of_the_language(
    places, tag, countries
):
    assert places.countries(tag) == set(countries.split())


@pytest.mark.parametrize("tag", ["en:world", "fr:monde", "en:european-union", "fr:dom-tom"])
def test_a_region_is_no_country(places, tag):
    assert places.countries(tag) == frozenset()


@pytest.mark.parametrize(
    "tag",
    [
        "en:yugoslavia",
        "en:francia-espana",
        "en:sv",  # El Salvador, or Swedish
        "en:kongo",  # one of two
        "en:en",
        "en:france,atlantis",
        "",
        "en:",
        ",",
        "x" * 10_000,
    ],
)
def test_a_name_that_is_none_or_could_be_two_countries_is_not_guessed(places, tag):
    assert places.countries(tag) is None


@pytest.mark.parametrize(
    ("number", "offices"),
    [
        (gtin("731086500470"), {"SE"}),
        (gtin("540000000000"), {"BE", "LU"}),
        (gtin("003400047069"), {"US"}),
        (gtin("4012345"), {"DE"}),
        (gtin("859000000000"), {"CZ"}),
        (gtin("471000000000"), {"TW"}),
        (gtin("978000000000"), set()),
        (gtin("200000000000"), set()),
        (gtin("952000000000"), set()),
    ],
)
def test_a_prefix_names_the_countries_of_its_office(places, number, offices):
    assert licensed_in(number, places) == offices


def test_names_of_places_leave_what_others_ask_of_the_same_tables():
    """In a process of its own: whoever asks first decides what babel keeps for all."""
    code = (
        "from engine.catalog.openfoodfacts.places import Places; Places().countries('sverige'); "
        "from babel import Locale; print(Locale.parse('ja_JP').number_symbols['latn']['decimal'])"
    )

    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert asked.stdout == ".\n"

import pycountry
import pytest

from engine.catalog.openfoodfacts.doubts import MAX_COUNTRIES
from engine.markets.facts import Fact

THAI = {"countries_tags": ["en:thailand"]}  # the number of every entry here was licensed in Sweden


def test_scans_of_a_country_are_its_observations_over_the_years(claims):
    tags = [
        *("at-least-5-se-scans-2023", "at-least-10-se-scans-2023", "at-least-5-se-scans-2022"),
        *("at-least-5-scans-2023", "top-100-fi-scans-2023", "at-least-5-uk-scans-2023"),
    ]

    found = claims(countries_tags=["en:sweden", "en:united-kingdom"], popularity_tags=tags)

    assert found == [("SE", 15, False), ("GB", 5, False)]


def test_a_country_where_nobody_scanned_what_many_scanned_elsewhere_is_weak(countries):
    tagged = ["en:sweden", "en:thailand"]

    assert countries(countries_tags=tagged, popularity_tags=["at-least-10-se-scans-2023"]) == (
        ["SE", "TH"],
        ["TH"],
    )
    assert countries(countries_tags=tagged, popularity_tags=["at-least-5-se-scans-2023"]) == (
        ["SE", "TH"],
        [],
    )


def test_a_country_that_number_and_language_contradict_is_weak(countries):
    assert countries(**THAI, languages_codes={"sv": 5}) == (["TH"], ["TH"])


@pytest.mark.parametrize(
    "fields",
    [
        {},  # the number alone is no reason: half of all packs are licensed elsewhere
        {"languages_codes": {"sv": 5, "th": 2}},
        {"languages_codes": {"sv": 5}, "countries_tags": ["en:thailand", "en:laos"]},
        {"languages_codes": {"sv": 5}, "countries_tags": ["en:finland"]},  # spoken there too
        {"stores_tags": ["some-shop"]},
    ],
)
def test_what_does_not_contradict_a_country_leaves_it_firm(countries, fields):
    assert countries(**THAI | fields)[1] == []


def test_a_shop_speaks_for_its_countries(countries):
    swedish = {"languages_codes": {"sv": 3}, "countries_tags": ["en:portugal"]}

    assert countries(**swedish) == (["PT"], ["PT"])
    assert countries(**swedish, stores="Pingo Doce") == (["PT"], [])
    assert countries(**THAI, stores_tags=["ica"]) == (["TH"], ["TH"])


def test_countries_that_only_programs_wrote_are_weak(countries):
    tagged = {"countries_tags": ["en:sweden"]}

    assert countries(**tagged, creator="scanbot", editors_tags=["some-bot"])[1] == ["SE"]
    assert countries(**tagged, creator="kiliweb", editors_tags=["scanbot"])[1] == []


def test_a_list_too_long_to_be_true_is_weak(countries):
    names = [f"en:{country.alpha_3}" for country in pycountry.countries][: MAX_COUNTRIES + 1]

    found, weak = countries(countries_tags=names)

    assert len(found) == MAX_COUNTRIES + 1
    assert weak == found
    assert countries(countries_tags=names[:-1])[1] == []


def test_where_ingredients_grew_is_a_weak_origin_and_where_it_was_packed_a_firm_one(claims):
    fields = {"origins_tags": ["en:ukraine"], "manufacturing_places_tags": ["poznan", "polska"]}

    assert claims(Fact.ORIGIN, **fields) == [("PL", 1, False), ("UA", 1, True)]


@pytest.mark.parametrize(
    ("mark", "country"),
    [
        ("fr-64-024-001-ec", "FR"),
        ("de-ni-10080-ec", "DE"),
        ("pl-14250309-we", "PL"),
        ("emb-35069c", "FR"),
        ("EMB 35069C", None),
        ("uk-ab-001-ec", "GB"),
        ("us-12-ec", None),
        ("xx-1-ec", None),
        ("en-free-text", None),
    ],
)
def test_a_packers_mark_is_an_origin(claims, mark, country):
    assert claims(Fact.ORIGIN, emb_codes_tags=[mark]) == ([(country, 1, False)] if country else [])


def test_the_language_of_the_entry_alone_is_no_language_of_the_pack(claims):
    assert claims(Fact.LANGUAGE, lang="th") == []
    assert claims(Fact.LANGUAGE, lang="th", languages_codes={"th": 4, "xx": 1}) == [
        ("th", 1, False)
    ]

import pytest

from engine.markets.clues.all import read_clues
from engine.markets.clues.number_style import read_number_style
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact
from tests.timing import grows_linearly


def styles(*lines):
    return [clue.value for clue in read_number_style(PackText.of_lines(*lines))]


def style_beside(*lines):
    found = read_clues(PackText.of_lines(*lines))
    return next((clue for clue in found if clue.kind == "number_style"), None)


@pytest.mark.parametrize(
    ("lines", "style"),
    [
        (["Fett 2,5 g"], "decimal comma"),
        (["0,75 l"], "decimal comma"),
        (["1,5L"], "decimal comma"),
        (["0,250 kg"], "decimal comma"),
        (["1.234,5 kcal"], "decimal comma"),
        (["2,5", "0,1"], "decimal comma"),
        (["Fat 2.5 g"], "decimal point"),
        (["12.5% vol"], "decimal point"),
        (["1,234.5 kcal"], "decimal point"),
        (["6 x 1.5 L"], "decimal point"),
        (["1'000 g"], "apostrophe in thousands"),
        (["1'234.50 g"], "apostrophe in thousands"),
        (["1’234.5 kcal"], "apostrophe in thousands"),
        (["1'234'567,5 kcal"], "apostrophe in thousands"),
        (["2,5 g 3,5 g 1,2 g 0.1 g"], "decimal comma"),
    ],
)
def test_a_figure_that_can_be_read_in_one_way_shows_the_style(lines, style):
    assert styles(*lines) == [style]


@pytest.mark.parametrize(
    "line",
    [
        "1,000 g",  # a kilogram or a gram
        "1.000 g",
        "1,234 kcal",
        "500 g",
        "2,5",  # a single bare figure
        "12.05 24.12",  # dates
        "14.30 15.45",
        "12.05.2026",
        "USB 2.0",
        "v2.5 v2.6",
        "5.0 V 2.4 A",  # rating plates are written with a point by everyone
        "5.5 inch",
        "2.1 Safety 2.2 Use",
        "2,50 € 3,50 €",
        "€ 2.5 € 3.5",
        "$2.5 $3.5",
        "12,5 kr 14,5 kr",
        "+46 8.5.3.2",
        "0.5.1 g",
        "1,2,3 g",
        "2,5 g 3.5 g",  # both ways
        "2,5 g/m²",
        "",
    ],
)
def test_figures_that_can_be_read_in_two_ways_and_other_numbers_say_nothing(line):
    assert styles(line) == []


def test_the_countries_are_those_whose_languages_write_so():
    (comma,) = read_number_style(PackText.of_lines("2,5 g"))
    (point,) = read_number_style(PackText.of_lines("2.5 g"))

    assert {"DE", "SE", "FR", "PL", "BR"} <= comma.countries.keys() - point.countries.keys()
    assert {"GB", "IE", "US", "JP", "MX"} <= point.countries.keys() - comma.countries.keys()
    assert (comma.fact, comma.text) == (Fact.MARKET, "2,5 g")
    assert sum(comma.countries.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("country", ["CH", "CA", "ZA"])
def test_a_country_whose_languages_differ_writes_both(country):
    (comma,) = read_number_style(PackText.of_lines("2,5 g"))
    (point,) = read_number_style(PackText.of_lines("2.5 g"))

    assert 0 < comma.countries[country] < comma.countries["SE"]
    assert 0 < point.countries[country] < point.countries["JP"]


def test_more_figures_are_surer_and_points_less_sure_than_commas():
    (one,) = read_number_style(PackText.of_lines("2,5 g"))
    (three,) = read_number_style(PackText.of_lines("2,5 g", "3,5 g", "4,5 g"))
    (point,) = read_number_style(PackText.of_lines("2.5 g"))

    assert point.certainty < one.certainty < three.certainty < 1


def test_the_style_never_speaks_alone():
    assert read_clues(PackText.of_lines("2,5 g 3,5 g")) == []


def test_beside_other_clues_it_tells_their_countries_apart_and_names_no_more():
    german = "Zutaten: Zucker, Milch und Salz"

    comma, point = style_beside(german, "2,5 g"), style_beside(german, "2.5 g")

    assert {"DE", "AT"} <= comma.countries.keys()
    assert "BR" not in comma.countries
    assert set(point.countries) == {"CH", "LI"}
    assert comma.certainty < 0.1


def test_beside_english_a_comma_speaks_for_the_rest_of_the_world():
    clue = style_beside("Ingredients: sugar, milk and salt", "2,5 g", "3,5 g")

    assert not {"GB", "US", "IE", "AU", "NZ"} & clue.countries.keys()
    assert {"DE", "PL", "SE"} <= clue.countries.keys()
    assert clue.certainty == pytest.approx(0.75)


@pytest.mark.parametrize("text", ["1,5 g ", "1.", "1,5", "1'000", "9"])
def test_hostile_text_takes_time_that_grows_with_its_length(text):
    read_number_style(PackText.of_lines("1,5 g"))  # with the tables at hand

    assert grows_linearly(
        read_number_style, lambda count: PackText.of_lines(text * count), 6_000 // len(text)
    )


def test_a_point_that_may_be_a_misread_comma_only_confirms():
    swedish = "Ingredienser: mjölk, grädde och salt"

    assert style_beside(swedish, "2,5 g") is not None
    assert style_beside(swedish, "2.5 g") is None

import pytest

from engine.markets.clues.origin import read_origin
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Made in China", "CN"),
        ("MADE IN\nP.R.C.", "CN"),
        ("Product of Italy", "IT"),
        ("Tillverkad i Sverige", "SE"),
        ("Hergestellt in Österreich", "AT"),
        ("Fabriqué en France", "FR"),
        ("Fabricado en España", "ES"),
        ("Prodotto in Italia", "IT"),
        ("Valmistettu Suomessa", "FI"),
        ("Wyprodukowano w Polsce", "PL"),
        ("Vyrobeno v České republice", "CZ"),
        ("Származási ország: Magyarország", "HU"),
        ("Страна происхождения: Россия", "RU"),
        ("Country of origin: the Netherlands", "NL"),
        ("原産国:中国", "CN"),
        ("Dibuat di Indonesia", "ID"),
        ("Made in USA", "US"),
        ("Made in U.K.", "GB"),
    ],
)
def test_words_that_announce_a_country_name_the_origin(text, country):
    (clue,) = read_origin(PackText.of_lines(*text.split("\n")))

    assert (clue.value, clue.fact, clue.countries) == (country, Fact.ORIGIN, {country: 1.0})


@pytest.mark.parametrize(
    ("text", "country"),
    [("Gemaakt in Chin", "CN"), ("Made in Germa\n500 g", "DE"), ("Tillverkad i Sver", "SE")],
)
def test_a_country_that_is_cut_off_at_the_end_of_its_line_is_read(text, country):
    assert [clue.value for clue in read_origin(PackText.of_lines(*text.split("\n")))] == [country]


@pytest.mark.parametrize(
    "text",
    ["Made in Austr", "Made in Chi", "Made in Chin style", "Made in Chinchilla", "made in chin",
     "Made in Deut", "Made in\nSwed"],
)  # fmt: skip
def test_what_may_be_two_countries_or_another_word_is_no_cut_off_country(text):
    assert read_origin(PackText.of_lines(*text.split("\n"))) == []


@pytest.mark.parametrize(
    "text",
    ["made in heaven", "Sverige", "Turkey breast", "Origin: EU", "Made in", "Original Italia",
     "Product of the year 2024 in Germany", ""],
)  # fmt: skip
def test_a_country_alone_or_words_without_one_say_nothing(text):
    assert read_origin(PackText.of_lines(text)) == []

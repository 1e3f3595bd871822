import pytest

from engine.markets.clues.pack import PackText
from engine.markets.clues.web import read_web
from engine.markets.facts import Fact


def clues(*lines):
    return [
        (clue.value, dict(clue.countries), clue.rule)
        for clue in read_web(PackText.of_lines(*lines))
    ]


@pytest.mark.parametrize(
    ("line", "value", "country"),
    [
        ("Mer på www.arla.se och", "arla.se", "SE"),
        ("info@example.co.uk", "example.co.uk", "GB"),
        ("https://example.com.br/receitas", "example.com.br", "BR"),
        ("WWW.EXAMPLE.PL", "example.pl", "PL"),
        ("arla.se", "arla.se", "SE"),
        ("recept på arla.se/recept hela", "arla.se", "SE"),
        ("www.пример.рф", "пример.рф", "RU"),
    ],
)
def test_a_country_code_domain_tells_the_country(line, value, country):
    assert clues(line) == [(value, {country: 1.0}, "country-code domain")]


@pytest.mark.parametrize("line", ["www.arla se", "www,arla.se", "www arla.se", "ww.arla,se"])
def test_one_misread_dot_after_www_is_mended(line):
    assert clues(line) == [("arla.se", {"SE": 1.0}, "country-code domain")]


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("www.example.com/de-at", "AT"),
        ("www.example.com/at/de", "AT"),
        ("example.com/sv_se", "SE"),
        ("www.example.com/uk-en", "GB"),
        ("www.example.com/fr-be", "BE"),
    ],
)
def test_language_and_country_in_a_path_tell_the_country(line, country):
    [(_, countries, rule)] = clues(line)

    assert (countries, rule) == ({country: 1.0}, "language and country in the path")


@pytest.mark.parametrize(
    ("line", "country"),
    [("www.oka.com.tr Ve", "TR"), ("www.sharon-info.co.il .no", "IL"), ("www.oka. se", "SE")],
)
def test_a_word_after_a_whole_address_is_not_its_end(line, country):
    ((_, countries, _),) = clues(line)

    assert set(countries) == {country}


def test_a_code_that_is_also_a_language_is_shared():
    [(value, countries, rule)] = clues("www.example.com/de")

    assert (value, rule) == ("example.com/de", "country in the path")
    assert countries == pytest.approx({"DE": 0.8, "AT": 0.1, "CH": 0.1})


def test_a_country_may_stand_before_the_name_of_the_site():
    assert clues("http://se.example.com") == [
        ("se.example.com", {"SE": 1.0}, "country as sub-domain")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "www.example.com",
        "www.example.tv",
        "hello@example.io",
        "www.example.eu",
        "youtu.be/abcd",
        "www.example.com/en",
        "www.example.com/recipes",
        "my.example.com",
        "socker.se förpackningen",  # Swedish `se` after a lost space
        "Socker.Se",
        "m.in.",
        "ca.de",
        "mjölk,se",
        "1.5.se",
        "10.50",
        "www",
        "fett.arla",
    ],
)
def test_addresses_without_a_country_and_lost_spaces_say_nothing(line):
    assert clues(line) == []


def test_the_site_of_a_maker_is_of_the_origin_where_an_importer_is_named():
    lines = ("Prodotto da Rossi", "www.rossi.it", "Importeur:", "www.example.nl")

    clues = read_web(PackText.of_lines(*lines))

    assert [(clue.value, clue.fact) for clue in clues] == [
        ("rossi.it", Fact.ORIGIN),
        ("example.nl", Fact.MARKET),
    ]

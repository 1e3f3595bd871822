import pytest
from biip.gs1_prefixes import GS1Prefix

from engine.embed.codes.reading import Code
from engine.embed.image import Box
from engine.markets.clues.gtin import read_gtins
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table
from engine.markets.facts import Fact

NOTHING = PackText.of_lines()


def scanned(value, format_="EAN-13"):
    corners = ((10.4, 20.0), (110.0, 20.0), (110.0, 60.0), (10.4, 60.0))
    return Code(format_, value, value.zfill(14), corners)


def written(*lines):
    clues = read_gtins([], PackText.of_lines(*lines))
    return [(clue.value, dict(clue.countries)) for clue in clues]


@pytest.mark.parametrize(
    ("value", "format_", "countries"),
    [
        ("7310865004703", "EAN-13", {"SE": 1.0}),
        ("4006381333931", "EAN-13", {"DE": 1.0}),
        ("5410013120001", "EAN-13", {"BE": 0.5, "LU": 0.5}),
        ("036000291452", "UPC-A", {"US": 1.0}),
        ("73513537", "EAN-8", {"SE": 1.0}),
        ("9789113071619", "EAN-13", {"SE": 1.0}),
    ],
)
def test_a_prefix_tells_the_office_that_licensed_it(value, format_, countries):
    [clue] = read_gtins([scanned(value, format_)], NOTHING)

    assert (dict(clue.countries), clue.fact) == (countries, Fact.LICENCE)
    assert clue.box == Box(10, 20, 100, 40)


@pytest.mark.parametrize(
    "value",
    ["2012345678903", "0212345678909", "9770317847001", "9790060115615", "9501101530003"],
)
def test_shop_numbers_magazines_and_music_have_no_country(value):
    assert read_gtins([scanned(value)], NOTHING) == []


def test_a_matrix_without_article_number_says_nothing():
    code = Code("QR", "https://example.com", "", ((0, 0), (1, 0), (1, 1), (0, 1)))

    assert read_gtins([code], NOTHING) == []


@pytest.mark.parametrize(
    ("line", "value", "country"),
    [
        ("7 310865 004703", "7310865004703", "SE"),
        ("EAN 4006381333931", "4006381333931", "DE"),
        ("0 36000 29145 2", "0036000291452", "US"),
        ("ISBN 978-91-1307-161-9", "9789113071619", "SE"),
        ("7351 3537", "73513537", "SE"),
    ],
)
def test_digits_with_a_right_check_digit_count_as_read(line, value, country):
    assert written(line) == [(value, {country: 1.0})]


@pytest.mark.parametrize(
    "line",
    [
        "7 310865 004704",
        "tel 7351 3537",  # eight digits beside other words
        "20261016",  # right check digit, but a date
        "+467310865004703",
        "7310865004703-1",
        "2012345678903",
        "123",
        "73 10 86 50 04 70 3",  # grouped like a telephone number
    ],
)
def test_other_digits_say_nothing(line):
    assert written(line) == []


def test_a_number_that_was_scanned_and_read_counts_once():
    clues = read_gtins([scanned("7310865004703")], PackText.of_lines("7 310865 004703"))

    assert [clue.box for clue in clues] == [Box(10, 20, 100, 40)]


def test_every_office_of_the_table_is_one_that_biip_names():
    named = {GS1Prefix.extract(f"{number:03}0000000000") for number in range(1000)}
    offices = {prefix.usage for prefix in named if prefix is not None}

    assert {row["office"] for row in read_table("gtin") if row["list"] == "gs1"} <= offices

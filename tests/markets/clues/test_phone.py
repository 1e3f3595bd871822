import pytest

from engine.embed.image import Box
from engine.markets.clues.pack import PackText
from engine.markets.clues.phone import read_phone
from engine.markets.facts import Fact


def countries(*lines):
    return [dict(clue.countries) for clue in read_phone(PackText.of_lines(*lines))]


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("Tel. +46 8-789 50 00", "SE"),
        ("+33 (0) 1 23 45 67 89", "FR"),
        ("(+48) 22 123 45 67", "PL"),
        ("Tel. 0046 8 789 50 00", "SE"),
        ("Call +1 416 555 0123", "CA"),
    ],
)
def test_a_country_code_tells_the_country(line, country):
    assert countries(line) == [{country: 1.0}]


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("Konsumentkontakt Arla: 020-99 66 99", "SE"),
        ("Infolinia 801 123 456", "PL"),
        ("Numero verde 800 123456", "IT"),
        ("SAC 0800 701 2345", "BR"),
        ("Service consommateurs 0 969 320 320", "FR"),
        ("Puh. 0800 123 456", "FI"),
        ("Forbrugerkontakt 70 20 12 34", "DK"),
        ("โทร 02-123-4567", "TH"),
        ("フリーダイヤル0120-123-456", "JP"),
        ("服务热线 400-820-8820", "CN"),
        ("고객상담실 080-023-5678", "KR"),
        ("שירות לקוחות 1-800-222-333", "IL"),
        ("Brezplačna številka 080 12 34", "SI"),
        ("Nemokama linija 8 800 22222", "LT"),
        ("Consumentendienst 0800 1234", "NL"),
        ("Línea gratuita 900 123 456", "ES"),
    ],
)
def test_a_national_number_counts_after_a_word_of_its_country(line, country):
    assert countries(line) == [{country: 1.0}]


def test_the_word_may_stand_on_the_line_above():
    assert countries("Konsumentkontakt", "020-99 66 99") == [{"SE": 1.0}]


def test_a_toll_free_number_of_north_america_is_shared():
    assert countries("+1 800 555 1234") == [{"US": 0.8, "CA": 0.2}]
    assert countries("Call 1-800-555-1234") == [{"US": 0.8, "CA": 0.2}]


@pytest.mark.parametrize(
    ("line", "shares"),
    [
        ("Tlf. 70 20 12 34", {"NO": 1, "DK": 1}),
        ("Besplatni telefon 0800 1234", {"HR": 1, "RS": 1}),
        ("Bezplatná linka 800 123 456", {"CZ": 2, "SK": 1}),
        ("Konsumententelefon 0800 123 4567", {"DE": 9, "AT": 1}),
        ("Service-Hotline 01805 / 12 34 56", {"DE": 9, "AT": 1}),
        ("Freephone 0800 123 456", {"GB": 6, "NZ": 1.5}),
        ("Customer care 1800 123 456", {"IN": 4, "AU": 2, "IE": 1, "MY": 0.5}),
        ("Careline 1800 123 456", {"AU": 2, "IE": 2, "MY": 0.5}),
        ("Service consommateurs 0800 12 34 56", {"FR": 14, "MA": 2, "DZ": 2, "CH": 1}),
        ("Тел. 8 800 200 12 34", {"RU": 6, "BY": 1, "KZ": 1}),
        ("Línea gratuita 01 800 123 4567", {"MX": 3, "CO": 2, "EC": 1}),
    ],
)
def test_a_number_that_fits_a_few_plans_is_shared_as_its_word_is(line, shares):
    (found,) = countries(line)

    assert found == pytest.approx({c: part / sum(shares.values()) for c, part in shares.items()})


@pytest.mark.parametrize(
    "line",
    [
        "Tel. 00800 123 45678",  # universal freephone
        "+800 1234 5678",
        "Tel. 020 7946 0123",  # some country of the many that write Tel.
        "Telefon 08-123 456 78",
        "Ügyfélszolgálat 1 234 5678",  # the plan is right, but Hungary dials 06 first
        "Klantenservice 0800 12",  # too short to be of one country
        "hotel 030 1234567",
        "1 800 555",
        "1.800.555.1234.5",
        "EAN 11-800-555-1234",
        "020-99 66 99",  # nothing announces it
        "Konsumentkontakt 12 34",
        "7310865004703",
        "0046 12345",
        "+46",
        "20261231 14:54",
        "Konsumentkontakt ABC-020-99 66 99",  # a register's number
    ],
)
def test_numbers_without_a_sure_country_say_nothing(line):
    assert countries(line) == []


def test_a_clue_tells_what_was_read_where_and_by_which_rule():
    [clue] = read_phone(PackText.of_lines("Ring", "oss +46 8-789 50 00"))

    assert (clue.kind, clue.value, clue.text) == ("phone", "+46", "+46 8-789 50 00")
    assert clue.fact is Fact.MARKET
    assert clue.rule == "international number"
    assert clue.box == Box(40, 20, 150, 20)


def test_the_telephone_of_a_maker_is_of_the_origin_where_an_importer_is_named():
    lines = ("Hersteller: Muster GmbH", "+49 30 123456", "Importör: Exempel AB", "+46 8 789 50 00")
    alone = read_phone(PackText.of_lines(*lines[:2]))
    both = read_phone(PackText.of_lines(*lines))

    assert [clue.fact for clue in alone] == [Fact.MARKET]
    assert [(clue.value, clue.fact) for clue in both] == [
        ("+49", Fact.ORIGIN),
        ("+46", Fact.MARKET),
    ]

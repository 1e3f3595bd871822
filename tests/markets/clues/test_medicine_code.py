import pytest

from engine.markets.clues.medicine_code import read_medicine_code
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact

NORDIC = {"SE": 0.2, "NO": 0.2, "FI": 0.2, "IS": 0.2, "DK": 0.2}


def codes(*lines):
    clues = read_medicine_code(PackText.of_lines(*lines))
    return [(clue.rule, dict(clue.countries)) for clue in clues]


@pytest.mark.parametrize(
    ("line", "rule", "country"),
    [
        ("CIP 3400930000014", "CIP13", "FR"),
        ("34009 300 000 1 4", "CIP13", "FR"),
        ("A.I.C. n. 000307052", "AIC", "IT"),
        ("C.N. 654321.7", "CN", "ES"),
        ("DIN 01234567", "DIN", "CA"),
        ("NPN 80012345", "NPN", "CA"),
        ("NDC 0002-7510-01", "NDC", "US"),
        ("PL 12345/0123", "PL", "GB"),
        ("PA 126/100/1", "PA", "IE"),
        ("Zul.-Nr. 12345.00.00", "Zul.-Nr. DE", "DE"),
        ("Z.Nr.: 1-21234", "Zul.-Nr. AT", "AT"),
        ("Zulassungsnummer (Swissmedic) 54321", "Swissmedic", "CH"),
        ("Reg. MS nº 1.0123.0456.001-1", "MS", "BR"),
        ("Reg. MS 2.1234.5678", "MS products", "BR"),
        ("AUST R 12345", "AUST", "AU"),
        ("NAFDAC REG NO: 01-1234", "NAFDAC", "NG"),
        ("RVG 12345", "RVG", "NL"),
        ("Pozwolenie nr 12345", "Rejestr PL", "PL"),
        ("OGYI-T-1234/01", "OGYI", "HU"),
        ("MAL 19912345AZ", "KKM", "MY"),
        ("BPOM RI MD 123456789012", "BPOM", "ID"),
        ("Reg. No. 123M2004 SSA IV", "Reg. S.S.A.", "MX"),
        ("CIP 312 345-6", "CIP7", "FR"),
        ("CN: 653567", "CN before 2011", "ES"),
        ("C.N. 753567", "CN before 2011", "ES"),
        ("Zul.-Nr. 54321 (Swissmedic)", "Zul.-Nr. CH", "CH"),
        ("П N012345/01", "RU", "RU"),
        ("ЛП-001234", "RU since 2006", "RU"),
        ("Reg. č. 12/345/67-C", "Reg. č. CZ", "CZ"),
        ("Reg. č.: 54/0123/12-S", "Reg. č. SK", "SK"),
    ],
)
def test_a_registered_code_tells_the_country_of_its_authority(line, rule, country):
    assert codes(line) == [(rule, {country: 1.0})]


def test_a_german_code_is_sold_in_austria_too():
    [(rule, countries)] = codes("PZN 01234562")

    assert rule == "PZN"
    assert countries == pytest.approx({"DE": 0.9, "AT": 0.1})


def test_a_nordic_article_number_is_shared():
    assert codes("Vnr 12 34 56") == [("Vnr", NORDIC)]


@pytest.mark.parametrize(
    "line",
    [
        "PZN 01234563",  # wrong check digit
        "01234562",
        "A.I.C. n. 000307053",
        "000307052",
        "DIN EN 71",  # a standard
        "DIN 4102",
        "3400930000015",
        "12345-678-90",
        "0002-7510-01",
        "AN 12345/0123",
        "PLUS 12345/0123",
        "1.0123.0456",
        "123456.7",
        "Zul.-Nr. 1234",
        "CN 1234",
        "CN: 518000",  # a postcode of Shenzhen
        "CN 653567",
        "Zul.-Nr. 54321",
        "PN 012345/01",
        "12/345/67-C",
        "Reg. č. 12/345/67-X",
        "1234-567",
        "EU/1/01/123/001",
    ],
)
def test_codes_without_their_form_or_word_say_nothing(line):
    assert codes(line) == []


def test_a_medicine_code_is_a_fact_about_the_market():
    [clue] = read_medicine_code(PackText.of_lines("PZN 01234562"))

    assert (clue.fact, clue.value) == (Fact.MARKET, "PZN 01234562")


def test_a_belgian_code_is_sold_in_luxembourg_too():
    [(rule, countries)] = codes("CNK 1234-567")

    assert rule == "CNK"
    assert countries == pytest.approx({"BE": 0.9, "LU": 0.1})

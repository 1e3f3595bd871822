import pytest

from engine.markets.clues.health_mark import read_health_mark
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact


def marks(*lines):
    clues = read_health_mark(PackText.of_lines(*lines))
    return [(clue.value, dict(clue.countries), clue.fact) for clue in clues]


@pytest.mark.parametrize(
    ("lines", "value", "country"),
    [
        (["SE 1234 EC"], "SE 1234", "SE"),
        (["SE", "1234", "EG"], "SE 1234", "SE"),
        (["SE 1234EC"], "SE 1234", "SE"),
        (["FR 35.360.001 CE"], "FR 35.360.001", "FR"),
        (["FR", "35.360.001", "CE"], "FR 35.360.001", "FR"),
        (["DE BY 12345 EG"], "DE BY 12345", "DE"),
        (["DE", "NW-12345", "EG"], "DE NW-12345", "DE"),
        (["DK M123 EF"], "DK M123", "DK"),
        (["IT 08/123 CE"], "IT 08/123", "IT"),
        (["ES 10.12345/M", "CE"], "ES 10.12345/M", "ES"),
        (["PL 14061601 WE"], "PL 14061601", "PL"),
        (["FI 1234 EY"], "FI 1234", "FI"),
        (["EE 123 EÜ"], "EE 123", "EE"),
        (["LT 12-34 EB"], "LT 12-34", "LT"),
        (["HU 123 EK"], "HU 123", "HU"),
        (["CZ 1234 ES"], "CZ 1234", "CZ"),
        (["NL Z0123A EG"], "NL Z0123A", "NL"),
        (["UK AB123 EC"], "GB AB123", "GB"),
        (["NO M123 EFTA"], "NO M123", "NO"),
        (["NO", "M123", "EØS"], "NO M123", "NO"),
    ],
)
def test_an_oval_mark_tells_the_country_of_the_plant(lines, value, country):
    assert marks(*lines) == [(value, {country: 1.0}, Fact.ORIGIN)]


@pytest.mark.parametrize(
    ("line", "country", "fact"),
    [
        ("FR 35.360.001", "FR", Fact.ORIGIN),
        ("DE BY 12345", "DE", Fact.ORIGIN),
        ("EMB 35360A", "FR", Fact.ORIGIN),
        ("fssai Lic. No. 10012011000123", "IN", Fact.MARKET),
        ("REGISTRO SIF/DIPOA SOB Nº 0123/1234", "BR", Fact.ORIGIN),
        ("S.I.F. 1234", "BR", Fact.ORIGIN),
        ("USDA INSPECTED EST. 522", "US", Fact.ORIGIN),
        ("EST. 522 U.S. inspected and passed", "US", Fact.ORIGIN),
        ("P-12 Inspected for wholesomeness", "US", Fact.ORIGIN),
        ("UK AB123", "GB", Fact.ORIGIN),
        ("R.G.S.E.A.A. 21.25030/L", "ES", Fact.ORIGIN),
        ("RGSEAA: 31.002883T", "ES", Fact.ORIGIN),
        ("PT ILT 123 CE", "PT", Fact.ORIGIN),
        ("TR-34-K-012345", "TR", Fact.ORIGIN),
        ("SC10611010100123", "CN", Fact.ORIGIN),
        ("10-1-12345-1-0001", "TH", Fact.MARKET),
        ("RNPA N° 02-512345", "AR", Fact.MARKET),
        ("R.N.E. 02-031234", "AR", Fact.MARKET),
        ("EST. TIF No. 123", "MX", Fact.ORIGIN),
    ],
)
def test_other_marks_have_forms_or_words_of_their_own(line, country, fact):
    [(_, countries, found)] = marks(line)

    assert (countries, found) == ({country: 1.0}, fact)


@pytest.mark.parametrize(
    "line",
    [
        "DE 12345 ES",  # letters of another country
        "AT 01234 BE 05678 CZ 09876 ES 01234",  # telephone numbers by country
        "SE OCH 1 EG",
        "SE FETT 15 EC",
        "se 1234 ec",
        "SE 1234",
        "SE EC",
        "DE 500 G ES",
        "FR 35 KCAL CE",
        "BASE 1234 EC",
        "EST. 1886",
        "EST. 522",
        "EMBALLAGE 35360",
        "EMB 99360",
        "10012011000123",
        "GSIF 12",
        "EST. 1886 " + "x " * 30 + "inspected and passed",
        "UK 12345",
        "RGS 21.25",
        "UK AB1234",
        "UK size AB123",
        "PT ILT 123",
        "CH 1234",  # a postcode
        "P-12",
        "06-10-2026-1-0001",
    ],
)
def test_chance_finds_say_nothing(line):
    assert marks(line) == []

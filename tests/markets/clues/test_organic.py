import pytest

from engine.markets.clues.organic import read_organic
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact


def codes(line):
    return [
        (clue.value, dict(clue.countries), clue.fact)
        for clue in read_organic(PackText.of_lines(line))
    ]


@pytest.mark.parametrize(
    ("line", "value", "country"),
    [
        ("SE-EKO-01", "SE-EKO-01", "SE"),
        ("DE-ÖKO-001", "DE-ÖKO-001", "DE"),
        ("DE-Öko-006", "DE-ÖKO-006", "DE"),
        ("DE-OKO-0O1", "DE-ÖKO-001", "DE"),
        ("DK-ØKO-100", "DK-ØKO-100", "DK"),
        ("FI-EKO-101", "FI-EKO-101", "FI"),
        ("FR-BIO-01", "FR-BIO-01", "FR"),
        ("ES-ECO-020-CV", "ES-ECO-020", "ES"),
        ("IT-BI0-006", "IT-BIO-006", "IT"),
        ("IE-ORG-02", "IE-ORG-02", "IE"),
        ("IN-ORG-002", "IN-ORG-002", "IN"),
        ("SE - EKO - 01", "SE-EKO-01", "SE"),
    ],
)
def test_an_organic_code_tells_where_the_last_operator_is_controlled(line, value, country):
    assert codes(line) == [(value, {country: 1.0}, Fact.ORIGIN)]


@pytest.mark.parametrize(
    "line",
    [
        "SE-EKO",
        "XX-BIO-01",
        "ABC-BIO-01",
        "GB-ØKO-100",
        "SE-ABC-01",
        "SE-EKO-1234",
        "FR BIO 01",
        "BIO-01",
        "DE-123-456",
    ],
)
def test_other_codes_of_that_look_say_nothing(line):
    assert codes(line) == []

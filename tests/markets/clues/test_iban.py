import pytest

from engine.markets.clues.iban import read_iban
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact


def ibans(line):
    return [(clue.value, dict(clue.countries)) for clue in read_iban(PackText.of_lines(line))]


@pytest.mark.parametrize(  # examples of the IBAN registry
    ("line", "value"),
    [
        ("IBAN SE45 5000 0000 0583 9825 7466", "SE4550000000058398257466"),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("GB29 NWBK 6016 1331 9268 19 BIC NWBKGB22", "GB29NWBK60161331926819"),
        ("NO93 8601 1117 947", "NO9386011117947"),
    ],
)
def test_an_iban_with_right_check_digits_tells_the_bank_s_country(line, value):
    assert ibans(line) == [(value, {value[:2]: 1.0})]


@pytest.mark.parametrize(
    "line",
    [
        "SE45 5000 0000 0583 9825 7467",
        "SE45 5000",
        "XX89370400440532013000",
        "se45 5000 0000 0583 9825 7466",
        "ASE45 5000 0000 0583 9825 7466",
    ],
)
def test_other_numbers_say_nothing(line):
    assert ibans(line) == []


def test_an_iban_is_a_fact_about_the_market():
    assert read_iban(PackText.of_lines("NO93 8601 1117 947"))[0].fact is Fact.MARKET

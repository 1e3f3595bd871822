import pytest

from engine.markets.clues.pack import PackText
from engine.markets.clues.price import read_price

NORDIC = {"SE": 0.25, "NO": 0.25, "DK": 0.25, "IS": 0.25}


def prices(*lines):
    return [(clue.value, dict(clue.countries)) for clue in read_price(PackText.of_lines(*lines))]


@pytest.mark.parametrize(
    ("line", "value", "country"),
    [
        ("29:90 kr", "29.90 kr", "SE"),
        ("2 för 35:-", "35 :-", "SE"),
        ("Pris 12 kr/st", "12 kr/st", "SE"),
        ("19,99 zł", "19.99 zł", "PL"),
        ("39,90 Kc", "39.90 Kc", "CZ"),
        ("1 990 Ft", "1990 Ft", "HU"),
        ("£1.50", "1.50 £", "GB"),
        ("R$ 12,90", "12.90 R$", "BR"),
        ("MRP ₹20", "20 ₹", "IN"),
        ("12 ₴", "12 ₴", "UA"),
        ("R19.99", "19.99 R", "ZA"),
        ("Rp 15.000", "15000 Rp", "ID"),
        ("298円", "298 円", "JP"),
        ("24,90 лв.", "24.90 лв.", "BG"),
        ("SEK 25", "25 SEK", "SE"),
        ("Jfr-pris 59:80/kg", "59.80 /kg", "SE"),
        ("29:90", "29.90", "SE"),
        ("3,99 $", "3.99 $", "CA"),
        ("2,49 €/kpl", "2.49 €/kpl", "FI"),
    ],
)
def test_a_currency_of_one_country_tells_it(line, value, country):
    assert prices(line) == [(value, {country: 1.0})]


def test_crowns_are_shared_by_the_nordic_countries():
    assert prices("pris 25 kr") == [("25 kr", NORDIC)]


def test_euros_are_shared_by_the_euro_area():
    [(value, countries)] = prices("1,99 €")

    assert value == "1.99 €"
    assert {"DE", "FR", "IT", "HR", "BG"} <= countries.keys()
    assert not {"SE", "DK", "PL", "GB"} & countries.keys()
    assert len(countries) == 21


def test_a_dollar_with_cents_and_one_with_thousands_are_of_other_countries():
    assert set(prices("$4.99")[0][1]) == {"US", "CA", "AU", "NZ", "MX"}
    assert set(prices("$1.990")[0][1]) == {"AR", "CL", "CO"}


def test_a_price_stands_where_it_was_read():
    [clue] = read_price(PackText.of_lines("Nu", "bara 25 kr"))

    assert (clue.box.x, clue.box.y, clue.box.width) == (50, 20, 50)
    assert clue.text == "25 kr"


@pytest.mark.parametrize(
    "line",
    [
        "EUR 42",  # a size
        "100 % R12",
        "RM 12",
        "TRY 3 FLAVOURS",
        "SHAVING GEL 50",
        "US$ 5",
        "250 g",
        "kr",
        "€",
        "1234567890 kr",
        "12-25kr",
        "krona 25",
        "25 krydda",
        "$OMMAR 5",
        "0 kr",
        "lot 02AED",
        "[10:-1]",
        "14:54 ml",
        "29:90:10",
        "12:30",
    ],
)
def test_signs_without_an_amount_and_amounts_without_a_sign_are_no_prices(line):
    assert prices(line) == []


def test_a_sign_on_the_next_line_belongs_to_the_amount():
    assert prices("1299", "Ft/db") == [("1299 Ft", {"HU": 1.0})]


def test_whole_crowns_are_rather_icelandic_and_those_with_cents_danish():
    ((_, whole),) = prices("599 kr.")
    ((_, cents),) = prices("19,95 kr.")

    assert max(whole, key=whole.get) == "IS"
    assert max(cents, key=cents.get) == "DK"
    assert "IS" not in cents

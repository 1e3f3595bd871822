import pytest

from engine.markets.clues.pack import PackText
from engine.markets.clues.price import read_price
from tests.timing import grows_linearly

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
        ("89p", "89 p", "GB"),
        ("$5.99 US", "5.99 $", "US"),
        ("CAN $6.99", "6.99 $", "CA"),
        ("€ 3,60 (A)", "3.60 €", "AT"),
        ("EUR 3,60 (A)", "3.60 EUR", "AT"),
        ("5,50 € (L)", "5.50 €", "LU"),
        ("税込108円", "108 円", "JP"),
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
    assert set(prices("$1.990")[0][1]) == {"AR", "CL", "CO", "UY"}
    assert set(prices("$ 1.299,00")[0][1]) == {"AR", "CL", "CO", "UY"}
    assert max(prices("$ 12,50")[0][1].items(), key=lambda one: one[1])[0] == "AR"


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
        "29:90",
        "29:90 59:80",  # verses look alike too
        "Psalm 119:90 118:89",
        "Joh 3:16 29:90 30:90",
        "Scale 1:64 Hot Wheels",
        "1:72 Revell 1:64",
        "dilute 1:60",
        "Aspect 1:77",
        "Ratio 16:90",
        "1080p 24p 60p",
        "CT-HI-MA-ME-NY-VT 5¢",
        "10¢",
        "page 89 p",
        "39,-20",
        "dilute 1:60/l",
        "1:10 /kg",
        "Fr. 12.05.",  # a Friday
        "Fr. 12.99",
        "96p",
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


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["Pris", "29:90"], ["29.90"]),
        (["29:90", "2 kr"], ["29.90", "2 kr"]),
        (["29:90", "35:-"], ["29.90", "35 :-"]),
        (["29:90", "14:95 /kg"], ["29.90", "14.95 /kg"]),
        (["29:90 /st", "59:80"], ["29.90", "59.80"]),
    ],
)
def test_kronor_and_oere_without_a_sign_need_crowns_or_a_price_of_pieces(lines, values):
    found = prices(*lines)

    assert [value for value, _ in found] == values
    assert dict(found)["29.90"] == {"SE": 1.0}


@pytest.mark.parametrize(
    ("line", "countries"),
    [
        ("kr 39,90", ["NO", "DK", "SE"]),
        ("kr. 39,-", ["DK", "NO"]),
        ("39,90 kr", ["SE", "NO", "DK"]),
        ("1 299,00 kr", ["SE", "NO"]),
        ("1.299,00 kr", ["DK", "NO"]),
        ("39,-", ["NO", "DK", "DE", "NL", "AT", "BE", "SE"]),
        ("Fr. 3.-", ["CH", "LI"]),
        ("99¢", ["US", "CA"]),
        ("39,- €", ["DE", "AT", "FI", "NL", "LU"]),
    ],
)
def test_how_an_amount_is_written_tells_neighbours_apart(line, countries):
    ((_, found),) = prices(line)

    assert sorted(found, key=found.get, reverse=True) == countries


@pytest.mark.parametrize(
    ("line", "countries"),
    [
        ("199 kr inkl. mva", {"NO"}),
        ("199 kr inkl. moms", {"SE", "DK"}),
        ("3,99 € inkl. MwSt.", {"DE", "AT", "LU"}),
        ("3,99 € IVA incluida", {"ES"}),
        ("IVA incluído 3,99 €", {"ES", "PT"}),
        ("3,99 € TTC", {"FR", "BE", "LU"}),
        ("€ 3,99 incl. btw", {"NL", "BE"}),
        ("25 zł inkl. moms", {"PL"}),
    ],
)
def test_a_tax_beside_a_price_leaves_the_countries_that_have_both(line, countries):
    ((_, found),) = prices(line)

    assert set(found) == countries
    assert sum(found.values()) == pytest.approx(1.0)


def test_a_tax_far_from_a_price_leaves_it_alone():
    ((_, found),) = prices("199 kr " + "x" * 40 + " inkl. moms")

    assert found == NORDIC


@pytest.mark.parametrize(
    ("line", "countries"),
    [
        ("€ 3,50 (D) € 3,60 (A) sfr 5,50", {"DE": 0.5, "AT": 0.25, "CH": 0.25}),
        ("$5.99 US $6.99 CAN £3.99", {"US": 0.5, "CA": 0.25, "GB": 0.25}),
        ("£3.99 SEK 79", {"GB": 2 / 3, "SE": 1 / 3}),
    ],
)
def test_prices_of_several_places_are_one_clue_and_the_first_counts_more(line, countries):
    (clue,) = read_price(PackText.of_lines(line))

    assert clue.countries == pytest.approx(countries)
    assert clue.text == line


def test_only_neighbours_are_one_clue():
    far = "x" * 41
    near, other = read_price(PackText.of_lines("£3.99 SEK 79", far, "CHF 8.50"))

    assert (near.text, near.countries) == ("£3.99 SEK 79", {"GB": 2 / 3, "SE": 1 / 3})
    assert (other.text, other.countries) == ("CHF 8.50", {"CH": 0.95, "LI": 0.05})
    assert other.box.y == 40


def test_prices_with_forty_characters_between_them_are_neighbours():
    (clue,) = read_price(PackText.of_lines("£3.99 " + "x" * 38 + " SEK 79"))

    assert clue.countries == {"GB": 2 / 3, "SE": 1 / 3}


def test_a_clue_of_prices_stays_short_on_a_pack_full_of_them():
    clues = read_price(PackText.of_lines("£3.99 SEK 79 " * 400))

    assert 0 < max(len(clue.text) for clue in clues) <= 300
    assert max(clue.box.width for clue in clues) <= 3_000


@pytest.mark.parametrize(
    ("line", "countries"),
    [
        ("US $5.99 CAN $6.99", {"US": 2 / 3, "CA": 1 / 3}),
        ("CAN $6.99 US $5.99", {"CA": 2 / 3, "US": 1 / 3}),
        ("$5.99 US $6.99 CAN", {"US": 2 / 3, "CA": 1 / 3}),
        ("$6.99 CAN $5.99 US", {"CA": 2 / 3, "US": 1 / 3}),
        ("U.S. $5.99 CAN. $6.99", {"US": 2 / 3, "CA": 1 / 3}),
        ("$5.99 U.S. $6.99 CAN", {"US": 2 / 3, "CA": 1 / 3}),
        ("$5.99 US CAN $6.99", {"US": 2 / 3, "CA": 1 / 3}),
        ("UK £3.99 US $5.99 CAN $6.99", {"GB": 0.5, "US": 0.25, "CA": 0.25}),
        ("US $5.99 AUS $8.99 NZ $9.99", {"US": 0.5, "AU": 0.25, "NZ": 0.25}),
    ],
)
def test_each_mark_of_a_country_is_of_one_price_before_or_after_it(line, countries):
    (clue,) = read_price(PackText.of_lines(line))

    assert clue.countries == pytest.approx(countries)


@pytest.mark.parametrize(
    ("line", "certainty"),
    [("100 kr", 0.3), ("$500", None), ("£500", 0.3), ("100,00 kr", 1.0), ("99 kr", 1.0),
     ("100 kr/st", 1.0), ("1 000 Ft", 1.0), ("39,-", 0.7)],
)  # fmt: skip
def test_a_round_sum_like_that_of_a_toy_note_counts_little(line, certainty):
    found = [clue.certainty for clue in read_price(PackText.of_lines(line))]

    assert found == ([] if certainty is None else [certainty])


@pytest.mark.parametrize("text", ["29:90 ", "29:90 kr ", "£3.99 SEK 79 "])
def test_four_times_as_many_prices_take_hardly_more_than_four_times_as_long(text):
    read_price(PackText.of_lines(text))  # with the tables at hand

    assert grows_linearly(read_price, lambda count: PackText.of_lines(text * count), 600)

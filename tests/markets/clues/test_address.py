import pytest

from engine.markets.clues.address import read_address
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact


def read(text):
    return read_address(PackText.of_lines(*text.split("\n")))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Foo AB, 105 46 Stockholm", "SE"),
        ("SE-105 46 Stockholm", "SE"),
        ("0150 Oslo", "NO"),
        ("2750 Ballerup", "DK"),
        ("00101 Helsinki", "FI"),
        ("D-74172 Neckarsulm", "DE"),
        ("50667 Köln", "DE"),
        ("1020 Wien", "AT"),
        ("8005 Zürich", "CH"),
        ("1506 MA Zaandam", "NL"),
        ("75008 Paris", "FR"),
        ("20121 Milano", "IT"),
        ("28001 Madrid", "ES"),
        ("1250-096 Lisboa", "PT"),
        ("02-305 Warszawa", "PL"),
        ("140 00 Praha", "CZ"),
        ("LV-1004", "LV"),
        ("London\nSW1A 1AA", "GB"),
        ("Dublin, D02 AF30", "IE"),
        ("Chicago, IL 60606", "US"),
        ("Toronto M5V 2T6", "CA"),
        ("CEP 01310-100", "BR"),
        ("〒100-0001", "JP"),
        ("Nestlé Sverige AB", "SE"),
        ("Foo Danmark A/S", "DK"),
        ("Foo Polska Sp. z o.o.", "PL"),
        ("Foo Deutschland GmbH", "DE"),
        ("A-4600 Wels", "AT"),
        ("L-2530 Gasperich", "LU"),
        ("B-9990 MALDEGEM", "BE"),
        ("D-49377 Vechta", "DE"),
        ("Hershey, PA 17033", "US"),
        ("125167, г. Москва", "RU"),
        ("04073, м. Київ", "UA"),
        ("上海市浦东新区世纪大道100号", "CN"),
        ("กรุงเทพฯ 10110", "TH"),
        ("서울특별시 강남구 테헤란로 123", "KR"),
        ("C1425 Buenos Aires", "AR"),
        ("11520 Ciudad de México", "MX"),
        ("Maslak / İstanbul", "TR"),
        ("P.O. Box 1234, Dubai", "AE"),
    ],
)
def test_a_postcode_with_its_city_or_a_named_branch_is_an_address(text, country):
    (clue,) = read(text)

    assert clue.countries == {country: 1.0}
    assert clue.fact is Fact.MARKET


@pytest.mark.parametrize(
    "text",
    ["1000 g Oslo", "Tel 12345", "2650 kJ", "105 46", "Stockholm", "Made in Sweden AB", "12 345 g",
     "2024-12-31", "100 00 g", "Paris 2030 kJ 12", "Deutschland", "B12 100 mg", ""],
)  # fmt: skip
def test_numbers_and_cities_apart_are_no_address(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["A-1010 model", "A-1010 Model", "L-2000 ml", "B-1200 mcg", "B-1200 MCG", "H-1000", "F-40000 A",
     "D-10000 IU", "D-40000 Pulver", "SI-1000 Series", "X-A-4600 Wels", "AZ 1000"],
)  # fmt: skip
def test_a_letter_and_digits_without_a_place_after_them_are_a_model_or_a_dose(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["CA 32346", "CA 00153", "RN 101255 CA 95012", "CA 95012 / RN 101255", "MT 10115", "ID 10400",
     "DE 12345 Team"],
)  # fmt: skip
def test_five_digits_that_are_not_of_the_state_before_them_are_no_zip_code(text):
    assert read(text) == []


@pytest.mark.parametrize("text", ["İstanbul", "P.O. Box 1234", "上海市", "서울특별시", "C1425 Box"])
def test_a_place_or_a_box_alone_is_no_address(text):
    assert read(text) == []


def test_an_address_covers_postcode_and_city():
    (clue,) = read("Box 1, 105 46 Stockholm, tel 08")

    assert clue.text == "105 46 Stockholm"


def test_the_address_of_a_maker_beside_an_importer_is_of_the_origin():
    clues = read("Manufactured by Foo, 50667 Köln\nImported by Bar, London SW1A 1AA")

    assert {clue.value[:2]: clue.fact for clue in clues} == {"DE": Fact.ORIGIN, "GB": Fact.MARKET}


@pytest.mark.parametrize(
    ("text", "country"), [("sterreich GmbH,", "AT"), ("Zoro\nvatska d.o.0.,", "HR")]
)
def test_a_branch_is_found_where_the_edge_cut_its_country(text, country):
    (clue,) = [clue for clue in read(f"Foo\n{text}") if clue.value.endswith("branch")]

    assert clue.countries == {country: 1.0}


@pytest.mark.parametrize("text", ["Foo\nmark A/S", "Foo\nland GmbH", "Foo sterreich GmbH"])
def test_a_few_letters_or_the_middle_of_a_line_are_no_cut_country(text):
    assert read(text) == []


def test_a_canadian_postcode_is_found_with_a_letter_for_a_digit():
    (clue,) = read("STREET 89, WINNIPEG MB R3C OA 1.")

    assert clue.countries == {"CA": 1.0}

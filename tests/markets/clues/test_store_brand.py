import pytest

from engine.markets.clues.pack import PackText
from engine.markets.clues.store_brand import read_store_brand
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("PIRKKA maito", "Pirkka", "FI"),
        ("Änglamark", "Änglamark", "SE"),
        ("Kirkland\nSignature", "Kirkland", "US"),
        ("Tesco", "Tesco", "GB"),
        ("Sainsbury's", "Sainsbury's", "GB"),
        ("HACENDADO", "Hacendado", "ES"),
        ("Gut & Günstig", "Gut & Günstig", "DE"),
        ("Balea", "Balea", "DE"),
        ("Albert Heijn", "Albert Heijn", "NL"),
        ("Marque Repère", "Marque Repère", "FR"),
        ("Pingo Doce", "Pingo Doce", "PT"),
        ("Biedronka", "Biedronka", "PL"),
        ("REMA 1000", "REMA 1000", "NO"),
        ("Great Value", "Great Value", "US"),
        ("ICA Basic", "ICA", "SE"),
        ("Lidl Polska", "Lidl", "PL"),
        ("トップバリュ", "Topvalu", "JP"),
        ("First Price\nkjøttdeig", "First Price", "NO"),
        ("K-CLASSIC", "Kaufland", "DE"),
        ("Willys Hemma", "Willys", "SE"),
        ("Modelo Continente", "Continente", "PT"),
    ],
)
def test_a_wording_points_to_its_country(text, value, country):
    (clue,) = read_store_brand(PackText.of_lines(*text.split("\n")))

    assert (clue.value, clue.fact) == (value, Fact.MARKET)
    assert max(clue.countries, key=clue.countries.__getitem__) == country


@pytest.mark.parametrize(
    "text",
    [
        "great value for money",
        "Tescoma",
        "Garant",
        "ICA",
        "ja!",
        "Coop",
        "target",
        "a mark",
        "first price offer",
        "Lidl",
        "Continent",
        "Monoprice",
        "BONUS PACK",
        "BONUS +2 gratis",
        "Bónus",
        "Willys Jeep 1:35",
        "Continente Europeo",
        "Irmã Dulce",
        "Irma's Kitchen",
        "Special K Classic",
        "First Price Quality",
        "Great Value Pack",
        "GREAT VALUE",
        "taste the Difference",
        "Musgrave Pencil",
        "a b c d e f g h e b",
    ],
)
def test_other_words_say_nothing(text):
    assert read_store_brand(PackText.of_lines(text)) == []


@pytest.mark.parametrize("row", read_table("store_brand"), ids=lambda row: row["phrase"])
def test_each_wording_of_the_table_is_found_as_it_is_written(row):
    clues = read_store_brand(PackText.of_lines(row["phrase"]))

    assert {country for clue in clues for country in clue.countries} & set(
        strengths(row["countries"])
    )

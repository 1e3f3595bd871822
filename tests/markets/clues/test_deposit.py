import pytest

from engine.markets.clues.deposit import read_deposit
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact
from tests.timing import grows_linearly


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("EINWEGPFAND 0,25 €", "Einwegpfand", "DE"),
        ("statiegeld 0,15", "statiegeld", "NL"),
        ("Panta\nmera", "pant", "SE"),
        ("Pant 1 kr", "pant", "SE"),
        ("PANT A\n33 cl", "pant A", "DK"),
        ("Pant kr 3", "pant", "NO"),
        ("Panttipullo 0,20 €", "pantti", "FI"),
        ("tagatisraha 0,10", "tagatisraha", "EE"),
        ("Depozits", "depozīts", "LV"),
        ("uzstatas", "užstatas", "LT"),
        ("POVRATNA NAKNADA 0,07", "povratna naknada", "HR"),
        ("Garantie SGR 0,50 LEI", "SGR", "RO"),
        ("Kaucja 0,50 zł", "kaucja", "PL"),
        ("10c refund at collection depots", "10c refund", "AU"),
        ("CA CRV", "CRV", "US"),
        ("visszaváltási díj", "visszaváltási díj", "HU"),
        ("zzgl. 0,25 € Pfand", "Einwegpfand", "DE"),
        ("Pfand 0,25 €", "Einwegpfand", "DE"),
        ("EINWEG PFAND", "Einwegpfand", "DE"),
        ("SGR 0,50 LEI", "SGR", "RO"),
        ("PANT 1,00 kr", "pant", "DK"),
        ("Pant 1:-", "pant", "SE"),
        ("+ pant 2:-", "pant", "SE"),
        ("33 cl inkl. pant 1 kr", "pant", "SE"),
        ("Pant B, 0,5 l flaske", "pant B", "DK"),
        ("Re-turn 15c deposit", "Re-turn", "IE"),
        ("Deposit Return Scheme", "Deposit Return Scheme", "IE"),
        ("REpont", "REpont", "HU"),
        ("Pandiga", "pandipakend", "EE"),
        ("CT-HI-MA-ME-NY-VT 5¢", "bottle bill", "US"),
        ("HI ME OR VT 5¢", "bottle bill", "US"),
        ("CT, MA, ME 5c", "bottle bill", "US"),
        ("OR MI CT\n10 ¢", "bottle bill", "US"),
        ("REFUND VALUE: CT ME NY", "bottle bill", "US"),
        ("CRV HI ME VT", "bottle bill", "US"),
        ("CT ME VT Cash Refund", "bottle bill", "US"),
        ("CT-ME-VT", "bottle bill", "US"),
        ("CT · ME · VT", "bottle bill", "US"),
        ("HI/ME/OR", "bottle bill", "US"),
        ("Consignée 10¢ Québec", "consigne", "CA"),
        ("Záloha 0,15 €", "záloha", "SK"),
        ("Zálohovaná láhev 3 Kč", "záloha", "CZ"),
        ("statiegeldflesje", "statiegeld", "NL"),
        ("Depozito 1 TL", "depozito", "TR"),
    ],
)
def test_a_wording_points_to_its_country(text, value, country):
    (clue,) = read_deposit(PackText.of_lines(*text.split("\n")))

    assert (clue.value, clue.fact) == (value, Fact.MARKET)
    assert max(clue.countries, key=clue.countries.__getitem__) == country


@pytest.mark.parametrize(
    "text",
    [
        "plant 1 kr",
        "Elephant A",
        "pantyhose",
        "pfandfrei",
        "garantie 2 ani",
        "pantalon",
        "refund policy",
        "California",
        "Hipotek",
        "pantry",
        "Depozito",
        "Pant B",
        "Cargo Pant 2 KR",
        "Cargo Pant A retur",
        "Pant 1",
        "Repond",
        "return deposit",
        "CA NY",
        "HI OR ME",
        "MA ME OR",
        "NY OR CA OR MI",
        "CT, MI, OR",  # Catania, Milano, Oristano
        "CT, ME, VT",
        "CT. MI. OR.",
        "CT-MI, OR",
        "HI OR ME 25 cl",
        "HI OR ME 0.5 cents",
        "HI OR ME 5 cereals",
        "HI OR ME, we refund",
        "this or 10c off",
        "Hi 5c",
        "ca-ny-me-or",
        "XCA-NY-ME",
        "Zálohovaná",
    ],
)
def test_other_words_say_nothing(text):
    assert read_deposit(PackText.of_lines(text)) == []


@pytest.mark.parametrize("row", read_table("deposit"), ids=lambda row: row["phrase"])
def test_each_wording_of_the_table_is_found_as_it_is_written(row):
    clues = read_deposit(PackText.of_lines(f"{row['phrase']}{row['next'] or ''}", "33 cl"))

    assert {country for clue in clues for country in clue.countries} & set(
        strengths(row["countries"])
    )


def test_four_times_as_many_deposits_take_hardly_more_than_four_times_as_long():
    read_deposit(PackText.of_lines("Pant 1 kr"))  # with the tables at hand

    assert grows_linearly(
        read_deposit, lambda count: PackText.of_lines("Pant 1 kr " * count), 1_000
    )


def test_a_word_that_only_ends_like_one_of_prices_gives_pant_no_place():
    assert read_deposit(PackText.of_lines("x" * 30 + "pris pant 1 kr")) == []

import pytest

from engine.embed.codes.reading import Code
from engine.markets.clues.company_number import read_company_number
from engine.markets.clues.date_style import read_date_style
from engine.markets.clues.gtin import read_gtins
from engine.markets.clues.health_mark import read_health_mark
from engine.markets.clues.iban import read_iban
from engine.markets.clues.legal_form import read_legal_form
from engine.markets.clues.medicine_code import read_medicine_code
from engine.markets.clues.organic import read_organic
from engine.markets.clues.pack import PackText
from engine.markets.clues.phone import read_phone
from engine.markets.clues.price import read_price
from engine.markets.clues.table import read_table
from engine.markets.clues.web import read_web

PACK = PackText.of_lines(
    "Importör: Exempel Livs AB",
    "Org.nr 123456-7897",
    "www.arla.se, +46 8 789 50 00",
    "SE 1234 EC  SE-EKO-01  29:90 kr",
    "IBAN SE45 5000 0000 0583 9825 7466",
    "PZN 01234562  12/31/2026",
)
BARS = Code("EAN-13", "7310865004703", "07310865004703", ((0, 0), (95, 0), (95, 40), (0, 40)))
READERS = [
    read_company_number,
    read_date_style,
    read_health_mark,
    read_iban,
    read_legal_form,
    read_medicine_code,
    read_organic,
    read_phone,
    read_price,
    read_web,
]
AT_LEAST = {"strong": 0.85, "medium": 0.6, "weak": 0.0}


def test_a_pack_gives_one_clue_of_each_kind_and_each_kind_has_its_worth():
    clues = [clue for read in READERS for clue in read(PACK)] + read_gtins([BARS], PACK)

    assert sorted(clue.kind for clue in clues) == sorted(
        row["kind"] for row in read_table("kinds_identifiers")
    )


@pytest.mark.parametrize("row", read_table("kinds_identifiers"), ids=lambda row: row["kind"])
def test_a_strength_in_words_agrees_with_its_number(row):
    others = [least for name, least in AT_LEAST.items() if least > AT_LEAST[row["strength"]]]

    assert AT_LEAST[row["strength"]] <= float(row["reliability"]) < min(others, default=0.98)
    assert row["reason"]


def test_clues_of_one_pack_stand_in_the_places_of_their_words():
    [clue] = read_price(PACK)

    assert clue.text == "29:90 kr"
    assert PACK.text[: PACK.text.index("29:90")].count("\n") * 20 == clue.box.y

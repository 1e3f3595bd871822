"""What stands on the back."""

import random
import re

from engine.catalog.demo.packs.nutrition import nutrition
from engine.catalog.demo.packs.pack import pack_at
from engine.catalog.demo.packs.tables import Text
from engine.catalog.demo.packs.wording import (
    DRINKS,
    boast,
    codes_of,
    companies,
    company,
    day,
    kind_of,
    language_block,
    national,
)

PACKS = [pack_at(3, number) for number in range(400)]


def first(country, **wanted):
    """The first pack that was bought in a country."""
    packs = (pack for pack in PACKS if pack.country == country)
    return next(
        pack for pack in packs if all(getattr(pack, key) == value for key, value in wanted.items())
    )


def test_a_company_stands_with_legal_form_street_and_place_of_its_country():
    line = company(first("PL", languages=("pl",)), "PL", "importer", random.Random(1))

    assert re.search(r"(Sp\. z o\.o\.|S\.A\.|Sp\. k\.), ul\. \w+ \d+, \d\d-\d{3} \w+", line.text)
    assert [row.topic for row in line.rows[:3]] == ["importer", "forms", "places"]


def test_almost_every_company_of_brazil_shows_its_number():
    pack = first("BR")
    lines = [company(pack, "BR", "producer", random.Random(i)).text for i in range(40)]

    assert sum("CNPJ" in line for line in lines) > 30


def test_a_foreign_maker_stands_beside_an_importer_at_home():
    pack = first("HU", languages=("hu",))
    for i in range(60):
        lines = companies(pack, random.Random(i))
        homes = [
            row.id.split("/")[1] for line in lines for row in line.rows if row.topic == "places"
        ]
        assert homes[-1] == "HU"
        assert len(homes) == 1 or homes[0] != "HU"


def test_only_drinks_ask_for_a_deposit():
    for pack in PACKS:
        said = {row.topic for item in national(pack, pack.rng("x")) for row in item.rows}
        assert "deposit" not in said or pack.article.name in DRINKS


def test_food_and_cosmetics_have_marks_of_their_own():
    for pack in PACKS:
        said = {row.topic for item in national(pack, pack.rng("x")) for row in item.rows}
        assert "mark" not in said or pack.article.sector == "food"
        assert "medicine" not in said or pack.article.sector == "care"


def test_nobody_boasts_of_lactose_in_soap():
    soap = next(pack for pack in PACKS if pack.article.name == "soap")
    milk = next(pack for pack in PACKS if pack.article.name == "milk")

    assert boast(soap, "sv", random.Random(0)).topic == "care"
    assert boast(milk, "sv", random.Random(0)).topic == "claim"


def test_what_a_country_says_alone_is_of_the_country_where_the_pack_was_bought():
    for pack in PACKS:
        for item in national(pack, pack.rng("x")):
            for row in item.rows:
                if row.id.startswith(("national", "prices")):
                    assert row.id.split("/")[1] == pack.country


def test_a_block_is_in_the_language_of_its_place():
    for pack in PACKS:
        for place, code in enumerate(pack.languages):
            for item in language_block(pack, place, pack.rng("x")):
                assert {row.id.split("/")[1] for row in item.rows} == {code}


def test_countries_before_a_block_are_those_that_speak_its_language():
    pack = first("SE", languages=("sv", "nb", "da", "fi"))

    assert codes_of(pack, "da") == "DK"
    assert codes_of(pack, "et") == "ET"


def test_the_date_has_the_style_of_the_country():
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day(first("SE")))
    assert re.fullmatch(r"\d{4}\.\d\d\.\d\d\.", day(first("HU")))


def test_a_mark_of_a_plant_stands_in_an_oval():
    rng = random.Random(0)

    assert kind_of(Text("x", "mark", "FR 35.360.001 CE"), rng) == "oval"
    assert kind_of(Text("x", "mark", "BIO SUISSE Knospe"), rng) != "oval"


def test_nutrition_facts_have_the_form_of_the_country():
    american = nutrition(first("US"), random.Random(0))
    swedish = nutrition(first("SE", languages=("sv",)), random.Random(0))

    assert american.heading == "Nutrition Facts"
    assert "% Daily Value*" in [line.label for line in american.lines]
    assert swedish.lines[0].label == "Energi"
    assert re.fullmatch(r"\d+ kJ / \d+ kcal", swedish.lines[0].amount)
    assert re.fullmatch(r"\d+,\d g", swedish.lines[1].amount)


def test_facts_of_a_shared_pack_are_in_its_languages():
    pack = next(pack for pack in PACKS if pack.languages == ("cs", "sk"))

    labels = [line.label for line in nutrition(pack, random.Random(0)).lines]
    assert "Tuky" in labels
    assert "Sůl / Soľ" in labels

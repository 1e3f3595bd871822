"""Regions of a language: Austria, Switzerland, Mexico, Brazil ... by their own words."""

import pytest

from engine.markets.clues.language import read_language
from engine.markets.clues.pack import PackText
from tests.markets.clues.test_language import values


@pytest.mark.parametrize(
    ("line", "tag", "country"),
    [
        ("suco de laranja", "pt-BR", "BR"),
        ("sumo de laranja", "pt-PT", "PT"),
        ("zumo de naranja", "es-ES", "ES"),
        ("natural orange flavor with other flavors, cholesterol free", "en-US", "US"),
        ("Marillenmarmelade aus Marillen, Schlagobers", "de-AT", "AT"),
        ("Vollrahm aus Schweizer Milch", "de-CH", "CH"),
    ],
)
def test_regional_words_narrow_a_language(line, tag, country):
    (clue,) = read_language(PackText.of_lines(line))

    assert clue.value == tag
    assert max(clue.countries, key=clue.countries.__getitem__) == country


@pytest.mark.parametrize(
    "line", ["leite integral", "agua mineral natural con gas", "frische Milch"]
)
def test_words_of_the_whole_language_name_no_region(line):
    assert all("-" not in value for value in values(line))


def test_one_word_of_a_region_leaves_room_for_the_others_and_two_leave_less():
    (one,) = read_language(PackText.of_lines("Xampu para cabelos, produto de qualidade"))
    (two,) = read_language(PackText.of_lines("Xampu e sabonete, produto de qualidade"))

    assert one.value == two.value == "pt-BR"
    assert 0.7 < one.countries["BR"] < two.countries["BR"] < 1.0
    assert one.countries["PT"] > two.countries["PT"] > 0.0


def test_ss_in_capitals_is_not_swiss():
    lines = ["Zutaten: Zucker, Wasser, Milch. Kühl lagern.", "EIWEISS"]

    assert read_language(PackText.of_lines(*lines))[0].value == "de"
    lines[1] = "Eiweiss"
    assert read_language(PackText.of_lines(*lines))[0].value == "de-CH"


def test_words_that_all_of_a_language_use_are_of_no_region():
    french = "Ingrédients: sucre, farine. Traces éventuelles d'arachides"
    spanish = "Ingredientes: azúcar, manteca de cacao, harina de trigo"

    assert read_language(PackText.of_lines(french))[0].value == "fr"
    assert read_language(PackText.of_lines(spanish))[0].value == "es"


def test_a_sharp_s_is_no_double_s_of_switzerland():
    assert values("Ballaststoffe, Eiweiß, Salz") == ["de"]
    assert values("Ballaststoffe, Eiweiss, Salz") == ["de-CH"]


def test_what_spanish_packs_of_both_sides_of_the_ocean_say_is_of_no_region():
    assert values("Consumir preferentemente antes del") == ["es"]
    assert values("Consérvese en lugar fresco y seco") == ["es"]

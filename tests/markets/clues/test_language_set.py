import pytest

from engine.markets.clues.language import read_language
from engine.markets.clues.language.evidence import languages
from engine.markets.clues.language_set import read_language_set, without_members
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table

LINES = {
    "sv": "Ingredienser: vatten, socker, salt. Förvaras svalt och mörkt.",
    "fi": "Ainesosat: vesi, sokeri, suola. Säilytetään viileässä.",
    "da": "Ingredienser: vand, sukker, mælk. Opbevares køligt. Mindst holdbar til.",
    "nb": "Ingredienser: vann, melk, egg. Oppbevares kjølig. Best før.",
    "nl": "Ingrediënten: water, suiker, zout, tarwebloem. Koel bewaren.",
    "fr": "Ingrédients: eau, sucre, sel, farine de blé. À conserver au frais.",
    "de": "Zutaten: Wasser, Zucker, Salz, Weizenmehl. Kühl lagern.",
    "it": "Ingredienti: acqua, zucchero, sale, farina di grano. Conservare in luogo fresco.",
    "et": "Koostisosad: vesi, suhkur, sool, nisujahu. Säilitada jahedas.",
    "lv": "Sastāvdaļas: ūdens, cukurs, sāls, kviešu milti. Uzglabāt vēsā vietā.",
    "lt": "Sudedamosios dalys: vanduo, cukrus, druska, kvietiniai miltai. Laikyti vėsioje vietoje.",
    "en": "Ingredients: water, sugar, salt, wheat flour. Keep refrigerated once opened.",
    "es": "Ingredientes: agua, azúcar, sal, harina de trigo. Conservar en lugar fresco y seco.",
    "pt": "Ingredientes: água, açúcar, sal, farinha de trigo. Conservar em local fresco e seco.",
    "el": "Συστατικά: νερό, ζάχαρη, αλάτι, αλεύρι σίτου. Διατηρείται στο ψυγείο.",
    "cs": "Složení: voda, cukr, sůl, pšeničná mouka. Skladujte v suchu a chladu.",
    "sk": "Zloženie: voda, cukor, soľ, pšeničná múka. Skladujte v suchu a chlade.",
}


def pack_in(*tags: str) -> PackText:
    return PackText.of_lines(*(LINES[tag] for tag in tags))


@pytest.mark.parametrize(
    ("tags", "country"),
    [
        (("fi", "sv"), "FI"),
        (("nl", "fr"), "BE"),
        (("de", "fr", "it"), "CH"),
        (("et", "lv", "lt"), "EE"),
        (("es", "pt"), "ES"),
        (("cs", "sk"), "CZ"),
        (("en", "fr"), "CA"),
        (("el", "en"), "GR"),
        (("sv", "da", "nb"), "SE"),
    ],
)
def test_languages_that_stand_together_name_the_countries_of_such_packs(tags, country):
    (clue,) = read_language_set(pack_in(*tags))

    assert clue.value == "+".join(sorted(tags))
    assert max(clue.countries, key=clue.countries.__getitem__) == country


@pytest.mark.parametrize(
    "tags", [(), ("sv",), ("sv", "el"), ("fi", "sv", "el"), ("de", "fr", "it", "es", "pt")]
)
def test_one_language_and_sets_of_no_market_say_nothing(tags):
    assert read_language_set(pack_in(*tags)) == []


def test_a_set_takes_the_place_of_its_languages():
    pack = pack_in("fi", "sv")

    clues = without_members([*read_language_set(pack), *read_language(pack)])

    assert [clue.value for clue in clues] == ["fi+sv"]


def test_without_a_set_the_languages_stay():
    pack = pack_in("sv", "el")

    clues = without_members([*read_language_set(pack), *read_language(pack)])

    assert {clue.value for clue in clues} == {"sv", "el"}


def test_each_set_of_the_table_is_of_known_languages_and_stands_once():
    sets = [frozenset(row["languages"].split("+")) for row in read_table("language_sets")]

    assert frozenset().union(*sets) <= set(languages())
    assert len(set(sets)) == len(sets)

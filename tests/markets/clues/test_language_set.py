import pytest

from engine.markets.clues.all import read_clues
from engine.markets.clues.country_code import read_country_code
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
    ("text", "languages"),
    [
        ("COTTON COTONE COTON ALGODÓN BAUMWOLLE KATOEN", "de+en+fr+it+nl"),
        ("Milk Milch Mléko Lapte Tej Mlijeko", "cs+de+en+ro"),
        ("Cotton Coton Baumwolle", "de+en+fr"),
    ],
)
def test_one_word_each_in_many_languages_leaves_it_open_to_all_of_them(text, languages):
    [clue] = [c for c in read_clues(PackText.of_lines(text)) if c.kind.startswith("language")]

    assert clue.value == languages
    assert max(clue.countries.values()) < 0.34


def test_words_in_passing_do_not_make_a_pack_of_one_language_one_of_many():
    text = f"{LINES['sv']} Katoen Baumwolle Cotone"

    assert read_language_set(PackText.of_lines(text)) == []
    assert [clue.value for clue in read_language(PackText.of_lines(text))] == ["sv"]


ORIGINS = "Made in China / Fabriqué en Chine / Hecho en China / Hergestellt in China"


def test_origins_in_several_languages_are_no_languages_of_the_pack():
    assert read_language_set(PackText.of_lines(ORIGINS)) == []
    assert read_language(PackText.of_lines(ORIGINS)) == []
    assert read_language_set(pack_in("sv")) == []
    with_text = PackText.of_lines(ORIGINS, LINES["sv"])
    assert [clue.value for clue in read_language(with_text)] == ["sv"]


def test_an_origin_in_one_language_speaks_it():
    [clue] = read_language(PackText.of_lines("Hergestellt in Deutschland"))

    assert clue.value == "de"


@pytest.mark.parametrize("tags", [(), ("sv",)])
def test_one_language_is_no_set(tags):
    assert read_language_set(pack_in(*tags)) == []


def test_languages_that_no_set_has_stand_for_the_countries_of_each():
    (clue,) = read_language_set(pack_in("sv", "el"))

    assert clue.value == "el+sv"
    assert clue.countries["SE"] == pytest.approx(0.475)
    assert clue.countries["GR"] == pytest.approx(0.4)
    assert sum(clue.countries.values()) == pytest.approx(1.0)


def test_a_part_of_a_wider_set_keeps_all_its_countries_in():
    (clue,) = read_language_set(pack_in("sk", "de", "cs"))
    (pair,) = read_language_set(pack_in("et", "lt"))

    assert clue.value == "cs+de+sk"
    assert {"CZ", "SK", "DE", "AT"} <= clue.countries.keys()
    assert pair.countries["LV"] > 0.04


def test_a_language_that_was_read_faintly_counts_less():
    lines = [LINES["el"], "Ingredienser: vatten, socker."]

    (clue,) = read_language_set(PackText.of_lines(*lines))

    assert clue.value == "el+sv"
    assert clue.countries["SE"] < clue.countries["GR"]


def test_english_that_says_as_much_as_the_others_is_one_of_them():
    long = PackText.of_lines(LINES["en"], "Store in a cool, dry place.", LINES["de"], LINES["fr"])
    short = PackText.of_lines("Best quality", LINES["de"], LINES["fr"])

    assert read_language_set(long)[0].value == "de+en+fr"
    assert read_language_set(long)[0].countries["GB"] > 0.02
    assert read_language_set(short)[0].value == "de+fr"


def test_a_set_takes_the_place_of_its_languages():
    pack = pack_in("fi", "sv")

    clues = without_members([*read_language_set(pack), *read_language(pack)])

    assert [clue.value for clue in clues] == ["fi+sv"]


def test_a_code_before_a_text_takes_the_place_of_its_language():
    pack = PackText.of_lines(f"SE: {LINES['sv']}")

    clues = without_members([*read_country_code(pack), *read_language(pack)])

    assert [(clue.kind, clue.value) for clue in clues] == [("country_code", "SE")]


def test_a_list_of_codes_leaves_the_language_its_place():
    pack = PackText.of_lines(f"DE/AT: {LINES['de']}")

    clues = without_members([*read_country_code(pack), *read_language(pack)])

    assert [clue.kind for clue in clues] == ["country_code", "language"]


def test_each_set_of_the_table_is_of_known_languages_and_stands_once():
    sets = [frozenset(row["languages"].split("+")) for row in read_table("language_sets")]

    assert frozenset().union(*sets) <= set(languages())
    assert len(set(sets)) == len(sets)


def test_one_long_word_shows_a_language_that_goes_with_the_first():
    (clue,) = read_language_set(PackText.of_lines("VELOVA", "Těstoviny", "Křupavá", "Cebula"))

    assert clue.value == "cs+pl"


def test_a_word_of_many_languages_shows_none_of_them_beside_the_first():
    assert read_language_set(PackText.of_lines("CREME FRAÍCHE", "mild yoghurt")) == []


def test_a_region_does_not_choose_among_the_countries_of_its_set():
    pack = PackText.of_lines(
        "Protéinas: de los cuales azúcares", "gelado magro, hidratos", "bolachas"
    )
    clues = read_clues(pack)

    assert [clue.value for clue in clues if clue.kind.startswith("language")] == ["es+pt"]


def test_english_words_beside_a_language_that_goes_with_it_are_still_decoration():
    assert read_language_set(PackText.of_lines("Confiture de fraises", "Fresh Cleaner")) == []


def test_a_word_beside_itself_in_english_is_of_a_pack_in_both_languages():
    (clue,) = read_language_set(PackText.of_lines("100% COTTON / 100% COTON", "RN 12345 CA 67890"))

    assert clue.value == "en+fr"
    assert max(clue.countries, key=clue.countries.__getitem__) == "CA"
    assert clue.certainty == 0.5


@pytest.mark.parametrize(
    "lines",
    [
        ("Fresh Chocolat",),
        ("COTTON COTON", "Lavage en machine"),
        ("100% COTON",),
        ("COTTON COTONE",),
        (LINES["fr"], "COTTON COTON"),
    ],
)
def test_english_beside_other_words_is_no_twin(lines):
    assert read_language_set(PackText.of_lines(*lines)) == []


def test_a_word_in_each_of_two_languages_is_weak_and_leaves_the_countries_of_each_in():
    (few,) = read_language_set(PackText.of_lines("Schokolade Chocolat"))
    (more,) = read_language_set(PackText.of_lines("Schokolade Zucker", "Chocolat Sucre"))
    (three,) = read_language_set(PackText.of_lines("Schokolade Chocolat Cioccolato"))
    (sentences,) = read_language_set(pack_in("de", "fr"))

    assert few.value == more.value == sentences.value == "de+fr"
    assert few.certainty == 0.5
    assert more.certainty == three.certainty == sentences.certainty == 1.0
    assert few.countries["CH"] < sentences.countries["CH"] == more.countries["CH"]
    assert few.countries["FR"] > 0.15 > sentences.countries["FR"]

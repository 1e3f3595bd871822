import time

import pytest

from engine.markets.clues.language import read_language
from engine.markets.clues.language.english import is_plain_english
from engine.markets.clues.language.evidence import evidence_of, languages
from engine.markets.clues.language.tokens import Token
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table
from engine.markets.facts import Fact


def values(*lines: str) -> list[str]:
    return [clue.value for clue in read_language(PackText.of_lines(*lines))]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("MELLAN MJÖLK 1,5 %", "sv"),
        ("STANDARDMJÖLK", "sv"),
        ("utan fruktkött", "sv"),
        ("Økologisk letmælk", "da"),
        ("uden tilsat sukker", "da"),
        ("Økologisk lettmelk", "nb"),
        ("uten tilsatt sukker", "nb"),
        ("rasvaton maito", "fi"),
        ("Nýmjólk", "is"),
        ("värske täispiim", "et"),
        ("pilnpiens 3,5 %", "lv"),
        ("pienas 2,5 % riebalų", "lt"),
        ("mleko świeże", "pl"),
        ("polotučné mléko", "cs"),
        ("polotučné mlieko", "sk"),
        ("tejföl 20 %", "hu"),
        ("lapte proaspăt", "ro"),
        ("kruh bez šećera, čuvati u hladnjaku", "hr"),
        ("alpsko mleko, uporabno najmanj do", "sl"),
        ("yarım yağlı süt", "tr"),
        ("fettarme Milch", "de"),
        ("lait demi-écrémé", "fr"),
        ("halfvolle melk", "nl"),
        ("latte parzialmente scremato", "it"),
        ("leche entera", "es"),
        ("leite meio gordo de vaca", "pt"),
        ("πλήρες γάλα", "el"),
        ("молоко питьевое", "ru"),
        ("молоко питне", "uk"),
        ("прясно мляко", "bg"),
        ("ミルクチョコレート", "ja"),
        ("우유 1000ml", "ko"),
        ("营养成分表", "zh-Hans"),
        ("營養標示", "zh-Hant"),
        ("נתרן סוכר", "he"),
        ("ส่วนประกอบ", "th"),
        ("sữa tươi tiệt trùng", "vi"),
        ("Komposisi: gula, garam", "id"),
        ("Gesichtscreme für trockene Haut", "de"),
        ("Söndag 5 maj", "sv"),
        ("Søndag med fløte og ukens oppskrifter", "nb"),
    ],
)
def test_words_of_a_pack_name_its_language(line, language):
    assert values(line)[0].partition("-")[0] == language.partition("-")[0]
    assert language in (values(line)[0], values(line)[0].partition("-")[0])


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("MELLAN MJOLK", "sv"),
        ("ÄPPELJUlCE", "sv"),
        ("FILMIOLK", "sv"),
        ("SOMMARMJÖLK", "sv"),
        ("Zutoten: Weizenmehl", "de"),
        ("mleko swieze bez dodatku", "pl"),
    ],
)
def test_lost_accents_and_misread_letters_are_forgiven(line, language):
    assert values(line) == [language]


@pytest.mark.parametrize(
    "line",
    ["", "   ", "1,5 %", "NIVEA Creme", "Coca-Cola Zero", "Tropicana Pure Premium", "BRAVO",
     "XKQZW", "GOR JUPLE", "Original", "PRRE PREMINN", "kg ml 100 g", "Orange"],
)  # fmt: skip
def test_brands_units_and_rubbish_say_nothing(line):
    assert values(line) == []


def test_neighbours_that_the_words_do_not_tell_apart_stand_together():
    (clue,) = read_language(PackText.of_lines("Yoghurt naturell"))

    assert clue.value == "sv|nb"
    assert clue.countries["SE"] == pytest.approx(0.47, abs=0.05)
    assert sum(clue.countries.values()) == pytest.approx(1.0)


def test_each_language_of_a_pack_is_a_clue_the_strongest_first():
    clues = read_language(
        PackText.of_lines(
            "Ingredienser: vatten, socker, salt. Förvaras svalt och mörkt.",
            "Ainesosat: vesi, sokeri, suola. Säilytetään viileässä ja kuivassa paikassa.",
        )
    )

    assert {clue.value for clue in clues} == {"sv", "fi"}
    assert all(clue.fact is Fact.LANGUAGE for clue in clues)


def test_a_word_in_two_parts_is_one_word():
    assert values("MOR", "GOX") == []
    assert values("FRUKOST, MOR", "GON") == ["sv"]
    assert values("Zahn-", "bürste") == ["de"]


def test_english_beside_another_language_is_decoration():
    assert values("Natural smooth taste", "Zutaten: Wasser, Zucker, Salz, Weizenmehl, Hefe") == [
        "de"
    ]


def test_english_alone_speaks():
    (clue,) = read_language(PackText.of_lines("Semi skimmed milk", "keep refrigerated"))

    assert clue.value == "en-GB"
    assert max(clue.countries, key=clue.countries.__getitem__) == "GB"


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


def test_a_clue_shows_its_words_and_their_box():
    pack = PackText.of_lines("ARLA 1 l", "Färsk standardmjölk")

    (clue,) = read_language(pack)

    assert clue.text == "Färsk standardmjölk"
    assert clue.box == pack.box(pack.text.index("Färsk"), len(pack.text))
    assert max(clue.countries, key=clue.countries.__getitem__) == "SE"


def test_a_language_leaves_room_for_the_countries_whose_packs_have_it_beside_others():
    (danish,) = read_language(PackText.of_lines("Opbevares køligt. Mindst holdbar til"))
    (english,) = read_language(PackText.of_lines("Keep refrigerated once opened"))

    assert danish.countries["DK"] == pytest.approx(0.866, abs=0.01)
    assert danish.countries["SE"] > 0.02
    assert danish.countries["NO"] > 0.02
    assert "FI" not in english.countries


def test_english_alone_may_stand_beside_arabic_that_was_not_read():
    (clue,) = read_language(PackText.of_lines("Potato Crisps, keep in a cool dry place"))

    assert 0 < clue.countries["AE"] == clue.countries["SA"] < 0.05
    assert "EG" not in clue.countries


@pytest.mark.parametrize("text", ["ant", "Mint", "EN Ber FRAN", "λne", "bμava aθva", "industriga"])
def test_short_words_and_misread_ones_are_no_language(text):
    assert read_language(PackText.of_lines(text)) == []


@pytest.mark.parametrize(("text", "tag"), [("Mjölk", "sv"), ("Mleko", "pl"), ("Γάλα", "el")])
def test_one_good_word_is_a_language(text, tag):
    assert tag in read_language(PackText.of_lines(text))[0].value


def test_the_more_is_read_the_surer_a_language_is():
    (one,) = read_language(PackText.of_lines("Standardmjölk"))
    (many,) = read_language(
        PackText.of_lines("Ingredienser: vatten, socker, salt. Förvaras svalt.")
    )

    assert 0.6 < one.certainty < 0.9 < many.certainty < 1.0


def test_names_of_substances_are_of_no_language():
    line = "Aqua, Sodium Laureth Sulfate, Glycerin, Citric Acid, Parfum, Limonene"

    assert read_language(PackText.of_lines(line)) == []


def test_an_address_is_of_no_language():
    lines = ["Ingredienser: vatten, socker, salt. Förvaras svalt.", "Vilnius, Lietuva www.bravo.lt"]

    assert [clue.value for clue in read_language(PackText.of_lines(*lines))] == ["sv"]
    assert read_language(PackText.of_lines("Debrecen, Magyarország, info@bravo.hu")) == []


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


def test_a_word_of_one_language_weighs_more_than_one_of_three():
    assert evidence_of("mjölk")["sv"] > evidence_of("juice")["sv"] > 0


def test_each_language_of_the_tables_has_countries():
    words = {row["language"] for row in read_table("language_words")}
    letters = {tag for row in read_table("language_letters") for tag in row["languages"].split("|")}
    scripts = {tag for row in read_table("language_scripts") for tag in row["languages"].split("|")}

    assert words | letters | scripts <= set(languages())


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "mjölk " * 20_000, "\u0300" * 10_000, "ÅÄÖ\x00\ud800" * 1_000, "аbс " * 10_000,
     "".join(map(chr, range(0x20, 0xD800, 7)))],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(text):
    start = time.monotonic()

    read_language(PackText.of_lines(text))

    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (("Glass Cleaner", "Original"), "en"),  # glass is Swedish too: ice cream
        (("Toothpaste",), "en"),
        (("For all skin types.", "SAPONE"), "it"),
        (("rodusent: Poly", "pbevares tørt"), "nb"),
    ],
)
def test_the_language_that_explains_most_words_is_told(lines, language):
    assert values(*lines) == [language]


@pytest.mark.parametrize("line", ["Apple Pressed", "Mandarin Morning", "SMOOTH"])
def test_flavours_and_claims_in_english_stand_on_packs_of_every_country(line):
    assert values(line) == []


def test_a_word_cut_off_at_the_end_of_a_line_speaks_for_the_words_that_it_may_be():
    assert evidence_of("…ringsdeklaration").keys() == {"sv", "da"}
    assert evidence_of("hodnoty")  # whole words are found as they are
    assert evidence_of("näringsdeklara…").keys() >= {"sv"}
    assert evidence_of("…tion") == {}


def test_words_in_the_middle_of_a_line_are_whole():
    assert values("Foo aringsdeklaratio bar") == []


def test_a_sharp_s_is_no_double_s_of_switzerland():
    assert values("Ballaststoffe, Eiweiß, Salz") == ["de"]
    assert values("Ballaststoffe, Eiweiss, Salz") == ["de-CH"]


def test_canada_spells_as_britain_does():
    (clue,) = read_language(PackText.of_lines("Fibre, natural flavouring of which sugars"))

    assert clue.countries["CA"] > clue.countries["US"]


def test_cyrillic_that_was_read_in_latin_letters_is_told_by_two_words():
    assert values("Cbcmaku: Aqua", "npouxog") == ["bg"]
    assert values("Macca Hetto: 500") == ["ru"]
    assert values("Cbcmaku") == []


def test_a_word_that_says_nothing_does_not_keep_english_from_being_plain():
    nothing, goods = Token("xqzzwk", 0, 6), Token("powder", 7, 13)
    assert evidence_of(nothing.word) == {}

    assert is_plain_english([goods, nothing])
    assert not is_plain_english([nothing])


@pytest.mark.parametrize(
    "line",
    ["Ristorante Mozzarella", "Croissant", "Penne Rigate", "Nachos Salsa", "Tortilla Chips",
     "Spaghetti Bolognese", "Cappuccino Espresso", "Polyester", "Elastan", "г. пр."],
)  # fmt: skip
def test_names_that_all_countries_borrow_and_abbreviations_are_no_language(line):
    assert values(line) == []


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("100 % Baumwolle", "de"),
        ("100 % bomull, tvättas", "sv"),
        ("80% bawełna, 20% poliester", "pl"),
        ("100 % puuvilla", "fi"),
        ("95 % katoen, 5 % elastaan", "nl"),
        ("100% pamut, mosás", "hu"),
        ("%100 Pamuk, ütü", "tr"),
        ("хлопок 100 %, подкладка", "ru"),
    ],
)
def test_fibres_and_care_tell_the_language_of_a_garment_s_label(line, language):
    assert values(line) == [language]


def test_english_alone_is_less_sure_than_another_language():
    [english] = read_language(PackText.of_lines("Crunchy Peanut Butter"))
    [german] = read_language(PackText.of_lines("Knusprige Erdnussbutter"))

    assert english.certainty < 0.8 < german.certainty


def test_what_spanish_packs_of_both_sides_of_the_ocean_say_is_of_no_region():
    assert values("Consumir preferentemente antes del") == ["es"]
    assert values("Consérvese en lugar fresco y seco") == ["es"]


@pytest.mark.parametrize(
    "line",
    ["Orange Grapefruit", "Orange Juice", "Grapefruit", "Apple Mango", "Bitter", "Notice", "Number",
     "Journal", "Tablet", "Vitamin", "Solar", "Grand"],
)  # fmt: skip
def test_words_that_are_as_good_english_are_of_no_other_language(line):
    assert values(line) == []


def test_short_words_tell_by_letters_of_their_own():
    assert values("Sữa yến mạch") == ["vi"]
    assert values("Sữa") == []


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Bitter çikolata", "tr"),
        ("Journal intime", "fr"),
        ("Røget laks i skiver", "da"),
        ("Wędzony łosoś plastry", "pl"),
        ("Füstölt lazac", "hu"),
        ("Gerookte zalm plakjes", "nl"),
        ("Niisutav kätekreem", "et"),
        ("Mitrinošs roku krēms", "lv"),
        ("Auzu dzēriens", "lv"),
        ("Avižų gėrimas", "lt"),
        ("Detská kaša banánová", "sk"),
        ("Surdegsbröd stenugnsbakat", "sv"),
        ("Grovbrød med solsikkefrø", "nb"),
        ("Овесена напитка", "bg"),
        ("Вівсяний напій", "uk"),
        ("Ρόφημα βρώμης", "el"),
        ("Hrskavi keks sa puterom", "sr"),
    ],
)
def test_a_short_front_tells_by_its_goods(line, language):
    assert values(line) == [language]


@pytest.mark.parametrize(
    "name", ["Parimmor", "Santerana", "Marinsama Sol", "Zaharana", "Thuinwangi"]
)
def test_a_name_that_begins_or_ends_like_a_word_of_packs_is_of_no_language(name):
    assert values(name) == []


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("SOMMARMJÖLK", "sv"),
        ("Jordgubbskräm", "sv"),
        ("Sommermilch", "de"),
        ("Mansikkahyve", "fi"),
        ("chocolatier", "fr"),
        ("ARROZLARGO", "es"),
    ],
)
def test_compounds_and_words_with_an_ending_still_speak(word, language):
    assert language in values(word)[0].split("|")


@pytest.mark.parametrize(
    ("line", "language", "other"),
    [
        ("Te Vanila", "id", "lv"),
        ("Müsli Muesli", "de", "hr"),
        ("Handcrème Naturel", "nl", "da"),
        ("Vela perfumada", "es", "pt"),
        ("Café Cacao", "fr", "es"),
        ("Recicle", "es", "pt"),
    ],
)
def test_words_that_neighbours_share_name_none_of_them_alone(line, language, other):
    told = values(line)

    assert told != [other]
    assert not told or language in told[0].split("|")


def test_a_word_that_many_languages_share_does_not_decide_with_another_such():
    assert values("Chips Champignon") == []
    assert values("Chips Vitlök") == ["sv"]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Laktosfri eko, fetthalt 1,5 %", "sv"),
        ("Økologisk, fettinnhold, laktosefri melk", "nb"),
        ("Økologisk, fedtindhold, laktosefri mælk", "da"),
        ("Laktoositon, rasvapitoisuus", "fi"),
        ("Laktosefrei, Fettgehalt", "de"),
    ],
)
def test_dairies_of_the_north_tell_by_fat_and_lactose(line, language):
    assert values(line) == [language]

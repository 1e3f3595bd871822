import time

import pytest

from engine.markets.clues.language import read_language
from engine.markets.clues.language.evidence import languages
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


def test_cyrillic_that_was_read_in_latin_letters_is_told_by_two_words():
    assert values("Cbcmaku: Aqua", "npouxog") == ["bg"]
    assert values("Macca Hetto: 500") == ["ru"]
    assert values("Cbcmaku") == []

"""Words: which language each speaks for, and how much."""

import pytest

from engine.markets.clues.language.evidence import evidence_of
from tests.markets.clues.test_language import values


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


def test_a_word_of_one_language_weighs_more_than_one_of_three():
    assert evidence_of("mjölk")["sv"] > evidence_of("juice")["sv"] > 0


def test_a_word_cut_off_at_the_end_of_a_line_speaks_for_the_words_that_it_may_be():
    assert evidence_of("…ringsdeklaration").keys() == {"sv", "da"}
    assert evidence_of("hodnoty")  # whole words are found as they are
    assert evidence_of("näringsdeklara…").keys() >= {"sv"}
    assert evidence_of("…tion") == {}


def test_words_in_the_middle_of_a_line_are_whole():
    assert values("Foo aringsdeklaratio bar") == []


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

import pytest

from engine.markets.clues.country_code import read_country_code
from engine.markets.clues.pack import PackText


def values(text):
    return [clue.value for clue in read_country_code(PackText.of_lines(*text.split("\n")))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("DE/AT/CH: Zutaten: Wasser", "DE/AT/CH"),
        ("(SE/NO/DK/FI)", "SE/NO/DK/FI"),
        ("D/A/CH", "DE/AT/CH"),
        ("GB/IE: Ingredients", "GB/IE"),
        ("(CZ, SK, HU)", "CZ/SK/HU"),
        ("PL: Składniki: woda, cukier", "PL"),
        ("SE: Ingredienser: vatten, socker", "SE"),
        ("[GB] Ingredients: water, sugar, salt", "GB"),
        ("FIN: Ainesosat: vesi, sokeri", "FI"),
        ("SV/DA/NO: foo", "SE/DK/NO"),
    ],
)
def test_codes_in_a_list_or_before_their_language_name_countries(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    ["A/S", "N/A", "S/M/L", "PE/PP", "C/PAP", "AC/DC: back", "NO: artificial colours", "E/S",
     "PE: cuidado", "IT IS NEW", "DE: Ingredients: water, sugar", "24/7", "FR 35.360.001 CE",
     "AT/AT/AT", ""],
)  # fmt: skip
def test_materials_sizes_and_words_in_capitals_are_no_codes(text):
    assert values(text) == []


def test_a_list_shares_its_strength_evenly():
    (clue,) = read_country_code(PackText.of_lines("(DE/AT)"))

    assert clue.countries == {"DE": 0.5, "AT": 0.5}


def test_codes_before_a_text_leave_room_for_the_countries_of_the_other_texts():
    (alone,) = read_country_code(PackText.of_lines("SE: Ingredienser: vatten, socker"))
    (listed,) = read_country_code(PackText.of_lines("DE/AT: Zutaten: Wasser, Zucker"))

    assert alone.countries["SE"] > alone.countries["FI"] > alone.countries["NO"] > 0.05
    assert listed.countries["DE"] > listed.countries["AT"] > listed.countries["CH"] > 0.05
    assert sum(alone.countries.values()) == pytest.approx(1.0)
    assert sum(listed.countries.values()) == pytest.approx(1.0)


def test_a_code_before_a_text_names_its_language_and_a_list_does_too():
    (alone,) = read_country_code(PackText.of_lines("SE: Ingredienser: vatten, socker"))
    (listed,) = read_country_code(PackText.of_lines("DE/AT: Zutaten: Wasser, Zucker"))
    (bare,) = read_country_code(PackText.of_lines("(DE/AT)"))

    assert alone.rule == "country_codes, code before a text in sv"
    assert listed.rule == "country_codes, list before a text in de"
    assert bare.rule == "country_codes, list"


def test_a_code_that_is_the_language_s_own_leaves_room_for_all_its_countries():
    (clue,) = read_country_code(PackText.of_lines("DE: Vor Gebrauch schütteln, kühl lagern."))

    assert 0 < clue.countries["AT"] < clue.countries["DE"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CH Schokolade Minze\nZutaten: Zucker", "CH"),
        ("PL Dżem Jabłko\nSkładniki: cukier", "PL"),
    ],
)
def test_a_bare_code_counts_before_a_capital_in_its_country_s_language(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize("text", ["NO Added sugar", "PE Flasche leer", "DE Leche entera", "IT BAG"])
def test_a_bare_code_before_other_languages_is_a_word(text):
    assert values(text) == []

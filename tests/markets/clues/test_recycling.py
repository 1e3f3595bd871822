import pytest

from engine.markets.clues.pack import PackText
from engine.markets.clues.recycling import read_recycling
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("Förpackningen sorteras som plast", "sorteras som", "SE"),
        ("Raccolta\nplastica", "raccolta plastica", "IT"),
        ("RACCOLTA DIFFERENZIATA", "raccolta differenziata", "IT"),
        ("contenedor amarillo", "contenedor amarillo", "ES"),
        ("Ecoponto amarelo", "ecoponto", "PT"),
        ("in de glasbak", "glasbak", "NL"),
        ("les emballages se trient: pensez au tri", "tri", "FR"),
        ("Don't recycle at home", "OPRL", "GB"),
        ("How2Recycle.info", "How2Recycle", "US"),
        ("arl.org.au", "ARL", "AU"),
        ("Gelber Sack", "Gelber Sack", "DE"),
        ("kildesorteres som plast", "kildesorteres", "NO"),
        ("kartonkikeräykseen", "kartonkikeräys", "FI"),
        ("Pakkaus: muovipakkaus", "muovinkeräys", "FI"),
        ("Clean, dry and loose", "recycling list", "IE"),
        ("metale i tworzywa sztuczne", "segregacja", "PL"),
        ("FR LE TRI + FACILE", "tri", "FR"),
        ("Séparez les éléments avant de trier", "tri", "FR"),
        ("SEPAREZ LES ELEMENTS AVANT DE TRIER", "tri", "FR"),
        ("Kierrätä kartonkina", "kartonkikeräys", "FI"),
        ("Lämnas till plaståtervinning", "återvinning", "SE"),
        ("Kildesorter", "kildesorteres", "NO"),
        ("Patrí do triedeného zberu", "triedený odpad", "SK"),
        ("bij plastic afval", "plastic afval", "NL"),
        ("外装:プラ", "pura mark", "JP"),
        ("μπλε κάδος", "μπλε κάδος", "GR"),
        ("SEGAPAKEND", "segapakend", "EE"),
    ],
)
def test_a_wording_points_to_its_country(text, value, country):
    (clue,) = read_recycling(PackText.of_lines(*text.split("\n")))

    assert (clue.value, clue.fact) == (value, Fact.MARKET)
    assert max(clue.countries, key=clue.countries.__getitem__) == country


@pytest.mark.parametrize(
    "text",
    [
        "recycle",
        "please recycle",
        "contenedor de leche",
        "PAP 21",
        "la raccolta delle olive",
        "plastic bottle",
        "tri-pack",
        "rinse & recycle",
        "tri facile",
        "プラス",
        "kildevann",
        "plastic bij",
        "recycling",
    ],
)
def test_other_words_say_nothing(text):
    assert read_recycling(PackText.of_lines(text)) == []


@pytest.mark.parametrize("row", read_table("recycling"), ids=lambda row: row["phrase"])
def test_each_wording_of_the_table_is_found_as_it_is_written(row):
    clues = read_recycling(PackText.of_lines(row["phrase"]))

    assert {country for clue in clues for country in clue.countries} & set(
        strengths(row["countries"])
    )


def test_swedish_sorting_words_leave_room_for_finland():
    (clue,) = read_recycling(PackText.of_lines("plastförpackning"))

    assert clue.countries == {"SE": pytest.approx(0.8), "FI": pytest.approx(0.2)}


@pytest.mark.parametrize("text", ["Sorteres som plast", "SORTERES SOM PLAST"])
def test_a_wording_read_well_goes_before_a_longer_one_misread(text):
    (clue,) = read_recycling(PackText.of_lines(text))

    assert clue.countries == {"NO": 0.5, "DK": 0.5}
    assert clue.certainty == 1.0


def test_a_misread_wording_counts_less():
    (clue,) = read_recycling(PackText.of_lines("raccolta plasfica"))

    assert clue.value == "raccolta plastica"
    assert clue.certainty == 0.8


def test_a_lone_word_is_never_one_misread():
    assert read_recycling(PackText.of_lines("drikkekarbon")) == []


def test_english_that_two_schemes_share_is_shared():
    (clue,) = read_recycling(PackText.of_lines("Not Yet Recycled"))

    assert {"GB", "US"} <= clue.countries.keys()

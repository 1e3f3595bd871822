import pytest

from engine.markets.clues.label_format import read_label_format
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("Nutrition\nFacts", "Nutrition Facts", "US"),
        ("Drug Facts", "Drug Facts", "US"),
        ("% Valeur quotidienne", "Valeur nutritive", "CA"),
        ("NUTRI-SCORE", "Nutri-Score", "FR"),
        ("Nyckelhålet", "Nyckelhålet", "SE"),
        ("ALTO EN CALORIAS", "Alto en", "CL"),
        ("EXCESO CALORÍAS", "Exceso", "MX"),
        ("EXCESO EN SODIO", "Exceso en", "AR"),
        ("ALTO EM SÓDIO", "Alto em", "BR"),
        ("of an adult's reference intake", "reference intake", "GB"),
        ("Health Star Rating", "Health Star", "AU"),
        ("UKCA", "UKCA", "GB"),
        ("EAC", "EAC", "RU"),
        ("INMETRO", "INMETRO", "BR"),
        ("賞味期限 2026", "賞味期限", "JP"),
        ("营养成分表", "营养成分表", "CN"),
        ("營養標示", "營養標示", "TW"),
        ("ГОСТ 31450", "ГОСТ", "RU"),
        ("Rauchen ist tödlich", "tobacco warning", "DE"),
        ("Informasi Nilai Gizi", "Informasi Nilai Gizi", "ID"),
        ("INFORMACION NUTRIMENTAL", "Información Nutrimental", "MX"),
        ("JAKIM halal", "JAKIM", "MY"),
        ("Debio", "Debio", "NO"),
        ("BEST FØR 12.05", "Best før", "NO"),
        ("NEJLÉPE DO", "Nejlépe do", "CZ"),
        ("CE UKCA", "UKCA", "GB"),
    ],
)
def test_a_wording_points_to_its_country(text, value, country):
    (clue,) = read_label_format(PackText.of_lines(*text.split("\n")))

    assert (clue.value, clue.fact) == (value, Fact.MARKET)
    assert max(clue.countries, key=clue.countries.__getitem__) == country


@pytest.mark.parametrize(
    "text",
    [
        "Nutritional values",
        "nutrition",
        "facts",
        "score",
        "TEAC",
        "each",
        "CE",
        "high in fibre",
        "alto",
        "fumar",
        "Health",
        "star rating",
        "gluten",
        "z jakim smakiem",  # Polish: with what taste
        "lo que debió ser",
        "best for baking",
        "a Healthier Choice for you",
        "Información Nutricional",
        "eac",
    ],
)
def test_other_words_say_nothing(text):
    assert read_label_format(PackText.of_lines(text)) == []


@pytest.mark.parametrize("row", read_table("label_format"), ids=lambda row: row["phrase"])
def test_each_wording_of_the_table_is_found_as_it_is_written(row):
    clues = read_label_format(PackText.of_lines(row["phrase"]))

    assert {country for clue in clues for country in clue.countries} & set(
        strengths(row["countries"])
    )


@pytest.mark.parametrize("text", ["CE EAC UKCA KC", "EAC\nUKCA", "FCC INMETRO", "EAC PSE RCM"])
def test_marks_of_several_regimes_are_of_the_whole_world(text):
    assert read_label_format(PackText.of_lines(*text.split("\n"))) == []


def test_marks_of_several_regimes_leave_other_wordings_alone():
    (clue,) = read_label_format(PackText.of_lines("EAC UKCA", "Drug Facts"))

    assert clue.value == "Drug Facts"

import pytest

from engine.markets.clues.importer import read_importer
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact


def read(text):
    return read_importer(PackText.of_lines(*text.split("\n")))


@pytest.mark.parametrize(
    ("text", "country", "how"),
    [
        ("Imported by Foo Ltd, Dublin, Ireland", "IE", "country"),
        ("Importeur: Foo GmbH,\nBahnstr. 1, Wien", "AT", "city"),
        ("Importeur: Foo B.V., Zaandam", "NL", "city"),
        ("Importör: Foo AB", "SE", "wording"),
        ("Importør: Foo A/S, Danmark", "DK", "country"),
        ("Maahantuoja Oy Foo Ab", "FI", "wording"),
        ("Wprowadza do obrotu: Foo sp. z o.o.", "PL", "wording"),
        ("Distribuito da Foo S.r.l.", "IT", "wording"),
        ("Dovozce: Foo s.r.o., Praha", "CZ", "city"),
        ("Forgalmazza: Foo Kft.", "HU", "wording"),
        ("Importatör firma: X, Importator: Foo SRL", "RO", "wording"),
        ("Uvoznik za Hrvatsku: Foo d.o.o.", "HR", "wording"),
        ("Импортер: ООО Фу, Москва", "RU", "city"),
        ("輸入者: 株式会社フー", "JP", "wording"),
        ("Distribuído por Foo, Lisboa", "PT", "city"),
        ("Imported by Foo, 1 High Street, London", "GB", "city"),
    ],
)
def test_the_line_names_the_market(text, country, how):
    clue = read(text)[-1]

    assert max(clue.countries, key=clue.countries.__getitem__) == country
    assert clue.fact is Fact.MARKET
    assert clue.rule.endswith(how)


@pytest.mark.parametrize(
    "text", ["important note", "Imported by Foo", "import", "export", "Sweden", "distributed", ""]
)
def test_other_words_and_wordings_of_all_countries_say_nothing(text):
    assert read(text) == []


def test_a_country_behind_the_next_importer_is_that_one_s():
    clues = read("Importör: Foo AB Maahantuoja: Foo Oy, Suomi")

    assert [max(clue.countries, key=clue.countries.get) for clue in clues] == ["SE", "FI"]


def test_a_country_of_origin_behind_it_is_not_the_importer_s():
    (clue,) = read("Importado por: Foo S.A., Fabricado en Francia")

    assert "FR" not in clue.countries


@pytest.mark.parametrize(
    "text", ["Importeur: Belmira SR", "İthal eden: Foo Ltd, Menekşe Cad. 3", "Importeur: us"]
)
def test_a_piece_of_a_word_is_no_country(text):
    assert not {"SK", "TD", "US"} & {country for clue in read(text) for country in clue.countries}


def test_a_country_far_away_is_not_the_importer_s():
    assert read("Imported by Foo " + "x" * 200 + " Sweden") == []


@pytest.mark.parametrize("row", read_table("importer"), ids=lambda row: row["phrase"])
def test_each_wording_of_the_table_is_found_as_it_is_written(row):
    countries = {country for clue in read(row["phrase"]) for country in clue.countries}

    assert bool(countries) == bool(row["countries"]) or "in" in row["phrase"].lower()
    assert not row["countries"] or countries & set(strengths(row["countries"]))


def test_a_distributor_in_croatian_is_not_one_in_swedish():
    (clue,) = read("Distributer: Zoro")

    assert max(clue.countries, key=clue.countries.get) == "HR"
    assert "SE" not in clue.countries

import pytest

from engine.markets.clues.all import read_clues
from engine.markets.clues.legal_form import read_legal_form
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact
from tests.timing import grows_linearly


def forms(*lines):
    return [
        (clue.value, set(clue.countries)) for clue in read_legal_form(PackText.of_lines(*lines))
    ]


@pytest.mark.parametrize(
    ("line", "form", "countries"),
    [
        ("Arla Foods AB, Stockholm", "AB", {"SE", "LT", "FI"}),
        ("Valio Oy", "Oy", {"FI"}),
        ("Fazer Oy Ab", "Oy", {"FI"}),
        ("Molkerei Muster GmbH", "GmbH", {"DE", "AT", "CH"}),
        ("MUSTER GMBH & CO. KG", "GmbH & Co. KG", {"DE", "AT"}),
        ("Nestlé Deutschland AG", "AG", {"DE", "CH", "AT"}),
        ("Carlsberg A/S", "A/S", {"DK", "NO"}),
        ("Beispiel ApS", "ApS", {"DK"}),
        ("Tine AS, Oslo", "AS", {"NO", "EE", "LV"}),
        ("Barilla S.p.A.", "S.p.A.", {"IT"}),
        ("Rossi S.r.l. Milano", "S.r.l.", {"IT"}),
        ("Danone S.A.S.", "S.A.S.", {"FR", "CO"}),
        ("Ejemplo S.L.", "S.L.", {"ES"}),
        ("Exemplo, Lda.", "Lda.", {"PT"}),
        ("Exemplo Alimentos Ltda", "Ltda.", {"BR", "CL", "CO", "BO"}),
        ("EXEMPLO EIRELI", "EIRELI", {"BR"}),
        ("Grupo Ejemplo S.A. de C.V.", "S.A. de C.V.", {"MX"}),
        ("Voorbeeld B.V.", "B.V.", {"NL", "BE"}),
        ("Przykład Sp. z o.o.", "Sp. z o.o.", {"PL"}),
        ("Příklad s.r.o.", "s.r.o.", {"CZ", "SK"}),
        ("Példa Kft.", "Kft.", {"HU"}),
        ("Primer d.o.o.", "d.o.o.", {"SI", "HR", "RS", "BA", "ME"}),
        ("Näide OÜ", "OÜ", {"EE"}),
        ("SIA „Piemērs”", "SIA", {"LV"}),
        ("UAB „Pavyzdys“", "UAB", {"LT"}),
        ("AB „Rokiškio sūris“", "AB LT", {"LT"}),
        ("ООО «Пример»", "ООО", {"RU", "BY", "KZ"}),
        ("ТОВ «Приклад»", "ТОВ", {"UA"}),
        ("Örnek Gıda A.Ş.", "A.Ş.", {"TR"}),
        ("Example Foods Pty Ltd", "Pty Ltd", {"AU", "ZA"}),
        ("Example Foods Pvt. Ltd.", "Pvt Ltd", {"IN", "PK", "LK"}),
        ("Contoh Sdn Bhd", "Sdn Bhd", {"MY", "BN"}),
        ("例株式会社", "株式会社", {"JP"}),
        ("Пример ЕООД", "ЕООД", {"BG"}),
    ],
)
def test_a_form_after_a_name_tells_the_law_that_it_stands_under(line, form, countries):
    assert forms(line) == [(form, countries)]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("GmbH & Co. KG, Köln", "GmbH & Co. KG"),
        ("Sp. z o.o., ul. Portowa", "Sp. z o.o."),
        ("S.p.A., Via Emilia", "S.p.A."),
        ("spol. s r.o.,", "spol. s r.o."),
        ("Nyrt. 1011 Budapest", "Nyrt."),
    ],
)
def test_a_form_may_begin_the_line_below_its_name(line, form):
    assert [value for value, _ in forms("distribuisce: Rossi &", line)] == [form]


@pytest.mark.parametrize("line", ["as you like", "AB 1234", "Oy vey", "a.s. 250", "SAS", "plc."])
def test_a_form_that_is_a_word_or_a_code_never_begins_a_line(line):
    assert forms("Muster", line) == []


@pytest.mark.parametrize(
    "line",
    [
        "VITAMIN AB",  # a line of capitals
        "AB",
        "typ AB",
        "Vitamin AB 12",
        "as fresh AS ever",
        "oy vey",
        "a.s.",
        "GmbH",
        "100 Kft",
        "SIA LATER",
        'AB ""',
        "UAB",
        "Example Ltd",  # twenty countries and more
        "Ejemplo S.A.",
        "OOO yes",
        "B.V",
        "Vatten A/Sx",
        "SAS",
        "© 2019 Mattel, Inc.",
        "(C) 2019 Mattel, Inc. All rights reserved.",
        "Example is a registered trademark of Beispiel GmbH",
        "TM & © 2020 Example Entertainment Inc.",
        "Marca registrada de Ejemplo S.L.",
        "Produced under license by Example Inc.",
        "Example Co., Ltd.",
    ],
)
def test_forms_without_a_name_and_those_of_half_the_world_say_nothing(line):
    assert forms(line) == []


def test_a_company_is_an_origin_but_an_importer_a_market():
    [maker] = read_legal_form(PackText.of_lines("Rossi S.p.A."))
    [importer] = read_legal_form(PackText.of_lines("Importör:", "Exempel Livs AB"))

    assert (maker.fact, importer.fact) == (Fact.ORIGIN, Fact.MARKET)
    assert importer.rule == "AB of an importer"


def test_the_owner_of_rights_leaves_the_maker_on_another_line_alone():
    assert forms("© 2019 Mattel, Inc.", "Molkerei Muster GmbH") == [("GmbH", {"DE", "AT", "CH"})]


@pytest.mark.parametrize(
    "line",
    ["Johnson & Johnson Consumer Inc. Baby Oil", "Apple Inc. Designed in California"],
)
def test_a_maker_for_the_world_says_nothing_beside_english(line):
    assert [clue.kind for clue in read_clues(PackText.of_lines(line))] == ["language"]


def test_a_maker_for_the_world_counts_little_beside_other_languages():
    clues = read_clues(PackText.of_lines("Example Foods Inc.", "Zutaten: Zucker und Milch"))

    assert [clue.certainty for clue in clues if clue.value == "Inc."] == [0.4]


def test_an_importer_is_one_beside_english_too():
    clues = read_clues(PackText.of_lines("Ingredients: sugar, milk", "Imported by: Foo Foods Inc."))

    assert [clue.fact for clue in clues if clue.value == "Inc."] == [Fact.MARKET]


def test_four_times_as_many_companies_take_hardly_more_than_four_times_as_long():
    def companies(count):
        return PackText.of_lines("Foo GmbH " * count)

    assert len(read_legal_form(companies(500))) == 500
    assert grows_linearly(read_legal_form, companies, 1_000)

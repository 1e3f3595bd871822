import pytest

from engine.markets.clues.company_number import read_company_number
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact


def numbers(*lines):
    clues = read_company_number(PackText.of_lines(*lines))
    return [(clue.rule, dict(clue.countries)) for clue in clues]


VALID = [  # examples of python-stdnum's documentation, in the forms that packs print
    ("USt-IdNr. DE136695976", "VAT DE", "DE"),
    ("DE136695976", "VAT DE", "DE"),
    ("BE0428759497", "VAT BE", "BE"),
    ("FR40303265045", "VAT FR", "FR"),
    ("LT119511515", "VAT LT", "LT"),
    ("CUI 18547290", "CUI", "RO"),
    ("ЕИК 175074752", "ЕИК", "BG"),
    ("ATU13585627", "VAT AT", "AT"),
    ("N° TVA: FR23334175221", "VAT FR", "FR"),
    ("IT00743110157", "VAT IT", "IT"),
    ("IVA ESB64717838", "VAT ES", "ES"),
    ("NL004495445B01", "VAT NL", "NL"),
    ("BTW BE403019261", "VAT BE", "BE"),
    ("SE123456789701", "VAT SE", "SE"),
    ("CVR DK 13585628", "VAT DK", "DK"),
    ("ALV FI20774740", "VAT FI", "FI"),
    ("PL8567346215", "VAT PL", "PL"),
    ("DIČ: CZ25123891", "VAT CZ", "CZ"),
    ("ДДС BG175074752", "VAT BG", "BG"),
    ("HR33392005961", "VAT HR", "HR"),
    ("ΑΦΜ EL094259216", "VAT GR", "GR"),
    ("KMKR EE100594102", "VAT EE", "EE"),
    ("VAT GB 980 7806 84", "VAT GB", "GB"),
    ("P.IVA e C.F. 00743110157", "P.IVA", "IT"),
    ("P. IVA Rossi 00743110157", "P.IVA", "IT"),
    ("NIF B-58378431", "NIF", "ES"),
    ("SIREN 552 008 443", "SIREN", "FR"),
    ("552 008 443 RCS Paris", "RCS", "FR"),
    ("NIP 856-734-62-15", "NIP", "PL"),
    ("REGON 192598184", "REGON", "PL"),
    ("Org.nr 123456-7897", "orgnr SE", "SE"),
    ("Org.nr. NO 995 525 828", "orgnr NO", "NO"),
    ("NO 995 525 828 MVA", "MVA", "NO"),
    ("CVR-nr. 13 58 56 28", "CVR", "DK"),
    ("Y-tunnus 2077474-0", "Y-tunnus", "FI"),
    ("CHE-100.155.212", "UID CH", "CH"),
    ("BTW 004495445B01", "KVK-BTW", "NL"),
    ("OIB: 33392005961", "OIB", "HR"),
    ("PIB 101134702", "PIB", "RS"),
    ("NIPC 501 964 843", "NIF PT", "PT"),
    ("Vergi No: 4540536920", "VKN", "TR"),
    ("ИНН 1234567894", "ИНН", "RU"),
    ("ОГРН 1022200525819", "ОГРН", "RU"),
    ("ЄДРПОУ 32855961", "ЄДРПОУ", "UA"),
    ("16.727.230/0001-97", "CNPJ", "BR"),
    ("CNPJ: 16727230000197", "CNPJ bare", "BR"),
    ("CUIT 20-05536168-2", "CUIT bare", "AR"),
    ("RUT 76086428-5", "RUT CL", "CL"),
    ("RUT 211003420017", "RUT UY", "UY"),
    ("R.U.C. 20512333797", "RUC PE", "PE"),
    ("RUC 80028061-0", "RUC PY", "PY"),
    ("RFC MAB-930714-8T4", "RFC MX", "MX"),
    ("27AAPFU0939F1ZV", "GSTIN", "IN"),
    ("ABN 51 824 753 556", "ABN", "AU"),
    ("ACN 004 085 616", "ACN", "AU"),
    ("사업자등록번호 116-82-00276", "BRN", "KR"),
    ("統一編號 00501503", "UBN", "TW"),
    ("NPWP 01.312.166.0-091.000", "NPWP", "ID"),
    ("ICE 001561191000066", "ICE", "MA"),
]


@pytest.mark.parametrize(("line", "rule", "country"), VALID)
def test_a_number_with_right_check_digits_tells_its_country(line, rule, country):
    assert numbers(line) == [(rule, {country: 1.0})]


@pytest.mark.parametrize(
    "line",
    [
        "USt-IdNr. DE136695977",
        "IT00743110158",
        "PL8567346216",
        "16.727.230/0001-98",
        "27AAPFU0939F1ZO",
        "ABN 51 824 753 557",
        "Org.nr 123456-7898",
        "CHE-100.155.213",
        "SIREN 552 008 444",
        "NIP 856-734-62-16",
        "DE136695977",
        "BE0428759498",
        "FR40303265046",
        "LT119511516",
        "CUI 18547291",
        "IČO 25123892",
        "ЕИК 175074753",
    ],
)
def test_a_wrong_check_digit_says_nothing(line):
    assert numbers(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "123456-7897",
        "552 008 443",
        "501964843",
        "00743110157",
        "PIL 8567346215",
        "IT 00743110157",  # a list of telephone numbers looks like this
        "1234567 2077474-0",
        "27AAPFU0939F1ZV2",
        "SNIP 8567346215",
        "18547290",
        "25123891",
        "175074752",
        "ADE136695976",
        "CA 32346",
        "EPRN 101255",
        "RN 1012",
        "DE 12345 EG",
    ],
)
def test_a_number_that_nothing_announces_says_nothing(line):
    assert numbers(line) == []


def test_the_word_may_stand_on_the_line_above_but_not_further():
    assert numbers("Org.nr", "123456-7897") == [("orgnr SE", {"SE": 1.0})]
    assert numbers("Org.nr", "Box 1", "123456-7897") == []


def test_only_where_a_law_asks_for_the_local_number_is_it_a_market():
    [brazil] = read_company_number(PackText.of_lines("CNPJ 16.727.230/0001-97"))
    [italy] = read_company_number(PackText.of_lines("P.IVA 00743110157"))

    assert (brazil.fact, italy.fact) == (Fact.MARKET, Fact.ORIGIN)
    assert brazil.value == "CNPJ 16.727.230/0001-97"


def test_an_importer_s_number_is_of_the_market_and_a_maker_s_beside_it_of_the_origin():
    lines = (
        "Fabricado por Exemplo",
        "CNPJ 16.727.230/0001-97",
        "Importado por",
        "NIPC 501 964 843",
    )

    clues = read_company_number(PackText.of_lines(*lines))

    assert [(clue.rule, clue.fact) for clue in clues] == [
        ("CNPJ", Fact.ORIGIN),
        ("NIF PT", Fact.MARKET),
    ]


@pytest.mark.parametrize(("line", "rule"), [("C BG164964654", "VAT BG"), ("EE105235741", "VAT EE")])
def test_a_number_of_one_piece_with_its_country_needs_no_word_before_it(line, rule):
    assert [name for name, _ in numbers(line)] == [rule]
    assert numbers(f"{line[:-1]}{(int(line[-1]) + 1) % 10}") == []


def test_an_identification_number_of_both_successors_of_czechoslovakia_is_shared():
    assert numbers("IČO: 251 23 891") == [
        ("IČO", {"CZ": pytest.approx(0.6), "SK": pytest.approx(0.4)})
    ]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (("RN 101255 CA 32346",), "RN and CA"),
        (("RN# 77388 / CA# 04551",), "RN and CA"),
        (("CA 32346", "RN 101255"), "CA and RN"),
        (("RN 101255",), "RN"),
    ],
)
def test_numbers_of_textile_dealers_point_to_north_america_but_not_there_alone(lines, rule):
    [(found, shares)] = numbers(*lines)

    assert found == rule
    assert sorted(shares, key=shares.__getitem__)[-2:] == ["CA", "US"]
    assert 0.6 < shares["US"] + shares["CA"] < 0.8

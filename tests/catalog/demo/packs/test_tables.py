"""The wording of the packs."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

import engine.markets
from engine.catalog.demo.packs import tables
from engine.catalog.demo.packs.tables import (
    EXTRA,
    MAIN,
    all_texts,
    facts,
    language_sets,
    markets_of,
    rows,
    texts,
    words_of,
)
from engine.catalog.demo.tables import articles
from engine.catalog.demo.typeface import Style, characters, runs_of

ALL = (*MAIN, *EXTRA)
NAMES = sorted(path.name for path in files(tables).iterdir() if path.name.endswith(".csv"))


@pytest.mark.parametrize("name", NAMES)
def test_every_row_says_on_what_it_is_based(name):
    assert [row for row in rows(name) if not row["basis"]] == []


def test_thirty_countries_are_measured_and_six_apart():
    assert len(set(MAIN)) == 30
    assert set(EXTRA) == {"RU", "UA", "JP", "KR", "TH", "IL"}


@pytest.mark.parametrize("country", [*ALL, "LV"])
def test_every_country_has_a_company_that_can_be_reached(country):
    for table in ("places", "forms", "phones"):
        assert texts(table)[country, table]
    assert facts()[country].domain.split(".")[-1] in {country.lower(), "com", "uk"}


@pytest.mark.parametrize("country", ALL)
def test_every_country_has_a_price(country):
    assert texts("prices")[country, "prices"]


def test_every_language_has_the_same_topics():
    topics = {topic for language, topic in texts("phrases") if language == "sv"}
    for country in ALL:
        for choice in language_sets(country):
            for language in choice.languages:
                own = {topic for code, topic in texts("phrases") if code == language}
                assert own == topics, language


def test_every_language_names_all_goods_that_come_in_packs():
    codes = {
        code for country in ALL for choice in language_sets(country) for code in choice.languages
    }
    for article in articles():
        if article.category == "packaging":
            for code in codes:
                assert words_of(code).nouns[article.name]
                assert {*article.variants} <= words_of(code).variants.keys()


def test_countries_with_the_same_set_of_languages_share_packs():
    assert markets_of(("sv", "nb", "da", "fi"), "FI") == ("FI", "SE", "NO", "DK")
    assert markets_of(("et", "lv", "lt"), "LT") == ("LT", "EE", "LV")


def test_a_pack_in_one_language_belongs_to_one_country():
    assert markets_of(("de",), "AT") == ("AT",)


@pytest.mark.parametrize("face", ["sans", "sans-bold", "serif-bold", "round-bold", "narrow-bold"])
def test_every_character_has_a_glyph(face):
    for text in all_texts():
        for used, run in runs_of(text, Style(face)):
            missing = {char for char in run if ord(char) not in characters(used)}
            assert not missing, (text, used, missing)


def test_every_telephone_number_is_valid_in_its_country():
    phonenumbers = pytest.importorskip("phonenumbers")

    for row in rows("phones.csv"):
        number = phonenumbers.parse(row["text"], row["country"])
        assert phonenumbers.is_valid_number(number), row["text"]


def test_company_numbers_have_their_check_digits():
    util = pytest.importorskip("stdnum.util")
    # the kinds whose digits alone are the number
    kinds = {
        "br.cnpj", "hr.oib", "it.iva", "dk.cvr", "no.orgnr", "pl.nip", "gr.vat", "pt.nif", "be.vat",
    }  # fmt: skip
    seen = set()

    for row in rows("numbers.csv"):
        kind = row["basis"].rpartition(" ")[2]
        if kind in kinds:
            seen.add(kind)
            country, name = kind.split(".")
            module = util.get_cc_module(country, name)
            assert module.is_valid("".join(re.findall(r"\d", row["text"]))), row["text"]

    assert seen == kinds


def test_no_rule_reads_these_tables():
    folder = Path(engine.markets.__file__).parent

    assert [path for path in folder.rglob("*.py") if "demo.packs" in path.read_text("utf-8")] == []

"""The words of the packs, and the fonts that draw them."""

import pytest

from engine.catalog.demo.tables import articles, countries, regions, syllables
from engine.catalog.demo.typeface import LOOKS, Style, characters, folder, font, runs_of
from engine.catalog.demo.words import language, languages


def test_every_language_has_the_same_words():
    english = language("en")
    for words in languages():
        assert words.nouns.keys() == english.nouns.keys(), words.code
        assert words.variants.keys() == english.variants.keys(), words.code
        assert words.phrases.keys() == english.phrases.keys(), words.code
        counts = {article: len(titles) for article, titles in words.titles.items()}
        assert counts == {"magazine": 3, "book": 4, "leaflet": 2}, words.code


def test_every_region_has_its_languages_and_every_article_its_words():
    codes = {words.code for words in languages()}
    english = language("en")
    assert {code for region in regions() for code in region.languages} == codes
    for article in articles():
        assert article.name in english.nouns.keys() | english.titles.keys()
        assert set(article.variants) <= english.variants.keys()


def all_texts():
    for words in languages():
        yield from words.nouns.values()
        yield from words.variants.values()
        yield from words.phrases.values()
        for titles in words.titles.values():
            yield from titles
    for country in countries().values():
        yield f"{country.company} {country.city}"
    for parts in syllables().values():
        for pairs in (parts.starts, parts.middles, parts.ends):
            yield from (text for text, _ in pairs if text)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("is_chinese", [False, True])
def test_every_character_has_a_glyph(look, is_chinese):
    for text in all_texts():
        for face, run in runs_of(text, Style(look, is_chinese)):
            missing = {char for char in run if ord(char) not in characters(face)}
            assert not missing, (text, face, missing)


def test_every_face_opens_and_draws_what_it_lists():
    for look in LOOKS:
        assert font(look, 20).getlength("A") > 0


def test_fonts_stay_small():
    assert sum(path.stat().st_size for path in folder().iterdir()) < 4_000_000
    assert "SIL OPEN FONT LICENSE" in (folder() / "OFL.txt").read_text(encoding="utf-8")

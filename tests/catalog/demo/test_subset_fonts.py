"""The script that makes the fonts."""

import pytest

pytest.importorskip("fontTools", reason="a tool of those who change the words")

from engine.catalog.demo.subset_fonts import SOURCES, as_ranges, characters_of_words, scripts_of
from engine.catalog.demo.typeface import characters, faces


def test_ranges_are_runs_in_hexadecimal():
    assert as_ranges([0x20, 0x21, 0x22, 0x41, 0x3B1, 0x3B2]) == "20-22 41-41 3b1-3b2"


def test_a_face_takes_the_words_of_its_scripts():
    assert scripts_of("japanese-bold") == ("kana", "han")
    assert scripts_of("thai-serif") == ("thai",)
    assert scripts_of("serif-italic") == ("european",)


def test_every_face_was_made():
    assert {source.face for source in SOURCES} == faces().keys()


def test_the_fonts_together_hold_every_character_of_the_words():
    held = set().union(*(characters(face) for face in faces()))
    # Arabic is drawn in presentation forms alone
    missing = {code for code in characters_of_words() - held if not 0x600 <= code <= 0x6FF}
    assert missing == set()

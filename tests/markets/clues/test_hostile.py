"""Readers of identifiers on text that nobody printed: each must end soon, and quietly."""

from time import process_time

import pytest

from engine.markets.clues.company_number import read_company_number
from engine.markets.clues.date_style import read_date_style
from engine.markets.clues.gtin import read_gtins
from engine.markets.clues.health_mark import read_health_mark
from engine.markets.clues.iban import read_iban
from engine.markets.clues.legal_form import read_legal_form
from engine.markets.clues.medicine_code import read_medicine_code
from engine.markets.clues.organic import read_organic
from engine.markets.clues.pack import PackText
from engine.markets.clues.phone import read_phone
from engine.markets.clues.price import read_price
from engine.markets.clues.web import read_web

READERS = [
    read_company_number,
    read_date_style,
    lambda pack: read_gtins([], pack),
    read_health_mark,
    read_iban,
    read_legal_form,
    read_medicine_code,
    read_organic,
    read_phone,
    read_price,
    read_web,
]
SECONDS_MAX = 2.0
LONG = 4000
HOSTILE = [
    "1" * LONG,
    "1 " * (LONG // 2),
    "1." * (LONG // 2),
    "1-" * (LONG // 2),
    "a." * (LONG // 2),
    "a-" * (LONG // 2),
    "a" * LONG,
    "www." * (LONG // 4),
    "www " * (LONG // 4),
    "+46 " * (LONG // 4),
    "+" * LONG,
    "tel 0" * (LONG // 5),
    "kr 1" * (LONG // 4),
    "DE1 " * (LONG // 4),
    "DE A1 " * (LONG // 6),
    "SE-EKO-" * (LONG // 7),
    "A AB " * (LONG // 5),
    "é\u0301" * (LONG // 2),
    "\u202e\u0000\ufeff٣๓" * (LONG // 5),
    "²" * LONG,
    "\ud800",
    "@" * LONG,
    "/" * LONG,
    "PZN ²²²²²²²²",
    "Tel. ٠٢٠٩٩٦٦٩٩",
]


@pytest.mark.parametrize("read", READERS)
def test_nothing_is_read_where_nothing_stands(read):
    assert read(PackText.of_lines()) == []
    assert read(PackText.of_lines("", " ")) == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:8]))
def test_hostile_text_is_read_soon_and_its_clues_keep_their_promises(text):
    pack = PackText.of_lines(text)
    began = process_time()

    clues = [clue for read in READERS for clue in read(pack)]

    assert process_time() - began < SECONDS_MAX
    assert all(abs(sum(clue.countries.values()) - 1) < 1e-9 for clue in clues)
    assert all(clue.text in pack.text and clue.source for clue in clues)

import subprocess
import sys
import time

import pytest

from engine.markets.clues.all import read_clues
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table


def test_a_pack_gives_clues_of_each_kind_in_a_fixed_order():
    pack = PackText.of_lines(
        "Färsk standardmjölk",
        "Tillverkad i Danmark",
        "Importör: Foo AB, 105 46 Stockholm",
        "sorteras som pappersförpackning",
    )

    kinds = [clue.kind for clue in read_clues(pack)]

    assert kinds[0] == "language"
    assert {"importer", "recycling", "address", "origin"} <= set(kinds)
    assert [clue.kind for clue in read_clues(pack)] == kinds


def test_a_clue_that_is_repeated_stands_once():
    pack = PackText.of_lines("Einwegpfand", "0,25 EUR", "Einwegpfand")

    assert [clue.kind for clue in read_clues(pack)].count("deposit") == 1


def test_strengths_sum_to_one():
    pack = PackText.of_lines("Nutri-Score", "Yoghurt naturell", "DE/AT/CH: Zutaten", "Balea")

    clues = read_clues(pack)

    assert clues
    assert all(sum(clue.countries.values()) == pytest.approx(1.0) for clue in clues)


def test_nothing_read_gives_no_clue():
    assert read_clues(PackText.of([])) == []


_FIRST_PACK = """
import sys
from engine.markets.clues.all import load_tables, read_clues
from engine.markets.clues.pack import PackText

def filled():
    caches = {
        f"{module.__name__}.{name}": part.cache_info().currsize
        for module in list(sys.modules.values()) if module.__name__.startswith("engine.")
        for name, part in vars(module).items() if hasattr(part, "cache_info")
    }
    return {name for name, size in caches.items() if size}

%s
before = filled()
read_clues(PackText.of_lines("Importör: Foo AB, Sverige", "Tillverkad i Kina", "Mellanmjölk 1,5 %%",
    "9,90 kr", "Box 1, 105 46 Stockholm", "Tel. 08 789 50 00", "pappersförpackning", "a.se"))
print(*sorted(filled() - before))
"""


def filled_for_the_first_pack(preparation):
    """Return the caches that a fresh process fills for its first pack."""
    run = [sys.executable, "-c", _FIRST_PACK % preparation]
    return subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()


def test_the_first_pack_after_loading_waits_for_no_table():
    assert filled_for_the_first_pack("load_tables()") == []


def test_the_first_pack_before_loading_waits_for_the_names_of_countries():
    caches = filled_for_the_first_pack("")

    assert "engine.markets.clues.countries_named._names" in caches
    assert "engine.markets.clues.table.read_table" in caches


def test_each_kind_has_a_documented_reliability():
    rows = {row["kind"]: row for row in read_table("kinds_wording")}

    assert set(rows) == {
        "language", "language_set", "country_code", "importer", "origin", "address", "deposit",
        "recycling", "label_format", "store_brand", "number_style",
    }  # fmt: skip
    assert all(0 < float(row["reliability"]) < 1 and row["reason"] for row in rows.values())
    assert {row["strength"] for row in rows.values()} <= {"strong", "medium", "weak"}


@pytest.mark.parametrize(
    "text",
    ["DE/" * 5_000, "105 46 " * 3_000, "Importer: " * 2_000, "Made in " * 2_000, "(" * 20_000,
     "pant " * 4_000, "1234 AB " * 2_000, "\x00\ufffd" * 5_000],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(text):
    start = time.monotonic()

    read_clues(PackText.of_lines(text))

    assert time.monotonic() - start < 30

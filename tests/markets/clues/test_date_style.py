import pytest

from engine.markets.clues.date_style import read_date_style
from engine.markets.clues.pack import PackText


def styles(line):
    return [(clue.rule, set(clue.countries)) for clue in read_date_style(PackText.of_lines(line))]


@pytest.mark.parametrize(
    ("line", "rule", "countries"),
    [
        ("EXP 31/12/2569", "Buddhist year", {"TH"}),
        ("หมดอายุ ๓๑/๑๒/๒๕๖๙", "Buddhist year", {"TH"}),
        ("พ.ศ. 2569", "Buddhist year", {"TH"}),
        ("1405/10/12", "Solar Hijri year", {"IR", "AF"}),
        ("۱۴۰۵/۱۰/۱۲", "Solar Hijri year", {"IR", "AF"}),
        ("12/07/1448", "Hijri year", {"SA"}),
        ("1448 هـ", "Hijri year with its letter", {"SA"}),
        ("民國115年", "year of the Republic", {"TW"}),
        ("115年12月31日", "year of the Republic", {"TW"}),
        ("令和8年", "Reiwa year", {"JP"}),
        ("2026년 12월 31일", "Korean year", {"KR"}),
        ("2026年12月31日", "Chinese or Japanese year", {"JP", "CN", "TW"}),
        ("12/31/2026", "month, day, year", {"US", "PH", "PR", "PA"}),
        ("BEST BY 12/31/26", "month, day, year of two digits", {"US", "PH", "PR", "PA"}),
        ("Best by DEC 31, 2026", "month by name, day, year", {"US", "CA", "PH"}),
        ("MEILLEUR AVANT 2026 JN 15", "bilingual month", {"CA"}),
        ("25 JA 12", "bilingual month after a year of two digits", {"CA"}),
        ("26JN30", "bilingual month after a year of two digits", {"CA"}),
        ("BEST BEFORE 26 DE 01", "bilingual month after its words", {"CA"}),
        ("R7.6.1", "Reiwa year with its letter", {"JP"}),
    ],
)
def test_a_date_that_few_countries_write_tells_them(line, rule, countries):
    assert styles(line) == [(rule, countries)]


@pytest.mark.parametrize(
    "line",
    [
        "31/12/2026",
        "05/06/2026",  # May or June
        "31.12.2026",
        "2026-12-31",
        "261019 H02 14:54",
        "10/20/30",
        "13/32/2569",
        "31/12/2469",
        "12/13/1405",
        "1405",
        "13/14/2026",
        "2026 DE 45",
        "31 DEC 2026",
        "28/06/18H 03U6 01EC 15",
        "12/31/2026/5",
        "lot 1448/10",
        "25 DE 12",  # 25 of 12
        "30 SE 26",
        "12 JA 12",
        "25 JA 45",
        "R7.6",
        "R7.6.1.2",
        "R3.6.1",
        "R7.13.1",
        "v7.6.1",
    ],
)
def test_dates_that_cannot_be_told_apart_say_nothing(line):
    assert styles(line) == []


@pytest.mark.parametrize(("line", "country"), [("2026/01/24", "CA"), ("2026. 05. 14.", "HU")])
def test_a_year_in_front_with_slashes_or_dots_is_of_few_countries(line, country):
    ((_, countries),) = styles(line)

    assert country in countries


def test_a_year_in_front_with_dots_and_no_gaps_may_be_japanese_too():
    ((_, with_gaps),) = styles("2026. 05. 14.")
    ((_, without),) = styles("2026.05.14")

    assert "JP" not in with_gaps
    assert {"HU", "JP"} <= without

"""Which countries of an entry are doubted: a crowd's tags come from travellers and programs too.

An entry's countries are those where somebody said that it is sold. The app fills the field in from
where the phone is, so a traveller's scan and an ordered parcel count like a shop at home
(openfoodfacts-server issues 4870 and 11467 show what programs wrote). A doubted claim is marked as
weak, never dropped. The rules, each with its reason:

- *long list*: more than `MAX_COUNTRIES`; few things are sold in so many countries under one
  barcode, and such lists are pasted or filled in by programs.
- *program*: nobody but programs touched the entry; none of them saw a shelf.
- *unscanned*: people scanned it at least `MIN_SCANS` times, but never in this country.
- *stranger*: the one country that is tagged is neither where the barcode was licensed nor a place
  where a language of the pack is spoken nor one where a shop that is named trades; at least two
  of the three are known.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from babel.core import get_global

from engine.catalog.openfoodfacts.entry import Entry
from engine.catalog.openfoodfacts.places import plain

MAX_COUNTRIES = 20
MIN_SCANS = 10
MIN_SPEAKERS_PERCENT = 20.0
"""Packs are not made in a language that fewer speak and that is not official there."""

PROGRAMS = frozenset({"scanbot", "roboto-app", "robotoff", "fix-code-bot"})
"""Editors that are programs, beside all whose name ends in `bot` (openfoodfacts-server,
`scripts/scanbot.pl` and others). Apps by which people write, such as `kiliweb`, are none."""

EDITOR_FIELDS = ("editors_tags", "informers_tags", "photographers_tags")
_SCANS = re.compile(r"at-least-([0-9]{1,6})-([a-z]{2})-scans-([0-9]{4})")
_OTHER_CODES = {"uk": "GB"}


@dataclass(frozen=True)
class Signs:
    """What else an entry says of countries."""

    licensed_in: frozenset[str]
    languages: tuple[str, ...]
    trades_in: frozenset[str]
    """Where the shops that are named trade, as far as they are known."""
    scans: Mapping[str, int]
    is_by_programs: bool


def doubted(countries: Collection[str], signs: Signs) -> set[str]:
    """Return the countries to mark as weak; the head of the file tells the rules."""
    if len(countries) > MAX_COUNTRIES or signs.is_by_programs:
        return set(countries)
    if sum(signs.scans.values()) >= MIN_SCANS:
        return {country for country in countries if not signs.scans.get(country)}
    return {country for country in countries if len(countries) == 1 and _is_strange(country, signs)}


def _is_strange(country: str, signs: Signs) -> bool:
    votes = []
    if signs.licensed_in:
        votes.append(country in signs.licensed_in)
    if signs.languages:
        votes.append(any(_is_spoken(language, country) for language in signs.languages))
    if signs.trades_in:
        votes.append(country in signs.trades_in)
    return len(votes) >= 2 and not any(votes)


def _is_spoken(language: str, country: str) -> bool:
    """Tell whether CLDR lists a language as official there, or as that of many."""
    spoken = get_global("territory_languages").get(country, {})
    return any(
        tag.partition("_")[0] == language.partition("-")[0]
        and (facts["official_status"] or facts["population_percent"] >= MIN_SPEAKERS_PERCENT)
        for tag, facts in spoken.items()
    )


def scans_of(entry: Entry) -> dict[str, int]:
    """Return how often people scanned it in each country, at least.

    From tags such as `at-least-10-fr-scans-2023`: of a year the largest, years added up. The
    servers count a device once a day, so the scans are independent enough.
    """
    by_year: dict[tuple[str, str], int] = defaultdict(int)
    for tag in entry.several("popularity_tags"):
        if match := _SCANS.fullmatch(tag):
            country = _OTHER_CODES.get(match[2], match[2].upper())
            by_year[country, match[3]] = max(by_year[country, match[3]], int(match[1]))
    scans: dict[str, int] = defaultdict(int)
    for (country, _), count in by_year.items():
        scans[country] += count
    return dict(scans)


def is_by_programs(entry: Entry) -> bool:
    """Tell whether only programs touched an entry; without names nobody knows."""
    editors = {name for field in EDITOR_FIELDS for name in entry.several(field)}
    editors |= {entry.text("creator")} - {""}
    return bool(editors) and all(name in PROGRAMS or name.endswith("bot") for name in editors)


def trades_in(stores: Collection[str]) -> frozenset[str]:
    """Return the countries where one of the shops trades, of those that are known."""
    known = _stores()
    return frozenset().union(*(known.get(plain(store), ()) for store in stores))


@cache
def _stores() -> dict[str, frozenset[str]]:
    path = files("engine.catalog.openfoodfacts").joinpath("stores.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["store"]: frozenset(row["countries"].split("|")) for row in rows}

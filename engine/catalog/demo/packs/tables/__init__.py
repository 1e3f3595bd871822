"""The wording of made-up packs, country by country: tables of its own, each row with its basis.

No rule of the engine reads them, so that what the rules find on these packs is not what they
were written from. A text is known by its table, its place and its number: `phrases/sv/storage/2`.
"""

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.catalog.demo.words import Language
from engine.catalog.demo.words import language as demo_language

# the countries whose packs are measured; the others print what the OCR networks were not made for
MAIN = (
    "SE", "NO", "DK", "FI", "IS", "DE", "AT", "CH", "NL", "BE", "FR", "GB", "IE", "ES", "PT", "IT",
    "PL", "CZ", "SK", "HU", "RO", "BG", "GR", "HR", "EE", "LT", "TR", "US", "CA", "BR",
)  # fmt: skip
EXTRA = ("RU", "UA", "JP", "KR", "TH", "IL")
# where two of these share a pack, Latvia is part of the deal
BALTIC = ("EE", "LT")
SAME_WORDS = {"en-US": "en", "en-CA": "en", "fr-CA": "fr"}


@dataclass(frozen=True)
class Text:
    """One row of a table: what a pack says, and about what."""

    id: str
    topic: str
    text: str


@dataclass(frozen=True)
class Facts:
    """What the packs of a country have in common."""

    name: str
    language: str
    domain: str
    gs1: tuple[int, int]
    date: str  # as strftime wants it


@dataclass(frozen=True)
class LanguageSet:
    """Languages that share a pack, the largest first, and how often they do in a country."""

    languages: tuple[str, ...]
    weight: int


@cache
def facts() -> dict[str, Facts]:
    """Return the facts of every country by its code."""
    return {
        row["country"]: Facts(
            row["name"],
            row["language"],
            row["domain"],
            (int(row["gs1"][:3]), int(row["gs1"][4:])),
            row["date"],
        )
        for row in rows("countries.csv")
    }


@cache
def language_sets(country: str) -> tuple[LanguageSet, ...]:
    """Return the languages of the packs of a country."""
    return tuple(
        LanguageSet(tuple(row["languages"].split("+")), int(row["weight"]))
        for row in rows("sets.csv")
        if row["country"] == country
    )


@cache
def markets_of(languages: tuple[str, ...], country: str) -> tuple[str, ...]:
    """Return the countries that share packs in these languages with a country, itself first."""
    if len(languages) == 1:
        return (country,)
    wanted = set(languages)
    sharing = [
        other
        for other in (*MAIN, *EXTRA)
        if any(set(choice.languages) == wanted for choice in language_sets(other))
    ]
    if "lv" in wanted and country in BALTIC:
        sharing.append("LV")
    return (country, *(other for other in sharing if other != country))


@cache
def texts(table: str) -> dict[tuple[str, str], tuple[Text, ...]]:
    """Return a table of texts by language or country, and by topic.

    A table without topics has its own name as the only one.
    """
    found: dict[tuple[str, str], list[Text]] = {}
    for row in rows(f"{table}.csv"):
        place = row.get("language") or row.get("country") or "any"
        topic = row.get("topic", table)
        same = found.setdefault((place, topic), [])
        same.append(Text(f"{table}/{place}/{topic}/{len(same) + 1}", topic, row["text"]))
    return {key: tuple(choices) for key, choices in found.items()}


@cache
def streets() -> dict[str, str]:
    """Return the street that goes with each line of a place."""
    return {row["text"]: row["street"] for row in rows("places.csv")}


@cache
def words_of(code: str) -> Language:
    """Return the names of goods and flavours in a language of these packs."""
    if code != "is":
        return demo_language(SAME_WORDS.get(code, code))
    table = json.loads(read("is.json"))
    return Language("is", table["script"], table["nouns"], table["variants"], table["phrases"], {})


@cache
def names() -> dict[str, list[str]]:
    """Return the syllables of brands that no language claims, and names of companies."""
    table: dict[str, str] = json.loads(read("names.json"))
    return {key: value.split() for key, value in table.items()}


def all_texts() -> set[str]:
    """Return everything that a pack may say, for the choice of what the fonts must hold."""
    tables = sorted(entry.name for entry in files(__package__).iterdir())
    found = {
        row[column]
        for name in tables
        if name.endswith(".csv")
        for row in rows(name)
        for column in ("text", "street", "name")
        if row.get(column)
    }
    icelandic = words_of("is")
    return found.union(icelandic.nouns.values(), icelandic.variants.values())


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that lies beside this file."""
    return list(csv.DictReader(read(name).splitlines()))


def read(name: str) -> str:
    """Return a file that lies beside this one."""
    return (files(__package__) / name).read_text(encoding="utf-8")

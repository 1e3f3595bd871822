"""What the made-up world knows: regions, countries, articles and brand syllables."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Region:
    """Markets that share one pack, and the languages printed on it, the largest first."""

    name: str
    languages: tuple[str, ...]
    markets: tuple[str, ...]
    brand_style: str


@dataclass(frozen=True)
class Country:
    """What an importer's line and a barcode tell of a country."""

    code: str
    city: str
    company: str
    phone: str
    domain: str
    gs1: tuple[int, int]  # first and last three digits of its GS1 members, from gs1.org's list


@dataclass(frozen=True)
class Article:
    """A kind of thing: how it is packed, what is drawn on it, in which variants it comes."""

    name: str
    category: str
    sector: str
    shapes: tuple[str, ...]
    subjects: tuple[str, ...]
    variants: tuple[str, ...]
    quantities: tuple[str, ...]


@dataclass(frozen=True)
class Syllables:
    """Parts of brand names, each as it is drawn and in Latin letters."""

    starts: tuple[tuple[str, str], ...]
    middles: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, str], ...]


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions of the world."""
    return tuple(
        Region(row["region"], split(row["languages"]), split(row["markets"]), row["brands"])
        for row in rows("regions.csv")
    )


@cache
def countries() -> dict[str, Country]:
    """Return the countries by ISO code."""
    return {
        row["country"]: Country(
            row["country"],
            row["city"],
            row["company"],
            row["phone"],
            row["domain"],
            (int(row["gs1"][:3]), int(row["gs1"][4:])),
        )
        for row in rows("countries.csv")
    }


@cache
def articles() -> tuple[Article, ...]:
    """Return the articles that brands sell."""
    return tuple(
        Article(
            row["article"],
            row["category"],
            row["sector"],
            *(split(row[column]) for column in ("shapes", "subjects", "variants", "quantities")),
        )
        for row in rows("articles.csv")
    )


@cache
def syllables() -> dict[str, Syllables]:
    """Return the parts of brand names by style."""
    styles = json.loads(text("brands.json"))
    return {
        style: Syllables(*(as_pairs(parts[key]) for key in ("starts", "middles", "ends")))
        for style, parts in styles.items()
    }


def as_pairs(parts: str) -> tuple[tuple[str, str], ...]:
    """Read `Зар:zar Ми:mi -` as pairs of what is drawn and what is Latin."""
    pairs = (part.partition(":") for part in parts.replace("-", "").split(" "))
    return tuple((drawn, latin or drawn) for drawn, _, latin in pairs)


def split(field: str) -> tuple[str, ...]:
    """Return the values of a field that holds several."""
    return tuple(field.split("|")) if field else ()


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that lies beside this file."""
    return list(csv.DictReader(text(name).splitlines()))


def text(name: str) -> str:
    """Return a file that lies beside this one."""
    return (files(__package__) / name).read_text(encoding="utf-8")

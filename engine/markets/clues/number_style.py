"""Number style: what parts the decimals of measures and nutrition figures, and their thousands.

`2,5 g` is written where people write a decimal comma, `2.5 g` where they write a point, `1'000 g`
in Switzerland. Only figures that can be read in one way count: `1,000 g` may be a kilogram or a
gram. Volts, inches and versions are written with a point by everyone; prices have a reader of their
own. A figure with a unit is enough, of bare ones, as in the columns of a table, it takes two.

Half the world writes either way, so that the style never speaks alone: it tells the countries
apart that other clues name, and a comma, which is seldom misread, weakens them all where they write
otherwise.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span
from engine.markets.clues.table import read_table, strengths
from engine.markets.coverage import table_countries
from engine.markets.facts import Fact

_KIND = "number_style"
_UNIT = r"(?: ?(?:[km]?g|[µμ]g|mcg|[mcd]?l|[mcd]?L|kcal|kJ|cal|%|cm|oz|fl\.? ?oz|lbs?)(?![\w²³/]))"
_FIGURE = re.compile(
    r"(?<![\w.,:;/'’+$€£-])(?<![$€£v] )[0-9]{1,3}(?:[.,'’][0-9]{3}){0,2}(?:[.,][0-9]{1,2})?"
    rf"(?P<unit>{_UNIT})?(?![\w:/'’+$€£-])(?![.,][0-9])(?! ?(?:€|kr|zł|Kč|EUR|CHF)(?!\w))"
)
_DECIMALS = re.compile(
    r"^(?:[0-9]{1,3}|[0-9]{1,3}(?P<group>[.,])[0-9]{3})(?P<mark>[.,])[0-9]{1,2}$"
)
_THOUSANDTHS = re.compile(r"^0(?P<mark>[.,])[0-9]{3}$")
_APOSTROPHE = re.compile(r"^[0-9]{1,3}(?:['’][0-9]{3})+(?:[.,][0-9]{1,2})?$")
"""It tells more than what parts the decimals behind it."""
_BARE = re.compile(r"^[0-9]{1,2}[.,][0-9]$")
"""A figure without a unit, as tables have it: two decimals may be a clock, a date or a price."""
_WORD_NEXT = re.compile(r" ?[^\W\d_]")
"""What follows is another unit, or the heading of a section."""
_MAJORITY = 3
"""So many times as often as the other mark: readers take a comma for a point, and packs of several
countries have both."""
_NAMED_MIN = 0.1
"""Less of what others say than this lies where the style is written: it contradicts them. A design
choice, below the share of Switzerland in German."""


@dataclass(frozen=True)
class _Figure:
    style: str
    span: Span
    has_unit: bool


def read_number_style(pack: PackText) -> list[Clue]:
    """Return how a pack writes its figures, if it does so in one way."""
    figures = list(_figures(pack.text))
    counts = Counter(figure.style for figure in figures)
    if not counts:
        return []
    style, n = counts.most_common(1)[0]
    if n < _MAJORITY * (len(figures) - n):
        return []
    own = [figure for figure in figures if figure.style == style]
    if len(own) < 2 and not own[0].has_unit:
        return []
    return [_clue_of(pack, own)]


def _clue_of(pack: PackText, figures: Sequence[_Figure]) -> Clue:
    """Return the clue of figures of one style; the more there are, the surer it was read."""
    row = _rows()[figures[0].style]
    rule = Rule(_KIND, row["name"], Fact.MARKET, row["source"])
    clue = rule.clue(pack, figures[0].span, row["name"], _countries_of(row["name"]))
    return replace(clue, certainty=float(row["certainty"]) * (1 - 0.5 ** len(figures)))


def _figures(text: str) -> Iterator[_Figure]:
    for match in _FIGURE.finditer(text):
        unit = match["unit"] or ""
        digits = match[0].removesuffix(unit)
        style = _style_of(digits)
        if style and (unit or _is_of_a_table(digits, text, match.end())):
            yield _Figure(style, match.span(), bool(unit))


def _is_of_a_table(digits: str, text: str, end: int) -> bool:
    return _BARE.match(digits) is not None and not _WORD_NEXT.match(text, end)


def _style_of(digits: str) -> str | None:
    """Return the sign that shows a figure's style, if it can be read in one way."""
    if _APOSTROPHE.match(digits):
        return "'"
    match = _DECIMALS.match(digits) or _THOUSANDTHS.match(digits)
    if match is None or match.groupdict().get("group") == match["mark"]:
        return None
    return str(match["mark"])


def without_lone_style(clues: Sequence[Clue]) -> list[Clue]:
    """Return clues with the style of numbers left to the countries that others name.

    Where these write otherwise, it stands as it is, or falls if it is one that only confirms;
    where there are none, it says nothing.
    """
    others = [
        clue for clue in clues if clue.kind != _KIND and clue.fact in (Fact.MARKET, Fact.LANGUAGE)
    ]
    named = [other.countries for other in others]
    left = [clue if clue.kind != _KIND else _narrowed(clue, named) for clue in clues]
    return [clue for clue in left if clue is not None]


def _narrowed(style: Clue, others: Sequence[Mapping[str, float]]) -> Clue | None:
    """Keep the countries that others name, at the weight that they had among all."""
    left = {
        country: share
        for country, share in style.countries.items()
        if any(country in other for other in others)
    }
    agreed = sum(other.get(country, 0.0) for other in others for country in left)
    if agreed < _NAMED_MIN * len(others) or not left:
        return style if others and _contradicts(style) else None
    mass = sum(left.values())
    countries = {country: share / mass for country, share in left.items()}
    return replace(style, countries=countries, certainty=style.certainty * mass)


def _contradicts(style: Clue) -> bool:
    return any(row["name"] == style.value and row["contradicts"] for row in _rows().values())


@cache
def _rows() -> dict[str, Mapping[str, str]]:
    return {row["sign"]: row for row in read_table(_KIND)}


@cache
def _countries_of(name: str) -> dict[str, float]:
    """Return the countries that write so, each by the share of its languages that do."""
    row = next(row for row in _rows().values() if row["name"] == name)
    if row["countries"]:
        return strengths(row["countries"])
    shares = {
        country: signs[row["sign"]] / sum(signs.values())
        for country, signs in _decimal_signs().items()
        if signs[row["sign"]]
    }
    total = sum(shares.values())
    return {country: share / total for country, share in shares.items()}


@cache
def _decimal_signs() -> dict[str, Counter[str]]:
    """Return the decimal signs of each country's official languages (CLDR, by babel)."""
    signs: dict[str, Counter[str]] = defaultdict(Counter)
    for country in sorted(table_countries()):
        for language in get_official_languages(country, de_facto=True):
            if sign := _decimal_sign(language, country):
                signs[country][sign] += 1
    for row in _rows().values():
        for country in filter(None, row["also"].split("|")):
            signs[country][row["sign"]] += 1
    return signs


def _decimal_sign(language: str, country: str) -> str | None:
    """Return a locale's sign between Latin digits; none where CLDR does not have it."""
    try:
        symbols = Locale.parse(f"{language}_{country}").number_symbols
    except (UnknownLocaleError, ValueError):
        return None
    return dict(symbols.get("latn", symbols)).get("decimal")

"""Telephone numbers: the country code tells the country, a national number only with its label.

Numbering plans are those of libphonenumber (package `phonenumbers`). Numbers without a country,
such as 00800, say nothing. National numbers often fit the plans of several countries, so they
count only after a word that announces them, in the countries that use that word.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberMatcher, PhoneNumberType

from engine.embed.text.folding import plain
from engine.markets.clues.clue import Clue
from engine.markets.clues.labels import Labels
from engine.markets.clues.pack import PackText
from engine.markets.clues.roles import fact_in_role
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_PLANS = "libphonenumber's metadata of the ITU-T E.164 numbering plans"
_INTERNATIONAL = Rule("phone", "international number", Fact.MARKET, _PLANS)
_NORTH_AMERICA = 1
_TOLL_FREE_OF_NORTH_AMERICA = {"US": 0.8, "CA": 0.2}
"""They have nine to one people, and Canadian packs of American brands show the same numbers."""
_TOLL_FREE = re.compile(
    r"(?<![\w+.-])1([-.])8(?:00|33|44|55|66|77|88)\1[0-9]{3}\1[0-9]{4}(?![.-]?\w)"
)
"""`1-800-555-1234`, as only North America parts it; India writes 1800 555 1234."""
_TRIES_MAX = 200
_REGIONS_MAX = 4
"""A national number that fits the plans of more countries than this says nothing, unless"""
_DIGITS_MIN = 7
"""Shorter ones are local, and numbers of other things."""
_SURE_SHARE = 0.6
"""one of them has at least this share of the packs with its word."""
_LABEL_REACH = 34
_MAY_OMIT_ZERO = ("AR", "AU", "BR", "CN", "IE", "IN", "TR")
"""Where service numbers such as 1800 ..., 400 ... or 444 ... are written without the 0."""
_FORMER_PREFIX = {"MX": re.compile(r"^01(?=[ (-])")}
"""What was dialled before national numbers, and stands on older packs: until August 2019 in Mexico
(IFT, Plan Técnico Fundamental de Numeración of 2018)."""
_EXIT_CODE = re.compile(r"(?<![0-9+])00[ -]?(?=[1-9][0-9 ()/-]{7,20})")
"""`00`, dialled in most countries before a country code, as `+` is written before it."""
_NATIONAL = re.compile(r"(?<![0-9+])(?<![A-Za-z]-)[0-9(](?:[ ()/.-]{0,3}[0-9]){5,13}(?![0-9])")


def read_phone(pack: PackText) -> list[Clue]:
    """Return the telephone numbers of a pack."""
    found = [*_international(pack), *_dialled_abroad(pack), *_toll_free(pack)]
    return without_overlaps(found + [one for one in _national(pack) if _is_apart(one[0], found)])


def _is_apart(span: Span, found: list[tuple[Span, Clue]]) -> bool:
    return all(span[1] <= begin or end <= span[0] for (begin, end), _ in found)


# --- with a country code ---------------------------------------------------------------------


def _international(pack: PackText) -> Iterator[tuple[Span, Clue]]:
    for match in PhoneNumberMatcher(pack.text, None, max_tries=_TRIES_MAX):
        yield from _clue_of(pack, (match.start, match.end), match.number)


def _dialled_abroad(pack: PackText) -> Iterator[tuple[Span, Clue]]:
    """Find `00 46 8 ...`, which only a label tells from an article number."""
    for match in _EXIT_CODE.finditer(pack.text):
        if _all_labels().last_before(pack.text, match.start(), _LABEL_REACH) is None:
            continue
        end = match.end() + len(_digits_from(pack.text, match.end()))
        number = _parse("+" + pack.text[match.end() : end], None)
        if number is not None:
            yield from _clue_of(pack, (match.start(), end), number)


def _digits_from(text: str, start: int) -> str:
    match = re.compile(r"[0-9](?:[ ()/-]{0,2}[0-9]){0,14}").match(text, start)
    return match[0] if match else ""


def _clue_of(pack: PackText, span: Span, number: PhoneNumber) -> Iterator[tuple[Span, Clue]]:
    countries = _countries_of(number)
    if countries:
        rule = replace(_INTERNATIONAL, fact=fact_in_role(pack.text, span[0], Fact.MARKET))
        yield span, rule.clue(pack, span, f"+{number.country_code}", countries)


def _toll_free(pack: PackText) -> Iterator[tuple[Span, Clue]]:
    for match in _TOLL_FREE.finditer(pack.text):
        fact = fact_in_role(pack.text, match.start(), Fact.MARKET)
        rule = Rule("phone", "toll-free number of North America", fact, _PLANS)
        span = match.span()
        yield span, rule.clue(pack, span, match[0], _TOLL_FREE_OF_NORTH_AMERICA)


def _countries_of(number: PhoneNumber) -> dict[str, float]:
    region = phonenumbers.region_code_for_number(number)
    is_shared = number.country_code == _NORTH_AMERICA and (
        phonenumbers.number_type(number) == PhoneNumberType.TOLL_FREE
    )
    if is_shared:
        return _TOLL_FREE_OF_NORTH_AMERICA
    return {region: 1.0} if region and region.isalpha() else {}


# --- national --------------------------------------------------------------------------------


def _national(pack: PackText) -> Iterator[tuple[Span, Clue]]:
    for match in _NATIONAL.finditer(pack.text):
        word = _all_labels().last_before(pack.text, match.start(), _LABEL_REACH)
        if word is None:
            continue
        label = _by_word()[_key(word)]
        shares = _shares(match[0], strengths(label["countries"]))
        if shares:
            fact = fact_in_role(pack.text, match.start(), Fact.MARKET)
            rule = Rule("phone", f"national number after {label['word']}", fact, _PLANS)
            yield match.span(), rule.clue(pack, match.span(), " ".join(match[0].split()), shares)


def _shares(text: str, word_shares: dict[str, float]) -> dict[str, float]:
    """Share a number over the countries of its word whose plans it fits, if these are few."""
    fitting = {region: share for region, share in word_shares.items() if _fits(text, region)}
    total = sum(fitting.values())
    if len(fitting) > _REGIONS_MAX and max(fitting.values()) < _SURE_SHARE * total:
        return {}
    return {region: share / total for region, share in fitting.items()}


def _fits(text: str, region: str) -> bool:
    """Say whether a number is one of a country's plan, as it would be written there."""
    if region in _FORMER_PREFIX:
        text = _FORMER_PREFIX[region].sub("", text).lstrip(" -")
    number = _parse(text, region)
    if len(re.sub(r"\D", "", text)) < _DIGITS_MIN or number is None:
        return False
    if not phonenumbers.is_valid_number_for_region(number, region):
        return False
    is_free = phonenumbers.number_type(number) == PhoneNumberType.TOLL_FREE
    return is_free or _has_trunk_prefix(text, region)


def _has_trunk_prefix(text: str, region: str) -> bool:
    """Say whether a number begins with what its country dials before its own numbers."""
    prefix = phonenumbers.ndd_prefix_for_region(region, True)
    if prefix not in ("0", "06") or region in _MAY_OMIT_ZERO:
        return True
    return text.lstrip("(").startswith(prefix)


def _parse(text: str, region: str | None) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


@cache
def _by_word() -> dict[str, dict[str, str]]:
    return {_key(row["word"]): dict(row) for row in read_table("phone")}


def _key(word: str) -> str:
    return "".join(plain(word).split())


@cache
def _all_labels() -> Labels:
    return Labels.of(row["word"] for row in read_table("phone"))

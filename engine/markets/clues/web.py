"""Web and e-mail addresses: the country-code domain, or the country in a path or sub-domain.

Domains are cut by the Public Suffix List in the copy that `tldextract` brings along; nothing is
fetched. Generic domains (`.com`) and country codes that are used like them (`.tv`) say nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pycountry
import tldextract

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.roles import fact_in_role
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_ZONES = "IANA root zone database and Public Suffix List (tldextract's copy)"
_HABIT = "ISO 3166-1 and ISO 639-1 codes, as sites of several countries use them"
_DOMAIN = Rule("web", "country-code domain", Fact.MARKET, _ZONES)
_LOCALE = Rule("web", "language and country in the path", Fact.MARKET, _HABIT)
_PATH = Rule("web", "country in the path", Fact.MARKET, _HABIT)
_SUB_DOMAIN = Rule("web", "country as sub-domain", Fact.MARKET, _HABIT)

_LABEL = r"[^\W_](?:[^\W_]|-){0,40}"
_ADDRESS = re.compile(
    rf"(?<![\w.@/-])(?P<mark>https?://|[\w.+-]{{1,40}}@)?(?P<host>(?:{_LABEL}\.){{1,5}}{_LABEL})"
    r"(?P<path>(?:/[\w-]{2,5}){0,2})",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    rf"(?<!\w)w{{2,3}}[ .,:]{{1,2}}(?P<host>{_LABEL}(?:[.,]{_LABEL}){{0,2}}[ .,]{{1,2}}"
    r"[a-z]{2,3})(?P<path>(?:/[\w-]{2,5}){0,2})(?![\w@])",
    re.IGNORECASE,
)
"""An address that begins with www, one of whose dots was read as a comma or not at all."""
_ENDS = re.compile(r"[.,;:!)]?(?:\s*\n|\s*$|/)")
_BARE_LETTERS_MIN = 4
"""Of a domain that neither www nor @ marks: `m.in.` and `ca.de` are abbreviations."""


@dataclass(frozen=True)
class _Address:
    span: Span
    host: str
    path: tuple[str, ...]
    is_marked: bool
    """Whether www, a scheme or @ shows that this is an address."""


def read_web(pack: PackText) -> list[Clue]:
    """Return the web and e-mail addresses of a pack that tell a country."""
    found = _read(pack, _whole_addresses(pack.text))
    for span, clue in _read(pack, _broken_addresses(pack.text)):
        if all(span[1] <= start or end <= span[0] for (start, end), _ in found):
            found.append((span, clue))
    return without_overlaps(found)


def _read(pack: PackText, addresses: Iterable[_Address]) -> list[tuple[Span, Clue]]:
    read = [(address.span, _clue_of(pack, address)) for address in addresses]
    return [(span, clue) for span, clue in read if clue is not None]


def _whole_addresses(text: str) -> Iterator[_Address]:
    for match in _ADDRESS.finditer(text):
        host = match["host"].lower()
        is_marked = bool(match["mark"]) or host.startswith(("www.", "ww."))
        if is_marked or _is_bare_address(text, match):
            yield _Address(match.span(), host, _parts(match["path"]), is_marked)


def _broken_addresses(text: str) -> Iterator[_Address]:
    for match in _BROKEN.finditer(text):
        host = re.sub(r"[ .,]+", ".", match["host"].lower())
        yield _Address(match.span(), host, _parts(match["path"]), is_marked=True)


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in path.lower().split("/") if part)


def _is_bare_address(text: str, match: re.Match[str]) -> bool:
    """Say whether `arla.se` is one, where `socker.Se förpackning` is a missing space."""
    host = match["host"]
    is_one_case = host.islower() or host.isupper()
    letters = sum(letter.isalpha() for letter in _split(host.lower()).domain)
    stands_last = bool(match["path"]) or _ENDS.match(text, match.end()) is not None
    return is_one_case and letters >= _BARE_LETTERS_MIN and stands_last


def _clue_of(pack: PackText, address: _Address) -> Clue | None:
    parts = _split(address.host)
    site = f"{parts.domain}.{parts.suffix}"
    if not parts.domain or not parts.suffix or site in _table("site"):
        return None
    fact = fact_in_role(pack.text, address.span[0], Fact.MARKET)
    if country := _country_of(parts.suffix):
        return replace(_DOMAIN, fact=fact).clue(pack, address.span, site, {country: 1.0})
    return _clue_of_label(pack, address, site, parts.subdomain)


def _clue_of_label(pack: PackText, address: _Address, site: str, sub_domain: str) -> Clue | None:
    """Read the country that a site of all countries puts into its path or before its name."""
    first = address.path[0] if address.path else ""
    if country := _country_of_locale("-".join(address.path).replace("_", "-")):
        return _LOCALE.clue(pack, address.span, f"{site}/{first}", {country: 1.0})
    labels = _table("label")
    if first in labels:
        return _PATH.clue(pack, address.span, f"{site}/{first}", strengths(labels[first]))
    if sub_domain in labels and (address.is_marked or address.path):
        countries = strengths(labels[sub_domain])
        return _SUB_DOMAIN.clue(pack, address.span, f"{sub_domain}.{site}", countries)
    return None


def _country_of(suffix: str) -> str | None:
    """Return the country of a public suffix such as `se` or `co.uk`."""
    zone = suffix.rpartition(".")[2]
    table = _table("tld")
    if zone in table:
        return table[zone] or None
    is_country = len(zone) == 2 and pycountry.countries.get(alpha_2=zone.upper()) is not None
    return zone.upper() if is_country else None


def _country_of_locale(path: str) -> str | None:
    """Return AT for `de-at`, `at-de` and `at/de`, None for a path of another form."""
    codes = path.split("-")
    if len(codes) != 2 or len(codes[0]) != 2 or len(codes[1]) != 2:
        return None
    languages = _table("language")
    if codes[0] in languages:
        region = codes[1]
    elif codes[1] in languages:
        region = codes[0]
    else:
        return None
    region = "GB" if region == "uk" else region.upper()
    return region if pycountry.countries.get(alpha_2=region) else None


@cache
def _table(place: str) -> dict[str, str]:
    return {row["code"]: row["countries"] for row in read_table("web") if row["place"] == place}


def _split(host: str) -> tldextract.tldextract.ExtractResult:
    return _extractor()(host)


@cache
def _extractor() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

"""Names of countries in any language to ISO codes: a name that could be two countries is none.

Names are those of CLDR (in the package babel) in all its languages, of ISO 3166-1 (pycountry), and
the few of `countries.csv`. The tags of a dump begin with the language that they are said to be in,
which is often wrong (`it:belgien`), so it is passed over.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

import pycountry
from babel import localedata
from babel.core import get_global

from engine.catalog.triggers import FOLDS

_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:[-_][a-z]{2,8})?:", re.IGNORECASE)
_SEPARATORS = re.compile(r"[^\w]+|_+")
_PLAIN_LETTERS = {ord(letter): plain for letter, plain in FOLDS.items()}
MAX_NAME_LENGTH = 120
LETTERS_OF_SCRIPT = 4
"""`zh_Hant` has names of its own; `de_AT` has hardly any."""


class Places:
    """Finds countries by name; what it finds once it remembers, for a dump repeats itself."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str] | None] = {}

    def countries(self, tag: str) -> frozenset[str] | None:
        """Return the countries that a tag names; none for a region, None for what is not known.

        Parameters
        ----------
        tag : str
            As `en:sweden`, `fr:etats-unis`, `sverige`, `en:france,belgium` or `en:world`.
        """
        if tag not in self._known:
            if len(self._known) >= MAX_REMEMBERED:
                self._known.clear()
            self._known[tag] = _countries(tag)
        return self._known[tag]


MAX_REMEMBERED = 50_000


def _countries(tag: str) -> frozenset[str] | None:
    if len(tag) > MAX_NAME_LENGTH:
        return None
    said = _LANGUAGE.sub("", tag.strip())
    found = [_country(plain(said))]
    if found == [None] and "," in said:
        found = [_country(plain(part)) for part in said.split(",") if part.strip()]
    codes = [code for code in found if code is not None]
    if not codes or len(codes) < len(found):
        return None
    return frozenset(code for code in codes if code)


def _country(name: str) -> str | None:
    """Return a code; empty for a region that is no country, None for an unknown name."""
    return _names().get(name)


def plain(name: str) -> str:
    """Return a name in small letters without accents, its words parted by single spaces."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN_LETTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", bare).strip()


@cache
def _names() -> dict[str, str]:
    """Return the code of each name that stands for one country or region alone."""
    codes: dict[str, set[str]] = {}
    for name, code in [*_cldr_names(), *_iso_names()]:
        codes.setdefault(plain(name), set()).add(code)
    known = {name: found.pop() for name, found in codes.items() if len(found) == 1}
    known.update((plain(row["name"]), row["country"]) for row in _table())
    return {name: code for name, code in known.items() if name}


def _cldr_names() -> list[tuple[str, str]]:
    """Return the names of territories in every language; regions have the code ''."""
    countries = {country.alpha_2 for country in pycountry.countries}
    return [
        (name, code if code in countries else "")
        for locale in localedata.locale_identifiers()
        if "_" not in locale or len(locale.partition("_")[2]) == LETTERS_OF_SCRIPT
        # with what is inherited: babel keeps what it loads, and others ask for it whole
        for code, name in localedata.load(locale).get("territories", {}).items()
        if code in countries or code.isdigit() or code in {"EU", "EZ", "UN"}
    ]


def _iso_names() -> list[tuple[str, str]]:
    """Return the names of ISO 3166-1 and its codes, but for codes that are also a language's.

    `de` is Germany in either reading; `sv` may be El Salvador or Swedish.
    """
    names: list[tuple[str, str]] = []
    likely = get_global("likely_subtags")
    for country in pycountry.countries:
        code = country.alpha_2
        said = [country.name, country.alpha_3]
        said += [getattr(country, field, "") for field in ("common_name", "official_name")]
        if likely.get(code.lower(), f"_{code}").endswith(f"_{code}"):
            said.append(code)
        names += [(name, code) for name in said if name]
    return names


def _table() -> list[dict[str, str]]:
    path = files("engine.catalog.openfoodfacts").joinpath("countries.csv")
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))

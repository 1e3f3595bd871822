"""What is said of a product, and whether it can be true: the same rules in a file and over HTTP."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

import pycountry

from engine.errors import InvalidInputError
from engine.markets.facts import Fact

T = TypeVar("T", bound=Hashable)

MAX_KEY_LENGTH = 200
MAX_LANGUAGE_LENGTH = 35
MAX_COUNT = 2**31 - 1
ONE_DAY = timedelta(days=1)
"""It may be tomorrow already where somebody saw the product."""
_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
"""Language and subtags of RFC 5646, section 2.1, without the grandfathered ones."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
"""Not printable themselves, but a part of words in Persian and Hindi, and of many emoji."""


@dataclass(frozen=True)
class ClaimFields:
    """Somebody says a fact of the product, or of the very pack on one of its pictures."""

    value: str
    """A country, ISO 3166-1 alpha-2; of a language its BCP 47 tag."""
    source: str = ""
    observed_on: date | None = None
    observations: int = 1
    image_sha256: str | None = None
    """The picture of that pack; none: the claim is of the product."""
    kind: Fact = Fact.MARKET
    is_weak: bool = False
    """The source itself gives a reason to doubt it."""


@dataclass(frozen=True)
class ProductFields:
    """What a manifest row or a request says of a product.

    None says nothing: an existing product keeps what it has. An empty value empties the field.
    """

    key: str
    name: str | None = None
    brand: str | None = None
    category: str | None = None
    description: str | None = None
    source: str | None = None
    license: str | None = None
    family: str | None = None
    gtins: tuple[str, ...] | None = None
    markets: tuple[str, ...] | None = None
    """Countries where `source` says that it is sold."""
    claims: tuple[ClaimFields, ...] | None = None
    """Claims with more to them: another kind, a date, a number of sightings, a picture, another
    source."""


def check_key(key: str) -> str:
    """Return a product's id as it is, if it can be one."""
    if not key:
        raise InvalidInputError("the id is missing")
    if len(key) > MAX_KEY_LENGTH:
        raise InvalidInputError(
            f"the id {shorten(key)} has {len(key)} characters, more than {MAX_KEY_LENGTH}"
        )
    if "/" in key:
        raise InvalidInputError(f"the id {shorten(key)} contains a slash")
    if not key.translate(_JOINERS).isprintable():
        raise InvalidInputError(f"the id {shorten(key)} contains a character that does not print")
    return key


def check_name(name: str) -> str:
    """Return a product's name as it is, if there is one."""
    if not name.strip():
        raise InvalidInputError("the name is missing")
    return check_text("name", name)


def check_text(field: str, text: str) -> str:
    """Return a text as it is, if it can be stored and read again."""
    if not _UNSTORABLE.search(text):
        return text
    if "\0" in text:
        raise InvalidInputError(f"the {field} contains a NUL character")
    raise InvalidInputError(f"the {field} contains half of a surrogate pair")


def check_country(code: str) -> str:
    """Return an ISO 3166-1 alpha-2 code in capitals, however it was written."""
    capitals = code.strip().upper()
    if not code.isascii() or not pycountry.countries.get(alpha_2=capitals):
        raise InvalidInputError(
            f"{shorten(code)} is no country of ISO 3166-1 alpha-2{_country_hint(capitals)}"
        )
    return capitals


def _country_hint(capitals: str) -> str:
    """Return the two letters for a country that was written as a word or with three letters."""
    if capitals == "UK":
        return " (the United Kingdom is GB)"
    try:
        meant = pycountry.countries.lookup(capitals)
    except LookupError:
        return ", two letters such as SE"
    return f" (write {meant.alpha_2} for {meant.name})"


def check_language(tag: str) -> str:
    """Return a BCP 47 tag in its usual letters, `pt-br` as `pt-BR` (RFC 5646, section 2.1.1)."""
    language, *rest = tag.strip().split("-")
    is_known = _LANGUAGE.fullmatch(tag.strip()) and pycountry.languages.get(
        **{f"alpha_{len(language)}": language.lower()}
    )
    if not is_known or len(tag) > MAX_LANGUAGE_LENGTH:
        raise InvalidInputError(f"{shorten(tag)} is no language tag, such as sv or pt-BR")
    return "-".join([language.lower(), *map(_subtag, rest)])


def _subtag(text: str) -> str:
    """Write a region in capitals and a script as a name."""
    return {2: text.upper(), 4: text.title()}.get(len(text), text.lower())


def check_gtin(text: str) -> str:
    """Return a barcode number of 8, 12, 13 or 14 digits whose check digit is right."""
    gtin = text.strip()
    if not re.fullmatch("[0-9]{8}|[0-9]{12,14}", gtin):
        raise InvalidInputError(f"the GTIN {shorten(text)} has not 8, 12, 13 or 14 digits")
    if gtin_check_digit(gtin[:-1]) != gtin[-1]:
        raise InvalidInputError(
            f"the GTIN {gtin} ends in {gtin[-1]}, but its check digit is "
            f"{gtin_check_digit(gtin[:-1])}: one of its digits is wrong"
        )
    return gtin


def gtin_forms(gtin: str) -> set[str]:
    """Return the ways in which a 14-digit number may be stored: with fewer leading zeros."""
    return {gtin[14 - n :] for n in (8, 12, 13, 14) if not gtin[: 14 - n].strip("0")}


def gtin_check_digit(digits: str) -> str:
    """Return the digit that completes a number (GS1 General Specifications, section 7.9)."""
    total = sum(
        int(digit) * (1 if position % 2 else 3) for position, digit in enumerate(reversed(digits))
    )
    return str(-total % 10)


def check_claim(claim: ClaimFields) -> ClaimFields:
    """Return the claim with its country or language in normal form, if it can be one."""
    if not 1 <= claim.observations <= MAX_COUNT:
        raise InvalidInputError(f"{claim.observations} is no number of observations, 1 or more")
    if claim.observed_on and claim.observed_on > date.today() + ONE_DAY:
        raise InvalidInputError(f"observed_on {claim.observed_on} lies in the future")
    check = check_language if claim.kind is Fact.LANGUAGE else check_country
    return replace(claim, value=check(claim.value), source=check_text("source", claim.source))


def check_product(fields: ProductFields) -> ProductFields:
    """Return the fields in their normal form.

    Raises
    ------
    InvalidInputError
        If one of them cannot be true, with a sentence that names it.
    """

    def text(field: str, value: str | None) -> str | None:
        return None if value is None else check_text(field, value)

    if fields.family and len(fields.family) > MAX_KEY_LENGTH:
        raise InvalidInputError(f"the family has more than {MAX_KEY_LENGTH} characters")
    return ProductFields(
        key=check_key(fields.key),
        name=None if fields.name is None else check_name(fields.name),
        brand=text("brand", fields.brand),
        category=text("category", fields.category),
        description=text("description", fields.description),
        source=text("source", fields.source),
        license=text("license", fields.license),
        family=text("family", fields.family),
        gtins=None if fields.gtins is None else unique(map(check_gtin, fields.gtins)),
        markets=None if fields.markets is None else unique(map(check_country, fields.markets)),
        claims=None if fields.claims is None else unique(map(check_claim, fields.claims)),
    )


def unique(values: Iterable[T]) -> tuple[T, ...]:
    """Return the values in their order, each once."""
    return tuple(dict.fromkeys(values))


def shorten(text: str, limit: int = 60) -> str:
    """Quote a text for a message, and cut it where it is long."""
    return repr(text if len(text) <= limit else text[: limit - 3] + "...")

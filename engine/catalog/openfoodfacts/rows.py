"""An entry of a dump as a row of a manifest: what it is called, and its four kinds of fact."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from engine.catalog.fields import check_language
from engine.catalog.manifest import ManifestRow
from engine.catalog.openfoodfacts.doubts import Signs, doubted, is_by_programs, scans_of, trades_in
from engine.catalog.openfoodfacts.entry import Entry
from engine.catalog.openfoodfacts.licence import is_restricted, licensed_in, normal_gtin
from engine.catalog.openfoodfacts.mirror import Mirror
from engine.catalog.openfoodfacts.places import Places
from engine.catalog.rowfacts import RowClaim
from engine.errors import InvalidInputError
from engine.markets.facts import Fact

LICENCE = "ODbL-1.0 (data), CC-BY-SA-3.0 (pictures)"
SOURCES = {
    "food": "openfoodfacts",
    "beauty": "openbeautyfacts",
    "petfood": "openpetfoodfacts",
    "product": "openproductsfacts",
}
"""The project by the field `product_type`; also the word in the addresses of its pages."""
CATEGORIES = {"openproductsfacts": "product"}
"""The others' things come in printed packs."""

MAX_NAME = 200
MAX_DESCRIPTION = 1000
N_CATEGORIES = 3
"""The last tags are the most specific ones."""

_PACKER = re.compile(r"([a-z]{2})[-_ ].*[-_ ](?:ec|eg|ce|ek|eu|ef|es|ey|we|ue)")
"""Identification marks of Regulation (EC) 853/2004, annex II, section I, as tags."""
_FRENCH_PACKER = re.compile(r"emb-?[0-9]{5}[a-z]{0,3}")
"""French packer codes, `EMB 35069C` (arrêté of 13 February 1991): the commune's number."""
_MARK_COUNTRIES = {"uk": "GB", "el": "GR"}
MARKED_COUNTRIES = frozenset(
    (
        *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR"),
        *("HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT"),
        *("RO", "SE", "SI", "SK"),
    )
)
"""Those whose marks end in EC or its translations: the Union, the EEA, Switzerland by agreement,
and the United Kingdom until 2020."""


class SkippedError(Exception):
    """Nothing is wrong with an entry, but it cannot be used; the text is the reason."""


class RowMaker:
    """Turns entries into manifest rows."""

    def __init__(
        self,
        places: Places,
        mirror: Mirror | None,
        *,
        default_source: str,
        keeps_without_images: bool,
    ) -> None:
        """Take the project's name for entries that do not tell it themselves."""
        self._places = places
        self._mirror = mirror
        self._default_source = default_source
        self._keeps_without_images = keeps_without_images
        self._unresolved: list[str] = []

    def take_unresolved(self) -> list[str]:
        """Return, once, the country tags of the last entry that name no country."""
        unresolved, self._unresolved = self._unresolved, []
        return unresolved

    def row(self, entry: Entry) -> ManifestRow:
        """Return the row of an entry.

        Raises
        ------
        SkippedError
            If it has no name, or no picture where one is asked for.
        InvalidInputError
            If its barcode number cannot be one.
        """
        code = entry.text("code")
        gtin = normal_gtin(code)
        source = self._source(entry)
        name = _name(entry)
        fronts = self._mirror.fronts(code, entry.mapping("images")) if self._mirror else {}
        if not fronts and not self._keeps_without_images:
            raise SkippedError("no picture")
        claims = [*self._claims(entry, gtin, source), *_front_claims(fronts, source)]
        return ManifestRow(
            line=entry.line,
            id=f"{source}-{gtin}",
            name=name,
            images=tuple(dict.fromkeys(fronts.values())),
            brand=_brands(entry)[0][:MAX_NAME].rstrip(),
            category=CATEGORIES.get(source, "packaging"),
            description=_description(entry),
            gtin=() if is_restricted(gtin) else (gtin,),
            markets=(),  # none beside the claims, which say more
            source=source,
            license=LICENCE,
            claims=tuple(dict.fromkeys(claims)),
            keeps_images=not fronts,
        )

    def _source(self, entry: Entry) -> str:
        kind = SOURCES.get(entry.text("product_type"))
        address = entry.text("url")
        named = next((source for source in SOURCES.values() if f".{source}." in address), None)
        return kind or named or self._default_source

    def _claims(self, entry: Entry, gtin: str, source: str) -> Iterator[RowClaim]:
        """Yield what the entry says of its product, the markets first."""
        seen_on = _seen_on(entry)
        languages = _languages(entry)
        licensed = licensed_in(gtin, self._places)
        scans = scans_of(entry)
        countries = self._countries(entry)
        stores = entry.several("stores_tags") or entry.several("stores")
        signs = Signs(licensed, languages, trades_in(stores), scans, is_by_programs(entry))
        weak = doubted(countries, signs)
        for country in countries:
            count = max(scans.get(country, 0), 1)
            is_weak = country in weak
            yield RowClaim(country, source, seen_on, count, None, Fact.MARKET, is_weak)
        for country in self._made_in(entry):
            yield RowClaim(country, source, seen_on, 1, None, Fact.ORIGIN)
        for country in self._grown_in(entry):
            ingredients = f"{source}: origin of ingredients"
            yield RowClaim(country, ingredients, seen_on, 1, None, Fact.ORIGIN, is_weak=True)
        for country in sorted(licensed):
            yield RowClaim(country, f"GS1 prefix {gtin[:3]}", None, 1, None, Fact.LICENCE)
        for language in languages:
            yield RowClaim(language, source, seen_on, 1, None, Fact.LANGUAGE)

    def _countries(self, entry: Entry) -> list[str]:
        """Return the countries that are tagged, and note the tags that name none."""
        found: dict[str, None] = {}
        for tag in _tags(entry, "countries_tags", "countries"):
            countries = self._places.countries(tag)
            if not countries:
                self._unresolved.append(tag)
            found.update(dict.fromkeys(sorted(countries or ())))
        return list(found)

    def _made_in(self, entry: Entry) -> list[str]:
        """Return where it was made or packed: by its place, or by its packer's mark."""
        places = _tags(entry, "manufacturing_places_tags", "manufacturing_places")
        made = [self._places.countries(place) or () for place in places]
        marks = [self._packer(mark) for mark in _tags(entry, "emb_codes_tags", "emb_codes")]
        return sorted({country for countries in [*made, *marks] for country in countries})

    def _packer(self, mark: str) -> frozenset[str]:
        mark = mark.lower()
        if _FRENCH_PACKER.fullmatch(mark):
            return frozenset({"FR"})
        match = _PACKER.fullmatch(mark[:100])
        code = match[1] if match else ""
        return frozenset({_MARK_COUNTRIES.get(code, code.upper())} & MARKED_COUNTRIES)

    def _grown_in(self, entry: Entry) -> list[str]:
        """Return where the ingredients are from, which need not be where it was made."""
        origins = [self._places.countries(tag) or () for tag in _tags(entry, "origins_tags")]
        return sorted({country for countries in origins for country in countries})


def _tags(entry: Entry, *fields: str) -> list[str]:
    """Return the first of some fields that has anything."""
    return next((found for field in fields if (found := entry.several(field))), [])


def _name(entry: Entry) -> str:
    language = entry.text("lang") or entry.text("lc")
    fields = ["product_name", f"product_name_{language}", "product_name_en", "generic_name"]
    fields += ["abbreviated_product_name"]
    fields += [field for field in entry.values if field.startswith("product_name_")]
    name = next((text for field in fields if (text := entry.text(field))), "")
    if not name:
        raise SkippedError("no name")
    return name[:MAX_NAME].rstrip()


def _brands(entry: Entry) -> list[str]:
    """Return the brands, the first before its owners and lines; one empty where there is none."""
    return entry.several("brands") or [""]


def _description(entry: Entry) -> str:
    """Return words by which it may be found: names in other languages, kind, size, shops."""
    names = [
        entry.text(field)
        for field in entry.values
        if field.startswith(("product_name_", "generic_name")) and not field.endswith("_debug_tags")
    ]
    categories = _tags(entry, "categories_tags", "categories")[-N_CATEGORIES:]
    words = [
        *names,
        entry.text("quantity"),
        *(tag.rpartition(":")[2].replace("-", " ") for tag in categories),
        *_brands(entry)[1:],
        *(_tags(entry, "stores", "stores_tags")),
    ]
    known = {"", _name(entry)}
    return "; ".join(word for word in dict.fromkeys(words) if word not in known)[:MAX_DESCRIPTION]


def _seen_on(entry: Entry) -> date | None:
    """Return the last day on which somebody is known to have held it.

    That is the day of the last picture, or of the first entry; the day of the last change says
    nothing, for programs change entries all the time. It is the last resort.
    """
    fields = ("last_image_t", "created_t", "last_modified_t")
    return next((day for field in fields if (day := entry.day(field))), None)


def _languages(entry: Entry) -> tuple[str, ...]:
    """Return the languages in which somebody entered what stands on the pack.

    `lang` alone is not enough: where nothing was entered it is the language of the phone.
    """
    return tuple(_language_tags(entry.mapping("languages_codes")))


def _front_claims(fronts: dict[str, Path], source: str) -> Iterator[RowClaim]:
    """Yield the language that a picture was chosen to show, under a source of its own.

    Its markets are not said: a pack of one language may be sold in several countries.
    """
    for tag in _language_tags(fronts):
        path = fronts[tag] if tag in fronts else fronts[tag.lower()]
        yield RowClaim(tag, f"{source}: pictures", None, 1, path, Fact.LANGUAGE)


def _language_tags(codes: Iterable[str]) -> Iterator[str]:
    """Yield language codes in their normal form, without those that are none."""
    for code in codes:
        try:
            yield check_language(code)
        except InvalidInputError:
            continue

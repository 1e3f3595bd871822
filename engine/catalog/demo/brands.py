"""Made-up brands: a name from the syllables of its home, and the slug of its domain."""

import unicodedata
from dataclasses import dataclass

from engine.catalog.demo.seeds import random_for
from engine.catalog.demo.tables import Region, syllables

STEP = 7919  # a prime that divides no number of names, so that walking by it meets each name once


@dataclass(frozen=True)
class Brand:
    """A made-up maker of goods."""

    name: str
    slug: str
    region: Region

    @property
    def is_latin(self) -> bool:
        """Whether the name is written in Latin letters."""
        return ord(self.name[0]) < 0x250


def brand_of(seed: int, number: int, region: Region, *, is_foreign: bool) -> Brand:
    """Return brand `number`; those of the catalog and foreign ones never share a name."""
    parts = syllables()[region.brand_style]
    names = len(parts.starts) * len(parts.middles) * len(parts.ends)
    start = 2 * random_for(seed, "brands", region.brand_style).randrange(names)
    lap, place = divmod(number, names // 2)
    # the names at even places belong to the catalog, those at odd places to foreign brands
    code = ((2 * place + start) * STEP + is_foreign) % names
    code, end = divmod(code, len(parts.ends))
    first, middle = divmod(code, len(parts.middles))
    chosen = (parts.starts[first], parts.middles[middle], parts.ends[end])
    again = f" {lap + 1}" if lap else ""
    drawn = "".join(part for part, _ in chosen)
    latin = "".join(part for _, part in chosen)
    # some brands of every country write themselves in Latin letters
    is_export = random_for(seed, "export", number, str(is_foreign)).random() < 0.3
    name = latin.capitalize() if is_export else drawn
    return Brand(name + again, as_domain(latin + again), region)


def as_domain(name: str) -> str:
    """Spell a name with the letters that a domain has."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(SPECIAL))
    return "".join(char for char in plain if char.isascii() and char.isalnum())


SPECIAL = str.maketrans({"ø": "o", "æ": "ae", "ı": "i", "ß": "ss", "ł": "l", "đ": "d"})

"""Article numbers: the prefix of a GS1 member organisation, an item, a check digit."""

import random

from engine.catalog.demo.tables import Country


def gtin_of(country: Country, rng: random.Random) -> str:
    """Make up a GTIN-13 of a licensee in `country`."""
    prefix = rng.randint(*country.gs1)
    body = f"{prefix:03d}{rng.randrange(10**9):09d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the last digit of a GTIN (GS1 General Specifications, section 7.9)."""
    weighted = sum(int(digit) * (3, 1)[i % 2] for i, digit in enumerate(reversed(body)))
    return str(-weighted % 10)

"""The four kinds of fact about a country, which are never mixed."""

from enum import StrEnum


class Fact(StrEnum):
    """What a claim or a clue says of a country."""

    MARKET = "market"
    """The item is sold there."""
    ORIGIN = "origin"
    """It was made or packed there."""
    LICENCE = "licence"
    """Its barcode's prefix was licensed by the GS1 office there."""
    LANGUAGE = "language"
    """A language of that country stands on it."""

"""Roles: whether a company, its telephone or its site is that of an importer or of a maker.

Where a pack names both, the maker's contacts tell where it is at home, not where the item is sold.
"""

from enum import StrEnum
from functools import cache, lru_cache

from engine.embed.text.folding import plain
from engine.markets.clues.labels import Labels
from engine.markets.clues.table import read_table
from engine.markets.facts import Fact

_REACH = 160
_LINES = 5
"""A company's name, address, telephone and site follow its role, over a few short lines."""


class Role(StrEnum):
    """What part a company plays."""

    IMPORTER = "importer"
    """It brings the item to the market, or distributes it there."""
    MAKER = "maker"
    """It makes or packs it."""


def role_before(text: str, at: int) -> Role | None:
    """Return the role that was named last before a place, if one was."""
    word = _words().last_before(text, at, _REACH, _LINES)
    return None if word is None else _roles()[_key(word)]


def fact_in_role(text: str, at: int, otherwise: Fact) -> Fact:
    """Return what a company's telephone, site or number tells.

    An importer's is of the market, that of a maker beside an importer of the origin, and any
    other's `otherwise`.
    """
    role = role_before(text, at)
    if role is Role.IMPORTER:
        return Fact.MARKET
    return Fact.ORIGIN if role is Role.MAKER and names_importer(text) else otherwise


@lru_cache(maxsize=8)
def names_importer(text: str) -> bool:
    """Say whether a pack tells who imports or distributes it."""
    found = _words().pattern.findall(plain(text))
    return any(_roles()[_key(word)] is Role.IMPORTER for word in found)


@cache
def _words() -> Labels:
    return Labels.of(row["word"] for row in read_table("company_role"))


@cache
def _roles() -> dict[str, Role]:
    return {_key(row["word"]): Role(row["role"]) for row in read_table("company_role")}


def _key(word: str) -> str:
    return "".join(plain(word).split())

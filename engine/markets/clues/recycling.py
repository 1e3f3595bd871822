"""Recycling instructions: each country words its own, and some laws prescribe them."""

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import read_phrases


def read_recycling(pack: PackText) -> list[Clue]:
    """Return the wordings of the table `recycling` that stand on a pack, in order of place."""
    return read_phrases("recycling", pack)

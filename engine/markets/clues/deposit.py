"""Deposit wording: a bottle or can that is paid back for was sold where that scheme runs."""

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import read_phrases


def read_deposit(pack: PackText) -> list[Clue]:
    """Return the wordings of the table `deposit` that stand on a pack, in order of place."""
    return read_phrases("deposit", pack)

"""Codes of medicines, and of what else a national authority registers before it is sold.

Each is printed for the country whose authority gave it; parallel importers put their own on top.
The table has the forms, the check digits where there are any, and the words before them.
"""

from engine.markets.clues.clue import Clue
from engine.markets.clues.numbered import read_numbers
from engine.markets.clues.pack import PackText


def read_medicine_code(pack: PackText) -> list[Clue]:
    """Return the medicine codes of a pack."""
    return read_numbers("medicine_code", pack)

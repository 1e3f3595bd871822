"""Label formats: headings, warnings and marks that one market prescribes, as words."""

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import read_phrases


def read_label_format(pack: PackText) -> list[Clue]:
    """Return the wordings of the table `label_format` that stand on a pack, in order of place."""
    return read_phrases("label_format", pack)

"""Store brands: names of retailers and of what they sell under their own name."""

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import read_phrases

_KIND = "store_brand"


def read_store_brand(pack: PackText) -> list[Clue]:
    """Return the names of the table `store_brand` on a pack, written as names, not as words."""
    return [clue for clue in read_phrases(_KIND, pack) if _is_written_as_a_name(clue)]


def _is_written_as_a_name(clue: Clue) -> bool:
    """Say whether a capital stands in it, or none belongs there: not `great value for money`."""
    return not clue.text.islower() or clue.rule.removeprefix(f"{_KIND} ").islower()

"""Company numbers: VAT and register numbers, by their check digits and the words before them.

They tell the country of the company that answers for the pack: where a law asks for the number of
the local maker or importer that is the market, elsewhere as often the place of its maker. What
each number looks like stands in the table, the check digits are python-stdnum's.
"""

from engine.markets.clues.clue import Clue
from engine.markets.clues.numbered import read_numbers
from engine.markets.clues.pack import PackText
from engine.markets.clues.roles import fact_in_role


def read_company_number(pack: PackText) -> list[Clue]:
    """Return the company numbers of a pack."""
    return read_numbers("company_number", pack, fact_in_role)

"""All clues of a pack: every reader in a fixed order, repeated clues merged."""

from collections.abc import Callable, Sequence

from engine.embed.codes.reading import Code
from engine.markets.clues.address import read_address
from engine.markets.clues.clue import Clue
from engine.markets.clues.company_number import read_company_number
from engine.markets.clues.country_code import read_country_code
from engine.markets.clues.date_style import read_date_style
from engine.markets.clues.deposit import read_deposit
from engine.markets.clues.gtin import read_gtins
from engine.markets.clues.health_mark import read_health_mark
from engine.markets.clues.iban import read_iban
from engine.markets.clues.importer import read_importer
from engine.markets.clues.label_format import read_label_format
from engine.markets.clues.language import read_language
from engine.markets.clues.language_set import read_language_set, without_members
from engine.markets.clues.legal_form import read_legal_form, without_world_forms
from engine.markets.clues.medicine_code import read_medicine_code
from engine.markets.clues.number_style import read_number_style, without_lone_style
from engine.markets.clues.organic import read_organic
from engine.markets.clues.origin import read_origin
from engine.markets.clues.pack import PackText
from engine.markets.clues.phone import read_phone
from engine.markets.clues.price import read_price
from engine.markets.clues.recycling import read_recycling
from engine.markets.clues.store_brand import read_store_brand
from engine.markets.clues.web import read_web

READERS: tuple[Callable[[PackText], list[Clue]], ...] = (
    read_language_set,
    read_language,
    read_country_code,
    read_importer,
    read_deposit,
    read_recycling,
    read_label_format,
    read_store_brand,
    read_phone,
    read_web,
    read_price,
    read_company_number,
    read_address,
    read_legal_form,
    read_medicine_code,
    read_date_style,
    read_number_style,
    read_iban,
    read_health_mark,
    read_organic,
    read_origin,
)
"""What reads text, in the order of their clues; article numbers come last, as some are scanned."""

_EVERY_TABLE = (
    "Made in Sweden, imported by Foo AB, Box 1, 105 46 Stockholm, Tel. 0046 8 789 50 00, a.com/se",
    "SE: Ingredienser mjölkchoklad, best before 31.12.2027, 9,90 kr, DE/AT/CH: xqzwvtüg 2,5 g",
)
"""A text that needs every one of them."""


def read_clues(pack: PackText, codes: Sequence[Code] = ()) -> list[Clue]:
    """Return everything on a pack that points to countries.

    Parameters
    ----------
    pack : PackText
        The words that were read.
    codes : sequence of Code
        The codes that were read.

    Returns
    -------
    list of Clue
        In a fixed order of kinds; a set of languages stands in place of its members, and clues
        that agree in kind, value, fact and countries stand once, where they stood first.
    """
    found = [clue for read in READERS for clue in read(pack)]
    distinct = without_world_forms(without_members([*found, *read_gtins(codes, pack)]))
    return _each_once(without_lone_style(distinct))


def load_tables() -> None:
    """Read the tables, lists of words and names of countries that the first pack would wait for.

    That takes about two seconds of one core; later packs take milliseconds.
    """
    read_clues(PackText.of_lines(*_EVERY_TABLE))


def _each_once(clues: Sequence[Clue]) -> list[Clue]:
    first: dict[object, Clue] = {}
    for clue in clues:
        meaning = (clue.kind, clue.value, clue.fact, tuple(sorted(clue.countries.items())))
        first.setdefault(meaning, clue)
    return list(first.values())

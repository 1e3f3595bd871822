"""What is printed on the pack of a reference picture, beside what the catalog claims of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from engine.markets.answer import CountryAnswer
from engine.markets.countries import country_name
from engine.markets.results import Clue, Market
from engine.wording import enumerated, percent

LEADING_MIN = 0.5
"""One country must stand out before a pack contradicts anybody: a language alone is spoken in more
countries than any table knows."""
CLAIMED_MAX = 0.05
"""With less than this left to all claimed countries a claim is doubted. A choice: a pack for three
countries, of whose languages one was read, leaves its neighbours some .1."""
N_NAMED = 3


@dataclass(frozen=True)
class PrintedCountries:
    """Where the pack itself says that it is sold, and whether the claims fit."""

    claimed: list[str]
    """Countries that the catalog claims: of this picture's pack, otherwise of the product."""
    doubt: str
    """Why a curator should look, in a sentence; empty where nothing printed contradicts a claim."""
    markets: list[Market]
    """By the words on the picture alone, the likeliest first."""
    undetermined: float
    clues: list[Clue]
    """Boxes in pixels of the picture."""


def printed_countries(answer: CountryAnswer, claimed: Collection[str]) -> PrintedCountries:
    """Set what the words of a picture say of countries against the claims."""
    return PrintedCountries(
        claimed=sorted(claimed),
        doubt=_doubt(answer.markets, frozenset(claimed)),
        markets=answer.markets,
        undetermined=answer.undetermined,
        clues=answer.clues,
    )


def _doubt(markets: Sequence[Market], claimed: frozenset[str]) -> str:
    if not claimed or not markets or markets[0].probability < LEADING_MIN:
        return ""
    share = sum(market.probability for market in markets if market.country in claimed)
    if share >= CLAIMED_MAX:
        return ""
    printed = [f"{country_name(m.country)} ({percent(m.probability)})" for m in markets[:N_NAMED]]
    return (
        f"What is printed on it points to {enumerated(printed, N_NAMED)}; the catalog says "
        f"{enumerated([country_name(country) for country in sorted(claimed)], N_NAMED)}."
    )

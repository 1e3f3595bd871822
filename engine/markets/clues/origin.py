"""Origin: where the goods were made, by words that announce it and a country; never a market.

A country's name may be cut off at the end of the line: `Gemaakt in Chin`.
"""

from engine.markets.clues.clue import Clue
from engine.markets.clues.countries_named import countries_in, cut_off_country
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import phrase_book
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.facts import Fact

_KIND = "origin"
_REACH = 40
_GAP_MAX = 8
"""Characters between the words and the country: `: `, `the `, `în `."""


def read_origin(pack: PackText) -> list[Clue]:
    """Return one clue for each country that a pack says it was made in."""
    found: list[tuple[Span, Clue]] = []
    for phrase in phrase_book(_KIND).find(pack.text):
        (start, end), row = phrase.span, phrase.row
        named = countries_in(pack.text, end, end + _REACH)[:1]
        if not named and (cut := cut_off_country(pack.text, end, end + _REACH)):
            named = [cut]
        for (begin, stop), country in named:
            if begin - end <= _GAP_MAX:
                rule = Rule(_KIND, f"origin {row['phrase']}", Fact.ORIGIN, row["source"])
                found.append(
                    ((start, stop), rule.clue(pack, (start, stop), country, {country: 1.0}))
                )
    return without_overlaps(found)

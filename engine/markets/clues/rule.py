"""A rule: what all clues of one test have in common, and how a match in the text becomes a clue."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.facts import Fact

Span = tuple[int, int]
"""Where a match begins and ends in the text of a pack."""


@dataclass(frozen=True)
class Rule:
    """A named test of a kind of clue."""

    kind: str
    name: str
    """Unique within the kind: the table and row, or the check that has to pass."""
    fact: Fact
    source: str
    """A standard, a law, a package's table."""

    def clue(self, pack: PackText, span: Span, value: str, countries: Mapping[str, float]) -> Clue:
        """Return the clue of a match, with the words that it covers and their box."""
        return Clue(
            kind=self.kind,
            value=value,
            text=pack.text[span[0] : span[1]],
            fact=self.fact,
            countries=countries,
            rule=self.name,
            source=self.source,
            box=pack.box(*span),
        )


def without_overlaps(found: list[tuple[Span, Clue]]) -> list[Clue]:
    """Keep the surest of clues that share characters, then the longest, in order of place."""
    return [clue for _, clue in apart(found)]


def apart(found: list[tuple[Span, Clue]]) -> list[tuple[Span, Clue]]:
    """Do the same, and keep the places."""
    kept: list[tuple[Span, Clue]] = []
    for span, clue in sorted(found, key=_by_worth):
        at = bisect_left(kept, span, key=_place)
        neighbours = kept[max(at - 1, 0) : at + 1]
        if all(span[1] <= begin or end <= span[0] for (begin, end), _ in neighbours):
            kept.insert(at, (span, clue))
    return kept


def _place(one: tuple[Span, Clue]) -> Span:
    return one[0]


def _by_worth(one: tuple[Span, Clue]) -> tuple[float, int, int]:
    (start, end), clue = one
    return (-clue.certainty, start - end, start)

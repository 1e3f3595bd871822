"""Sets of languages: packs for a country with two, or for neighbours, show telling ones together.

A set counts when its languages are all that stand on the pack, English aside. It then speaks in
place of its languages: `without_members` takes their own clues out.
"""

from collections.abc import Sequence
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.language.speech import Speech, speeches_of
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_KIND = "language_set"
_MEMBERS_MIN = 2
_WORDS_SHOWN = 3


def read_language_set(pack: PackText) -> list[Clue]:
    """Return the set that a pack's languages form, if a row of the table has it."""
    speeches = speeches_of(pack.text)
    spoken = frozenset(speech.main for speech in speeches)
    for members in (spoken, spoken - {"en"}):
        if len(members) >= _MEMBERS_MIN and members in _sets():
            return [_clue(pack, members, [one for one in speeches if one.main in members])]
    return []


def without_members(clues: Sequence[Clue]) -> list[Clue]:
    """Leave out the clues of single languages that a set among the clues already speaks for."""
    members = {tag for clue in clues if clue.kind == _KIND for tag in clue.value.split("+")}
    return [clue for clue in clues if clue.kind != "language" or not _tags(clue) <= members]


def _tags(clue: Clue) -> set[str]:
    """Return a clue's languages; a region's tag, such as `fr-CA`, stays its own."""
    return set(clue.value.split("|")[:1])


def _clue(pack: PackText, members: frozenset[str], speeches: Sequence[Speech]) -> Clue:
    row = _sets()[members]
    tokens = [token for speech in speeches for token in speech.tokens[:_WORDS_SHOWN]]
    return Clue(
        kind=_KIND,
        value="+".join(sorted(members)),
        text=" ".join(pack.text[token.start : token.end] for token in tokens),
        fact=Fact.LANGUAGE,
        countries=strengths(row["countries"]),
        rule=f"language_sets {row['languages']}",
        source=row["source"],
    )


@cache
def _sets() -> dict[frozenset[str], dict[str, str]]:
    return {
        frozenset(row["languages"].split("+")): dict(row) for row in read_table("language_sets")
    }

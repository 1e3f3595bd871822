"""Legal forms: the letters after a company's name tell under which country's law it stands.

That is where the pack's maker or owner is at home, an origin; after a word such as "Importer:" it
is the company that sells the item, so a market. Forms that are short or look like words count
only directly after a name.

Who owns the rights tells nothing: `© 2019 Mattel, Inc.` is on toys the world over. Nor does `Inc.`
beside English, the language that such companies write for the world: it would count as a second
reason for the United States, where the text has said as much already.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.roles import Role, role_before
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_NAME_REACH = 40
_NAME_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w&'’.-]{1,38})[\"”»“)]?,? ?$")
_NAME_AFTER = re.compile(r" ?[\"„“«]? ?[^\W\d_]")
_RIGHTS = re.compile(
    r"(?i)©|\(c\) ?(?:19|20)[0-9]{2}|copyright|all rights reserved|trade ?marks?\b"
    r"|under licen[cs]e|licen[cs]ed (?:by|from|to)|marca registrada|marque déposée|warenzeichen"
)
_ENGLISH = re.compile(r"(?:^|[+|])en(?![a-z])")
_QUOTED_AFTER = re.compile(r" ?[\"„“”«»'] ?[^\W\d_]")


@dataclass(frozen=True)
class _Form:
    name: str
    source: str
    countries: dict[str, float]
    certainty: float
    place: str
    needs_small_letters: bool
    pattern: re.Pattern[str]

    def found_in(self, pack: PackText) -> Iterator[tuple[Span, Clue]]:
        for match in self.pattern.finditer(pack.text):
            if self._is_placed(pack.text, *match.span()):
                rule = _rule_at(pack.text, match.start(), self)
                clue = rule.clue(pack, match.span(), self.name, self.countries)
                yield match.span(), replace(clue, certainty=self.certainty)

    def _is_placed(self, text: str, start: int, end: int) -> bool:
        """Say whether a name stands where the form has it."""
        if self.place == "alone":
            return True
        if self.place == "quoted":
            return _QUOTED_AFTER.match(text, end) is not None
        if self.place == "line" and text[:start].rstrip(" ").endswith("\n"):
            return True  # the line was broken behind the name
        after = self.place in ("after", "line", "both") and self._follows_a_name(text, start)
        return after or (self.place in ("before", "both") and _precedes_a_name(text, end))

    def _follows_a_name(self, text: str, start: int) -> bool:
        line = text[max(start - _NAME_REACH, 0) : start].rpartition("\n")[2]
        match = _NAME_BEFORE.search(line)
        if match is None or not match["word"][0].isupper():
            return False
        return not self.needs_small_letters or any(letter.islower() for letter in match["word"])


def read_legal_form(pack: PackText) -> list[Clue]:
    """Return the legal forms of companies that a pack names."""
    found = [one for form in _forms() for one in form.found_in(pack)]
    owned = _lines_of_rights(pack.text)
    return without_overlaps(
        [one for one in found if _line_start(pack.text, one[0][0]) not in owned]
    )


def _lines_of_rights(text: str) -> frozenset[int]:
    """Return where those lines begin that tell who owns the rights."""
    return frozenset(_line_start(text, match.start()) for match in _RIGHTS.finditer(text))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def without_world_forms(clues: Sequence[Clue]) -> list[Clue]:
    """Return clues without the forms of makers for the world, if English is among them."""
    if not any(clue.kind.startswith("language") and _ENGLISH.search(clue.value) for clue in clues):
        return list(clues)
    return [clue for clue in clues if not _is_world_form(clue)]


def _is_world_form(clue: Clue) -> bool:
    return clue.kind == "legal_form" and clue.fact is Fact.ORIGIN and clue.certainty < 1


def _precedes_a_name(text: str, end: int) -> bool:
    match = _NAME_AFTER.match(text, end)
    return match is not None and match[0][-1].isupper()


def _rule_at(text: str, at: int, form: _Form) -> Rule:
    """Return the rule of a form: a company that imports is at home where it sells."""
    if role_before(text, at) is not Role.IMPORTER:
        return Rule("legal_form", form.name, Fact.ORIGIN, form.source)
    return Rule("legal_form", f"{form.name} of an importer", Fact.MARKET, form.source)


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(
            name=row["form"],
            source=row["source"],
            countries=strengths(row["countries"]),
            certainty=float(row.get("certainty") or 1),
            place=row["place"],
            needs_small_letters=row["name"] == "mixed",
            pattern=re.compile(_bounded(row["pattern"], row["place"])),
        )
        for row in read_table("legal_form")
    )


def _bounded(pattern: str, place: str) -> str:
    """Let no letter touch a form; scripts without spaces have no such border."""
    return pattern if place == "alone" else rf"(?<![\w/&]){pattern}(?![\w/&])(?! ?[0-9])"

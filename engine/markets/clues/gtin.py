"""Article numbers: which country's GS1 office licensed the prefix, and nothing more.

A prefix tells where a company became a member, neither where the goods are made nor where they
are sold. Numbers that shops give themselves (02, 20 to 29 and 04) name no country. Magazines
(977) do not either, books (978, 979) name the agency of their publisher.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from biip.gs1_prefixes import GS1Prefix
from stdnum import ean, numdb

from engine.embed.codes.reading import Code
from engine.embed.image import Box
from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_BOOKS = ("978", "979")
_LONG = re.compile(
    r"(?<![\w,.+/-])(?:[0-9] ?[0-9]{6} ?[0-9]{6}|[0-9] ?[0-9]{5} ?[0-9]{5} ?[0-9]"
    r"|97[89](?:[ -]?[0-9]){10})(?![\w/-]|[,.][0-9]| [0-9])"
)
"""EAN-13 and UPC-A, grouped as under the bars, and ISBN, grouped in many ways."""
_SHORT = re.compile(r"(?m)^[0-9]{4} ?[0-9]{4}$")
"""Eight digits are dates and telephone numbers too: only a line of nothing else counts."""
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]|[0-3][0-9](?:0[1-9]|1[0-2])20[0-9]{2}"
)


def read_gtins(codes: Sequence[Code], pack: PackText) -> list[Clue]:
    """Return where the article numbers were licensed.

    Parameters
    ----------
    codes : sequence of Code
        Bars that were read in the picture.
    pack : PackText
        Its text, where numbers of 13, 12 or 8 digits with a right check digit count too.

    Returns
    -------
    list of Clue
        Each number once, scanned ones first, with the box of their bars.
    """
    clues = {number: clue for code in codes for number, clue in _of_code(code)}
    for span, number in _written(pack.text):
        if number not in clues and (found := _licence(number)) is not None:
            rule, countries = found
            clues[number] = rule.clue(pack, span, number, countries)
    return list(clues.values())


def _of_code(code: Code) -> Iterator[tuple[str, Clue]]:
    """Yield the clue of a scanned code, if its number was licensed in some country."""
    if not code.gtin:
        return
    number = code.gtin[-8:] if code.format == "EAN-8" else code.gtin[-13:]
    found = _licence(number)
    if found is not None:
        rule, countries = found
        yield (
            number,
            Clue(
                kind=rule.kind,
                value=number,
                text=code.value,
                fact=rule.fact,
                countries=countries,
                rule=rule.name,
                source=rule.source,
                box=_box(code.corners),
            ),
        )


def _box(corners: Sequence[tuple[float, float]]) -> Box | None:
    if not corners:
        return None
    xs, ys = zip(*corners, strict=True)
    left, top = max(int(min(xs)), 0), max(int(min(ys)), 0)
    return Box(left, top, max(round(max(xs)) - left, 1), max(round(max(ys)) - top, 1))


def _written(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the numbers that stand in a text; a UPC of 12 digits gets the 0 of its EAN."""
    for match in _LONG.finditer(text):
        digits = re.sub("[ -]", "", match[0]).zfill(13)
        if ean.is_valid(digits):
            yield match.span(), digits
    for match in _SHORT.finditer(text):
        digits = match[0].replace(" ", "")
        if ean.is_valid(digits) and digits[0] != "0" and not _DATE.fullmatch(digits):
            yield match.span(), digits


def _licence(number: str) -> tuple[Rule, dict[str, float]] | None:
    """Return who licensed a number, as a rule, and the countries of that office."""
    list_name, office = ("isbn", _book_agency(number)) if _is_book(number) else _office(number)
    row = _offices().get((list_name, office))
    if row is None:
        return None
    rule = Rule("gtin", f"prefix of {office}", Fact.LICENCE, row["source"])
    return rule, strengths(row["countries"])


def _is_book(number: str) -> bool:
    return len(number) == 13 and number.startswith(_BOOKS)


def _office(number: str) -> tuple[str, str]:
    prefix = GS1Prefix.extract(number)
    return "gs1", prefix.usage if prefix is not None else ""


def _book_agency(number: str) -> str:
    """Return the ISBN agency of a number's group; a music number (979-0) has none."""
    names = [str(part["agency"]) for _, part in numdb.get("isbn").info(number) if "agency" in part]
    return names[0] if names else ""


@cache
def _offices() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["list"], row["office"]): dict(row) for row in read_table("gtin")}

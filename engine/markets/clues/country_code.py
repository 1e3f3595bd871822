"""Country codes: `DE/AT/CH:` before a text, `(SE/NO/DK/FI)`, or `PL:` before words in Polish.

A list counts when each of its codes is one, and a colon, brackets or a third code show that it is
a list; a single code, only before words in a language of its country. Codes of materials (`PE`,
`PP`, `AL`) and words in capitals are what this would otherwise find.
"""

import re
from functools import cache

from engine.markets.clues.clue import Clue, even_strengths
from engine.markets.clues.language import countries_of
from engine.markets.clues.language.speech import speeches_of
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table
from engine.markets.facts import Fact

_KIND = "country_code"
_TEXT_MAX = 20_000
_LIST = re.compile(
    r"(?<![\w/.-])[(\[]?([A-Z]{1,3}(?:\s?[/|•·+]\s?[A-Z]{1,3}){1,19})(?![\w/-])\s?([:)\]])?"
)
_COMMA_LIST = re.compile(r"[(\[]([A-Z]{2,3}(?:,\s?[A-Z]{2,3}){1,19})[)\]]")
_SINGLE = re.compile(r"(?:^|\n|[.;]\s)\(?\[?([A-Z]{2,3})[)\]:]\)?\s(?=[^\W\d_]{3})")
_SEPARATOR = re.compile(r"\s?[/|•·+,]\s?")
_BLOCK_LENGTH = 120
_SURE_LIST = 3


def read_country_code(pack: PackText) -> list[Clue]:
    """Return the lists of countries on a pack, and the codes before texts."""
    text = pack.text[:_TEXT_MAX]
    found = [
        (match.span(1), codes)
        for match in [*_LIST.finditer(text), *_COMMA_LIST.finditer(text)]
        if (codes := _SEPARATOR.split(match[1])) and _is_list(codes, match)
    ]
    found += [
        (match.span(1), [match[1]])
        for match in _SINGLE.finditer(text)
        if _speaks_its_language(match, text)
    ]
    return without_overlaps([(span, _clue(pack, span, codes)) for span, codes in found])


def _is_list(codes: list[str], match: re.Match[str]) -> bool:
    known = _codes()
    if not all(code in known for code in codes) or len(set(codes)) < len(codes):
        return False
    if all(len(code) == 1 for code in codes):
        return False
    is_marked = match[0][0] in "([" or match[0][-1] in ":)]"
    has_letters_only = sum(len(code) == 1 for code in codes)
    return len(codes) >= _SURE_LIST or (is_marked and not has_letters_only)


def _speaks_its_language(match: re.Match[str], text: str) -> bool:
    """Say whether the words after a code are in a language of its country."""
    country = _codes().get(match[1])
    block = text[match.end() : match.end() + _BLOCK_LENGTH]
    return country is not None and any(
        country in countries_of(speech) for speech in speeches_of(block)[:1]
    )


def _clue(pack: PackText, span: Span, codes: list[str]) -> Clue:
    countries = list(dict.fromkeys(_codes()[code] for code in codes))
    form = "list" if len(codes) > 1 else "before a text in its language"
    rule = Rule(_KIND, f"country_codes, {form}", Fact.MARKET, "ISO 3166-1 and vehicle signs")
    return rule.clue(pack, span, "/".join(countries), even_strengths(*countries))


@cache
def _codes() -> dict[str, str]:
    pairs = [
        code.partition("=") for row in read_table("country_codes") for code in row["codes"].split()
    ]
    return {code: country or code for code, _, country in pairs}

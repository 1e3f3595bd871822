"""Country codes: `DE/AT/CH:` before a text, `(SE/NO/DK/FI)`, or `PL:` before words in Polish.

A list counts when each of its codes is one, and a colon, brackets or a third code show that it is
a list; a single code, only before words in a language of its country, where not so many stand there
that they are tags of languages (`language/tags.py`). Before a text, both say that
the pack has other texts too, so that it may have been sold where those are read. Codes of materials
(`PE`, `PP`, `AL`) and words in capitals are what this would otherwise find.
"""

import re
from collections.abc import Sequence
from functools import cache

from engine.markets.clues.clue import Clue, even_strengths
from engine.markets.clues.language import home_of
from engine.markets.clues.language.partners import blend, mixed, partners_of
from engine.markets.clues.language.speeches import speeches_of
from engine.markets.clues.language.tags import tagged_languages
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
_BARE_SINGLE = re.compile(r"(?:^|\n)([A-Z]{2}) (?=[^\W\d_a-z][^\W\d_A-Z]{2})")
_BLOCK_LENGTH = 120
_LISTS = (_LIST, _COMMA_LIST)
_SINGLES = (_SINGLE, _BARE_SINGLE)
_SURE_LIST = 3
CODE_BEFORE = "country_codes, code before a text in"
"""Rule of a single code, the language's tag after it: it speaks in place of that language."""
_LIST_BEFORE = "country_codes, list before a text in"
_BARE = "country_codes, list"
_OTHERS_OF_ONE = 0.7
_OTHERS_OF_LIST = 0.4
"""Share of the countries of other languages: a text that one code or a list announces is one of
several on the pack, which is sold where any of them is spoken."""
_SOURCE = "ISO 3166-1 and vehicle signs; language_sets.csv for the other texts"


def read_country_code(pack: PackText) -> list[Clue]:
    """Return the lists of countries on a pack, and the codes before texts."""
    text = pack.text[:_TEXT_MAX]
    found: list[tuple[Span, Clue]] = []
    patterns = _LISTS if tagged_languages(text) else (*_LISTS, *_SINGLES)
    for match in [one for pattern in patterns for one in pattern.finditer(text)]:
        codes = _SEPARATOR.split(match[1])
        if not all(code in _codes() for code in codes):
            continue
        countries = [_codes()[code] for code in codes]
        language = _language_after(text, match.end(), countries)
        if language if len(codes) == 1 else _is_list(codes, match):
            found.append((match.span(1), _clue(pack, match.span(1), codes, language)))
    return without_overlaps(found)


def _is_list(codes: list[str], match: re.Match[str]) -> bool:
    if len(set(codes)) < len(codes) or all(len(code) == 1 for code in codes):
        return False
    is_marked = match[0][0] in "([" or match[0][-1] in ":)]"
    has_letters_only = sum(len(code) == 1 for code in codes)
    return len(codes) >= _SURE_LIST or (is_marked and not has_letters_only)


def _language_after(text: str, end: int, countries: Sequence[str]) -> str:
    """Return the language of the words after codes, if it is one of their countries'."""
    spoken = speeches_of(text[end : end + _BLOCK_LENGTH])[:1]
    fitting = (
        language
        for speech in spoken
        for language, _ in speech.shares
        if not home_of(language).keys().isdisjoint(countries)
    )
    return next(fitting, "")


def _clue(pack: PackText, span: Span, codes: list[str], language: str) -> Clue:
    countries = list(dict.fromkeys(_codes()[code] for code in codes))
    share = _OTHERS_OF_ONE if len(codes) == 1 else _OTHERS_OF_LIST
    name = f"{CODE_BEFORE if len(codes) == 1 else _LIST_BEFORE} {language}" if language else _BARE
    rule = Rule(_KIND, name, Fact.MARKET, _SOURCE)
    own = even_strengths(*countries)
    if codes == [language.upper()]:
        own = blend([(own, 1.0), (home_of(language), 1.0)])  # a code of the language as well
    strengths = mixed(own, partners_of(language), share)
    return rule.clue(pack, span, "/".join(countries), strengths)


@cache
def _codes() -> dict[str, str]:
    pairs = [
        code.partition("=") for row in read_table("country_codes") for code in row["codes"].split()
    ]
    return {code: country or code for code, _, country in pairs}

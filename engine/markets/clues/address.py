"""Addresses: postcodes beside a city of their country, and branches named after their country."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from engine.markets.clues.cities import cities_in
from engine.markets.clues.clue import Clue
from engine.markets.clues.language.lexicon import Lexicon
from engine.markets.clues.language.tokens import caseless
from engine.markets.clues.pack import PackText
from engine.markets.clues.phrases import Key, keys_of
from engine.markets.clues.roles import fact_in_role
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table
from engine.markets.clues.us_zip import is_zip_of_state
from engine.markets.facts import Fact

_KIND = "address"
_GAP_MAX = 6
_TOWN_SIGN = re.compile(r"(?<!\w)(?:г|м|гр)(?!\w)")
"""`г. Москва`, `м. Київ`, `гр. София`: what Russian, Ukrainian and Bulgarian put before a city."""
_NEXT_WORD = re.compile(r"[\s,]{1,3}([^\W\d_]{3,40})")
_NOT_A_PLACE = re.compile(
    r"(?:model[loe]?|modell|modèle|typ[eo]?|s[eé]ries?|art|ref|iso|item|size|set|code|version|class"
    r"|power|watt|volt|lot|plus|forte|pulver|powder|tablet\w*|[ck]aps[eu]l\w*|vitamin\w*)$",
    re.IGNORECASE,
)
_CAPITALS_MIN = 4
"""Letters of a place in capitals: `MCG` is a unit."""
_TEXT_MAX = 20_000
_FORM_PARTS_MAX = 4
_CUT_LETTERS_MIN = 5
_CUT_LETTERS_MAX = 3
"""Letters that are left of a country's name that an edge cut off, and letters that it may lack."""
_LEGAL_FORMS = frozenset(
    "ab as a/s aps oy oyj oü sia uab gmbh ag kg bv b.v nv n.v sa s.a sas sarl srl s.r.l spa s.p.a "
    "sl s.l lda ltda ltd limited plc inc llc sp z.o.o kft zrt s.r.o sro a.s d.o.o doo d.d eood "
    "оод еоод ооо тов αε a.e s.r.o ehf hf pty pvt sdn bhd pte s.l.u".replace(".", "").split()
)
"""Legal forms that stand beside a branch's country: the kind `legal_form` reads them as such."""


@dataclass(frozen=True)
class _Postcode:
    country: str
    needs: str
    """What has to stand beside it: a city (`no`), a word like one (`place`), nothing (`yes`)."""
    pattern: re.Pattern[str]
    source: str


def read_address(pack: PackText) -> list[Clue]:
    """Return one clue for each postal address, and for each branch that names its country."""
    return without_overlaps([*_postal(pack), *_branches(pack)])


def _postal(pack: PackText) -> Iterator[tuple[Span, Clue]]:
    text = pack.text[:_TEXT_MAX]
    places = cities_in(text) if any(letter.isdigit() for letter in text) else []
    for postcode in _postcodes():
        for match in postcode.pattern.finditer(text):
            if postcode.country == "US" and not is_zip_of_state(match[0]):
                continue
            if span := _span(text, match.span(), postcode, places):
                how = "postcode and city" if postcode.needs == "no" else "postcode"
                fact = fact_in_role(text, span[0], Fact.MARKET)
                rule = Rule(_KIND, f"address {postcode.country}, {how}", fact, postcode.source)
                value = f"{postcode.country} {match[0].strip()}"
                yield span, rule.clue(pack, span, value, {postcode.country: 1.0})


def _span(
    text: str, span: Span, postcode: _Postcode, places: list[tuple[Span, set[str]]]
) -> Span | None:
    """Return the span of an address, if what has to stand beside its postcode does."""
    if postcode.needs == "no":
        return _span_with_city(text, span, postcode.country, places)
    return span if postcode.needs == "yes" or _is_before_a_place(text, span[1]) else None


def _is_before_a_place(text: str, end: int) -> bool:
    """Say whether a word like the name of a place follows: `A-4600 Wels`, not `A-4600 model`."""
    match = _NEXT_WORD.match(text, end)
    if match is None or not match[1][0].isupper():
        return False
    is_name = match[1][1:].islower() or (match[1].isupper() and len(match[1]) >= _CAPITALS_MIN)
    is_word = _NOT_A_PLACE.match(match[1]) or caseless(match[1]) in Lexicon.of_packs().languages
    return is_name and not is_word


def _span_with_city(
    text: str, span: Span, country: str, places: list[tuple[Span, set[str]]]
) -> Span | None:
    """Return the span of a postcode and of the city of its country right before or after it."""
    near = [
        (max(begin - span[1], span[0] - end), begin, end)
        for (begin, end), countries in places
        if country in countries and _is_gap(text[min(end, span[1]) : max(begin, span[0])])
    ]
    if not near:
        return None
    _, begin, end = min(near)
    return min(begin, span[0]), max(end, span[1])


def _is_gap(between: str) -> bool:
    """Say whether only a comma, a dash, a new line or a town's sign does: not `1000 g Oslo`."""
    bare = _TOWN_SIGN.sub("", between)
    return len(between) <= _GAP_MAX and not any(letter.isalnum() for letter in bare)


def _branches(pack: PackText) -> Iterator[tuple[Span, Clue]]:
    """Find a country's own name right beside a legal form: `Nestlé Sverige AB`."""
    keys = list(keys_of(pack.text))
    for at, key in enumerate(keys):
        for words, country, source in _endonyms_at(pack.text, key):
            end = at + len(words)
            if (
                tuple(k.text for k in keys[at + 1 : end]) != words[1:]
                or not at
                or keys[at - 1].text == "in"
            ):
                continue
            if _is_form(keys[end : end + _FORM_PARTS_MAX]):
                span = (keys[at - 1].start, keys[end].end)
                fact = fact_in_role(pack.text, span[0], Fact.MARKET)
                rule = Rule(_KIND, f"address {country}, branch", fact, source)
                yield span, rule.clue(pack, span, f"{country} branch", {country: 1.0})


def _endonyms_at(text: str, key: Key) -> list[tuple[tuple[str, ...], str, str]]:
    """Return the names that a word begins; at the start of a line it may have lost letters."""
    begin = text.rfind("\n", 0, key.start) + 1
    if key.text in _endonyms() or text[begin : key.start].strip():
        return _endonyms().get(key.text, [])
    cut = [
        name
        for first, names in _endonyms().items()
        if len(key.text) >= _CUT_LETTERS_MIN
        and first.endswith(key.text)
        and len(first) - len(key.text) <= _CUT_LETTERS_MAX
        for name in names
    ]
    return cut if len({country for _, country, _ in cut}) == 1 else []


def _is_form(keys: list[Key]) -> bool:
    """Say whether the next word, or the next letters with dots between, are a legal form."""
    texts = [key.text.replace("0", "o") for key in keys]
    return any("".join(texts[:count]) in _LEGAL_FORMS for count in range(1, len(texts) + 1))


@cache
def _postcodes() -> tuple[_Postcode, ...]:
    return tuple(
        _Postcode(
            row["country"],
            row["alone"],
            re.compile(row["pattern"].replace(";", ",")),  # a comma would end the column
            row["source"],
        )
        for row in read_table(_KIND)
    )


@cache
def _endonyms() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    index: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in read_table("endonyms"):
        for name in row["names"].split("|"):
            words = tuple(key.text for key in keys_of(name))
            index.setdefault(words[0], []).append((words, row["country"], row["source"]))
    return index

"""Phrases: fixed wordings by table, found on a pack however it breaks its lines.

A table of them has the columns `phrase,value,countries,source`, and maybe more. Case, accents and
look-alike letters do not count, and a word of eight letters or more may have one misread, but not
where it stands for itself: there `depozito` is Turkish and `depozīts` Latvian. A misread phrase
counts less than one that was read well, and never instead of it. Languages that put no spaces
between words are searched letter by letter.

The column `written` asks for more, of phrases that are words elsewhere too: their `accents`; every
letter and sign of them (`exact`); or that nothing else stands on their `line`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz.distance import Hamming, Levenshtein

from engine.embed.text.folding import folded_parts
from engine.markets.clues.clue import Clue
from engine.markets.clues.language.tokens import caseless, without_accents
from engine.markets.clues.pack import PackText
from engine.markets.clues.rule import Rule, Span, without_overlaps
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_TEXT_MAX = 20_000
_SHAPE_LETTERS_MIN = 5
_SLIP_LETTERS_MIN = 8
_WORD_LETTERS_MAX = 40
_MISREAD_CERTAINTY = 0.8
"""What a phrase with a misread letter counts: a design choice."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Key:
    """A word as phrases compare it, and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A row's phrase in a text."""

    row: Row
    span: Span
    is_misread: bool = False
    """Whether a letter of it stands for another."""


class PhraseBook:
    """The phrases of a table, ready to be found in texts."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._unspaced = [row for row in rows if _UNSPACED.search(row["phrase"])]
        self._by_first: dict[str, list[tuple[tuple[str, ...], Row]]] = defaultdict(list)
        for row in rows:
            words = tuple(key.text for key in keys_of(row["phrase"]))
            if words and not _UNSPACED.search(row["phrase"]):
                for form in _forms(words[0]):
                    self._by_first[form].append((words, row))

    def find(self, text: str) -> Iterator[Found]:
        """Yield each phrase that stands in a text, overlapping ones too.

        Of those that begin at one place, what comes nearest to the letters there comes first:
        `Importør` is not `Importör`.
        """
        keys = list(keys_of(text))
        for at, key in enumerate(keys):
            hits = [
                _found(words, row, keys[at : at + len(words)])
                for words, row in self._starting_like(key.text)
                if len(words) <= len(keys) - at and _all_alike(words, keys[at : at + len(words)])
            ]
            yield from sorted(hits, key=lambda hit: _difference(hit, text))
        for row in self._unspaced:
            start = text[:_TEXT_MAX].find(row["phrase"])
            if start >= 0:
                yield Found(row, (start, start + len(row["phrase"])))

    def _starting_like(self, word: str) -> list[tuple[tuple[str, ...], Row]]:
        """Return the phrases whose first word may be this one, each once."""
        candidates = [one for form in _forms(word) for one in self._by_first.get(form, ())]
        return list({id(row): (words, row) for words, row in candidates}.values())


@cache
def phrase_book(table: str) -> PhraseBook:
    """Return the phrases of a table."""
    return PhraseBook(read_table(table))


def read_phrases(
    kind: str, pack: PackText, accepts: Callable[[Found, str], bool] = lambda _found, _text: True
) -> list[Clue]:
    """Return the phrases of a kind, whose table has its name, in order of place.

    `accepts` says whether one that was found in the text may count there.
    """
    found = [
        (one.span, phrase_clue(kind, pack, one, Fact.MARKET))
        for one in phrase_book(kind).find(pack.text)
        if _is_written_so(one, pack.text) and accepts(one, pack.text)
    ]
    return without_overlaps(found)


def phrase_clue(kind: str, pack: PackText, found: Found, fact: Fact) -> Clue:
    """Return the clue of a phrase: its row says what it means, and where."""
    row = found.row
    rule = Rule(kind, f"{kind} {row['phrase']}", fact, row["source"])
    value = row.get("value") or row["phrase"]
    clue = rule.clue(pack, found.span, value, strengths(row["countries"]))
    return replace(clue, certainty=_MISREAD_CERTAINTY) if found.is_misread else clue


def keys_of(text: str) -> Iterator[Key]:
    """Yield the words of a text as phrases compare them."""
    for match in _WORD.finditer(text[:_TEXT_MAX]):
        yield Key(key_of(match[0]), match.start(), match.end())


@lru_cache(maxsize=20_000)
def key_of(word: str) -> str:
    """Return a word without case and accents; a long one without look-alike letters, too."""
    bare = without_accents(word[:_WORD_LETTERS_MAX])
    if len(bare) < _SHAPE_LETTERS_MIN or bare.isdigit():
        return bare
    return "".join(folded_parts(bare)) or bare


def _forms(word: str) -> Iterator[str]:
    """Yield what two words share that differ in one letter, if they are long enough."""
    yield word
    if len(word) >= _SLIP_LETTERS_MIN:
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]


def _found(words: Sequence[str], row: Row, keys: Sequence[Key]) -> Found:
    is_misread = any(word != key.text for word, key in zip(words, keys, strict=True))
    return Found(row, (keys[0].start, keys[-1].end), is_misread)


def _is_written_so(found: Found, text: str) -> bool:
    """Say whether a phrase stands there as its row asks for."""
    phrase, (start, end) = found.row["phrase"], found.span
    on_one_line = " ".join(text[start:end].split())
    match found.row.get("written"):
        case "accents":
            return caseless(on_one_line) == caseless(phrase)
        case "exact":
            return on_one_line == phrase
        case "line":
            return text[start:end] == phrase == line_of(text, start).strip()
    return True


def line_of(text: str, at: int) -> str:
    """Return the line of a text that a place lies on."""
    return text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]


def _all_alike(words: Sequence[str], keys: Sequence[Key]) -> bool:
    if len(words) == 1:
        return words[0] == keys[0].text
    return all(_are_alike(word, key.text) for word, key in zip(words, keys, strict=True))


def _are_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) != len(other) or len(one) < _SLIP_LETTERS_MIN:
        return False  # one letter more or less is another word, or another language's
    return Hamming.distance(one, other) <= 1


def _difference(found: Found, text: str) -> int:
    start, end = found.span
    return Levenshtein.distance(caseless(text[start:end]), caseless(found.row["phrase"]))

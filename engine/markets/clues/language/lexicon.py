"""The lexicon: which languages use a word on packs, also when it is misspelt, or inside another."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import takewhile
from typing import Self

from rapidfuzz.distance import Levenshtein

from engine.embed.text.folding import folded_parts
from engine.markets.clues.language.tokens import caseless, without_accents
from engine.markets.clues.table import read_table

_SLIP_LETTERS_MIN = 7
_STEM_LETTERS_MIN = 5
_STEM_LETTERS_MAX = 16
_COMPOUND_LETTERS_MIN = 8
_COMPOUND_LETTERS_MAX = 40
_COVERED_MIN = 0.4
_COMPOUNDING = frozenset(("af", "da", "de", "et", "fi", "hu", "is", "lb", "nb", "nl", "sv"))
"""Languages that write two nouns as one word, of which the last says what it is: `sommarmjölk`."""
_FIRST_NOUN_MIN = 6
"""Letters of the first noun, where the last one is not known: `apelsinbitar`, but `Parimmor`."""
_WHOLE_MIN = 0.65
"""Share of a word that its stems make up in any language, if an ending follows or two words were
read as one; with less of it the word is as well a name: `Marinsama`, `Thuinwangi`."""
_NAME_TRUST = 0.5
_SHAPE_LETTERS_MIN = 5
_PIECE_LETTERS_MIN = 5
_LOST_LETTERS_MAX = 5
_COMMON = 5.0

CUT = "\N{HORIZONTAL ELLIPSIS}"
"""Stands where a word may have been cut off, by the edge of a crop or a bend of the pack."""

Frequencies = Mapping[str, float]
"""Zipf frequency of a word by language: decimal logarithm of its count in a billion words."""


@dataclass(frozen=True)
class Match:
    """How a word was found in the lexicon."""

    frequencies: Frequencies
    trust: float
    """How far a word found in this way can be believed, 0 to 1."""


@dataclass
class Lexicon:
    """Words by language, found exactly, without accents, with one slip, or as a compound's stem."""

    languages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Languages of each word."""
    _unaccented: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _shapes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Languages of each word after its look-alike letters became one: `mjölk` and `miolk`."""
    _shortened: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    @cache
    def of_packs(cls) -> Self:
        """Read the table of words that packs use."""
        lexicon = cls()
        for row in read_table("language_words"):
            for word in row["words"].split():
                lexicon.add(caseless(word), row["language"])
        return lexicon

    def add(self, word: str, language: str) -> None:
        """Take in a word of a language."""
        self.languages[word].add(language)
        self._unaccented[without_accents(word)].add(language)
        shape = _shape(word)
        if len(shape) >= _SHAPE_LETTERS_MIN:
            self._shapes[shape].add(language)
        if len(shape) >= _SLIP_LETTERS_MIN:
            for shorter in _with_one_letter_less(shape):
                self._shortened[shorter].add(shape)

    def find(self, word: str) -> Match | None:
        """Return the languages of a word, found in the surest way that finds it.

        As it is, else without accents, else with look-alike letters, else as a compound, else
        with one letter wrong.
        """
        bare = without_accents(word)
        if word in self.languages:
            return Match(self._exact(word, bare), 1.0)
        if bare in self._unaccented:
            return Match(dict.fromkeys(self._unaccented[bare], _COMMON), 0.8)
        shape = _shape(word)
        if shape in self._shapes:
            return Match(dict.fromkeys(self._shapes[shape], _COMMON - 0.5), 0.7)
        return (
            _compound(word, self.languages)
            or _compound(shape, self._shapes)
            or self._with_a_slip(shape)
        )

    def find_piece(self, word: str) -> Match | None:
        """Return the languages of the words that begin with `mjölkcho…`, or end with `…oklad`.

        A piece is half a word at least, and lacks a few letters at most.
        """
        shape = _shape(word.strip(CUT))
        if len(shape) < _PIECE_LETTERS_MIN:
            return None
        if word.startswith(CUT):
            wholes = [each[::-1] for each in _longer(self._backwards, shape[::-1])]
        else:
            wholes = _longer(self._forwards, shape)
        languages = {language for whole in wholes for language in self._shapes[whole]}
        return Match(dict.fromkeys(languages, _COMMON - 0.5), 0.6) if languages else None

    @cached_property
    def _forwards(self) -> list[str]:
        return sorted(self._shapes)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(shape[::-1] for shape in self._shapes)

    def _exact(self, word: str, bare: str) -> Frequencies:
        """Add the words that this one may be without its accents, which is less likely."""
        lost = dict.fromkeys(self._unaccented[bare], _COMMON - 0.7)
        return lost | dict.fromkeys(self.languages[word], _COMMON)

    def _with_a_slip(self, shape: str) -> Match | None:
        if not _SLIP_LETTERS_MIN <= len(shape) <= _COMPOUND_LETTERS_MAX:
            return None
        near = {
            known
            for shorter in _with_one_letter_less(shape)
            for known in self._shortened.get(shorter, ())
            if Levenshtein.distance(known, shape) <= 1
        }
        languages = {language for known in near for language in self._shapes[known]}
        return Match(dict.fromkeys(languages, _COMMON - 0.5), 0.6) if languages else None


def _compound(word: str, known: Mapping[str, set[str]]) -> Match | None:
    """Find stems that begin or end a long word, and make up much of it."""
    if not _COMPOUND_LETTERS_MIN <= len(word) <= _COMPOUND_LETTERS_MAX:
        return None
    heads, tails = _stems(word, known)
    covered = {
        language: min(heads.get(language, 0.0) + tails.get(language, 0.0), 1.0)
        for language in heads | tails
    }
    covered = {language: share for language, share in covered.items() if share >= _COVERED_MIN}
    if not covered:
        return None
    of_compounds = {
        language
        for language in _COMPOUNDING & covered.keys()
        if language in tails or round(heads[language] * len(word)) >= _FIRST_NOUN_MIN
    }
    is_word = of_compounds or max(covered.values()) >= _WHOLE_MIN
    frequencies = {language: _COMMON - 1.0 + share for language, share in covered.items()}
    return Match(frequencies, 0.7 if is_word else _NAME_TRUST)


def _stems(word: str, known: Mapping[str, set[str]]) -> tuple[dict[str, float], dict[str, float]]:
    """Return which share of a word the longest stem at its beginning, and at its end, makes up."""
    heads: dict[str, float] = {}
    tails: dict[str, float] = {}
    for length in range(_STEM_LETTERS_MIN, min(_STEM_LETTERS_MAX, len(word) - 1) + 1):
        share = length / len(word)
        heads |= dict.fromkeys(known.get(word[:length], ()), share)
        tails |= dict.fromkeys(known.get(word[-length:], ()), share)
    return heads, tails


def _longer(words: list[str], piece: str) -> list[str]:
    """Return the words, of a sorted list, that begin with a piece and are not much longer."""
    most = len(piece) + min(_LOST_LETTERS_MAX, len(piece))
    after = words[bisect_left(words, piece) :]
    return [w for w in takewhile(lambda w: w.startswith(piece), after) if len(w) <= most]


def _shape(word: str) -> str:
    """Return a word after accents and the differences between look-alike letters are gone."""
    return "".join(folded_parts(without_accents(word)))


def _with_one_letter_less(word: str) -> Iterator[str]:
    """Yield the word and what is left without one letter: two words one edit apart share one."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]

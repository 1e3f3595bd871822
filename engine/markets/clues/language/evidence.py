"""Evidence: how strongly one word speaks for each language.

The model. A word w of language l stands on a pack with probability p(w, l): its Zipf frequency,
or a fixed common one where the lexicon of packs has it. Its evidence for l is

    trust * length * log10(p(w, l) / mean over all languages of p(w, .)), at least 0

so that a word of one language weighs most, one of many languages nothing, and `fresh`, which is
English a hundred times as often as Danish, speaks for English alone. Frequencies are capped: a
pack's words are not a novel's. `trust` is lower for words that were not found letter by letter,
and for those of everyday word lists, because a brand or a misread word may happen to be one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log10

from engine.markets.clues.language.common import common_frequencies
from engine.markets.clues.language.ideographs import is_ideographic, languages_of_run
from engine.markets.clues.language.letters import languages_of_rare_letters, script_languages
from engine.markets.clues.language.lexicon import CUT, Lexicon
from engine.markets.clues.language.lookalikes import languages_of_lookalike
from engine.markets.clues.language.tokens import caseless, without_accents
from engine.markets.clues.table import read_table

_COMMON = 5.0
_LENGTH_TRUST = {1: 0.0, 2: 0.3, 3: 0.6, 4: 0.85}
_EVERYDAY_TRUST = 0.5
_LETTER_TRUST = 0.3
_SCRIPT_TRUST = 0.8
_LOOKALIKE_TRUST = 0.6
"""Trust in a word that looks like a Cyrillic one: a single one is no language yet."""
_LETTER_BY_LETTER = 0.75
"""Trust from which the lexicon found a word but for its accents."""
_TWICE = 0.3
_LETTERS_MIN = 3
_SCRIPT_LETTERS_MIN = 2
_OF_SYLLABLES = ("ko",)
_MISREAD_LETTERS_MIN = 6

_NOTHING: Mapping[str, float] = {}


@lru_cache(maxsize=20_000)
def evidence_of(word: str) -> Mapping[str, float]:
    """Return a word's evidence by language, in powers of ten; empty where it says nothing.

    Parameters
    ----------
    word : str
        Without case, as a `Token` has it.
    """
    if _is_silent(word):
        return _NOTHING
    if is_ideographic(word):
        return _weighed(_of_a_run(word))
    if CUT in word:
        return _weighed(_of_a_piece(word))
    return _weighed(_uses(word, script_languages(word)))


def _weighed(uses: "_Uses") -> Mapping[str, float]:
    if not uses:
        return _NOTHING
    mean = log10(sum(10**use.zipf for use in uses.values()) / len(languages()))
    found = {language: use.trust * (use.zipf - mean) for language, use in uses.items()}
    return {language: evidence for language, evidence in found.items() if evidence > 0}


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that are told apart, as BCP 47 tags."""
    return tuple(row["language"] for row in read_table("language_countries"))


@dataclass(frozen=True)
class _Use:
    """How common a word is in a language, and how far that can be believed."""

    zipf: float
    trust: float


_Uses = dict[str, _Use]


def _uses(word: str, written: tuple[str, ...]) -> _Uses:
    """Return the use of a word by language, among those written in its script."""
    everyday = _everyday(word)
    listed = everyday | _on_packs(word, is_known=bool(everyday))
    if written:
        listed = {language: use for language, use in listed.items() if language in written}
        return listed or _by_script(word, written)
    return listed or _by_letters(word) or _by_lookalikes(word)


def _on_packs(word: str, *, is_known: bool) -> _Uses:
    """Find a word in the lexicon; one that everyday language has is no slip of another."""
    match = Lexicon.of_packs().find(word)
    if match is None or (is_known and match.trust < _LETTER_BY_LETTER):
        return {}
    trust = match.trust * _length_trust(word)
    return {language: _Use(zipf, trust) for language, zipf in match.frequencies.items()}


def _of_a_piece(word: str) -> _Uses:
    """Find the words of packs that a word cut off at one end may be, if it is none itself."""
    whole = word.strip(CUT)
    match = Lexicon.of_packs().find_piece(word)
    if match is None or _is_silent(whole) or _uses(whole, script_languages(whole)):
        return {}
    return {language: _Use(zipf, match.trust) for language, zipf in match.frequencies.items()}


def _of_a_run(run: str) -> _Uses:
    return {language: _Use(_COMMON, trust) for language, trust in languages_of_run(run).items()}


def _everyday(word: str) -> _Uses:
    """Return its everyday use; not in languages whose lists hold English words as such.

    Texts from the web in Malay or Tagalog are half English: where English has a word more than
    twice as often, it is an English one.
    """
    frequencies = common_frequencies(word)
    english = frequencies.get("en", 0.0)
    trust = _EVERYDAY_TRUST * _length_trust(word)
    return {
        language: _Use(min(zipf, _COMMON), trust)
        for language, zipf in frequencies.items()
        if language == "en" or zipf + _TWICE > english
    }


def _by_script(word: str, written: tuple[str, ...]) -> _Uses:
    if len(word) < _SCRIPT_LETTERS_MIN:
        return {}
    rare = [language for language in languages_of_rare_letters(word) if language in written]
    return dict.fromkeys(rare or written, _Use(_COMMON, _SCRIPT_TRUST))


def _by_letters(word: str) -> _Uses:
    rare = languages_of_rare_letters(word)
    if len(word) < _LETTERS_MIN or not rare:
        return {}
    return dict.fromkeys(rare, _Use(_COMMON, _LETTER_TRUST))


def _by_lookalikes(word: str) -> _Uses:
    languages = languages_of_lookalike(word)
    return dict.fromkeys(languages, _Use(_COMMON - 0.5, _LOOKALIKE_TRUST))


def _length_trust(word: str) -> float:
    """Trust a short word less, as it may be a piece of another, but in a script of its own.

    One letter is an abbreviation, as in `г. Москва`, or a stroke: the reader takes a piece of
    Armenian for `η`. A syllable of Hangul is a word.
    """
    written = script_languages(word)
    is_told = written and (len(word) > 1 or written == _OF_SYLLABLES)
    return 1.0 if is_told else _LENGTH_TRUST.get(len(word), 1.0)


def _is_silent(word: str) -> bool:
    """Say whether a word says nothing of a language; accents of a long one may be misread."""
    if len(word) >= _MISREAD_LETTERS_MIN and without_accents(word) in _silent_words():
        return True
    return word in _silent_words()


@cache
def _silent_words() -> frozenset[str]:
    return frozenset(
        caseless(word) for row in read_table("language_silent") for word in row["words"].split()
    )

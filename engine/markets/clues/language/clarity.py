"""Clarity: whether a language stands on a pack, or a brand or a misread word happens to be one."""

from collections.abc import Sequence
from functools import cache

from engine.markets.clues.language.common import common_frequencies
from engine.markets.clues.language.english import ENGLISH
from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.letters import languages_of_rare_letters, script_languages
from engine.markets.clues.language.lexicon import Lexicon
from engine.markets.clues.language.speech import Speech
from engine.markets.clues.table import read_table

_FIRST_MIN = 1.0
"""Evidence that a pack's first language needs, in powers of ten: one good word that packs use."""
_UNSURE_MIN = 2.0
"""The same, where none of its words is one that packs use, because brands are words somewhere."""
_AS_ENGLISH_MIN = 3.0
"""The same, where all of them are as good English, which stands on packs of every country: `Orange
Grapefruit` is German too, but no German pack needs it to be."""
_PACK_WORDS_MIN = 0.8
"""Evidence of words that packs use, from which the first language needs no more."""
_MORE_THAN_ENGLISH = 0.2
"""Evidence by which one word has to speak more for a language than for English."""
_NEXT_MIN = 2.6
"""Evidence that each further language needs, of words that the first ones leave: two or three."""
_NEXT_WORDS_MIN = 2
_TOGETHER_MIN = 1.3
"""The same for a language that stands on packs with the first ones, or beside English, which is
often there: one long word that packs use."""
_LONG_WORD_MIN = 6
_TELLING_MIN = 1.2
_LIKELY_MIN = 0.4
"""Letters of that word, its evidence for the language, and the language's share of the evidence."""
_NEXT_SHARE_MIN = 0.12
"""Share of the first language's evidence that a further one needs: long texts hold odd words."""
_RIVALS_MAX = 4
_ENGLISH_COMMON = 3.9
"""Zipf frequency in English from which a word alone is no other language's."""
_LETTERS_MIN = 5
_LETTERS_TOGETHER_MIN = 8
_LETTERS_COUNTED_MIN = 4
_OWN_LETTERS_MIN = 2
"""Letters that one telling word needs, or words of four and more together: `ant` and `mint` are
words of several languages, and short ones are easily pieces of others."""
_NO_SLIP = 0.7
"""Trust of the lexicon in a word that is not one letter off: `industriga` is no `indústria`."""


def is_clear(speech: Speech, before: Sequence[Speech]) -> bool:
    """Say whether a language clearly stands on a pack beside those found before it."""
    if len(speech.shares) > _RIVALS_MAX:
        return False
    if not _has_letters_enough(speech):
        return False
    if not before:
        return speech.evidence >= _needed_of_first(speech)
    if speech.evidence < _NEXT_SHARE_MIN * before[0].evidence:
        return False
    if speech.evidence >= _NEXT_MIN and len(speech.tokens) >= _NEXT_WORDS_MIN:
        return True
    return speech.evidence >= _TOGETHER_MIN and _stands_with(speech, before)


def _needed_of_first(speech: Speech) -> float:
    """Return the evidence from which a pack's first language is clear."""
    if not _is_not_english(speech):
        return _AS_ENGLISH_MIN
    return _FIRST_MIN if _has_a_pack_word(speech) else _UNSURE_MIN


def _stands_with(speech: Speech, before: Sequence[Speech]) -> bool:
    """Say whether a long word of packs shows a language that goes with those before it."""
    if speech.main == ENGLISH or speech.shares[0][1] < _LIKELY_MIN:
        return False
    spoken = frozenset(each.main for each in before) - {ENGLISH}
    if spoken and not any({*spoken, speech.main} <= each for each in _sets()):
        return False
    long_words = [token.word for token in speech.tokens if len(token.word) >= _LONG_WORD_MIN]
    telling = [w for w in long_words if evidence_of(w).get(speech.main, 0.0) >= _TELLING_MIN]
    matches = [Lexicon.of_packs().find(word) for word in telling]
    return any(match is not None and match.trust >= _NO_SLIP for match in matches)


def _has_letters_enough(speech: Speech) -> bool:
    """Say whether its words are long enough; one in a script of its own always is.

    So are two with letters of its own: Vietnamese words are short.
    """
    if any(script_languages(token.word) for token in speech.tokens):
        return True
    own = [languages_of_rare_letters(token.word) == (speech.main,) for token in speech.tokens]
    if sum(own) >= _OWN_LETTERS_MIN:
        return True
    lengths = [len(token.word) for token in speech.tokens]
    together = sum(length for length in lengths if length >= _LETTERS_COUNTED_MIN)
    if max(lengths) >= _LETTERS_MIN or together >= _LETTERS_TOGETHER_MIN:
        return True
    return any(_is_short_and_own(token.word, speech) for token in speech.tokens)


def _is_short_and_own(word: str, speech: Speech) -> bool:
    """Say whether a word for goods, read letter by letter, is one language's alone: `tvål`."""
    match = Lexicon.of_packs().find(word)
    return (
        len(word) == _LETTERS_COUNTED_MIN
        and not word.isascii()
        and len(speech.shares) == 1
        and match is not None
        and match.trust >= 1
    )


def _has_a_pack_word(speech: Speech) -> bool:
    """Say whether words of the lexicon, or of a script, carry much of the evidence."""
    lexicon = Lexicon.of_packs()
    words = [
        token.word
        for token in speech.tokens
        if script_languages(token.word)
        or ((match := lexicon.find(token.word)) is not None and match.trust >= _NO_SLIP)
    ]
    return sum(evidence_of(word).get(speech.main, 0.0) for word in words) >= _PACK_WORDS_MIN


def _is_not_english(speech: Speech) -> bool:
    """Say whether a word speaks clearly more for the language than for English.

    One that stands alone has to be none of everyday English: `Notice`, `Bitter`.
    """
    if len(speech.tokens) == 1 and _is_common_english(speech.tokens[0].word):
        return speech.main == ENGLISH
    found = (evidence_of(token.word) for token in speech.tokens)
    return speech.main == ENGLISH or any(
        evidence.get(speech.main, 0.0) >= evidence.get(ENGLISH, 0.0) + _MORE_THAN_ENGLISH
        for evidence in found
    )


def _is_common_english(word: str) -> bool:
    """Say whether everyday English has a word, whoever's packs have it too."""
    return common_frequencies(word).get(ENGLISH, 0.0) >= _ENGLISH_COMMON


@cache
def _sets() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row["languages"].split("+")) for row in read_table("language_sets"))

"""Ideographs: what a run of Chinese or Japanese writing says, which has no spaces between words.

A reader that knows these scripts sees them in everything that it does not know: Hebrew, Thai,
stripes and leaves give `业光女 水水水`. Such signs are common ones, but make no words. So a run
speaks only by words of packs that it holds, and with less trust by everyday ones; lone signs, the
same sign again, and runs that hold Latin letters too say nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from wordfreq import get_frequency_list

from engine.markets.clues.language.chinese import (
    SIMPLIFIED,
    TRADITIONAL,
    is_japanese,
    simplified,
    ways_of,
)
from engine.markets.clues.language.lexicon import Lexicon
from engine.markets.clues.language.tokens import Token

JAPANESE = "ja"
_LANGUAGES = (SIMPLIFIED, TRADITIONAL, JAPANESE)
_PACK_TRUST = 1.0
_PART_TRUST = 0.6
"""Trust in a word of packs that is the smaller part of its run."""
_SENTENCE_TRUST = 0.7
_EVERYDAY_TRUST = 0.4
"""Trust in a run of everyday words and signs throughout, and in one that is so in large part."""
_ONE_SIGN_TRUST = 0.3
"""Trust in a run of one sign that packs use, such as 綿 beside `100 %`."""
_PART_MIN = 0.5
_SENTENCE_SIGNS_MIN = 4
"""Different signs of a run that is a sentence, or of a word in katakana that no list knows."""
_KANA_MIN = 3
"""Signs of a word in kana that is a part of a run: shorter ones are endings, or chance."""
_VARIED_MIN = 0.4
"""Share of a run's signs that are different ones: `欢迎迎欢欢迎` is a row of leaves."""
_COMMON_SIGN_ZIPF = 4.0
_EVERYDAY_ZIPF = 3.0
_WORD_MAX = 12
_RUN_MAX = 60
"""Signs of a run that are looked at."""
_TOLD_MIN = 0.25
"""Share of a pack's signs that stand in runs which say something, below which these are chance."""


@lru_cache(maxsize=20_000)
def languages_of_run(run: str) -> Mapping[str, float]:
    """Return how far a run of signs can be believed to be of each language; empty for rubbish."""
    signs = run[:_RUN_MAX]
    if not all(map(_is_sign, signs)) or len(set(signs)) < _VARIED_MIN * len(signs):
        return {}
    trusts = {language: _trust(signs, language) for language in _LANGUAGES}
    is_japanese_alone = trusts[JAPANESE] > 0 and any(map(is_japanese, signs))
    written = (JAPANESE, *(() if is_japanese_alone else ways_of(signs)))
    return {language: trusts[language] for language in written if trusts[language] > 0}


def is_ideographic(word: str) -> bool:
    """Say whether a word holds a Chinese or a Japanese sign."""
    return any(map(_is_sign, word))


def without_rubbish(tokens: Iterable[Token]) -> list[Token]:
    """Leave out runs of signs that say nothing, and all of them if few say something."""
    found = list(tokens)
    runs = [token for token in found if is_ideographic(token.word)]
    told = {token for token in runs if languages_of_run(token.word)}
    every, known = (sum(len(token.word) for token in each) for each in (runs, told))
    kept = told if known >= _TOLD_MIN * every else set()
    return [token for token in found if token in kept or not is_ideographic(token.word)]


def is_japanese_text(tokens: Iterable[Token]) -> bool:
    """Say whether a run is Japanese alone, which shares signs with both ways of Chinese."""
    return any(languages_of_run(token.word).keys() == {JAPANESE} for token in tokens)


def _trust(run: str, language: str) -> float:
    """Return how far a run can be believed to be of a language."""
    pack = _pack_words(language)
    if language == JAPANESE and not set(run) <= _signs_of_japanese():
        return 0.0
    text = run if language == JAPANESE else simplified(run)
    if len(text) == 1:
        return _ONE_SIGN_TRUST if text in pack else 0.0
    of_pack = _covered(text, pack)
    of_any = _covered(text, _words(language))
    if sum(of_pack) >= _PART_MIN * len(text):
        return _PACK_TRUST * sum(of_any) / len(text)
    if any(of_pack):
        return _PART_TRUST
    if sum(of_any) >= _PART_MIN * len(text):
        return _SENTENCE_TRUST if _is_sentence(text, of_any, language) else _EVERYDAY_TRUST
    return _EVERYDAY_TRUST if language == JAPANESE and _is_katakana_word(text) else 0.0


def _covered(text: str, words: frozenset[str]) -> list[bool]:
    """Say of each sign whether it stands in one of the words, the longest at each place first."""
    covered, at = [False] * len(text), 0
    while at < len(text):
        length = _longest(text, at, words)
        covered[at : at + length] = [True] * length
        at += max(length, 1)
    return covered


def _longest(text: str, at: int, words: frozenset[str]) -> int:
    """Return the length of the longest word of two signs or more at a place; 0 for none."""
    lengths = range(min(_WORD_MAX, len(text) - at), 1, -1)
    pieces = (text[at : at + length] for length in lengths)
    return next((len(p) for p in pieces if p in words and (p == text or not _is_short(p))), 0)


def _is_sentence(text: str, covered: Iterable[bool], language: str) -> bool:
    """Say whether words make up a run throughout, and common signs what lies between them."""
    common = _common_signs(language)
    is_whole = all(is_word or sign in common for sign, is_word in zip(text, covered, strict=True))
    return is_whole and len(set(text)) >= _SENTENCE_SIGNS_MIN


def _is_katakana_word(text: str) -> bool:
    kana = [sign for sign in text if sign != "ー"]
    return all(map(_is_katakana, text)) and len(set(kana)) >= _SENTENCE_SIGNS_MIN


@cache
def _pack_words(language: str) -> frozenset[str]:
    """Return the words of packs; Chinese ones are compared as they are simplified."""
    known = Lexicon.of_packs().languages.items()
    if language == JAPANESE:
        return frozenset(word for word, languages in known if language in languages)
    return frozenset(simplified(word) for word, languages in known if language in languages)


@cache
def _words(language: str) -> frozenset[str]:
    """Return the words of packs and those of everyday language."""
    words = (word for word, _ in _frequencies(language) if len(set(word)) > 1)
    return _pack_words(language).union(w for w in words if all(map(_is_sign, w)))


def _is_short(word: str) -> bool:
    """Say whether a word in kana is one that a row of chance signs often makes."""
    return len(word) < _KANA_MIN and all(map(_is_kana, word))


@cache
def _signs_of_japanese() -> frozenset[str]:
    words = (*(word for word, _ in _frequencies(JAPANESE)), *_pack_words(JAPANESE))
    return frozenset(sign for word in words for sign in word)


@cache
def _common_signs(language: str) -> frozenset[str]:
    found = _frequencies(language)
    return frozenset(w for w, zipf in found if len(w) == 1 and zipf >= _COMMON_SIGN_ZIPF)


def _frequencies(language: str) -> Iterator[tuple[str, float]]:
    """Yield the words of a list, which has Chinese as it is simplified, with Zipf frequencies."""
    lists = get_frequency_list(JAPANESE if language == JAPANESE else "zh", "small")
    for centibels, words in enumerate(lists):
        zipf = (900 - centibels) / 100
        if zipf < _EVERYDAY_ZIPF:
            return
        for word in words:
            yield word, zipf


def _is_sign(sign: str) -> bool:
    return _is_kana(sign) or "一" <= sign <= "鿿" or sign == "々"


def _is_kana(sign: str) -> bool:
    return "ぁ" <= sign <= "ヿ"


def _is_katakana(sign: str) -> bool:
    return "゠" <= sign <= "ヿ"

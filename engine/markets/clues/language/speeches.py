"""Speeches: which languages clearly stand on a pack, and by which of its words.

Words are explained one language after the other: the language with the most evidence takes the
words that speak for it, and another one has to stand on what is left. Neighbours that the words
do not tell apart, such as Danish and Norwegian, stand together with a share each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from engine.markets.clues.language.chinese import in_one_way
from engine.markets.clues.language.clarity import is_clear
from engine.markets.clues.language.english import ENGLISH, is_plain_english
from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.ideographs import is_japanese_text, without_rubbish
from engine.markets.clues.language.names import tokens_beside_names
from engine.markets.clues.language.pieces import with_pieces
from engine.markets.clues.language.speech import Speech
from engine.markets.clues.language.tokens import Token
from engine.markets.clues.language.tongues import total_of, words_in_passing
from engine.markets.clues.table import read_table

_RIVAL_SHARE_MIN = 0.15
"""Probability beside the best one's from which a language counts as not told apart."""
_SHARPNESS = 1.2
"""Powers of ten between two languages' probabilities for each one between their evidence."""
_LANGUAGES_MAX = 24
_RARITY_ALONE = 0.6
"""Evidence that English needs more than others where it is plain, as it stands on every pack."""


@lru_cache(maxsize=64)
def speeches_of(text: str) -> tuple[Speech, ...]:
    """Return the languages that clearly stand in a text, the one with the most evidence first."""
    read = without_rubbish(tokens_beside_names(text))
    written = read if is_japanese_text(read) else in_one_way(read)
    tokens = _first_of_each_word(with_pieces(text, written))
    found: list[Speech] = []
    while len(found) < _LANGUAGES_MAX:
        speech = _strongest(tokens, is_first=not found)
        if speech is None or not is_clear(speech, found):
            break
        found.append(speech)
        explained = set(speech.tokens)
        tokens = [token for token in tokens if token not in explained]
    return (*found, *_in_passing(tokens, found))


def _in_passing(tokens: Sequence[Token], found: Sequence[Speech]) -> Iterator[Speech]:
    """Yield the languages of a list that says one thing in many of them."""
    clear = {speech.main: speech.tokens for speech in found}
    for language, words in words_in_passing(tokens, clear).items():
        yield Speech(((language, 1.0),), total_of(words, language), words)


def _first_of_each_word(tokens: Iterable[Token]) -> list[Token]:
    """Keep one token of each word: a slogan that is repeated is no more evidence."""
    first: dict[str, Token] = {}
    for token in tokens:
        first.setdefault(token.word, token)
    return [token for token in first.values() if evidence_of(token.word)]


def _strongest(tokens: Sequence[Token], *, is_first: bool) -> Speech | None:
    totals = _totals(tokens)
    if is_first and ENGLISH in totals and is_plain_english(tokens):
        totals[ENGLISH] += _rarities()[ENGLISH] - _RARITY_ALONE
    if not totals:
        return None
    shares = _shares(_totals_beside(max(totals, key=lambda lang: (totals[lang], lang)), tokens))
    rivals = {language for language, _ in shares}
    telling = tuple(token for token in tokens if rivals & evidence_of(token.word).keys())
    return Speech(shares, max(totals.values()), telling)


def _totals(tokens: Sequence[Token]) -> dict[str, float]:
    totals: dict[str, float] = defaultdict(float)
    for token in tokens:
        for language, evidence in evidence_of(token.word).items():
            totals[language] += evidence
    return {language: total - _rarities()[language] for language, total in totals.items()}


def _totals_beside(best: str, tokens: Sequence[Token]) -> dict[str, float]:
    """Total what speaks for the best language: words that speak for others alone are theirs."""
    totals = _totals([token for token in tokens if best in evidence_of(token.word)])
    return totals | {best: totals[best] + _rarities()[best]}


def _shares(totals: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the best language and those that come near it, with their probabilities."""
    best = max(totals.values())
    weights = {lang: 10 ** (_SHARPNESS * (total - best)) for lang, total in totals.items()}
    near = {lang: weight for lang, weight in weights.items() if weight >= _RIVAL_SHARE_MIN}
    whole = sum(near.values())
    ranked = sorted(near.items(), key=lambda item: (-item[1], item[0]))
    return tuple((language, weight / whole) for language, weight in ranked)


@cache
def _rarities() -> dict[str, float]:
    return {row["language"]: float(row["rarity"]) for row in read_table("language_countries")}

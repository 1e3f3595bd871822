"""Speech: which languages clearly stand on a pack, and by which of its words.

Words are explained one language after the other: the language with the most evidence takes the
words that speak for it, and another one has to stand on what is left. Neighbours that the words
do not tell apart, such as Danish and Norwegian, stand together with a share each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from engine.markets.clues.language.common import common_frequencies
from engine.markets.clues.language.english import ENGLISH, is_plain_english
from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.letters import languages_of_rare_letters, script_languages
from engine.markets.clues.language.lexicon import Lexicon
from engine.markets.clues.language.names import tokens_beside_names
from engine.markets.clues.language.pieces import with_pieces
from engine.markets.clues.language.tokens import Token
from engine.markets.clues.language.tongues import total_of, words_in_passing
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
_RIVAL_SHARE_MIN = 0.15
"""Probability beside the best one's from which a language counts as not told apart."""
_RIVALS_MAX = 4
_SHARPNESS = 1.2
"""Powers of ten between two languages' probabilities for each one between their evidence."""
_LANGUAGES_MAX = 24
_RARITY_ALONE = 0.6
"""Evidence that English needs more than others where it is plain, as it stands on every pack."""
_ENGLISH_COMMON = 3.9
"""Zipf frequency in English from which a word alone is no other language's."""
_ENGLISH_TIMES = 3.0
_ENGLISH_LONG = 6.0
"""English is more than decoration with so many times the evidence of every other language, or with
no less than that and the evidence of a paragraph."""
_DOUBT = 0.5
"""Evidence at which a language is as likely misread as not. Fitted by hand: of the languages with
evidence 1 to 2 read on made-up packs .7 stand there, with 2 to 4 .8, with more .97."""
_ENGLISH_CREDIT = 0.8
"""What English alone is worth: of 113 photographed made-up packs on which nothing else was read
(seeds 47, 59, 61, 71), 83 were of a country that speaks it, and of four Swedish cartons none."""
_LETTERS_MIN = 5
_LETTERS_TOGETHER_MIN = 8
_LETTERS_COUNTED_MIN = 4
_OWN_LETTERS_MIN = 2
"""Letters that one telling word needs, or words of four and more together: `ant` and `mint` are
words of several languages, and short ones are easily pieces of others."""
_NO_SLIP = 0.7
"""Trust of the lexicon in a word that is not one letter off: `industriga` is no `indústria`."""


@dataclass(frozen=True)
class Speech:
    """A language on a pack, or neighbours that its words do not tell apart."""

    shares: tuple[tuple[str, float], ...]
    """BCP 47 tags and probabilities, the most probable first; they sum to 1."""
    evidence: float
    """In powers of ten."""
    tokens: tuple[Token, ...]
    """The words that tell, in order of place."""

    @property
    def certainty(self) -> float:
        """How surely the language stands there: three quarters for one good word, then more."""
        credit = _ENGLISH_CREDIT if self.main == ENGLISH else 1.0
        return credit * self.evidence / (self.evidence + _DOUBT)

    @property
    def value(self) -> str:
        """The tag, or tags joined by a bar."""
        return "|".join(language for language, _ in self.shares)

    @property
    def main(self) -> str:
        """The most probable language's tag."""
        return self.shares[0][0]


def tells_in_english(speeches: Sequence[Speech]) -> bool:
    """Say whether English is no decoration: it is alone, or has more to say than others."""
    others = max((each.evidence for each in speeches if each.main != ENGLISH), default=0.0)
    needed = max(others, min(_ENGLISH_TIMES * others, _ENGLISH_LONG))
    return any(each.main == ENGLISH and each.evidence >= needed for each in speeches)


@lru_cache(maxsize=64)
def speeches_of(text: str) -> tuple[Speech, ...]:
    """Return the languages that clearly stand in a text, the one with the most evidence first."""
    tokens = _first_of_each_word(with_pieces(text, tokens_beside_names(text)))
    found: list[Speech] = []
    while len(found) < _LANGUAGES_MAX:
        speech = _strongest(tokens, is_first=not found)
        if speech is None or not _is_clear(speech, found):
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


def _is_clear(speech: Speech, before: Sequence[Speech]) -> bool:
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


@cache
def _rarities() -> dict[str, float]:
    return {row["language"]: float(row["rarity"]) for row in read_table("language_countries")}

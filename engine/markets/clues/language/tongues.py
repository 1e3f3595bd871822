"""Tongues: a word each in many languages, as labels sewn into clothes and lids of jars have them.

`COTTON COTONE COTON ALGODÓN BAUMWOLLE KATOEN` is an export pack's. Whichever of the words comes
first, or is the longest, is no pack's language: all of them stand there alike.
"""

from collections.abc import Mapping, Sequence

from engine.markets.clues.language.evidence import evidence_of
from engine.markets.clues.language.lexicon import Lexicon
from engine.markets.clues.language.tokens import Token

_LANGUAGES_MIN = 4
"""Languages together: three words of others stand on many a long pack by chance, or misread."""
_OF_ONE_WORD_MIN = 3
"""The same, where each of them has one word and nothing else stands there: `Coton Baumwolle`."""
_LETTERS_MIN = 4
_SHARE_MIN = 0.7
"""Evidence of the words in passing beside that of the languages that clearly stand there."""


def words_in_passing(
    tokens: Sequence[Token], clear: Mapping[str, Sequence[Token]]
) -> dict[str, tuple[Token, ...]]:
    """Return the languages of words that the clear ones leave, if they are many and say as much.

    Parameters
    ----------
    tokens : sequence of Token
        The words that no clear language explains.
    clear : mapping of str to sequence of Token
        The clear languages, with the words that they explain.

    Returns
    -------
    dict of str to tuple of Token
        The words of each language that is not clear; empty where such words are chance.
    """
    found: dict[str, tuple[Token, ...]] = {}
    for token in tokens:
        language = _only_language(token.word)
        if language and language not in clear:
            found[language] = (*found.get(language, ()), token)
    return found if _is_list(found, clear) else {}


def _is_list(found: Mapping[str, Sequence[Token]], clear: Mapping[str, Sequence[Token]]) -> bool:
    """Say whether words of many languages stand alike side by side."""
    every = {**clear, **found}
    if found and all(len(words) == 1 for words in every.values()):
        return len(every) >= _OF_ONE_WORD_MIN
    together, before = _total(found), _total(clear)
    return len(every) >= _LANGUAGES_MIN and together >= _SHARE_MIN * before


def _total(spoken: Mapping[str, Sequence[Token]]) -> float:
    return sum(total_of(words, language) for language, words in spoken.items())


def total_of(tokens: Sequence[Token], language: str) -> float:
    """Return the evidence of words for a language, in powers of ten."""
    return sum(evidence_of(token.word).get(language, 0.0) for token in tokens)


def _only_language(word: str) -> str:
    """Return the one language whose packs use a word, spelt so; empty for none and for several."""
    languages = Lexicon.of_packs().languages.get(word, set())
    is_telling = len(word) >= _LETTERS_MIN and len(languages) == 1
    return next(iter(languages & evidence_of(word).keys()), "") if is_telling else ""

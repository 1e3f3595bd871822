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
_LETTERS_MIN = 4
_SHARE_MIN = 0.7
"""Evidence of the words in passing beside that of the languages that clearly stand there."""


def words_in_passing(
    tokens: Sequence[Token], clear: Mapping[str, float]
) -> dict[str, tuple[Token, ...]]:
    """Return the languages of words that the clear ones leave, if they are many and say as much.

    Parameters
    ----------
    tokens : sequence of Token
        The words that no clear language explains.
    clear : mapping of str to float
        The clear languages, with their evidence.

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
    together = sum(total_of(words, language) for language, words in found.items())
    is_many = len(found.keys() | clear.keys()) >= _LANGUAGES_MIN
    return found if is_many and together >= _SHARE_MIN * sum(clear.values()) else {}


def total_of(tokens: Sequence[Token], language: str) -> float:
    """Return the evidence of words for a language, in powers of ten."""
    return sum(evidence_of(token.word).get(language, 0.0) for token in tokens)


def _only_language(word: str) -> str:
    """Return the one language whose packs use a word, spelt so; empty for none and for several."""
    languages = Lexicon.of_packs().languages.get(word, set())
    is_telling = len(word) >= _LETTERS_MIN and len(languages) == 1
    return next(iter(languages & evidence_of(word).keys()), "") if is_telling else ""

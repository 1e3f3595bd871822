"""Word matching: how well the words of a crop agree with the words of a product.

Each word that is found again speaks by its rarity: one that few products show weighs more
(inverse document frequency, Spaerck Jones 1972). The score is a sum of such weights, in nats:
how much more surprising the agreement would be if the crop showed some other product.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel

from engine.embed.text.folding import folded_parts
from engine.embed.text.words import Word

_SIMILAR_MIN = 0.7
"""Indel similarity: one letter misread in four leaves .75, two in five .6."""
_SHARPNESS = 3
"""Power of a similarity that weighs: what is .7 alike, often by chance, counts as a third."""
_PIECE_MIN = 5
_PIECE_SIMILARITY = 0.8


@dataclass(frozen=True)
class Token:
    """A folded word of a crop, and the word that it was read in."""

    text: str
    confidence: float
    word: int
    """Its place in the list of words."""


@dataclass(frozen=True)
class MatchedWord:
    """A word of the crop that the product shows, too."""

    word: int
    """Its place in the crop's list of words."""
    reference: str
    """The product's word, folded."""
    similarity: float
    """1 for the same, down to .7."""
    weight: float
    """What it adds to the score, in nats."""


@dataclass(frozen=True)
class WordMatch:
    """How the words of a crop agree with one product."""

    score: float
    """Sum of the weights of what matched, in nats; 0 when nothing did."""
    share: float
    """Score as a share of what the crop's words could have scored, 0 to 1."""
    covered: float
    """Share of the product's words, by weight, that the crop shows, 0 to 1."""
    matched: tuple[MatchedWord, ...]
    """Heaviest first."""
    missed: float = 0.0
    """What the crop's words could have scored and did not, in nats."""


class Rarity:
    """Says how rare a folded word is among the products of a catalog."""

    def __init__(self, products_with: Mapping[str, int], n_products: int) -> None:
        self._products_with = products_with
        self._n_products = n_products

    def is_known(self, text: str) -> bool:
        """Tell whether any product shows a word."""
        return self._products_with.get(text, 0) > 0

    def weight(self, text: str) -> float:
        """Return the information of a word, in nats: 0 if all products show it.

        Unknown words get what a word of one product gets. Short words are more often read by
        chance, so that a word of two letters weighs a third of one with six.
        """
        share = (self._products_with.get(text, 0) + 0.5) / (self._n_products + 1)
        return -log(min(share, 1.0)) * min(len(text), 6) / 6


def tokens_of(words: Sequence[Word]) -> list[Token]:
    """Fold the words of a crop; of equal ones the surest stays."""
    best: dict[str, Token] = {}
    for number, word in enumerate(words):
        for text in folded_parts(word.text):
            token = Token(text, word.confidence, number)
            if text not in best or best[text].confidence < token.confidence:
                best[text] = token
    return list(best.values())


def match_words(tokens: Sequence[Token], reference: Sequence[str], rarity: Rarity) -> WordMatch:
    """Compare a crop's words with a product's.

    Parameters
    ----------
    tokens : sequence of Token
        Of the crop, from `tokens_of`.
    reference : sequence of str
        Folded words of the product: those read in its images, and of name and brand.
    rarity : Rarity
        Of words in the catalog.

    Returns
    -------
    WordMatch
        Each word of the product is matched once at most, by the token that fits it best.
    """
    possible = sum(rarity.weight(token.text) * token.confidence for token in tokens)
    if not tokens or not reference:
        return WordMatch(0.0, 0.0, 0.0, (), possible)
    weights = np.array([rarity.weight(text) for text in reference])
    sure = np.array([token.confidence for token in tokens])
    similar = similarities([token.text for token in tokens], reference)
    values = similar**_SHARPNESS * weights * sure[:, None]
    matched = _best_pairs(tokens, reference, similar, values)
    score = sum(match.weight for match in matched)
    covered = _share(score, float(weights.sum()))
    missed = max(possible - score, 0.0)
    return WordMatch(score, _share(score, possible), covered, tuple(matched), missed)


def _share(part: float, whole: float) -> float:
    return min(part / whole, 1.0) if whole else 0.0


def similarities(texts: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
    """Compare folded words: shape (len(texts), len(others)), 0 or .7 to 1.

    A piece of a longer word (cut off by the crop's edge, or run together) counts as similar.
    """
    whole = process.cdist(
        texts, others, scorer=Indel.normalized_similarity, score_cutoff=_SIMILAR_MIN
    ).astype(np.float64)
    for row, text in enumerate(texts):
        for column, other in enumerate(others):
            if whole[row, column] < _PIECE_SIMILARITY and _is_piece(text, other):
                whole[row, column] = _PIECE_SIMILARITY
    return whole


def _is_piece(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _PIECE_MIN and short in long


def _best_pairs(
    tokens: Sequence[Token],
    reference: Sequence[str],
    similar: NDArray[np.float64],
    values: NDArray[np.float64],
) -> list[MatchedWord]:
    """Pair words greedily, the most valuable first, each once."""
    order = np.argsort(-values, axis=None, kind="stable")
    rows, columns = np.unravel_index(order, values.shape)
    used_rows: set[int] = set()
    used_columns: set[int] = set()
    pairs = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if values[row, column] <= 0:
            break
        if row in used_rows or column in used_columns:
            continue
        used_rows.add(row)
        used_columns.add(column)
        similarity, weight = float(similar[row, column]), float(values[row, column])
        pairs.append(MatchedWord(tokens[row].word, reference[column], similarity, weight))
    return pairs

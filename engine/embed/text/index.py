"""Word index: the products that show words like those of a crop, among hundred thousands.

Held in memory, rebuilt from the database. Two inverted lists, as arrays: three neighbouring
letters -> words of the catalog, and word -> products. A misread word still shares most of its
letters' triples with the right one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.embed.text.matching import Rarity, Token, similarities

Ids = NDArray[np.int64]

_GRAM = 3
_SHARED_MIN = 0.34
"""Share of a word's triples that a similar word has: one misread letter costs up to three."""
_SIMILAR_WORDS_MAX = 64
_SHARPNESS = 6
"""Power of a similarity that weighs, higher than when few products are compared closely: among
a hundred thousand words some are .7 like any other by chance (.12 of a match, then)."""
_COMMON_SHARE = 0.2
"""Words that more than a fifth of the products show find no candidates."""


@dataclass(frozen=True)
class Lists:
    """Lists of numbers, one after the other: list `i` is `numbers[starts[i]:starts[i + 1]]`."""

    starts: Ids
    numbers: NDArray[np.int32]

    @classmethod
    def of(cls, keys: NDArray[np.int32], numbers: NDArray[np.int32], n_lists: int) -> "Lists":
        """Gather the numbers of each key, in rising order."""
        order = np.lexsort((numbers, keys))
        starts = np.searchsorted(keys[order], np.arange(n_lists + 1))
        return cls(starts.astype(np.int64), numbers[order])

    def __getitem__(self, key: int) -> NDArray[np.int32]:
        return self.numbers[self.starts[key] : self.starts[key + 1]]


class WordIndex:
    """Finds products by words; read-only, so that threads may share it."""

    def __init__(self, products: Iterable[tuple[int, Iterable[str]]]) -> None:
        """Index products by id; each comes once, with the folded words of all its images."""
        ids: list[int] = []
        rows: list[int] = []
        word_ids: list[int] = []
        vocabulary: dict[str, int] = {}
        for product_id, texts in products:
            for text in dict.fromkeys(texts):
                rows.append(len(ids))
                word_ids.append(vocabulary.setdefault(text, len(vocabulary)))
            ids.append(product_id)
        self._ids = np.array(ids, dtype=np.int64)
        self._words = list(vocabulary)
        self._products = Lists.of(
            np.array(word_ids, np.int32), np.array(rows, np.int32), len(vocabulary)
        )
        counts = np.diff(self._products.starts)
        self.rarity = Rarity(dict(zip(self._words, counts.tolist(), strict=True)), len(ids))
        self._grams, self._words_with = _gram_lists(self._words)

    def candidates(self, tokens: Sequence[Token], limit: int) -> list[tuple[int, float]]:
        """Find the products that show words like those of a crop.

        Parameters
        ----------
        tokens : sequence of Token
            Of the crop, from `tokens_of`.
        limit : int
            Products to return at most.

        Returns
        -------
        list of (int, float)
            Product id and score, the highest first, ties by id. The score is for ranking:
            `match_words` compares the few that are found closely.
        """
        scores = np.zeros(len(self._ids))
        for token in tokens:
            best = np.zeros(len(self._ids))
            for word, similarity in self._similar(token.text):
                rows = self._products[word]
                if len(rows) <= max(_COMMON_SHARE * len(self._ids), 10):
                    value = (
                        similarity**_SHARPNESS
                        * self.rarity.weight(self._words[word])
                        * token.confidence
                    )
                    best[rows] = np.maximum(best[rows], value)
            scores += best
        found = np.flatnonzero(scores)
        order = np.lexsort((self._ids[found], -scores[found]))[:limit]
        return [(int(self._ids[row]), float(scores[row])) for row in found[order]]

    def _similar(self, text: str) -> Iterator[tuple[int, float]]:
        """Yield the catalog's words that are like a text, and how much."""
        grams = [self._grams[gram] for gram in _grams(text) if gram in self._grams]
        if not grams:
            return
        words, shared = np.unique(
            np.concatenate([self._words_with[gram] for gram in grams]), return_counts=True
        )
        enough = shared >= _SHARED_MIN * len(_grams(text))
        order = np.lexsort((words, -shared))
        near = words[order[enough[order]]][:_SIMILAR_WORDS_MAX].tolist()
        row = similarities([text], [self._words[word] for word in near])[0]
        yield from ((word, float(value)) for word, value in zip(near, row, strict=True) if value)


def _gram_lists(words: Sequence[str]) -> tuple[dict[str, int], Lists]:
    """Give each triple of letters a number, and list the words that have it."""
    numbers: dict[str, int] = {}
    keys: list[int] = []
    values: list[int] = []
    for word_id, word in enumerate(words):
        for gram in _grams(word):
            keys.append(numbers.setdefault(gram, len(numbers)))
            values.append(word_id)
    lists = Lists.of(np.array(keys, np.int32), np.array(values, np.int32), len(numbers))
    return numbers, lists


def _grams(text: str) -> list[str]:
    """Return each triple of neighbouring letters once, with a mark at the beginning and the end."""
    marked = f"^{text}$"
    return list(dict.fromkeys(marked[i : i + _GRAM] for i in range(len(marked) - _GRAM + 1)))

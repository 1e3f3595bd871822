"""Contradictions: words of a crop that stand where the reference has other ones.

Siblings share design and most words; the one word that differs (natural, vanilla) stands in the
same place. With the crop laid onto the reference the two are held against each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from engine.embed.local.planes import Matrix, Points
from engine.embed.text.folding import folded_parts
from engine.embed.text.matching import Rarity
from engine.embed.text.words import Word

CONFIDENCE_MIN = 0.6
"""Words that were read less surely are passed over."""
_LETTERS_MIN = 3
_LETTERS_MAX = 8
"""Longer words weigh no more."""
_OVERLAP_MIN = 0.5
"""Share of the smaller of two boxes that lies in the other one."""
_HEIGHT_RATIO_MAX = 1.8
"""Of two words in one place; the small print across a big word is no reading of it."""
_TURN_MAX = 0.6
"""Radians between the directions of two words in one place."""
_SAME, _OTHER = 0.7, 0.2
"""Indel similarity of two readings of one word, and of two words; between them it may be either."""
_PIECE_LIKENESS = 0.85
"""A word that the edge of the crop cuts, or that was run together with its neighbour."""
_UNKNOWN_WORD = 0.25
"""What counts of a word that no product shows: it is misread more often than not."""


@dataclass(frozen=True)
class Contradiction:
    """A word of the crop, and what the reference has in its place."""

    word: Word
    reference: Word
    letters: float
    """How much it weighs, in surely read letters."""


@dataclass(frozen=True)
class _Laid:
    """A folded word, and where it lies on the reference."""

    word: Word
    parts: tuple[str, ...]
    corners: Points

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def height(self) -> float:
        left, right = self.corners[3] - self.corners[0], self.corners[2] - self.corners[1]
        return float(np.linalg.norm(left) + np.linalg.norm(right)) / 2

    @property
    def direction(self) -> float:
        along = self.corners[1] - self.corners[0]
        return float(np.arctan2(along[1], along[0]))


def find_contradictions(
    words: Sequence[Word], reference: Sequence[Word], transform: Matrix, rarity: Rarity
) -> list[Contradiction]:
    """Lay the words of a crop onto those of a reference and return the pairs that disagree.

    Parameters
    ----------
    words, reference : sequence of Word
        As they were read in the crop and in the reference image.
    transform : numpy.ndarray of float64, shape (3, 3)
        Homogeneous pixels of the reference to those of the crop; invertible.
    rarity : Rarity
        Of words in the catalog: words that some product shows are hardly misread.

    Returns
    -------
    list of Contradiction
        Heaviest first; a word of which another word in the same place may be a reading is none.
    """
    theirs = _laid(reference, np.eye(3))
    found = (
        _contradiction(word, [other for other in theirs if _share_a_place(word, other)], rarity)
        for word in _laid(words, np.asarray(np.linalg.inv(transform), np.float64))
        if word.word.confidence >= CONFIDENCE_MIN
    )
    return sorted((each for each in found if each), key=lambda each: -each.letters)


def _laid(words: Sequence[Word], to_reference: Matrix) -> list[_Laid]:
    """Fold the words and move them; those of the far side of a steep map are left out."""
    laid = []
    for word in words:
        parts = tuple(folded_parts(word.text))
        corners = _moved(np.array(word.box), to_reference)
        if sum(map(len, parts)) >= _LETTERS_MIN and corners is not None:
            laid.append(_Laid(word, parts, corners))
    return laid


def _moved(corners: NDArray[np.float64], transform: Matrix) -> Points | None:
    homogeneous = np.column_stack([corners, np.ones(len(corners))]) @ transform.T
    depths = homogeneous[:, 2:]
    return homogeneous[:, :2] / depths if depths.min() > 1e-9 else None


def _share_a_place(word: _Laid, other: _Laid) -> bool:
    """Tell whether two words lie on each other, about as high and in about one direction."""
    low = np.maximum(word.corners.min(axis=0), other.corners.min(axis=0))
    high = np.minimum(word.corners.max(axis=0), other.corners.max(axis=0))
    if (high <= low).any():
        return False
    sizes = [float(np.ptp(each.corners, axis=0).prod()) for each in (word, other)]
    ratio = word.height / max(other.height, 1e-6)
    turn = (word.direction - other.direction + np.pi) % (2 * np.pi) - np.pi
    return bool(
        (high - low).prod() >= _OVERLAP_MIN * min(sizes)
        and 1 / _HEIGHT_RATIO_MAX < ratio < _HEIGHT_RATIO_MAX
        and abs(turn) < _TURN_MAX
    )


def _contradiction(word: _Laid, others: Sequence[_Laid], rarity: Rarity) -> Contradiction | None:
    """Hold a word against what the reference has in its place."""
    likeness = max((_likeness(word.text, other.text) for other in others), default=1.0)
    if likeness >= _SAME:
        return None
    surest = max((other.word for other in others), key=lambda other: other.confidence)
    disagreement = min((_SAME - likeness) / (_SAME - _OTHER), 1.0)
    trust = 1.0 if any(map(rarity.is_known, word.parts)) else _UNKNOWN_WORD
    letters = min(len(word.text), _LETTERS_MAX) * word.word.confidence * surest.confidence
    return Contradiction(word.word, surest, letters * disagreement * trust)


def _likeness(text: str, other: str) -> float:
    """Return the similarity of two readings, 0 to 1; a piece counts as alike."""
    whole = Indel.normalized_similarity(text, other)
    piece = fuzz.partial_ratio(text, other) / 100 * _PIECE_LIKENESS
    return max(whole, piece)

"""Contradictions: words of a crop that stand where the reference has other ones, or has more.

Siblings share design and most words; the one word that differs (natural, vanilla) stands in the
same place, or beside a word that both have (light yoghurt, yoghurt). With the crop laid onto the
reference the two are held against each other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from engine.embed.local.planes import Matrix, Points, project
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
_ANCHOR_LETTERS_MIN = 4
"""Of a word that both have, beside which one is missed: shorter ones are found by chance."""
_GAP_MAX = 1.5
"""Between neighbours on one line, as a multiple of their height."""

Shows = Callable[[Points], bool]
"""Whether a crop shows a place, given by its corners in px of the crop: neither cut nor hidden."""


@dataclass(frozen=True)
class Contradiction:
    """A word of the crop, and what the reference has in its place."""

    word: Word
    reference: Word
    """Where the reference has more: the word that both have with the one that the crop lacks."""
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
    words: Sequence[Word],
    reference: Sequence[Word],
    transform: Matrix,
    rarity: Rarity,
    shows: Shows,
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
    shows : callable
        Says whether the crop shows a place, which it need not have read.

    Returns
    -------
    list of Contradiction
        Heaviest first; a word of which another word in the same place may be a reading is none.
    """
    theirs = _laid(reference, np.eye(3))
    ours = _laid(words, np.asarray(np.linalg.inv(transform), np.float64))
    found = [
        _contradiction(word, [other for other in theirs if _share_a_place(word, other)], rarity)
        for word in ours
        if word.word.confidence >= CONFIDENCE_MIN
    ]
    visible = [other for other in theirs if shows(project(transform, other.corners))]
    found += _left_out(ours, theirs, visible)
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


def _left_out(
    ours: Sequence[_Laid], theirs: Sequence[_Laid], visible: Sequence[_Laid]
) -> Iterator[Contradiction]:
    """Find words of the reference in whose place the crop, though it shows it, has nothing.

    Only beside a word that both have, as large and on the same line: where a reader saw the one,
    it would have seen the other. Of 245 photos of cartons beside their own reference one has such
    a word, of 51 beside a sibling's eleven.
    """
    for missed in visible:
        if missed.word.confidence < CONFIDENCE_MIN or any(_lies_on(w, missed) for w in ours):
            continue
        for other in theirs:
            shared = _read_alike(other, ours) if _are_neighbours(other, missed) else None
            if shared is not None:
                letters = min(len(missed.text), _LETTERS_MAX) * missed.word.confidence
                both = _joined(missed.word, other.word)
                yield Contradiction(shared.word, both, letters * shared.word.confidence)
                break


def _are_neighbours(word: _Laid, other: _Laid) -> bool:
    """Tell whether two words stand side by side on a line, about as high."""
    if word is other or word.word.line != other.word.line:
        return False
    apart = np.linalg.norm(word.corners.mean(axis=0) - other.corners.mean(axis=0))
    lengths = [np.linalg.norm(each.corners[1] - each.corners[0]) for each in (word, other)]
    high, low = max(word.height, other.height), min(word.height, other.height)
    return bool(apart - sum(lengths) / 2 < _GAP_MAX * high and high < _HEIGHT_RATIO_MAX * low)


def _read_alike(word: _Laid, ours: Sequence[_Laid]) -> _Laid | None:
    """Return the crop's reading of a word of the reference, if it has one."""
    if len(word.text) < _ANCHOR_LETTERS_MIN:
        return None
    return next(
        (
            each
            for each in ours
            if len(each.text) >= _ANCHOR_LETTERS_MIN
            and each.word.confidence >= CONFIDENCE_MIN
            and _share_a_place(each, word)
            and _likeness(each.text, word.text) >= _SAME
        ),
        None,
    )


def _lies_on(word: _Laid, other: _Laid) -> bool:
    """Tell whether a word covers the middle of another one, or shares its place."""
    middle = other.corners.mean(axis=0)
    low, high = word.corners.min(axis=0), word.corners.max(axis=0)
    return _share_a_place(word, other) or bool((low < middle).all() and (middle < high).all())


def _joined(word: Word, other: Word) -> Word:
    """Return two words of one line as one, in reading order."""
    along = np.array(other.box[1]) - np.array(other.box[0])
    is_before = float((np.array(word.box[0]) - np.array(other.box[0])) @ along) < 0
    first, second = (word, other) if is_before else (other, word)
    box = (first.box[0], second.box[1], second.box[2], first.box[3])
    confidence = min(word.confidence, other.confidence)
    return Word(f"{first.text} {second.text}", box, confidence, word.line)


def _likeness(text: str, other: str) -> float:
    """Return the similarity of two readings, 0 to 1; a piece counts as alike."""
    whole = Indel.normalized_similarity(text, other)
    piece = fuzz.partial_ratio(text, other) / 100 * _PIECE_LIKENESS
    return max(whole, piece)

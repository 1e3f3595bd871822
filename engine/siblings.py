"""Siblings: products that look alike and share the probability, and what tells them apart.

Pure functions: they compare the references with each other, never with the crop, so that an
analyst learns what to look for where the crop does not show it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.embed.local.geometry import match_and_verify
from engine.embed.local.keypoints import Keypoints
from engine.embed.local.planes import Matrix
from engine.embed.text.folding import folded_parts
from engine.embed.text.matching import Rarity, similarities
from engine.embed.text.words import Word
from engine.referencepictures import Pixels, Recent
from engine.results import Area, Distinction

Size = tuple[int, int]

PROBABILITY_MIN = 0.05
"""Below it a candidate is not worth telling apart from another."""
LOOK_MARGIN = 0.1
"""Cosine: photos of one carton lie within .1 of its siblings' packshots, others further off."""

_SURE = 0.9
_LETTERS_MIN = 4
"""Shorter words are too often misread to say that the other picture lacks them."""
_WORDS_MAX = 3
RIVALS_MAX = 4
"""Candidates that are told apart."""
_POINTS_MAX = 250
"""Of each picture: packshots of one design share many, and half of all cost a quarter."""
_CELLS = 6
"""Cells along each side of a picture."""
_SEEN_MIN = 0.5
"""Share of a cell that both pictures must show."""
_DIFFERENCE_MIN = 10.0
"""Distance in Lab that a place must differ by to be pointed at: printing and light make 5."""

_PLACES: Recent[tuple[str, str], Area | None] = Recent(20_000)
"""Where two pictures differ, for the siblings of the latest searches: it takes 3 ms to find, and
depends on the bytes of the two pictures alone."""


@dataclass(frozen=True)
class Rival:
    """A candidate as it is held against its siblings."""

    product: str
    """Its id."""
    name: str
    probability: float
    look: float
    """Cosine of the crop and its picture."""
    picture: str
    """SHA-256 of its picture."""
    words: Sequence[Word]
    """Read in the picture."""
    keypoints: Keypoints | None
    """Of the picture; none where its details are not stored."""
    read_small: Callable[[], Pixels]
    """Returns a small copy of the picture; called only where it lies on a sibling's."""


def tell_apart(rivals: Sequence[Rival], rarity: Rarity) -> list[Distinction | None]:
    """Say for each candidate what tells it from the sibling that shares its probability.

    Parameters
    ----------
    rivals : sequence of Rival
        The candidates of one crop, the likeliest first; all but the first few are passed over.
    rarity : Rarity
        Of words in the catalog.

    Returns
    -------
    list of Distinction or None
        For each candidate; none where no other one looks as much like the crop.
    """
    few = rivals[:RIVALS_MAX]
    pairs = [(rival, sibling_of(rival, few)) for rival in few]
    found = [
        None if other is None else _distinction(rival, other, rarity) for rival, other in pairs
    ]
    return found + [None] * (len(rivals) - len(few))


def sibling_of(rival: Rival, rivals: Sequence[Rival]) -> Rival | None:
    """Return the likeliest other candidate of nearly the same look, if both are likely enough."""
    if rival.probability < PROBABILITY_MIN:
        return None
    return next(
        (
            other
            for other in rivals
            if other is not rival
            and other.probability >= PROBABILITY_MIN
            and abs(other.look - rival.look) <= LOOK_MARGIN
        ),
        None,
    )


def _distinction(rival: Rival, other: Rival, rarity: Rarity) -> Distinction:
    words = own_words(rival.words, other.words, rarity)
    other_words = own_words(other.words, rival.words, rarity)
    key = (rival.picture, other.picture)
    place = _PLACES.get(key, lambda: differing_place(rival, other))
    return Distinction(
        product=other.product,
        words=words,
        other_words=other_words,
        place=place,
        sentence=_sentence(other.name, words, other_words, _where(rival, place)),
    )


def own_words(words: Sequence[Word], others: Sequence[Word], rarity: Rarity) -> list[str]:
    """Return the words that one picture surely shows and nothing like them the other, rare first.

    Parameters
    ----------
    words, others : sequence of Word
        Read in the two pictures.
    rarity : Rarity
        Of words in the catalog.

    Returns
    -------
    list of str
        A few, as they were read.
    """
    found = {
        text: word.text
        for word in words
        if word.confidence >= _SURE
        for text in folded_parts(word.text)
        if len(text) >= _LETTERS_MIN and sum(map(str.isalpha, word.text)) >= _LETTERS_MIN
    }
    theirs = [text for word in others for text in folded_parts(word.text)]
    if found and theirs:
        alike = similarities(list(found), theirs).max(axis=1)
        found = {
            text: shown
            for (text, shown), near in zip(found.items(), alike, strict=True)
            if not near
        }
    ranked = sorted(found, key=lambda text: (-rarity.weight(text), text))
    return list(dict.fromkeys(found[text] for text in ranked))[:_WORDS_MAX]


def differing_place(rival: Rival, other: Rival) -> Area | None:
    """Lay the other's picture onto this one's; return the place of this one that differs most."""
    if rival.keypoints is None or other.keypoints is None:
        return None
    ours, theirs = rival.keypoints.strongest(_POINTS_MAX), other.keypoints.strongest(_POINTS_MAX)
    (match,) = match_and_verify(theirs, [ours])
    if not match.is_plausible:
        return None
    return differing_cell(
        rival.read_small(), other.read_small(), match.transform, _size(ours), _size(theirs)
    )


def differing_cell(
    ours: Pixels, theirs: Pixels, transform: Matrix, our_size: Size, their_size: Size
) -> Area | None:
    """Return the cell of our picture that differs most from what lies there in theirs.

    Parameters
    ----------
    ours, theirs : numpy.ndarray of uint8, shape (height, width, 3)
        Small copies of the two pictures, RGB.
    transform : numpy.ndarray of float64, shape (3, 3)
        Homogeneous pixels of our whole picture to those of theirs.
    our_size, their_size : tuple of int
        Width and height of the whole pictures, px.

    Returns
    -------
    Area or None
        In pixels of our whole picture; None where no cell differs much.
    """
    to_theirs = _zoom(their_size, theirs) @ transform @ np.linalg.inv(_zoom(our_size, ours))
    height, width = ours.shape[:2]
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = np.asarray(cv2.warpPerspective(theirs, to_theirs, (width, height), flags=how), np.uint8)
    whole = np.ones(theirs.shape[:2], np.float32)
    seen = np.asarray(cv2.warpPerspective(whole, to_theirs, (width, height), flags=how), np.float32)
    away = np.linalg.norm(_lab(ours) - _lab(laid), axis=2)
    share = _cell_means(seen)
    cells = np.where(share > _SEEN_MIN, _cell_means(away * seen) / np.maximum(share, 1e-6), 0.0)
    row, column = np.unravel_index(int(np.argmax(cells)), cells.shape)
    if cells[row, column] < _DIFFERENCE_MIN:
        return None
    return _cell_area(int(row), int(column), our_size)


def _size(picture: Keypoints) -> Size:
    return picture.width, picture.height


def _zoom(size: Size, small: Pixels) -> Matrix:
    """Return the map from a whole picture to its small copy."""
    return np.diag([small.shape[1] / size[0], small.shape[0] / size[1], 1.0])


def _lab(pixels: Pixels) -> NDArray[np.float32]:
    """Return smoothed Lab: the geometry is off by up to a pixel of a small copy."""
    lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    return np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.5), np.float32)


def _cell_means(values: NDArray[np.float32]) -> NDArray[np.float32]:
    means = cv2.resize(values, (_CELLS, _CELLS), interpolation=cv2.INTER_AREA)
    return np.asarray(means, np.float32)


def _cell_area(row: int, column: int, size: Size) -> Area:
    left, right = (round(at * size[0] / _CELLS) for at in (column, column + 1))
    top, bottom = (round(at * size[1] / _CELLS) for at in (row, row + 1))
    return Area(left, top, right - left, bottom - top)


def _where(rival: Rival, place: Area | None) -> str:
    """Return in which ninth of the picture a place lies: `upper left`; empty without a place."""
    if place is None or rival.keypoints is None:
        return ""
    width, height = _size(rival.keypoints)
    column = int(3 * (place.x + place.width / 2) / width)
    row = int(3 * (place.y + place.height / 2) / height)
    across, down = ("left", "", "right")[column], ("upper", "", "lower")[row]
    return f"{down or 'middle'} {across}".strip() if down or across else "middle"


def _sentence(name: str, words: Sequence[str], other_words: Sequence[str], where: str) -> str:
    """Put it into one sentence."""
    parts = []
    if words:
        parts.append(f"only this one reads {_quoted(words)}")
    if other_words:
        parts.append(f"only the other reads {_quoted(other_words)}")
    if where:
        parts.append(f"the pictures differ most in the {where} part")
    said = "; ".join(parts) or "neither words nor places of the two pictures tell"
    return f"Compared with {name}: {said}."


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)

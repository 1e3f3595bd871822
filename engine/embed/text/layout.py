"""Whether matched words lie as on the reference: all labels share words, none its arrangement.

The back of a pack is written in the words of every other one (ingredients, keep cool, best before).
What tells it is where they stand. Where many words match, the map from reference to crop that most
of them follow, by weight, is sought among those that two words give (turned, moved and scaled), and
refined to an affine one; what no more than chance brings to one place counts nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.embed.text.folding import folded_parts
from engine.embed.text.matching import MatchedWord, WordMatch
from engine.embed.text.words import Word

Complex = NDArray[np.complex128]
Floats = NDArray[np.float64]

MATCHED_MIN = 6
"""Of fewer words two or three lie alike by chance."""
CHANCE, ALIKE = 0.4, 0.7
"""Share of the weight that agrees, from which it begins to count and from which all counts. Of 56
photographed packs and cartons with six words and more, 54 had .7 or more with the right reference;
of 249 wrong ones with eight words and more half had less than .5."""
_PLACES_MAX = 3
"""Places of one word that are tried: a crop may show the product twice."""
_ANCHORS = 16
"""The words with fewest places, of these the heaviest, each two of which give a map."""
_TOLERANCE = 1.5
"""In heights of a word: what a bent or tilted label is off by."""
_APART = 2.0
"""Heights between two words that give a map: nearer ones turn it too much."""
_REFINED_MIN = 4


@dataclass(frozen=True)
class _Places:
    """Places of matched words, x + iy in pixels; one row for each pair that may be meant."""

    crop: Complex
    reference: Complex
    matched: NDArray[np.intp]
    """Which match each row is of, rising."""
    weights: Floats
    """Of each match, nats."""
    height: float
    """Of a word of the crop, px."""

    @property
    def found(self) -> NDArray[np.intp]:
        """The matches with a place in both pictures: a name may stand in the catalog alone."""
        return np.unique(self.matched)

    def agreeing(self, errors: Floats) -> Floats:
        """Return the weight of the matches of which a row is near enough, one a map.

        `errors` has the shape (maps, rows).
        """
        near = errors < _TOLERANCE * self.height
        starts = np.flatnonzero(np.diff(self.matched, prepend=-1))
        found = np.logical_or.reduceat(near, starts, axis=1)
        return np.asarray(found @ self.weights[self.matched[starts]])


def as_laid_out(match: WordMatch, words: Sequence[Word], reference: Sequence[Word]) -> WordMatch:
    """Count only what lies in the crop as on the reference, where enough words match to tell.

    Parameters
    ----------
    match : WordMatch
        Of the crop's words with those of the reference.
    words, reference : sequence of Word
        As they were read in the crop and in the reference image.

    Returns
    -------
    WordMatch
        With less score and share, and more missed; the same where too few words match.
    """
    places = _places(match.matched, words, reference)
    if len(places.found) < MATCHED_MIN:
        return match
    share = _agreeing_share(places)
    counted = min(max((share - CHANCE) / (ALIKE - CHANCE), 0.0), 1.0)
    return replace(
        match,
        score=match.score * counted,
        share=match.share * counted,
        missed=match.missed + match.score * (1 - counted),
        matched=tuple(
            replace(each, weight=each.weight * counted) for each in match.matched if counted
        ),
    )


def _agreeing_share(places: _Places) -> float:
    """Return the share of the matches, by weight, that one map brings to their places, 0 to 1."""
    scales, moves = _maps(places)
    whole = float(places.weights[places.found].sum())
    if not len(scales) or whole <= 0:
        return 0.0
    errors = np.abs(np.outer(scales, places.reference) + moves[:, None] - places.crop)
    agreeing = places.agreeing(errors)
    best = int(agreeing.argmax())
    return float(max(agreeing[best], _refined(places, errors[best]))) / whole


def _places(
    matched: Sequence[MatchedWord], words: Sequence[Word], reference: Sequence[Word]
) -> _Places:
    ours, theirs = _places_of_parts(words), _places_of_parts(reference)
    rows = [
        (here, there, number)
        for number, each in enumerate(matched)
        for there in theirs[each.reference][:_PLACES_MAX]
        for part in folded_parts(words[each.word].text)
        for here in ours[part][:_PLACES_MAX]
    ]
    heights = [_height_px(words[each.word]) for each in matched]
    crop, there, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    return _Places(
        np.array(crop, np.complex128),
        np.array(there, np.complex128),
        np.array(numbers, np.intp),
        np.array([each.weight for each in matched]),
        float(np.median(heights)) if heights else 0.0,
    )


def _places_of_parts(words: Sequence[Word]) -> dict[str, list[complex]]:
    """Return the middles of the words that hold each folded part."""
    places: dict[str, list[complex]] = defaultdict(list)
    for word in words:
        x, y = np.mean(word.box, axis=0)
        for part in folded_parts(word.text):
            places[part].append(complex(x, y))
    return places


def _height_px(word: Word) -> float:
    box = np.array(word.box)
    return float(np.linalg.norm(box[3] - box[0]))


def _maps(places: _Places) -> tuple[Complex, Complex]:
    """Return the maps a z + b, reference to crop, that two of the heaviest words give."""
    anchors = _anchors(places)
    one, other = (anchors[rows] for rows in np.triu_indices(len(anchors), 1))
    here = places.crop[other] - places.crop[one]
    there = places.reference[other] - places.reference[one]
    is_good = (places.matched[one] != places.matched[other]) & (np.abs(there) > 0)
    is_good &= np.abs(here) >= _APART * places.height
    scales = here[is_good] / there[is_good]
    return scales, places.crop[one[is_good]] - scales * places.reference[one[is_good]]


def _anchors(places: _Places) -> NDArray[np.intp]:
    """Return the rows of some matches: what stands in one place alone is surest meant by it."""
    found, counts = np.unique(places.matched, return_counts=True)
    chosen = found[np.lexsort((-places.weights[found], counts))[:_ANCHORS]]
    return np.flatnonzero(np.isin(places.matched, chosen))


def _refined(places: _Places, errors: Floats) -> float:
    """Return the weight that agrees with the affine map of what agreed before."""
    near = errors < _TOLERANCE * places.height
    if near.sum() < _REFINED_MIN:
        return 0.0
    known = np.column_stack(
        [places.reference.real, places.reference.imag, np.ones(len(places.reference))]
    )
    wanted = np.column_stack([places.crop.real, places.crop.imag])
    affine, *_ = np.linalg.lstsq(known[near], wanted[near], rcond=None)
    off = np.linalg.norm(known @ affine - wanted, axis=1)
    return float(places.agreeing(off[None])[0])

"""What speaks for a candidate or against it, and where that lies in crop and reference image."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from engine.catalog.models import ImageDetails
from engine.comparison import Comparison
from engine.embed.features import CropDetails
from engine.embed.local.geometry import GeometricMatch, outline_of
from engine.embed.local.keypoints import Keypoints
from engine.embed.local.patterns import PatternMatch
from engine.embed.local.planes import Points, project
from engine.embed.local.rectify import CloseComparison
from engine.embed.text.folding import folded_parts
from engine.embed.text.matching import MatchedWord
from engine.embed.text.stored import unpack_words
from engine.embed.text.words import Word
from engine.results import (
    Area,
    CloseEvidence,
    CodeEvidence,
    ContradictionEvidence,
    Corners,
    EmbeddingEvidence,
    Evidence,
    KeypointsEvidence,
    PatternEvidence,
    Point,
    SharedDetail,
    SharedWord,
    TextEvidence,
)

LINES_MAX = 40
"""Details that are shown one by one: more would hide the picture, and swell the answer."""

WORDS_MAX = 12
"""Words that are shown with their places, the telling ones."""

_TOLD_LETTERS_MIN = 2.0
"""Contradictions of less weight are more often misread words than other ones."""

_SPREAD = 5
"""Cells along each side of the crop; the best detail of each comes before the second of any."""


@dataclass(frozen=True)
class ShownDetails:
    """What the searched part of a crop shows, and where that part begins in the whole picture."""

    details: CropDetails
    origin: tuple[int, int] = (0, 0)
    """Upper left corner of the box, px."""


def evidence_of(
    comparison: Comparison,
    shown: ShownDetails | None = None,
    stored: ImageDetails | None = None,
) -> list[Evidence]:
    """Return what speaks for a candidate, channel by channel, and what against it.

    Parameters
    ----------
    comparison : Comparison
        Of the crop with the candidate's likeliest picture.
    shown : ShownDetails, optional
        The details of the crop; without them no places are told.
    stored : ImageDetails, optional
        Those of the picture.

    Returns
    -------
    list of Evidence
        Places in pixels of the whole upright crop and of the stored reference image.
    """
    evidence: list[Evidence] = [EmbeddingEvidence(round(comparison.score, 4))]
    match = comparison.match
    if match is not None and match.is_plausible:
        evidence.append(_keypoints(match, shown, stored))
    if comparison.texts:
        evidence.append(_text(comparison, shown, stored))
    if comparison.gtin:
        evidence.append(_code(comparison.gtin, shown))
    if comparison.close is not None:
        evidence.append(_close(comparison.close))
    if found := _contradiction(comparison, shown):
        evidence.append(found)
    if comparison.pattern is not None and comparison.pattern.confirmed:
        evidence.append(_pattern(comparison.pattern))
    return evidence


# --- details ---------------------------------------------------------------------------------


def _keypoints(
    match: GeometricMatch, shown: ShownDetails | None, stored: ImageDetails | None
) -> KeypointsEvidence:
    if shown is None or stored is None:
        return KeypointsEvidence(match.inliers)
    crop, reference = shown.details.keypoints, Keypoints.from_bytes(stored.keypoints)
    here, there = crop.positions[match.pairs[:, 0]], reference.positions[match.pairs[:, 1]]
    lines = [
        SharedDetail(_moved(here[row], shown.origin), _moved(there[row]))
        for row in spread_rows(here, LINES_MAX)
    ]
    corners = project(match.transform, outline_of(reference))
    return KeypointsEvidence(match.inliers, lines, _corners(corners, shown.origin))


def spread_rows(positions: NDArray[np.floating], limit: int) -> list[int]:
    """Choose points all over their extent: the first of each cell, then the second, and so on.

    Parameters
    ----------
    positions : numpy.ndarray of float, shape (n, 2)
        The best first.
    limit : int
        Points to choose at most.

    Returns
    -------
    list of int
        Their rows, in the order in which they were chosen.
    """
    if len(positions) == 0:
        return []
    low, high = positions.min(axis=0), positions.max(axis=0)
    places = (positions - low) / np.maximum(high - low, 1e-6) * _SPREAD
    cells: dict[tuple[int, int], list[int]] = {}
    for row, (x, y) in enumerate(places.astype(int).clip(0, _SPREAD - 1).tolist()):
        cells.setdefault((x, y), []).append(row)
    rounds = zip_longest(*cells.values())
    rows = [row for chosen in rounds for row in chosen if row is not None]
    return rows[:limit]


# --- words -----------------------------------------------------------------------------------


def _text(
    comparison: Comparison, shown: ShownDetails | None, stored: ImageDetails | None
) -> TextEvidence:
    matched = list(dict.fromkeys(comparison.texts))
    if shown is None or comparison.words is None:
        return TextEvidence(matched)
    read = unpack_words(stored.words) if stored is not None else []
    pairs = _first_of_each_word(comparison.words.matched)
    words = [_shared_word(pair, shown, read, comparison.match) for pair in pairs[:WORDS_MAX]]
    return TextEvidence(matched, words)


def _first_of_each_word(matched: Sequence[MatchedWord]) -> list[MatchedWord]:
    """Keep a word once, though several of its parts matched."""
    first: dict[int, MatchedWord] = {}
    for pair in matched:
        first.setdefault(pair.word, pair)
    return list(first.values())


def _shared_word(
    pair: MatchedWord, shown: ShownDetails, read: Sequence[Word], match: GeometricMatch | None
) -> SharedWord:
    ours = _alike(shown.details.words[pair.word], shown.details.words)
    theirs = [word for word in read if pair.reference in folded_parts(word.text)]
    first, second = _nearest_pair(ours, theirs, match)
    if second is None:
        return SharedWord(first.text, _corners(np.array(first.box), shown.origin))
    return _pair(first, second, shown)


def _alike(word: Word, words: Sequence[Word]) -> list[Word]:
    """Return a word, and after it those that read the same: a shelf shows a carton many times."""
    parts = folded_parts(word.text)
    return [
        word,
        *(each for each in words if each is not word and folded_parts(each.text) == parts),
    ]


def _nearest_pair(
    ours: Sequence[Word], theirs: Sequence[Word], match: GeometricMatch | None
) -> tuple[Word, Word | None]:
    """Return the two words that the geometry lays nearest; without it the surest ones."""
    if match is None or not match.is_plausible or not theirs:
        return ours[0], max(theirs, key=lambda word: word.confidence, default=None)
    laid = project(match.transform, np.array([np.mean(word.box, axis=0) for word in theirs]))
    here = np.array([np.mean(word.box, axis=0) for word in ours])
    away = np.linalg.norm(here[:, None] - laid[None], axis=2)
    row, column = np.unravel_index(int(np.argmin(away)), away.shape)
    return ours[int(row)], theirs[int(column)]


def _contradiction(
    comparison: Comparison, shown: ShownDetails | None
) -> ContradictionEvidence | None:
    """Return the words that stand where the reference has others, if any weighs enough."""
    if shown is None:
        return None
    telling = [each for each in comparison.contradictions if each.letters >= _TOLD_LETTERS_MIN]
    words = [_pair(each.word, each.reference, shown) for each in telling[:WORDS_MAX]]
    return ContradictionEvidence(words) if words else None


def _pair(ours: Word, theirs: Word, shown: ShownDetails) -> SharedWord:
    here = _corners(np.array(ours.box), shown.origin)
    return SharedWord(ours.text, here, theirs.text, _corners(np.array(theirs.box)))


# --- codes, places and patterns --------------------------------------------------------------


def _code(gtin: str, shown: ShownDetails | None) -> CodeEvidence:
    codes = shown.details.codes if shown else []
    code = next((code for code in codes if code.gtin == gtin), None)
    if shown is None or code is None:
        return CodeEvidence(gtin)
    return CodeEvidence(gtin, code.format, _corners(np.array(code.corners), shown.origin))


def _close(close: CloseComparison) -> CloseEvidence:
    cell = close.worst_cell
    return CloseEvidence(
        colour=round(close.colour, 3),
        lightness=round(close.lightness, 3),
        structure=round(close.structure, 3),
        overlap=round(close.overlap, 3),
        difference=round(close.difference, 1),
        worst_difference=round(close.worst_difference, 1),
        worst_cell=Area(cell.x, cell.y, cell.width, cell.height),
    )


def _pattern(pattern: PatternMatch) -> PatternEvidence:
    return PatternEvidence(
        confirmed=pattern.confirmed,
        scale=round(pattern.scale, 2),
        turn_degrees=round(pattern.turn_degrees, 1) % 360,
        palette=round(pattern.palette, 3),
    )


def _corners(points: Points, origin: tuple[int, int] = (0, 0)) -> Corners:
    first, second, third, fourth = (_moved(point, origin) for point in points)
    return first, second, third, fourth


def _moved(point: NDArray[np.floating], origin: tuple[int, int] = (0, 0)) -> Point:
    """Return a place in the whole picture, in tenths of a pixel: the same on every processor."""
    x, y = (round(float(value) + start, 1) for value, start in zip(point, origin, strict=True))
    return x, y

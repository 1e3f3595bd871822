"""Words: what was read in a picture, where, and how surely."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.embed.text.ocr.detect import Quad
from engine.embed.text.ocr.recognise import Reading

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Word:
    """A word in a picture; Chinese and Japanese, written without spaces, keep a line together."""

    text: str
    box: Corners
    """Four corners, x and y in pixels of the upright picture, clockwise from the top left of the
    writing: on an upside-down pack the first corner is at the bottom right."""
    confidence: float
    """Mean probability of its characters, 0 to 1."""
    line: int
    """Words of one line share a number."""

    def moved(self, transform: np.ndarray) -> "Word":
        """Return the word in another picture, by the map of homogeneous pixels between the two."""
        corners = np.column_stack([np.array(self.box), np.ones(len(self.box))]) @ transform.T
        depths = np.where(np.abs(corners[:, 2:]) > 1e-9, corners[:, 2:], 1e-9)  # on the horizon
        places = corners[:, :2] / depths
        return replace(self, box=tuple((float(x), float(y)) for x, y in places))


def words_of_line(reading: Reading, quad: Quad, line: int) -> Iterator[Word]:
    """Split a line at its spaces; its corners go clockwise from where the writing starts."""
    for start, end in _spans(reading.text):
        left, right = _edges(reading.places, start, end)
        yield Word(
            text=reading.text[start:end],
            box=_part(quad, left, right),
            confidence=float(reading.confidences[start:end].mean()),
            line=line,
        )


def in_reading_order(lines: Sequence[tuple[Reading, Quad]]) -> list[tuple[Reading, Quad]]:
    """Sort lines from the top, those side by side from the left."""
    return sorted(lines, key=lambda line: (round(float(line[1][:, 1].mean()), 1), line[1][0, 0]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in text.split(" "):
        if part:
            yield start, start + len(part)
        start += len(part) + 1


def _edges(places: np.ndarray, start: int, end: int) -> tuple[float, float]:
    """Return where a word begins and ends, half way to the characters beside it."""
    pitch = float(places[-1] - places[0]) / max(len(places) - 1, 1) / 2
    left = (places[start - 1] + places[start]) / 2 if start else places[start] - pitch
    right = (places[end - 1] + places[end]) / 2 if end < len(places) else places[end - 1] + pitch
    return max(float(left), 0.0), min(float(right), 1.0)


def _part(quad: Quad, left: float, right: float) -> Corners:
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    corners = (
        quad[0] + left * top,
        quad[0] + right * top,
        quad[3] + right * bottom,
        quad[3] + left * bottom,
    )
    return tuple((float(x), float(y)) for x, y in corners)

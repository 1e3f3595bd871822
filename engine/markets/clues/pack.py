"""The text of a pack as the rules see it: lines in reading order, each span with its place."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from engine.embed.image import Box
from engine.embed.text.words import Word


@dataclass(frozen=True)
class PackText:
    """Everything read on one picture: words joined by spaces, lines by newlines."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    """Where each word begins in `text`, rising."""

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """Join words that stand in reading order; those of one line share a number."""
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for _, line in groupby(words, key=lambda word: word.line):
            for number, word in enumerate(line):
                parts.append("" if not starts else " " if number else "\n")
                length += len(parts[-1])
                starts.append(length)
                parts.append(word.text)
                length += len(word.text)
        return cls("".join(parts), tuple(words), tuple(starts))

    @classmethod
    def of_lines(cls, *lines: str) -> Self:
        """Make a pack of bare lines, 20 px high each and 10 px a character, as tests want it."""
        words = [
            Word(part, _corners(at, number, len(part)), 1.0, number)
            for number, line in enumerate(lines)
            for at, part in _parts(line)
        ]
        return cls.of(words)

    @property
    def lines(self) -> list[str]:
        """The lines, in reading order."""
        return self.text.split("\n") if self.text else []

    def words_at(self, start: int, end: int) -> list[Word]:
        """Return the words that a span of `text` touches."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        near = slice(first, bisect_left(self.starts, end))
        return [
            word
            for begin, word in zip(self.starts[near], self.words[near], strict=True)
            if begin + len(word.text) > start
        ]

    def box(self, start: int, end: int) -> Box | None:
        """Return the upright box around the words that a span of `text` touches."""
        corners = [point for word in self.words_at(start, end) for point in word.box]
        return Box.around(corners) if corners else None


def _parts(line: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for part in line.split(" "):
        if part:
            found.append((at, part))
        at += len(part) + 1
    return found


def _corners(at: int, line: int, length: int) -> tuple[tuple[float, float], ...]:
    left, right, top, bottom = 10.0 * at, 10.0 * (at + length), 20.0 * line, 20.0 * (line + 1)
    return ((left, top), (right, top), (right, bottom), (left, bottom))

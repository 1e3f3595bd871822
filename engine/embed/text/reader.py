"""Text: the words that a picture shows, read at any rotation, by networks that are at hand."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from PIL import ImageOps
from PIL.Image import Image

from engine.embed.text.ocr.detect import LineDetector, Pixels, Quad
from engine.embed.text.ocr.lines import (
    along_the_line,
    cut_line,
    fills_its_line,
    level,
    main_angle,
    moved,
    other_way_up,
)
from engine.embed.text.ocr.models import Network, detector_file, recogniser_file
from engine.embed.text.ocr.recognise import LineRecogniser, Reading
from engine.embed.text.scripts import unreadable_scripts
from engine.embed.text.tesseract import installed_packs, read_other_scripts
from engine.embed.text.words import Word, in_reading_order, words_of_line

SIDE_PX = 512
"""Length that a picture's longer side gets for the detector: cartons of 348 px are recognised as
well as at 640 (which takes half as long again), somewhat better at 800 (twice as long again)."""
_CLIPPED_PERCENT = 1.0
"""Of the darkest and the brightest pixels, before the rest is stretched to full contrast: the
networks lose a tenth of what they read at .4 of the light."""
_CONFIDENCE_MIN = 0.5
_SURE = 0.8
_SENSIBLE_LETTERS = 3
_LINES_TRIED = 3
"""Lines that are read from their other ends to tell whether a picture stands on its head."""
_TILT_MAX = 20.0
_VERSION = 1

_ReadLine = tuple[Reading, Quad]


class TextReader(Protocol):
    """Reads the words of pictures; the same picture gives the same words every time."""

    version: str
    """Names networks and settings, stored beside the words of reference images."""

    def read(self, image: Image, *, turned: bool = True) -> list[Word]:
        """Read the words of a picture, in reading order.

        Parameters
        ----------
        image : PIL.Image.Image
            Upright RGB, of any size.
        turned : bool
            Whether lines that read badly are read again the other way up, and a picture that is
            tilted, or shows nothing sensible, after it was turned.

        Returns
        -------
        list of Word
            Corners in pixels of `image`.
        """

    def scripts_it_cannot_read(self) -> list[str]:
        """Name the scripts whose words would be missed, by their Unicode names."""


class RapidReader:
    """Reads Latin, Chinese and Japanese with PaddleOCR's networks on ONNX Runtime.

    Other scripts are read by Tesseract, where the machine has it with their language packs, and
    only in pictures with lines that the networks cannot read.
    """

    def __init__(
        self,
        n_threads: int = 2,
        side_px: int = SIDE_PX,
        read_others: Callable[[Image], list[Word]] = read_other_scripts,
    ) -> None:
        detector, recogniser = detector_file(), recogniser_file()
        self.version = f"{detector.sha256[:6]}-{recogniser.sha256[:6]}-{side_px}-{_VERSION}"
        self._detector = LineDetector(Network(detector, n_threads))
        self._recogniser = LineRecogniser(Network(recogniser, n_threads))
        self._side_px = side_px
        self._read_others = read_others

    def read(self, image: Image, *, turned: bool = True) -> list[Word]:
        """Read the words of a picture, in reading order: see `TextReader`."""
        stretched = ImageOps.autocontrast(image.convert("RGB"), cutoff=_CLIPPED_PERCENT)
        picture = np.asarray(stretched, dtype=np.uint8)
        lines = self._read_lines(picture, turned=turned)
        if turned and (angle := _angle_to_try(lines)):
            lines = max(lines, self._read_level(picture, angle), key=_sure_letters)
        words = _words_of(lines)
        if any(not _is_read(line) for line in lines):
            words += self._read_others(image)
        return words

    def scripts_it_cannot_read(self) -> list[str]:
        """Name the scripts whose words would be missed, by their Unicode names."""
        return unreadable_scripts(installed_packs())

    def _read_lines(self, picture: Pixels, *, turned: bool) -> list[_ReadLine]:
        """Find and read lines at any angle; what is not sure, again from its other end."""
        found = self._detector.find(picture, self._side_px)
        quads = [along_the_line(line.quad) for line in found]
        lines = self._read_quads(picture, quads)
        if not turned:
            return lines
        sure = [line[0].confidence >= _SURE for line in lines]
        if not self._stands_on_its_head(picture, lines):
            return lines
        better = self._either_way_up(picture, lines, [not is_sure for is_sure in sure])
        if any(new is not old for new, old in zip(better, lines, strict=True)):
            better = self._either_way_up(picture, better, sure)  # they stand on their heads, too
        return better

    def _stands_on_its_head(self, picture: Pixels, lines: list[_ReadLine]) -> bool:
        """Try the longest lines that are not sure from their other ends: few packs need it all."""
        unsure = [line for line in lines if line[0].confidence < _SURE]
        tried = sorted(unsure, key=_length_px, reverse=True)[:_LINES_TRIED]
        again = self._read_quads(picture, [other_way_up(quad) for _, quad in tried])
        return any(
            _is_sensible(new) and not _is_sensible(old)
            for old, new in zip(tried, again, strict=True)
        )

    def _either_way_up(
        self, picture: Pixels, lines: list[_ReadLine], chosen: list[bool]
    ) -> list[_ReadLine]:
        """Read the chosen lines from their other ends, and keep what is surer."""
        flipped = [
            other_way_up(q) for (_, q), is_chosen in zip(lines, chosen, strict=True) if is_chosen
        ]
        again = iter(self._read_quads(picture, flipped))
        return [
            max(line, next(again), key=lambda read: read[0].confidence) if is_chosen else line
            for line, is_chosen in zip(lines, chosen, strict=True)
        ]

    def _read_level(self, picture: Pixels, angle: float) -> list[_ReadLine]:
        """Read a picture after turning it, and say where the lines lie in it as it is."""
        turned, back = level(picture, angle)
        return [(reading, moved(q, back)) for reading, q in self._read_lines(turned, turned=True)]

    def _read_quads(self, picture: Pixels, quads: list[Quad]) -> list[_ReadLine]:
        readings = self._recogniser.read([cut_line(picture, quad) for quad in quads])
        return list(zip(readings, quads, strict=True))


def _words_of(lines: list[_ReadLine]) -> list[Word]:
    sure = [line for line in lines if line[0].confidence >= _CONFIDENCE_MIN]
    return [
        word
        for number, (reading, quad) in enumerate(in_reading_order(sure))
        for word in words_of_line(reading, quad, number)
    ]


def _angle_to_try(lines: list[_ReadLine]) -> float:
    """Return by how much to turn a picture before it is read again; 0 if it read well.

    The detector holds up to some 20 degrees; beyond it breaks lines, or joins them.
    """
    angle = main_angle([quad for _, quad in lines])
    if abs(angle) > _TILT_MAX:
        return angle
    return 0.0 if not lines or any(map(_is_sensible, lines)) else 90.0


def _length_px(line: _ReadLine) -> float:
    return float(np.linalg.norm(line[1][1] - line[1][0]))


def _is_sensible(line: _ReadLine) -> bool:
    reading, _ = line
    letters = sum(map(str.isalnum, reading.text))
    return letters >= _SENSIBLE_LETTERS and reading.confidence >= _SURE


def _is_read(line: _ReadLine) -> bool:
    reading, quad = line
    return reading.confidence >= _CONFIDENCE_MIN and fills_its_line(reading.text, quad)


def _sure_letters(lines: list[_ReadLine]) -> int:
    return sum(len(reading.text) for reading, _ in lines if reading.confidence >= _SURE)

"""Characters of lines: a network's columns of probabilities, decoded greedily.

After PaddleOCR's SVTR recogniser (Du et al. 2022, arXiv:2205.00159) and connectionist temporal
classification (Graves et al. 2006).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.embed.text.ocr.detect import Pixels
from engine.embed.text.ocr.models import Network

_HEIGHT_PX = 48
_WIDTH_STEP_PX = 64
_WIDTH_MAX_PX = 1280
_BATCH = 8


@dataclass(frozen=True)
class Reading:
    """What a line says."""

    text: str
    places: NDArray[np.float32]
    """Where each character stands: 0 at the line's left end, 1 at its right."""
    confidences: NDArray[np.float32]
    """Probability of each character."""

    @property
    def confidence(self) -> float:
        """Mean probability of the characters; 0 without any."""
        return float(self.confidences.mean()) if self.text else 0.0


class LineRecogniser:
    """Reads pictures of single lines."""

    def __init__(self, network: Network) -> None:
        self._network = network
        # Column 0 of the output stands for no character, the last for a space.
        self._characters = ["", *network.metadata("character").split("\n"), " "]

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """Read lines, each an upright RGB picture, in the order given.

        Lines of like width go through the network together: each is padded to a width that it
        alone decides, so that what it says does not depend on its neighbours.
        """
        readings: dict[int, Reading] = {}
        widths = [_padded_width(line) for line in lines]
        for width in sorted(set(widths)):
            same = [i for i, other in enumerate(widths) if other == width]
            for start in range(0, len(same), _BATCH):
                batch = same[start : start + _BATCH]
                readings |= zip(batch, self._read([lines[i] for i in batch], width), strict=True)
        return [readings[i] for i in range(len(lines))]

    def _read(self, lines: Sequence[Pixels], width: int) -> list[Reading]:
        pixels = np.zeros((len(lines), 3, _HEIGHT_PX, width), dtype=np.float32)
        shares = []
        for row, line in enumerate(lines):
            used = min(_natural_width(line), width)
            small = cv2.resize(np.ascontiguousarray(line), (used, _HEIGHT_PX))
            pixels[row, :, :, :used] = small[..., ::-1].transpose(2, 0, 1) / np.float32(127.5) - 1
            shares.append(used / width)
        outputs = self._network.run(pixels)
        return [self._decode(out, share) for out, share in zip(outputs, shares, strict=True)]

    def _decode(self, output: NDArray[np.float32], share: float) -> Reading:
        """Merge repeated columns, leave out empty ones; `share` of the columns show the line."""
        best = output.argmax(axis=1)
        starts = np.flatnonzero((best > 0) & np.diff(best, prepend=0).astype(bool))
        text = "".join(self._characters[n] for n in best[starts])
        places = np.clip((starts + 0.5) / (len(best) * share), 0, 1).astype(np.float32)
        return Reading(text, places, output[starts, best[starts]])


def _natural_width(line: Pixels) -> int:
    return max(int(np.ceil(_HEIGHT_PX * line.shape[1] / line.shape[0])), 1)


def _padded_width(line: Pixels) -> int:
    steps = int(np.ceil(_natural_width(line) / _WIDTH_STEP_PX))
    return min(steps * _WIDTH_STEP_PX, _WIDTH_MAX_PX)

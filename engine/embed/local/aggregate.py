"""Aggregated details: what keypoints a picture has at all, small enough to search a whole catalog.

Each keypoint falls to the nearest of 4,096 visual words, and what it differs by from that word is
kept as the signs of 64 numbers, summed over the word's keypoints (ASMK*, Tolias, Avrithis & Jegou
2016, "Image search with selective match kernels"). Where words lie does not matter here; the
geometry looks at that for the few that this finds.

One vector for each picture instead (VLAD of 64 to 1,024 words, reduced to 512 numbers) was
measured too: right at once for .32 of photographed cartons among 656 pictures, where the words
have .70: cartons in a shelf fill it with what surrounds them.
"""

import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.embed.local.keypoints import Floats, Keypoints
from engine.errors import InvalidInputError

CODEBOOK_FILE = "aggregate.npz"
BITS = 64
"""Signs kept of a word's difference: one machine word, compared by one instruction."""
CROP_ASSIGNMENTS = 3
"""Words that a crop's keypoint falls to: blur moves it to a neighbour of its reference's word."""

_HEADER = struct.Struct("<4sBxH")
_MAGIC = b"ASMK"
FORMAT_VERSION = 1
"""Of the stored bytes and of the codebook that they stand for."""


@dataclass(frozen=True)
class Codebook:
    """Visual words, and the projection of descriptors in which they are told apart."""

    mean: Floats
    """Shape (128,)."""
    projection: Floats
    """Shape (128, 64): principal directions, turned so that each has an equal share."""
    words: Floats
    """Shape (words, 64)."""


@dataclass(frozen=True)
class Aggregate:
    """The visual words of one picture and how it differs from each."""

    words: NDArray[np.uint16]
    """Shape (n,), rising."""
    signs: NDArray[np.uint64]
    """Shape (n,): 64 signs each."""

    def to_bytes(self) -> bytes:
        """Pack into 10 bytes for each word."""
        header = _HEADER.pack(_MAGIC, FORMAT_VERSION, len(self.words))
        return header + self.words.astype("<u2").tobytes() + self.signs.astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Unpack what `to_bytes` packed.

        Raises
        ------
        InvalidInputError
            If the bytes are of another version of the format, or damaged.
        """
        if len(data) < _HEADER.size:
            raise InvalidInputError(f"{len(data)} bytes are no stored aggregate")
        magic, version, count = _HEADER.unpack_from(data)
        if (magic, version, len(data)) != (_MAGIC, FORMAT_VERSION, _HEADER.size + 10 * count):
            raise InvalidInputError(
                f"{len(data)} bytes beginning {magic!r} version {version} are no stored "
                f"aggregate of version {FORMAT_VERSION}"
            )
        words = np.frombuffer(data, "<u2", count, _HEADER.size)
        signs = np.frombuffer(data, "<u8", count, _HEADER.size + 2 * count)
        return cls(words.astype(np.uint16), signs.astype(np.uint64))


@cache
def load_codebook() -> Codebook:
    """Read the codebook that ships; `train_codebook` made it."""
    with (
        files("engine.embed.local").joinpath(CODEBOOK_FILE).open("rb") as file,
        np.load(file) as data,
    ):
        return Codebook(
            *(data[name].astype(np.float32) for name in ("mean", "projection", "words"))
        )


def aggregate(points: Keypoints, codebook: Codebook, assignments: int = 1) -> Aggregate:
    """Gather a picture's keypoints by visual word.

    Parameters
    ----------
    points : Keypoints
        Of the picture.
    codebook : Codebook
        The words.
    assignments : int
        Nearest words that each keypoint falls to: 1 of a reference, `CROP_ASSIGNMENTS` of a crop.

    Returns
    -------
    Aggregate
        Empty where there are no points.
    """
    placed = project_descriptors(points.unit_descriptors(), codebook.mean, codebook.projection)
    nearest = nearest_words(placed, codebook.words, assignments)
    differences = placed[:, None] - codebook.words[nearest]
    lengths = np.linalg.norm(differences, axis=2, keepdims=True)
    differences = (differences / np.maximum(lengths, 1e-9)).reshape(-1, BITS)
    order = np.argsort(nearest.ravel(), kind="stable")
    words, starts = np.unique(nearest.ravel()[order], return_index=True)
    sums = np.add.reduceat(differences[order], starts) if len(words) else np.zeros((0, BITS))
    packed = np.packbits(sums >= 0, axis=1, bitorder="little")
    return Aggregate(words.astype(np.uint16), packed.view("<u8").ravel().astype(np.uint64))


def project_descriptors(descriptors: Floats, mean: Floats, projection: Floats) -> Floats:
    """Return descriptors, shape (n, 128), in the codebook's space, shape (n, 64)."""
    return np.asarray((descriptors - mean) @ projection, np.float32)


def nearest_words(placed: Floats, words: Floats, count: int) -> NDArray[np.int64]:
    """Return the rows of the nearest words, nearest first, shape (n, count)."""
    distances = np.einsum("ij,ij->i", words, words) - 2 * placed @ words.T
    nearest = np.empty((len(placed), count), np.int64)
    rows = np.arange(len(placed))
    for rank in range(count):  # a few passes: partitioning each row takes ten times as long
        nearest[:, rank] = distances.argmin(axis=1)
        distances[rows, nearest[:, rank]] = np.inf
    return nearest

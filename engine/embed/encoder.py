"""The encoder protocol: pictures and texts become unit vectors of one space."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

Vectors = NDArray[np.float32]
"""Rows of length 1, shape (n, dim)."""


class Encoder(Protocol):
    """Turns pictures, and texts where it has a text tower, into unit vectors of one space."""

    name: str
    """What a person calls it: `compact`, `ViT-B-32/laion2b_s34b_b79k`."""

    fingerprint: str
    """Hex digest of weights and preprocessing, stored beside every vector: models never mix."""

    dim: int

    has_text: bool
    """Whether `encode_texts` works; the compact encoder sees pictures only."""

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Embed pictures, one row each.

        Parameters
        ----------
        images : sequence of PIL.Image.Image
            RGB pictures, at least 1 px a side; the encoder resizes them itself.

        Returns
        -------
        numpy.ndarray of float32, shape (len(images), dim)
            Rows of length 1 (no unit): the dot product of two is their cosine, -1 to 1,
            as CLIP compares them (Radford et al. 2021, arXiv:2103.00020, figure 3).

        Raises
        ------
        UnreadableImageError
            If a picture is broken, which shows only when its pixels are read.
        """

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Embed texts into the space of the pictures, one row each.

        Parameters
        ----------
        texts : sequence of str
            Descriptions such as `a blue milk carton`; longer ones than the model reads are cut.

        Returns
        -------
        numpy.ndarray of float32, shape (len(texts), dim)
            Rows of length 1 (no unit).

        Raises
        ------
        ModelError
            If the model has no text tower.
        """


@runtime_checkable
class PartEncoder(Protocol):
    """An encoder that looks at a picture more than once, and once where that is enough."""

    def encode_parts(self, images: Sequence[Image]) -> Vectors:
        """Embed parts that were cut out of a picture to be looked at by themselves, one row each.

        Parameters
        ----------
        images : sequence of PIL.Image.Image
            RGB pictures, at least 1 px a side.

        Returns
        -------
        numpy.ndarray of float32, shape (len(images), dim)
            Rows of length 1, in the space of `Encoder.encode_images`.
        """


def encode_parts(encoder: Encoder, parts: Sequence[Image]) -> Vectors:
    """Embed parts of a picture, one row each, with as few looks as the encoder can do with."""
    if isinstance(encoder, PartEncoder):
        return encoder.encode_parts(parts)
    return encoder.encode_images(parts)

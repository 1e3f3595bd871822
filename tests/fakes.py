"""Stand-ins whose every answer can be checked by hand."""

import hashlib
from collections.abc import Sequence

import numpy as np
from PIL import ImageColor
from PIL.Image import Image

from engine.embed.encoder import Vectors
from engine.errors import ModelError


class MeanColourEncoder:
    """A picture is its mean colour, a text the colour that it names; black points nowhere."""

    name = "mean-colour"
    fingerprint = hashlib.sha256(b"mean colour 1").hexdigest()
    dim = 3
    has_text = True

    def __init__(self, fingerprint: str | None = None) -> None:
        """Take another fingerprint to play another model."""
        self.fingerprint = fingerprint or type(self).fingerprint
        self.images_seen = 0

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Embed pictures as their mean red, green and blue, at length 1."""
        self.images_seen += len(images)
        means = [np.asarray(image, dtype=np.float32).mean(axis=(0, 1)) for image in images]
        return _unit_rows(means)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Embed colour names: `red` meets the red picture."""
        try:
            return _unit_rows([np.array(ImageColor.getrgb(text)[:3]) for text in texts])
        except ValueError as error:
            raise ModelError(f"{error}: this fake knows colour names only") from error


class ReadsNothing:
    """A reader that finds no word in any picture."""

    version = "nothing"

    def read(self, _image, *, turned=True):
        return []

    def scripts_it_cannot_read(self):
        return []


def _unit_rows(rows: Sequence[np.ndarray]) -> Vectors:
    """Stack rows of length 1; a row of zeros becomes grey."""
    matrix = np.array(rows, dtype=np.float32).reshape(-1, 3)
    matrix[~matrix.any(axis=1)] = 1.0
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)

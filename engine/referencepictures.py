"""Reference pictures as a search reads them; small copies of the latest stay in memory."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.catalog.models import ReferenceImage

Pixels = NDArray[np.uint8]

SMALL_PX = 96
"""Longer side of a small copy: what siblings differ by is a field of colour, seldom a line."""
KEPT = 256
"""Small copies in memory, 7 MB: siblings come back from search to search."""


class ReferencePictures:
    """Reads pictures of the catalog; safe to call from threads."""

    def __init__(self, read: Callable[[ReferenceImage], Image], kept: int = KEPT) -> None:
        self._read = read
        self._kept = kept
        self._lock = Lock()
        self._small: OrderedDict[str, Pixels] = OrderedDict()

    def read(self, image: ReferenceImage) -> Image:
        """Return the whole picture, upright, and keep a small copy."""
        picture = self._read(image)
        self._keep(image.sha256, shrunk(picture))
        return picture

    def small(self, image: ReferenceImage) -> Pixels:
        """Return a small copy, from memory if the picture was read lately."""
        with self._lock:
            copy = self._small.get(image.sha256)
        return shrunk(self.read(image)) if copy is None else copy

    def _keep(self, sha256: str, copy: Pixels) -> None:
        with self._lock:
            self._small[sha256] = copy
            self._small.move_to_end(sha256)
            while len(self._small) > self._kept:
                self._small.popitem(last=False)


def shrunk(picture: Image) -> Pixels:
    """Return RGB pixels, shape (height, width, 3), the longer side `SMALL_PX`."""
    zoom = SMALL_PX / max(picture.size)
    size = (max(round(picture.width * zoom), 1), max(round(picture.height * zoom), 1))
    return np.asarray(picture.convert("RGB").resize(size, Resampling.BOX), np.uint8)

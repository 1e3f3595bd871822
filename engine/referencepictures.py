"""Reference pictures as a search reads them; small copies of the latest stay in memory."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from engine.catalog.models import ReferenceImage

Pixels = NDArray[np.uint8]
Key = TypeVar("Key")
Value = TypeVar("Value")

SMALL_PX = 96
"""Longer side of a small copy: what siblings differ by is a field of colour, seldom a line."""
KEPT = 256
"""Small copies in memory, 7 MB: siblings come back from search to search."""


class Recent(Generic[Key, Value]):
    """Keeps the latest values of some keys; safe to use from threads."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of a key; one that is not there is made and kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        self.put(key, value)
        return value

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, and forget the oldest of too many."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._kept:
                self._values.popitem(last=False)


class ReferencePictures:
    """Reads pictures of the catalog; safe to call from threads."""

    def __init__(self, read: Callable[[ReferenceImage], Image], kept: int = KEPT) -> None:
        self._read = read
        self._small: Recent[str, Pixels] = Recent(kept)

    def read(self, image: ReferenceImage) -> Image:
        """Return the whole picture, upright, and keep a small copy."""
        picture = self._read(image)
        self._small.put(image.sha256, shrunk(picture))
        return picture

    def small(self, image: ReferenceImage) -> Pixels:
        """Return a small copy, from memory if the picture was read lately."""
        return self._small.get(image.sha256, lambda: shrunk(self._read(image)))


def shrunk(picture: Image) -> Pixels:
    """Return RGB pixels, shape (height, width, 3), the longer side `SMALL_PX`."""
    zoom = SMALL_PX / max(picture.size)
    size = (max(round(picture.width * zoom), 1), max(round(picture.height * zoom), 1))
    return np.asarray(picture.convert("RGB").resize(size, Resampling.BOX), np.uint8)

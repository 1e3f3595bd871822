"""Features: all that is read off a picture beside its embedding, for crops and references alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.embed.codes.reading import Code, read_codes
from engine.embed.details import PackedDetails
from engine.embed.hidden import find_hidden
from engine.embed.local.aggregate import (
    CROP_ASSIGNMENTS,
    Aggregate,
    aggregate,
    load_codebook,
)
from engine.embed.local.aggregate import FORMAT_VERSION as AGGREGATE_VERSION
from engine.embed.local.keypoints import (
    CROP_POINTS,
    FORMAT_VERSION,
    REFERENCE_POINTS,
    Keypoints,
    extract_keypoints,
)
from engine.embed.local.palette import PALETTE_VERSION, Palette, pack_palette, palette_of
from engine.embed.text.reader import TextReader
from engine.embed.text.stored import pack_words
from engine.embed.text.words import Word


@dataclass(frozen=True)
class CropDetails:
    """The details of a crop."""

    keypoints: Keypoints
    aggregate: Aggregate
    palette: Palette
    words: list[Word]
    codes: list[Code]
    hidden: NDArray[np.bool_] | None
    """True where the object is hidden, shape (height, width); None where nothing is."""
    is_read: bool = True
    """Whether words were looked for."""

    @property
    def words_read(self) -> list[Word] | None:
        """The words; None where nobody looked for any."""
        return self.words if self.is_read else None


class DetailExtractor:
    """Finds keypoints, words and codes; safe to call from threads."""

    def __init__(self, reader: TextReader, *, reads_crops: bool = True) -> None:
        """Take a reader of words, and whether crops are read: reference images always are."""
        self._reader = reader
        self.reads_crops = reads_crops
        self.version = (
            f"k{FORMAT_VERSION}-a{AGGREGATE_VERSION}-p{PALETTE_VERSION}-w{reader.version}"
        )
        """Stored beside details: those of another version are found anew by a reindex."""

    def scripts_not_read(self) -> list[str]:
        """Name the scripts whose words are missed on this machine."""
        return self._reader.scripts_it_cannot_read()

    def read_again(self, straight: Image) -> list[Word]:
        """Read a crop that was laid straight, so that no line of it needs turning."""
        return self._reader.read(straight, turned=False)

    def of_reference(self, image: Image) -> PackedDetails:
        """Find what is kept of a reference image."""
        keypoints = extract_keypoints(image, limit=REFERENCE_POINTS)
        words = self._reader.read(image)
        return PackedDetails(
            self.version,
            keypoints=keypoints.to_bytes(),
            aggregate=aggregate(keypoints, load_codebook()).to_bytes(),
            palette=pack_palette(palette_of(image)),
            words=pack_words(words),
        )

    def of_crop(self, image: Image) -> CropDetails:
        """Find what a crop shows, black bars and blurred patches kept out."""
        hidden = find_hidden(image).mask
        mask = hidden if hidden.any() else None
        keypoints = extract_keypoints(image, hidden=mask, limit=CROP_POINTS)
        return CropDetails(
            keypoints=keypoints,
            aggregate=aggregate(keypoints, load_codebook(), CROP_ASSIGNMENTS),
            palette=palette_of(image),
            words=self._reader.read(image) if self.reads_crops else [],
            codes=read_codes(image),
            hidden=mask,
            is_read=self.reads_crops,
        )

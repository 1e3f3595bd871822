"""A look at a crop: its embeddings and, meanwhile, its details."""

from dataclasses import dataclass

import numpy as np
from PIL.Image import Image

from engine.catalog.detaillist import LiveDetails
from engine.catalog.wordlist import LiveWords
from engine.crops import Crop
from engine.embed.encoder import Encoder, Vectors, encode_parts
from engine.embed.features import CropDetails, DetailExtractor
from engine.embed.looks import cut_looks
from engine.embed.workers import workers
from engine.referencepictures import ReferencePictures
from engine.stopwatch import Stopwatch


@dataclass(frozen=True)
class DetailChannels:
    """The channels beside the embedding: keypoints, words and codes."""

    extractor: DetailExtractor
    words: LiveWords
    details: LiveDetails
    pictures: ReferencePictures


@dataclass(frozen=True)
class Look:
    """What a crop shows: its embedding, and its details where they are compared."""

    image: Image
    vector: Vectors
    """Of the whole crop, then of parts of it, shape (looks, dim)."""
    details: CropDetails | None


class Looker:
    """Takes in crops with one encoder; safe to call from threads."""

    def __init__(self, encoder: Encoder, channels: DetailChannels | None) -> None:
        self._encoder = encoder
        self._channels = channels

    def look(self, crop: Crop, watch: Stopwatch) -> Look:
        """Take in one crop by itself: in a batch, last digits would depend on the neighbours."""
        watch.add("decode", crop.decode_ms)
        image = crop.shown
        if self._channels is None:
            return Look(image, self._embed(image, watch), None)
        details = workers().submit(self._read, image, self._channels.extractor, watch)
        vector = self._embed(image, watch)  # meanwhile
        return Look(image, vector, details.result())

    def _read(self, image: Image, extractor: DetailExtractor, watch: Stopwatch) -> CropDetails:
        with watch.stage("details"):
            return extractor.of_crop(image)

    def _embed(self, image: Image, watch: Stopwatch) -> Vectors:
        with watch.stage("embed"):
            whole = self._encoder.encode_images([image])
            return np.concatenate([whole, encode_parts(self._encoder, cut_looks(image))])

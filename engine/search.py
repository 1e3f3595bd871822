"""A crop in, a result out: the one place where all channels are composed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image
from sqlalchemy.orm import Session

from engine.answers import (
    ScoredImage,
    candidate,
    image_info,
    market_list,
    market_vote,
    merge_text_hits,
    rounded,
)
from engine.catalog.database import Sessions
from engine.catalog.index import Hits
from engine.catalog.store import CatalogStore
from engine.catalog.textsearch import search_products
from engine.embed.encoder import Encoder, Vectors
from engine.embed.image import (
    DEFAULT_LIMITS,
    Box,
    DecodeLimits,
    Picture,
    crop_box,
    decode,
    read_picture,
)
from engine.fusion import FusionModel, product_posterior
from engine.markets.posterior import country_posterior
from engine.results import CatalogInfo, CropResult, ModelInfo, SearchResult, TextResult
from engine.stopwatch import Stopwatch

POOL_SIZE = 256
"""Nearest vectors looked at for each crop: products beyond them get probability 0."""


@dataclass(frozen=True)
class Crop:
    """A decoded query picture, the part of it that shows the object, and what decoding took."""

    name: str
    picture: Picture
    box: Box | None = None
    decode_ms: float = 0.0


def crop_from_bytes(
    name: str, data: bytes, limits: DecodeLimits = DEFAULT_LIMITS, box: Box | None = None
) -> Crop:
    """Decode an uploaded query picture and check that its box lies inside.

    Raises
    ------
    ImageError
        If the bytes are no picture that the engine takes, or the box leaves it.
    """
    return _timed_crop(name, lambda: decode(data, limits), box)


def crop_from_file(
    path: Path, limits: DecodeLimits = DEFAULT_LIMITS, box: Box | None = None
) -> Crop:
    """Decode a query picture on disk and check that its box lies inside.

    Raises
    ------
    ImageError
        If the file is no picture that the engine takes, or the box leaves it.
    OSError
        If the file cannot be read.
    """
    return _timed_crop(path.name, lambda: read_picture(path, limits), box)


def _timed_crop(name: str, load: Callable[[], Picture], box: Box | None) -> Crop:
    start = perf_counter()
    picture = load()
    if box is not None:
        box.check_inside(picture.width, picture.height)
    return Crop(name, picture, box, (perf_counter() - start) * 1000)


class NearestVectors(Protocol):
    """Finds the reference vectors nearest to a crop's; `LiveIndex` is the one in use."""

    def search(
        self,
        session: Session,
        queries: Vectors,
        k: int,
        allowed: NDArray[np.int64] | None = None,
    ) -> Hits:
        """Return the `k` nearest embedding ids and their cosines for each query row."""


class Searcher:
    """Answers crops and texts from one catalog with one encoder; safe to call from threads."""

    def __init__(
        self,
        encoder: Encoder,
        index: NearestVectors,
        sessions: Sessions,
        fusion: FusionModel,
        unknown_prior: float,
    ) -> None:
        self._encoder = encoder
        self._index = index
        self._sessions = sessions
        self._fusion = fusion
        self._unknown_prior = unknown_prior

    @property
    def model(self) -> ModelInfo:
        """The encoder that answers come from."""
        return ModelInfo(self._encoder.name, self._encoder.fingerprint)

    def search(
        self,
        crops: Sequence[Crop],
        *,
        limit: int = 10,
        categories: Sequence[str] = (),
        markets: Sequence[str] = (),
    ) -> SearchResult:
        """Find the products that crops show and the countries where those are sold.

        Parameters
        ----------
        crops : sequence of Crop
            Decoded pictures, each with an optional box.
        limit : int
            Candidates to name for each crop; probabilities are of the whole catalog all the same.
        categories, markets : sequence of str
            Search only products of one of these categories and sold in one of these countries.

        Returns
        -------
        SearchResult
            One result a crop, in order.
        """
        watch = Stopwatch()
        for crop in crops:
            watch.add("decode", crop.decode_ms)
        with watch.stage("embed"):
            vectors = self._embed(crops)
        with self._sessions() as session:
            store = CatalogStore(session)
            with watch.stage("index"):
                n_products, hits = self._nearest(session, vectors, categories, markets)
            results = [
                self._answer(crop, self._scored_images(store, hits, row), n_products, limit)
                for row, crop in enumerate(crops)
            ]
            version = store.version()
        return SearchResult(results, self.model, CatalogInfo(version), watch.elapsed_ms())

    def search_text(self, text: str, *, limit: int = 10) -> TextResult:
        """Find products by the catalog's own words and numbers, then by look.

        The look is compared only where the encoder has a text tower.
        """
        watch = Stopwatch()
        with self._sessions() as session:
            store = CatalogStore(session)
            by_text = [hit.product for hit in search_products(session, text, limit=limit)]
            by_look = self._look_of(session, text) if self._encoder.has_text else []
            hits = merge_text_hits(by_text, by_look)[:limit]
            version = store.version()
        return TextResult(hits, self.model, CatalogInfo(version), watch.elapsed_ms())

    def _embed(self, crops: Sequence[Crop]) -> Vectors:
        """Embed crops one by one: in a batch, the last digits would depend on the neighbours."""
        rows = [self._encoder.encode_images([_visible_part(crop)]) for crop in crops]
        return np.concatenate(rows) if rows else np.zeros((0, self._encoder.dim), np.float32)

    def _nearest(
        self,
        session: Session,
        vectors: Vectors,
        categories: Sequence[str],
        markets: Sequence[str],
    ) -> tuple[int, Hits]:
        """Return how many products could be found, and the nearest reference vectors."""
        store = CatalogStore(session)
        allowed = None
        if categories or markets:
            fingerprint = self._encoder.fingerprint
            allowed = store.embedding_ids(fingerprint, categories=categories, markets=markets)
        n_products = store.count_products(categories=categories, markets=markets)
        return n_products, self._index.search(session, vectors, POOL_SIZE, allowed)

    def _scored_images(self, store: CatalogStore, hits: Hits, row: int) -> list[ScoredImage]:
        """Return each near product's best image, best product first.

        An embedding that was deleted since the index answered is passed over.
        """
        ids = [int(number) for number in hits.ids[row] if number >= 0]
        images = store.images_of_embeddings(ids)
        best: dict[int, ScoredImage] = {}
        for number, score in zip(ids, hits.scores[row], strict=False):
            image = images.get(number)
            if image is not None and image.product_id not in best:
                best[image.product_id] = ScoredImage(image, float(score))
        return list(best.values())

    def _answer(
        self, crop: Crop, scored: list[ScoredImage], n_products: int, limit: int
    ) -> CropResult:
        """Weigh what was found for one crop."""
        scores = np.array([item.score for item in scored], dtype=np.float64)
        n_findable = max(n_products, len(scored))
        posterior = product_posterior(scores, n_findable, self._fusion, self._unknown_prior)
        probabilities = [float(p) for p in posterior.products]
        votes = [market_vote(item.image, p) for item, p in zip(scored, probabilities, strict=True)]
        countries = country_posterior(votes)
        return CropResult(
            image=image_info(crop.name, crop.picture),
            candidates=[
                candidate(rank, item, probability)
                for rank, (item, probability) in enumerate(
                    zip(scored[:limit], probabilities, strict=False), start=1
                )
            ],
            unknown=rounded(posterior.unknown),
            undetermined=rounded(countries.undetermined),
            markets=market_list(countries),
        )

    def _look_of(self, session: Session, text: str) -> list[ScoredImage]:
        hits = self._index.search(session, self._encoder.encode_texts([text]), POOL_SIZE)
        return self._scored_images(CatalogStore(session), hits, 0)


def _visible_part(crop: Crop) -> Image:
    return crop.picture.image if crop.box is None else crop_box(crop.picture.image, crop.box)

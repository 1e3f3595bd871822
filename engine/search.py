"""A crop in, a result out: the one place where all channels are composed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image
from sqlalchemy.orm import Session

from engine.answers import crop_result, market_votes, merge_text_hits, scene_objects
from engine.catalog.database import Sessions
from engine.catalog.detaillist import LiveDetails
from engine.catalog.index import Hits
from engine.catalog.store import CatalogStore
from engine.catalog.textsearch import search_products
from engine.catalog.wordlist import LiveWords
from engine.compare import Comparison, CropComparer, NearImage, best_by_product
from engine.embed.encoder import Encoder, Vectors, encode_parts
from engine.embed.features import CropDetails, DetailExtractor
from engine.embed.image import (
    DEFAULT_LIMITS,
    Box,
    DecodeLimits,
    Picture,
    crop_box,
    decode,
    read_picture,
    with_context,
)
from engine.embed.looks import crowd_levels, cut_looks, rank_by_looks
from engine.embed.quality_hits import QualityHits
from engine.embed.text.matching import tokens_of
from engine.embed.workers import workers
from engine.fusion import (
    Floats,
    FusionModel,
    Posterior,
    product_posterior,
    rank_scores,
    signal_matrix,
)
from engine.markets.judge import CountryJudge
from engine.markets.scene_answer import scene_answer
from engine.reasons import References, SearchedPart, with_reasons
from engine.referencepictures import ReferencePictures
from engine.results import (
    CatalogInfo,
    CropResult,
    ModelInfo,
    ReadingInfo,
    SceneResult,
    SearchResult,
    TextResult,
)
from engine.stopwatch import Stopwatch

POOL_SIZE = 160
"""Nearest vectors looked at for each crop: products beyond them get probability 0."""

N_COMPARED = 100
"""Reference images whose details are compared."""

N_ALIKE = 40
"""Reference images that the details of a crop may add to those that its look finds."""

N_TOLD = 20
"""Products that the words of a crop may add to those that its look finds."""

SPARE = 5
"""Times as many are asked for where a filter will drop some of them."""

REPEAT_MIN = 0.3
"""Strength from which a crop is compared as a pattern too: a wallpaper has .4 or more."""

N_PATTERNS = 20
"""Products whose pattern is compared with that of such a crop."""

DOUBT = (0.1, 0.97)
"""Probabilities of the first candidate between which the crop is read again, laid straight."""

N_CLOSE = 12
"""Products whose likeliest picture is compared with the crop place by place."""


@dataclass(frozen=True)
class Crop:
    """A decoded query picture, the part of it that shows the object, and what decoding took."""

    name: str
    picture: Picture
    box: Box | None = None
    decode_ms: float = 0.0

    @property
    def origin(self) -> tuple[int, int]:
        """Where the part that is searched begins, px from the upper left corner."""
        if self.box is None:
            return (0, 0)
        part = with_context(self.box, self.picture.width, self.picture.height)
        return (part.x, part.y)


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


@dataclass(frozen=True)
class Filters:
    """The part of the catalog to search: values of one kind mean OR, the two kinds AND."""

    categories: Sequence[str] = ()
    markets: Sequence[str] = ()
    without: Sequence[str] = ()
    """Ids of products that are left out, as if the catalog lacked them: an evaluation strikes."""


@dataclass(frozen=True)
class Look:
    """What a crop shows: its embedding, and its details where they are compared."""

    image: Image
    vector: Vectors
    """Of the whole crop, then of parts of it, shape (looks, dim)."""
    details: CropDetails | None


@dataclass(frozen=True)
class DetailChannels:
    """The channels beside the embedding: keypoints, words and codes."""

    extractor: DetailExtractor
    words: LiveWords
    details: LiveDetails
    pictures: ReferencePictures


@dataclass(frozen=True)
class Weighed:
    """The candidates of a crop, the likeliest first, and what speaks for each."""

    comparisons: list[Comparison]
    posterior: Posterior

    def likeliest(self, count: int) -> list[Comparison]:
        """Return the first ones by probability; of equals the one that came first."""
        order = np.argsort(-self.posterior.products, kind="stable")[:count]
        return [self.comparisons[row] for row in order.tolist()]


@dataclass(frozen=True)
class Examined:
    """The answer to one crop, and all that it was drawn from."""

    result: CropResult
    weighed: Weighed
    look: Look
    elapsed_ms: dict[str, float]


class Searcher:
    """Answers crops and texts from one catalog with one encoder; safe to call from threads."""

    def __init__(
        self,
        encoder: Encoder,
        index: NearestVectors,
        sessions: Sessions,
        fusion: FusionModel,
        unknown_prior: float,
        channels: DetailChannels | None = None,
        quality_hits: QualityHits | None = None,
        judge: CountryJudge | None = None,
    ) -> None:
        self._encoder = encoder
        self._index = index
        self._sessions = sessions
        self._fusion = fusion
        self._unknown_prior = unknown_prior
        self._channels = channels
        self._quality_hits = quality_hits or QualityHits()
        self._judge = judge or CountryJudge()

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
        filters = Filters(categories, markets)
        looks = [self._look(crop, watch) for crop in crops]
        with self._sessions() as session:
            results = [
                self._answer(session, crop, look, self._weigh(session, look, filters, watch), limit)
                for crop, look in zip(crops, looks, strict=True)
            ]
            version = CatalogStore(session).version()
        elapsed_ms = watch.elapsed_ms()
        return SearchResult(results, self.model, CatalogInfo(version), elapsed_ms, self._reading())

    def search_scene(self, crops: Sequence[Crop], *, limit: int = 10) -> SceneResult:
        """Find what crops of one scene show, and where their objects were bought, together."""
        found = self.search(crops, limit=limit)
        objects = scene_objects([crop.box for crop in crops], found.results)
        with self._sessions() as session:
            scene = scene_answer(objects, self._judge.prior(session))
        return SceneResult(
            found.results, scene, found.model, found.catalog, found.elapsed_ms, found.ocr
        )

    def _reading(self) -> ReadingInfo | None:
        if self._channels is None:
            return None
        extractor = self._channels.extractor
        return ReadingInfo(extractor.scripts_not_read(), extractor.reads_crops)

    def look_and_weigh(self, crop: Crop) -> tuple[Look, Weighed]:
        """Return the candidates of one crop with the numbers behind them, as a fit wants them."""
        watch = Stopwatch()
        look = self._look(crop, watch)
        with self._sessions() as session:
            return look, self._weigh(session, look, Filters(), watch)

    def examine(self, crop: Crop, *, limit: int = 10) -> Examined:
        """Answer one crop and show the numbers behind the answer, as an evaluation wants them."""
        watch = Stopwatch()
        look = self._look(crop, watch)
        with self._sessions() as session:
            weighed = self._weigh(session, look, Filters(), watch)
            result = self._answer(session, crop, look, weighed, limit)
        return Examined(result, weighed, look, watch.elapsed_ms())

    def weigh_without(self, look: Look, products: Sequence[str]) -> Weighed:
        """Weigh a crop that was examined once more, as if the catalog lacked some products."""
        with self._sessions() as session:
            return self._weigh(session, look, Filters(without=products), Stopwatch())

    def candidates(self, look: Look) -> list[NearImage]:
        """Return the candidate pictures of a crop, in the order in which they are compared."""
        with self._sessions() as session:
            return self._near(session, look, Filters())

    def posterior(self, signals: Floats, categories: Sequence[str] = ()) -> Posterior:
        """Return the probabilities that these signals give by the fusion in use."""
        return product_posterior(signals, self._fusion, self._unknown_prior, categories)

    def _answer(
        self, session: Session, crop: Crop, look: Look, weighed: Weighed, limit: int
    ) -> CropResult:
        comparisons, posterior = weighed.comparisons, weighed.posterior
        votes = market_votes(comparisons, posterior, CatalogStore(session).newest_observation())
        countries = self._judge.judge(session, votes, look.details, crop.origin)
        result = crop_result(crop.name, crop.picture, comparisons, posterior, limit, countries)
        told = weighed.likeliest(limit)
        part = SearchedPart(look.image, look.details, crop.origin)
        references = self._references(session, told)
        return with_reasons(result, told, part, references, self._quality_hits)

    def _references(self, session: Session, told: Sequence[Comparison]) -> References | None:
        """Return what is stored of the pictures that are told."""
        if self._channels is None:
            return None
        ids, version = [each.image.id for each in told], self._channels.extractor.version
        stored = CatalogStore(session).details_of(ids, version)
        rarity = self._channels.words.index(session).rarity
        return References(stored, rarity, self._channels.pictures)

    def _look(self, crop: Crop, watch: Stopwatch) -> Look:
        """Take in one crop by itself: in a batch, last digits would depend on the neighbours."""
        watch.add("decode", crop.decode_ms)
        image = _visible_part(crop)
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

    def _weigh(self, session: Session, look: Look, filters: Filters, watch: Stopwatch) -> Weighed:
        """Gather candidates from each channel, compare them, and give each a probability."""
        with watch.stage("index"):
            near = self._near(session, look, filters)
        with watch.stage("compare"):
            comparer = self._comparer(session, look, near)
            weighed = self._weighed(self._compare(comparer, near))
        if comparer is None or not _is_in_doubt(weighed):
            return weighed
        with watch.stage("read again"):
            return self._weighed(self._read_again(comparer, weighed))

    def _weighed(self, comparisons: Sequence[Comparison]) -> Weighed:
        """Give each product a probability, by its likest picture."""
        best = [comparisons[row] for row in self._likest(comparisons)]
        signals = signal_matrix([each.signals for each in best])
        posterior = self.posterior(signals, [each.image.product.category for each in best])
        return Weighed(best, posterior)

    def _likest(self, comparisons: Sequence[Comparison]) -> list[int]:
        """Return the row of each product's likest picture, likest product first."""
        signals = signal_matrix([each.signals for each in comparisons])
        return best_by_product(comparisons, rank_scores(signals, self._fusion))

    def _near(self, session: Session, look: Look, filters: Filters) -> list[NearImage]:
        """Return the candidate pictures: those that share words, a code or details, then by look.

        All looks may be drowned by the background; what is printed still finds the product.
        """
        allowed = self._allowed(session, filters)
        crowd = self._index.search(session, look.vector, POOL_SIZE, allowed)
        told = self._told(session, look.details, allowed)
        sought = np.union1d(crowd.ids[crowd.ids >= 0], told)
        hits = self._index.search(session, look.vector, len(sought), sought)
        ids, scores = rank_by_looks(hits.ids, hits.scores, crowd_levels(crowd.scores))
        is_told = np.isin(ids, told)
        rows = [*np.flatnonzero(is_told), *np.flatnonzero(~is_told)[:POOL_SIZE]]
        images = CatalogStore(session).images_of_embeddings(ids[rows].tolist())
        numbered = zip(ids[rows].tolist(), scores[rows].tolist(), strict=True)
        return [NearImage(images[number], score) for number, score in numbered if number in images]

    def _allowed(self, session: Session, filters: Filters) -> NDArray[np.int64] | None:
        if not filters.categories and not filters.markets and not filters.without:
            return None
        store, fingerprint = CatalogStore(session), self._encoder.fingerprint
        allowed = store.embedding_ids(fingerprint, filters.categories, filters.markets)
        struck = [product.id for product in store.products_by_key(filters.without).values()]
        return np.setdiff1d(allowed, store.embedding_ids_of(struck, fingerprint))

    def _told(
        self, session: Session, details: CropDetails | None, allowed: NDArray[np.int64] | None
    ) -> NDArray[np.int64]:
        """Return the embeddings of what the words, the codes and the details of a crop name."""
        if self._channels is None or details is None:
            return np.empty(0, np.int64)
        store, fingerprint = CatalogStore(session), self._encoder.fingerprint
        spare = 1 if allowed is None else SPARE
        words = self._channels.words.index(session)
        named = [number for number, _ in words.candidates(tokens_of(details.words), N_TOLD * spare)]
        coded = store.products_with_gtins([code.gtin for code in details.codes if code.gtin])
        alike = self._channels.details.list(session).images(details.aggregate, N_ALIKE * spare)
        by_product = store.embeddings_of_products([*coded, *named], fingerprint)
        by_image = store.embeddings_of_images(alike.tolist(), fingerprint)
        return np.union1d(
            _first_allowed(by_product, allowed, N_TOLD + len(coded)),
            _first_allowed(by_image, allowed, N_ALIKE),
        )

    def _nearest(
        self, session: Session, vector: Vectors, allowed: NDArray[np.int64] | None
    ) -> list[NearImage]:
        """Return the reference images nearest by embedding.

        An embedding that was deleted since the index answered is passed over.
        """
        hits = self._index.search(session, vector, POOL_SIZE, allowed)
        ids = [int(number) for number in hits.ids[0] if number >= 0]
        images = CatalogStore(session).images_of_embeddings(ids)
        scores = dict(zip(ids, hits.scores[0].tolist(), strict=False))
        return [NearImage(images[number], scores[number]) for number in ids if number in images]

    def _comparer(
        self, session: Session, look: Look, near: Sequence[NearImage]
    ) -> CropComparer | None:
        """Return what compares the crop with the nearest; None where only looks are compared."""
        channels = self._channels
        if channels is None or look.details is None:
            return None
        ids = [each.image.id for each in near[:N_COMPARED]]
        stored = CatalogStore(session).details_of(ids, channels.extractor.version)
        rarity = channels.words.index(session).rarity
        return CropComparer(look.image, look.details, rarity, stored)

    def _compare(
        self, comparer: CropComparer | None, near: Sequence[NearImage]
    ) -> list[Comparison]:
        """Compare the nearest by their details, and the likeliest of these place by place."""
        if comparer is None:
            return [Comparison(each.image, each.score) for each in near]
        some, rest = near[:N_COMPARED], near[N_COMPARED:]
        compared = comparer.compare(some)
        if comparer.repeat_strength >= REPEAT_MIN:
            for row in self._likest(compared)[:N_PATTERNS]:
                compared[row] = comparer.compare_pattern(compared[row])
        rows = self._likest(compared)[:N_CLOSE]
        chosen = [compared[row] for row in rows]
        closer = workers().map(partial(self._looked_closely, comparer), chosen)
        for row, comparison in zip(rows, closer, strict=True):
            compared[row] = comparison
        return compared + [Comparison(each.image, each.score) for each in rest]

    def _looked_closely(self, comparer: CropComparer, comparison: Comparison) -> Comparison:
        if comparison.match is None or not comparison.match.is_plausible:
            return comparison  # without reading the reference
        assert self._channels is not None
        return comparer.look_closely(comparison, self._channels.pictures.read(comparison.image))

    def _read_again(self, comparer: CropComparer, weighed: Weighed) -> list[Comparison]:
        """Read the crop laid straight onto the first candidate, and hold all against its words.

        Small print is read better that way, and with it the word that tells siblings apart.
        """
        assert self._channels is not None
        extractor, comparisons = self._channels.extractor, weighed.comparisons
        words = comparer.read_again(weighed.likeliest(1)[0], extractor.read_again)
        if words is None:
            return comparisons
        return [
            each if each.close is None else comparer.contradicted(each, words)
            for each in comparisons
        ]

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

    def _look_of(self, session: Session, text: str) -> list[NearImage]:
        return self._nearest(session, self._encoder.encode_texts([text]), None)


def _is_in_doubt(weighed: Weighed) -> bool:
    """Tell whether another look may change the answer."""
    low, high = DOUBT
    return low <= float(weighed.posterior.products.max(initial=0.0)) <= high


def _visible_part(crop: Crop) -> Image:
    return crop.picture.image if crop.box is None else crop_box(crop.picture.image, crop.box)


def _first_allowed(
    groups: Sequence[NDArray[np.int64]], allowed: NDArray[np.int64] | None, limit: int
) -> NDArray[np.int64]:
    """Return the numbers of the first `limit` groups that have any allowed one."""
    kept = [ids if allowed is None else np.intersect1d(ids, allowed) for ids in groups]
    chosen = [ids for ids in kept if len(ids)][:limit]
    return np.concatenate([np.empty(0, np.int64), *chosen])

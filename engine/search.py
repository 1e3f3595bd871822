"""A crop in, a result out: the one place where all channels are composed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.answers import crop_result, market_votes, merge_text_hits, scene_objects
from engine.candidates import Candidates, Filters, NearestVectors
from engine.catalog.database import Sessions
from engine.catalog.store import CatalogStore
from engine.catalog.textsearch import search_products
from engine.comparison import Comparison, NearImage
from engine.crops import Crop
from engine.embed.encoder import Encoder
from engine.embed.quality_hits import QualityHits
from engine.fusion import Floats, FusionModel, Posterior
from engine.look import DetailChannels, Look, Looker
from engine.markets.judge import CountryJudge
from engine.markets.scene_answer import scene_answer
from engine.reasons import References, SearchedPart, with_reasons
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
from engine.weighing import Weighed, Weigher


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
        self._sessions = sessions
        self._channels = channels
        self._looker = Looker(encoder, channels)
        self._candidates = Candidates(encoder.fingerprint, index, channels)
        self._weigher = Weigher(fusion, unknown_prior, channels)
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
        looks = [self._looker.look(crop, watch) for crop in crops]
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
        look = self._looker.look(crop, watch)
        with self._sessions() as session:
            return look, self._weigh(session, look, Filters(), watch)

    def examine(self, crop: Crop, *, limit: int = 10) -> Examined:
        """Answer one crop and show the numbers behind the answer, as an evaluation wants them."""
        watch = Stopwatch()
        look = self._looker.look(crop, watch)
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
            return self._candidates.near(session, look, Filters())

    def posterior(self, signals: Floats, categories: Sequence[str] = ()) -> Posterior:
        """Return the probabilities that these signals give by the fusion in use."""
        return self._weigher.posterior(signals, categories)

    def _weigh(self, session: Session, look: Look, filters: Filters, watch: Stopwatch) -> Weighed:
        with watch.stage("index"):
            near = self._candidates.near(session, look, filters)
        return self._weigher.weigh(session, look, near, watch)

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
        return self._candidates.nearest(session, self._encoder.encode_texts([text]), None)

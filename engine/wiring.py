"""Picks the concrete classes for the settings: the one place that knows them all.

Torch takes seconds to import, so what needs it is imported where an encoder is opened:
`engine export` and `engine model list` do without.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PIL.Image import Image
from sqlalchemy import Engine

from engine.calibrate import Calibrations
from engine.catalog.database import Sessions, open_database
from engine.catalog.detaillist import LiveDetails
from engine.catalog.files import ImageFiles
from engine.catalog.index.live import LiveIndex
from engine.catalog.models import ReferenceImage
from engine.catalog.store import CatalogStore
from engine.catalog.wordlist import LiveWords
from engine.doubts import PackReader
from engine.embed.encoder import Encoder
from engine.embed.features import DetailExtractor
from engine.embed.image import DecodeLimits, read_picture
from engine.embed.models.store import ModelCard, ModelStore
from engine.embed.quality_hits import read_quality_hits
from engine.embed.text.reader import RapidReader
from engine.ingest import Ingester
from engine.look import DetailChannels
from engine.markets.clues.all import read_clues
from engine.markets.fit import load_multipliers
from engine.markets.judge import CountryJudge
from engine.markets.weights import load_weights
from engine.referencepictures import ReferencePictures
from engine.search import Searcher
from engine.settings import Settings

BUILT_IN = tuple(
    ModelCard(name, source=f"built in: {what}", licence="Apache-2.0", is_builtin=True)
    for name, what in (
        ("compact", "EfficientNet-lite, pictures only, needs no download"),
        ("compact-naive", "one plain view of EfficientNet-lite2, to compare with"),
    )
)

DETAILS = "+details"
"""Added to an encoder's name where details are compared too: its probabilities are fitted apart."""

UNREAD = "-words"
"""Added to both where crops are not read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """Everything that an edge needs, ready to use."""

    settings: Settings
    limits: DecodeLimits
    database: Engine
    sessions: Sessions
    files: ImageFiles
    encoder: Encoder
    extractor: DetailExtractor | None
    channels: DetailChannels | None
    index: LiveIndex
    ingester: Ingester
    searcher: Searcher
    judge: CountryJudge
    pack_reader: PackReader
    calibrations: Calibrations
    calibration_key: str
    """What a fit is kept under: the encoder and the channels that it is for."""


@contextmanager
def open_catalog(settings: Settings) -> Iterator[Sessions]:
    """Open the database alone: no encoder is loaded, no index is read."""
    database = open_database(settings.database_path)
    try:
        yield Sessions(database)
    finally:
        database.dispose()


@contextmanager
def open_packs(settings: Settings) -> Iterator[tuple[Sessions, PackReader]]:
    """Open the database and what reads the packs in it: no encoder is loaded."""
    with open_catalog(settings) as sessions:
        yield sessions, _pack_reader(_judge(settings), open_extractor(settings))


def _judge(settings: Settings) -> CountryJudge:
    weights = load_weights().fitted(load_multipliers(settings.market_fit_path))
    return CountryJudge(read_clues, settings.country_prior, weights)


def _pack_reader(judge: CountryJudge, extractor: DetailExtractor | None) -> PackReader:
    return PackReader(judge, extractor.version if extractor else None)


@contextmanager
def open_engine(settings: Settings) -> Iterator[Parts]:
    """Open the data folder with its encoder and index; save the index when done."""
    database = open_database(settings.database_path)
    try:
        encoder = open_encoder(settings, _model_name(settings, Sessions(database)))
        extractor = open_extractor(settings)
        parts = build_parts(settings, database, encoder, extractor)
        _warn_of_unseen_images(parts)
        yield parts
        parts.index.save()
    finally:
        database.dispose()


def build_parts(
    settings: Settings,
    database: Engine,
    encoder: Encoder,
    extractor: DetailExtractor | None = None,
) -> Parts:
    """Put the parts together around an encoder; tests do it around a small one.

    Without an extractor pictures are compared by their embeddings alone.
    """
    sessions = Sessions(database)
    limits = DecodeLimits(settings.max_image_bytes, settings.max_image_pixels)
    files = ImageFiles(settings.images_dir)
    index = LiveIndex(sessions, settings.index_dir, encoder.fingerprint, encoder.dim)
    calibrations = Calibrations(settings.calibrations_path)
    suffix = "" if extractor is None else DETAILS
    unread = "" if extractor is None or extractor.reads_crops else UNREAD
    calibration_key = encoder.fingerprint + suffix + unread
    fusion = calibrations.model_for(encoder.name + suffix + unread, calibration_key)
    channels = None
    if extractor is not None:
        channels = DetailChannels(
            extractor,
            LiveWords(extractor.version),
            LiveDetails(extractor.version),
            ReferencePictures(partial(_read_reference, files, limits)),
        )
    quality_hits = read_quality_hits(settings.quality_hits_path)
    judge = _judge(settings)
    return Parts(
        settings=settings,
        limits=limits,
        database=database,
        sessions=sessions,
        files=files,
        encoder=encoder,
        index=index,
        extractor=extractor,
        channels=channels,
        ingester=Ingester(sessions, files, encoder, limits, extractor),
        searcher=Searcher(
            encoder,
            index,
            sessions,
            fusion,
            settings.unknown_prior,
            channels,
            quality_hits,
            judge,
        ),
        judge=judge,
        pack_reader=_pack_reader(judge, extractor),
        calibrations=calibrations,
        calibration_key=calibration_key,
    )


def _read_reference(files: ImageFiles, limits: DecodeLimits, image: ReferenceImage) -> Image:
    return read_picture(files.path(image.sha256), limits).image


def open_models(settings: Settings) -> ModelStore:
    """Open the models folder; the encoders that are built in stand in its list too."""
    return ModelStore(settings.models_dir, BUILT_IN)


def open_encoder(settings: Settings, name: str) -> Encoder:
    """Load an encoder by name: a built-in one, or one of the models folder.

    Raises
    ------
    ModelError
        If there is none of that name, or its files are damaged.
    """
    import torch  # noqa: PLC0415  # see the head of this file

    from engine.embed.compact import CompactEncoder  # noqa: PLC0415

    if settings.threads:
        torch.set_num_threads(settings.threads)
    models = open_models(settings)
    card = models.get(name)
    if card.is_builtin:
        return CompactEncoder(card.name, settings.device)
    return models.load(name, settings.device)


def open_extractor(settings: Settings) -> DetailExtractor | None:
    """Load what finds details; None where only the look is compared."""
    if not settings.details:
        return None
    return DetailExtractor(RapidReader(), reads_crops=settings.ocr)


def _model_name(settings: Settings, sessions: Sessions) -> str:
    """Return the encoder that was asked for, or the one that the catalog was indexed with."""
    if settings.model is not None:
        return settings.model
    with sessions() as session:
        return CatalogStore(session).model()


def _warn_of_unseen_images(parts: Parts) -> None:
    """Say so when pictures cannot be found because the encoder has not seen them."""
    with parts.sessions() as session:
        version = parts.extractor.version if parts.extractor else None
        unseen = CatalogStore(session).count_unseen_images(parts.encoder.fingerprint, version)
    if unseen:
        log.warning(
            "%d reference images lack features of %s, or details, and are hard to find: "
            "run `engine reindex`",
            unseen,
            parts.encoder.name,
        )

"""Picks the concrete classes for the settings: the one place that knows them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from sqlalchemy import Engine

from engine.calibrate import Calibrations
from engine.catalog.database import Sessions, open_database
from engine.catalog.files import ImageFiles
from engine.catalog.index.live import LiveIndex
from engine.catalog.store import CatalogStore
from engine.embed.compact import COMPACT_NAMES, CompactEncoder
from engine.embed.encoder import Encoder
from engine.embed.image import DecodeLimits
from engine.embed.modelstore import ModelStore
from engine.ingest import Ingester
from engine.search import Searcher
from engine.settings import Settings


@dataclass(frozen=True)
class Parts:
    """Everything that an edge needs, ready to use."""

    settings: Settings
    limits: DecodeLimits
    database: Engine
    sessions: Sessions
    files: ImageFiles
    encoder: Encoder
    index: LiveIndex
    ingester: Ingester
    searcher: Searcher
    calibrations: Calibrations


@contextmanager
def open_catalog(settings: Settings) -> Iterator[Sessions]:
    """Open the database alone: no encoder is loaded, no index is read."""
    database = open_database(settings.database_path)
    try:
        yield Sessions(database)
    finally:
        database.dispose()


@contextmanager
def open_engine(settings: Settings) -> Iterator[Parts]:
    """Open the data folder with its encoder and index; save the index when done."""
    database = open_database(settings.database_path)
    try:
        sessions = Sessions(database)
        parts = build_parts(
            settings, database, open_encoder(settings, _model_name(settings, sessions))
        )
        yield parts
        parts.index.save()
    finally:
        database.dispose()


def build_parts(settings: Settings, database: Engine, encoder: Encoder) -> Parts:
    """Put the parts together around an encoder; tests do it around a small one."""
    sessions = Sessions(database)
    limits = DecodeLimits(settings.max_image_bytes, settings.max_image_pixels)
    files = ImageFiles(settings.images_dir)
    index = LiveIndex(sessions, settings.index_dir, encoder.fingerprint, encoder.dim)
    calibrations = Calibrations(settings.calibrations_path)
    fusion = calibrations.model_for(encoder.name, encoder.fingerprint)
    return Parts(
        settings=settings,
        limits=limits,
        database=database,
        sessions=sessions,
        files=files,
        encoder=encoder,
        index=index,
        ingester=Ingester(sessions, files, encoder, limits),
        searcher=Searcher(encoder, index, sessions, fusion, settings.unknown_prior),
        calibrations=calibrations,
    )


def open_encoder(settings: Settings, name: str) -> Encoder:
    """Load an encoder by name: `compact`, or one in the models folder.

    Raises
    ------
    ModelError
        If there is none of that name, or its files are damaged.
    """
    if settings.threads:
        torch.set_num_threads(settings.threads)
    if name in COMPACT_NAMES:
        return CompactEncoder(name)
    from engine.embed.clip import ClipEncoder  # noqa: PLC0415  # open_clip takes a second to import

    return ClipEncoder(ModelStore(settings.models_dir).get(name), settings.device)


def _model_name(settings: Settings, sessions: Sessions) -> str:
    """Return the encoder that was asked for, or the one that the catalog was indexed with."""
    if settings.model is not None:
        return settings.model
    with sessions() as session:
        return CatalogStore(session).model()

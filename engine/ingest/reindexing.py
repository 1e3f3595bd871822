"""Switching encoders: every picture of the catalog is embedded by the new one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from engine.catalog.files import ImageFiles
from engine.catalog.models import ReferenceImage
from engine.catalog.store import CatalogStore
from engine.embed.encoder import Encoder
from engine.ingest.events import BadImage, Meter, Progress, ReindexReport
from engine.ingest.loading import (
    BadPicture,
    Loaded,
    LoadedPicture,
    PictureLoader,
    in_batches,
    run_ahead,
)
from engine.ingest.writing import EmbeddedPicture, add_features, embed

BATCH_IMAGES = 16
PAGE_IMAGES = 200


@dataclass(frozen=True)
class Job:
    """One picture of the catalog to embed."""

    image_id: int
    path: Path


class ReindexRun:
    """Embeds what an encoder has not seen, in committed batches, then makes it the catalog's.

    An interrupted run is gone on with by the next. Pictures that others add meanwhile are
    embedded too: the switch happens in a transaction that finds none left.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        files: ImageFiles,
        loader: PictureLoader,
        encoder: Encoder,
        details_version: str | None,
        on_event: Callable[[Progress], None],
    ) -> None:
        self._sessions = sessions
        self._files = files
        self._loader = loader
        self._encoder = encoder
        self._details_version = details_version
        self._on_event = on_event
        self._meter = Meter(self._count_unseen())
        self._bad: dict[int, BadImage] = {}
        self._embedded = 0

    def run(self) -> ReindexReport:
        """Embed and switch."""
        while not self._switch():
            self._embed_unseen()
        return ReindexReport(self._embedded, list(self._bad.values()), self._meter.seconds)

    def _count_unseen(self) -> int:
        with self._sessions() as session:
            store = CatalogStore(session)
            return store.count_unseen_images(self._encoder.fingerprint, self._details_version)

    def _switch(self) -> bool:
        """Search the catalog by the encoder from now on, if it has seen every picture."""
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            unseen = store.unseen_images(self._encoder.fingerprint, self._details_version)
            if any(image.id not in self._bad for image in unseen):
                return False
            store.set_model(self._encoder.name)
            return True

    def _embed_unseen(self) -> None:
        with closing(run_ahead(self._load, self._jobs())) as results:
            for batch in in_batches(results, BATCH_IMAGES):
                loaded = [
                    (job, picture) for job, picture in batch if isinstance(picture, LoadedPicture)
                ]
                pictures = embed(self._encoder, [picture for _, picture in loaded])
                self._write(
                    [(job, vector) for (job, _), vector in zip(loaded, pictures, strict=True)]
                )
                self._note_bad(batch)
                self._meter.count(done=len(batch), images=len(loaded))
                self._on_event(self._meter.progress())

    def _jobs(self) -> Iterator[Job]:
        """Yield the pictures that the encoder has not seen, a page in each transaction."""
        last = 0
        while page := self._page(last):
            yield from page
            last = page[-1].image_id

    def _page(self, after: int) -> list[Job]:
        with self._sessions() as session:
            store = CatalogStore(session)
            fingerprint, version = self._encoder.fingerprint, self._details_version
            images = store.unseen_images(fingerprint, version, after, PAGE_IMAGES)
            return [
                Job(image.id, self._files.path(image.sha256))
                for image in islice(images, PAGE_IMAGES)
            ]

    def _load(self, job: Job) -> Loaded:
        return self._loader.load(job.path)

    def _write(self, embedded: Sequence[tuple[Job, EmbeddedPicture]]) -> None:
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            for job, picture in embedded:
                image = session.get(ReferenceImage, job.image_id)
                if image is not None:  # not deleted meanwhile
                    add_features(store, image, self._encoder.fingerprint, picture)
                    self._embedded += 1

    def _note_bad(self, batch: Iterable[tuple[Job, Loaded]]) -> None:
        for job, loaded in batch:
            if isinstance(loaded, BadPicture):
                self._bad[job.image_id] = BadImage(0, job.path, loaded.reason)

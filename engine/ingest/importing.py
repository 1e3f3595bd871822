"""One run of an import: a stream of rows becomes committed batches and events."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from engine.catalog.lines import BadRow
from engine.catalog.manifest import ManifestRow
from engine.catalog.store import CatalogStore
from engine.embed.encoder import Encoder
from engine.ingest.events import (
    BadImage,
    ImageFailed,
    ImportEvent,
    ImportReport,
    Meter,
    ProductDone,
    RowFailed,
)
from engine.ingest.loading import (
    BadPicture,
    Loaded,
    LoadedPicture,
    PictureLoader,
    in_batches,
    run_ahead,
)
from engine.ingest.writing import Draft, DraftWriter, EmbeddedPicture, Written, embed

BATCH_IMAGES = 16
BATCH_PIXELS = 32_000_000
"""A batch is closed early when its pictures are large, for they wait in memory, decoded."""
BATCH_ROWS = 64
BATCH_TEXTS = 256
"""Rows without pictures: a commit waits for the disk as long as it writes some hundred of them."""
REASONS_MAX = 10
"""Bad images that the reason of a bad row names; the report has all."""


@dataclass(frozen=True)
class Job:
    """One picture of a row to load."""

    draft: Draft
    path: Path
    known: frozenset[str]
    """SHA-256 of pictures that the product has, with an embedding by this encoder."""
    is_last: bool


class ImportRun:
    """Imports the rows of one manifest; each run has its own.

    Pictures are decoded in threads while the encoder works; the encoder takes them in batches
    across products; the products that a batch completes are committed together, and only then
    told of. Nothing is held but the batch and the few pictures decoded ahead.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        loader: PictureLoader,
        encoder: Encoder,
        meter: Meter,
        on_event: Callable[[ImportEvent], None],
    ) -> None:
        self._sessions = sessions
        self._loader = loader
        self._encoder = encoder
        self._meter = meter
        self._on_event = on_event
        self._pending: list[tuple[Job, LoadedPicture]] = []
        self._ready: list[Draft] = []
        self._written: dict[str, int] = {"added": 0, "updated": 0, "unchanged": 0}
        self._images_added = 0
        self._images_removed = 0
        self._bad_rows: list[BadRow] = []
        self._bad_images: list[BadImage] = []

    def run(self, rows: Iterable[ManifestRow | BadRow]) -> ImportReport:
        """Import the rows; an exception, as of Ctrl-C, loses the present batch only."""
        with closing(run_ahead(self._load, self._jobs(rows))) as results:
            for job, loaded in results:
                self._take(job, loaded)
                if self._is_batch_full():
                    self._finish_batch()
        self._finish_batch()
        return self._report()

    def _jobs(self, rows: Iterable[ManifestRow | BadRow]) -> Iterator[Job]:
        """Yield the pictures to load, row by row; bad rows are told of in passing."""
        for some in in_batches(rows, BATCH_ROWS):
            good = [row for row in some if isinstance(row, ManifestRow)]
            with self._sessions() as session:
                keys = [row.id for row in good]
                known = CatalogStore(session).known_images(keys, self._encoder.fingerprint)
            for row in some:
                if isinstance(row, BadRow):
                    self._fail(row)
                elif not row.images:
                    self._take_text(Draft(row))
                else:
                    yield from _jobs_of(row, frozenset(known.get(row.id, ())))

    def _take_text(self, draft: Draft) -> None:
        """Take a row without pictures; many in a row make a batch of their own."""
        self._ready.append(draft)
        if len(self._ready) >= BATCH_TEXTS:
            self._finish_batch()

    def _load(self, job: Job) -> Loaded:
        return self._loader.load(job.path, job.known)

    def _take(self, job: Job, loaded: Loaded) -> None:
        """Sort a loaded picture to those that wait for the encoder, are done, or are bad."""
        draft = job.draft
        if isinstance(loaded, LoadedPicture):
            self._pending.append((job, loaded))
        elif isinstance(loaded, BadPicture):
            bad_image = BadImage(draft.row.line, job.path, loaded.reason)
            draft.bad_images.append(bad_image)
            self._bad_images.append(bad_image)
            self._on_event(ImageFailed(bad_image))
        else:
            draft.pictures[job.path] = loaded
        if job.is_last:
            self._ready.append(draft)

    def _is_batch_full(self) -> bool:
        pictures = [loaded.picture for _, loaded in self._pending]
        pixels = sum(picture.width * picture.height for picture in pictures)
        return (
            len(self._pending) >= BATCH_IMAGES
            or pixels >= BATCH_PIXELS
            or len(self._ready) >= BATCH_ROWS
        )

    def _finish_batch(self) -> None:
        """Embed the pictures that wait, and commit the products that are complete."""
        self._embed_pending()
        drafts, self._ready = self._ready, []
        good = [draft for draft in drafts if draft.is_usable]
        written = self._write(good) if good else []
        for draft, result in zip(good, written, strict=True):
            self._tell(draft, result)
        for draft in drafts:
            if not draft.is_usable:
                self._fail(BadRow(draft.row.line, _why_unusable(draft.bad_images)))

    def _embed_pending(self) -> None:
        pending, self._pending = self._pending, []
        pictures = embed(self._encoder, [loaded for _, loaded in pending])
        for (job, _), picture in zip(pending, pictures, strict=True):
            job.draft.pictures[job.path] = picture
        self._meter.count(images=len(pending))

    def _write(self, drafts: list[Draft]) -> list[Written]:
        """Write products in one transaction; on return they are on the disk."""
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            products = store.products_by_key(draft.row.id for draft in drafts)
            fingerprint = self._encoder.fingerprint
            writer = DraftWriter(store, fingerprint, self._loader.has, self._load_again)
            return writer.write_all(products, drafts)

    def _load_again(self, path: Path) -> EmbeddedPicture | None:
        loaded = self._loader.load(path)
        return embed(self._encoder, [loaded])[0] if isinstance(loaded, LoadedPicture) else None

    def _tell(self, draft: Draft, written: Written) -> None:
        self._meter.count(done=1)
        self._written[written.outcome] += 1
        self._images_added += written.images_added
        self._images_removed += written.images_removed
        progress = self._meter.progress()
        self._on_event(ProductDone(draft.row.line, draft.row.id, written.outcome, progress))

    def _fail(self, row: BadRow) -> None:
        self._meter.count(done=1)
        self._bad_rows.append(row)
        self._on_event(RowFailed(row, self._meter.progress()))

    def _report(self) -> ImportReport:
        return ImportReport(
            products_added=self._written["added"],
            products_updated=self._written["updated"],
            products_unchanged=self._written["unchanged"],
            images_added=self._images_added,
            images_removed=self._images_removed,
            bad_rows=sorted(self._bad_rows, key=lambda row: row.line),
            bad_images=self._bad_images,
            seconds=self._meter.seconds,
        )


def _why_unusable(bad_images: Sequence[BadImage]) -> str:
    reasons = [f"{bad.path}: {bad.reason}" for bad in bad_images[:REASONS_MAX]]
    rest = len(bad_images) - REASONS_MAX
    if rest > 0:
        reasons.append(f"and {rest:,} more")
    which = "its image cannot" if len(bad_images) == 1 else "none of its images can"
    return f"{which} be read: {'; '.join(reasons)}"


def _jobs_of(row: ManifestRow, known: frozenset[str]) -> Iterator[Job]:
    draft = Draft(row)
    for path in row.images:
        yield Job(draft, path, known, is_last=path == row.images[-1])

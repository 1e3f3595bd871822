"""Everything that changes the catalog: imports, single products and pictures, reindexing."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from engine.catalog.claims import add_claims
from engine.catalog.fields import ClaimFields, ProductFields, check_claim, check_product
from engine.catalog.files import DAY_S, ImageFiles
from engine.catalog.lines import BadRow
from engine.catalog.manifest import ManifestRow, read_manifest
from engine.catalog.models import Product, ReferenceImage
from engine.catalog.openfoodfacts import Dump
from engine.catalog.records import Record, read_records
from engine.catalog.store import CatalogStore
from engine.embed.encoder import Encoder
from engine.embed.image import DEFAULT_LIMITS, DecodeLimits
from engine.errors import ConflictError, InvalidInputError, ModelError
from engine.ingest.events import (
    ImportBegan,
    ImportEvent,
    ImportReport,
    Meter,
    Progress,
    ReindexReport,
)
from engine.ingest.importing import ImportRun
from engine.ingest.loading import PictureLoader
from engine.ingest.reindexing import ReindexRun
from engine.ingest.writing import add_features, embed

if TYPE_CHECKING:
    from engine.embed.features import DetailExtractor

UPLOAD = "upload"
"""Source of a picture that came by itself, not in a manifest row."""


class Ingester:
    """Changes the catalog, each change whole or not at all.

    What a call returned, or told of by an event, is on the disk: row, vector and picture file
    outlive a kill at any moment. Calls may come from several threads and processes; the encoder
    is used by one thread of each call.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        files: ImageFiles,
        encoder: Encoder,
        limits: DecodeLimits = DEFAULT_LIMITS,
        extractor: "DetailExtractor | None" = None,
    ) -> None:
        self._sessions = sessions
        self._files = files
        self._encoder = encoder
        self._extractor = extractor
        self._loader = PictureLoader(files, limits, extractor)

    def import_manifest(
        self, path: Path, on_event: Callable[[ImportEvent], None] = lambda _: None
    ) -> ImportReport:
        """Add and update the products of a manifest; safe to repeat and to interrupt.

        Parameters
        ----------
        path : pathlib.Path
            CSV or JSON Lines, as `manifest` reads it.
        on_event : callable
            Told what there is to do, of each product once it is committed, and of each bad row
            and picture.

        Returns
        -------
        ImportReport
            Counts, and every bad row and picture with its line.

        Raises
        ------
        ManifestError
            If the file is no manifest; rows before a read error stay imported.
        ModelError
            If the catalog is searched by another encoder than this one.
        """
        counted = _count(path)
        if counted is not None:
            on_event(counted)
        with closing(read_manifest(path)) as rows:
            return self._import(rows, Meter(counted.rows if counted else None), on_event)

    def import_dump(
        self, dump: Dump, on_event: Callable[[ImportEvent], None] = lambda _: None
    ) -> ImportReport:
        """Add and update the products of a dump of Open Food Facts; as safe as a manifest.

        Parameters
        ----------
        dump : Dump
            Read once, as a stream.
        on_event : callable
            Told of each product once it is committed, and of each bad row and picture.

        Returns
        -------
        ImportReport
            Counts, also of what was passed over and of names of countries that are none.

        Raises
        ------
        ManifestError
            If the file is no such dump; rows before a read error stay imported.
        ModelError
            If the catalog is searched by another encoder than this one.
        """
        with closing(dump.rows()) as rows:
            report = self._import(rows, Meter(None, dump.share_read), on_event)
        return replace(report, skipped=dict(dump.skipped), unresolved=dict(dump.unresolved))

    def _import(
        self,
        rows: Iterable[ManifestRow | BadRow],
        meter: Meter,
        on_event: Callable[[ImportEvent], None],
    ) -> ImportReport:
        with self._sessions.begin() as session:
            self._require_model(CatalogStore(session))
        run = ImportRun(self._sessions, self._loader, self._encoder, meter, on_event)
        return run.run(rows)

    def create_product(self, fields: ProductFields) -> Product:
        """Add a product without pictures.

        Raises
        ------
        ConflictError
            If there is one with this id.
        InvalidInputError
            If a field cannot be true.
        """
        checked = check_product(fields)
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            if store.find_product(checked.key):
                raise ConflictError(f"there is a product with the id {checked.key!r} already")
            _require_pictures(checked, present=set())
            return store.upsert_product(checked)[0]

    def update_product(self, key: str, changes: ProductFields) -> Product:
        """Change the fields of a product that are not None.

        Raises
        ------
        NotFoundError
            If there is none with this id.
        InvalidInputError
            If a field cannot be true.
        """
        checked = check_product(replace(changes, key=key))
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            product = store.product(key)
            _require_pictures(checked, present={image.sha256 for image in product.images})
            return store.write_product(product, checked)[0]

    def delete_product(self, key: str) -> None:
        """Delete a product with its pictures; NotFoundError if there is none."""
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            files = [image.sha256 for image in store.product(key).images]
            store.delete_product(key)
        self._remove_files(files)

    def add_image(
        self,
        key: str,
        data: bytes,
        filename: str = "",
        claims: Sequence[ClaimFields] = (),
        source: str = UPLOAD,
    ) -> ReferenceImage:
        """Give a product a picture; the same bytes again change nothing but add the claims.

        Parameters
        ----------
        key : str
            The product's id.
        data : bytes
            The picture file.
        filename : str
            Its name, for people.
        claims : sequence of ClaimFields
            Countries where the pack that it shows is sold.
        source : str
            Who brought it.

        Returns
        -------
        ReferenceImage
            With its product.

        Raises
        ------
        NotFoundError
            If there is no such product.
        ImageError
            If the bytes are no picture that the engine can take.
        InvalidInputError
            If a claim cannot be true.
        ModelError
            If the catalog is searched by another encoder than this one.
        """
        checked = [check_claim(claim) for claim in claims]
        with self._sessions() as session:
            CatalogStore(session).product(key)  # before the costly part
        (picture,) = embed(self._encoder, [self._loader.keep(data)])
        with self._sessions.begin() as session:
            store = CatalogStore(session)
            self._require_model(store)
            product = store.product(key)
            if not self._files.has(picture.sha256):
                self._loader.keep(data)  # its last row was deleted meanwhile, and it with it
            image = store.find_image(key, picture.sha256)
            if image is None:
                image = store.add_image(product, picture, filename, source)
            add_features(store, image, self._encoder.fingerprint, picture)
            said = [replace(claim, image_sha256=picture.sha256) for claim in checked]
            if add_claims(product, said):
                store.mark_changed(product)
            return image

    def delete_image(self, key: str, sha256: str) -> None:
        """Delete a picture of a product; NotFoundError if there is none."""
        with self._sessions.begin() as session:
            CatalogStore(session).delete_image(key, sha256)
        self._remove_files([sha256])

    def reindex(
        self, encoder: Encoder, on_event: Callable[[Progress], None] = lambda _: None
    ) -> ReindexReport:
        """Embed every picture that an encoder has not seen, then search the catalog by it."""
        version = self._extractor.version if self._extractor else None
        loader = self._loader
        return ReindexRun(self._sessions, self._files, loader, encoder, version, on_event).run()

    def remove_unreferenced(self, older_than_s: float = DAY_S) -> int:
        """Remove picture files that no row names, as a kill leaves them; return how many."""
        with self._sessions.begin() as session:  # the lock keeps rows from coming meanwhile
            used = CatalogStore(session).used_files
            return self._files.remove_unreferenced(used, older_than_s)

    def _remove_files(self, sha256s: Sequence[str]) -> None:
        """Remove the files of deleted pictures that no other product has."""
        with self._sessions.begin() as session:  # the lock keeps rows from coming meanwhile
            used = CatalogStore(session).used_files
            for sha256 in sha256s:
                if sha256 not in used(sha256):
                    self._files.remove(sha256)

    def _require_model(self, store: CatalogStore) -> None:
        """See that pictures are embedded by the encoder that the catalog is searched by."""
        model = store.model()
        if model == self._encoder.name:
            return
        if store.has_images():
            raise ModelError(
                f"the catalog is searched by the model {model!r}, not by "
                f"{self._encoder.name!r}; `engine reindex --model {self._encoder.name}` switches"
            )
        store.set_model(self._encoder.name)


def _require_pictures(fields: ProductFields, present: set[str]) -> None:
    """Refuse a claim of a picture that the product does not have."""
    named = {claim.image_sha256 for claim in fields.claims or ()} - {None}
    if missing := named - present:
        raise InvalidInputError(
            f"a claim names the picture {min(map(str, missing))!r}, which the product lacks"
        )


def _count(path: Path) -> ImportBegan | None:
    """Count what a manifest names; None for a pipe, which can be read only once."""
    if not path.is_file():
        return None
    rows = images = 0
    for record in read_records(path, required=()):
        rows, images = rows + 1, images + _count_images(record)
    return ImportBegan(rows, images)


def _count_images(record: Record | BadRow) -> int:
    try:
        return 0 if isinstance(record, BadRow) else len(record.several("images") or ())
    except InvalidInputError:  # the import will tell of it
        return 0

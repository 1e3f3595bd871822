"""One product of a manifest into the catalog, within the caller's transaction.

A row speaks for its own source. Of the product's pictures and plain market claims, those that
came from the row's source become what the row lists; those of other sources stay (`claims` tells
the same of claims with a date or a picture). If one of the row's pictures cannot be read, none
is taken away: which one it was cannot be known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.catalog.claims import add_claims
from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.manifest import ManifestRow
from engine.catalog.models import Product, ReferenceImage
from engine.catalog.rowfacts import ImageNote, RowClaim
from engine.catalog.store import CatalogStore
from engine.embed.details import PackedDetails
from engine.embed.encoder import Encoder, Vectors
from engine.ingest.events import BadImage, Outcome
from engine.ingest.loading import KnownPicture, LoadedPicture


@dataclass(frozen=True)
class EmbeddedPicture:
    """A picture whose bytes are kept, with its vector; its pixels are gone."""

    sha256: str
    media_type: str
    width: int
    height: int
    vector: Vectors
    details: PackedDetails | None


def embed(encoder: Encoder, loaded: Sequence[LoadedPicture]) -> list[EmbeddedPicture]:
    """Embed decoded pictures in one batch."""
    if not loaded:
        return []
    vectors = encoder.encode_images([each.picture.image for each in loaded])
    return [
        EmbeddedPicture(
            sha256=each.picture.sha256,
            media_type=each.picture.media_type,
            width=each.picture.width,
            height=each.picture.height,
            vector=vector,
            details=each.details,
        )
        for each, vector in zip(loaded, vectors, strict=True)
    ]


class Draft:
    """A row while its pictures are loaded and embedded."""

    def __init__(self, row: ManifestRow) -> None:
        self.row = row
        self.pictures: dict[Path, EmbeddedPicture | KnownPicture] = {}
        """Those that are loaded and embedded, in the order in which they were."""
        self.bad_images: list[BadImage] = []

    @property
    def is_usable(self) -> bool:
        """Whether a picture could be read, or the row says that there is none."""
        return bool(self.pictures) or not self.row.images

    @property
    def is_plain(self) -> bool:
        """Whether it is texts and claims of a product without siblings, and no more."""
        return not self.row.images and not self.row.family

    def pictures_in_order(self) -> list[tuple[Path, EmbeddedPicture | KnownPicture]]:
        """Return the pictures in the order of the row."""
        paths = (path for path in self.row.images if path in self.pictures)
        return [(path, self.pictures[path]) for path in paths]


@dataclass(frozen=True)
class Written:
    """What became of a product."""

    outcome: Outcome
    images_added: int
    images_removed: int


class DraftWriter:
    """Writes drafts to a store."""

    def __init__(
        self,
        store: CatalogStore,
        fingerprint: str,
        is_kept: Callable[[str], bool],
        load_again: Callable[[Path], EmbeddedPicture | None],
    ) -> None:
        self._store = store
        self._fingerprint = fingerprint
        self._is_kept = is_kept
        self._load_again = load_again

    def write_all(self, known: Mapping[str, Product], drafts: Sequence[Draft]) -> list[Written]:
        """Write drafts; `known` are their products that were looked up in this transaction."""
        rows = [draft.row for draft in drafts if draft.is_plain and draft.row.id not in known]
        self._store.add_products([_all_of(row) for row in rows])
        added = {row.id for row in rows}
        return [
            Written("added", 0, 0)
            if draft.row.id in added
            else self.write(known.get(draft.row.id), draft)
            for draft in drafts
        ]

    def write(self, known: Product | None, draft: Draft) -> Written:
        """Make the product what the row says; `known` was looked up in this transaction."""
        product, has_changed = self._store.write_product(known, _texts_of(draft.row))
        before = set(product.images)
        listed = self._write_images(product, draft)
        keeps_all = draft.bad_images or draft.row.keeps_images
        removed = [] if keeps_all else self._unlisted(product, listed)
        if removed:
            self._store.remove_images(product, removed)
        added = set(listed.values()) - before
        if added or removed:
            self._store.mark_changed(product)
        has_changed |= self._write_claims(product, draft, listed)
        outcome: Outcome = "unchanged"
        if has_changed or added or removed:
            outcome = "updated" if known else "added"
        return Written(outcome, len(added), len(removed))

    def _write_images(self, product: Product, draft: Draft) -> dict[Path, ReferenceImage]:
        """Give the product the row's pictures, and return them by path."""
        present = {image.sha256: image for image in product.images}
        notes = {note.image: note for note in draft.row.image_notes}
        listed: dict[Path, ReferenceImage] = {}
        for path, loaded in draft.pictures_in_order():
            picture = self._still_there(path, loaded, present)
            if picture is None:
                continue
            if isinstance(picture, EmbeddedPicture):
                note = notes.get(path, ImageNote(path, path.name, product.source))
                image = present.get(picture.sha256)
                if image is None:
                    image = self._store.add_image(product, picture, note.filename, note.source)
                    present[picture.sha256] = image
                add_features(self._store, image, self._fingerprint, picture)
            listed[path] = present[picture.sha256]
        return listed

    def _still_there(
        self,
        path: Path,
        picture: EmbeddedPicture | KnownPicture,
        present: dict[str, ReferenceImage],
    ) -> EmbeddedPicture | KnownPicture | None:
        """Load a picture again whose row or file was deleted since it was loaded."""
        is_missing = isinstance(picture, KnownPicture) and picture.sha256 not in present
        if is_missing or not self._is_kept(picture.sha256):
            return self._load_again(path)
        return picture

    def _unlisted(
        self, product: Product, listed: dict[Path, ReferenceImage]
    ) -> list[ReferenceImage]:
        kept = set(listed.values())
        return [
            image
            for image in product.images
            if image not in kept and image.source == product.source
        ]

    def _write_claims(
        self, product: Product, draft: Draft, listed: dict[Path, ReferenceImage]
    ) -> bool:
        row = draft.row
        said = [
            _claim_of(claim, listed[claim.image].sha256 if claim.image else None)
            for claim in row.claims or ()
            if claim.image is None or claim.image in listed
        ]
        is_whole = row.claims is not None and len(said) == len(row.claims)
        claims = tuple(said) if is_whole else None
        fields = ProductFields(row.id, markets=row.markets, claims=claims)
        _, has_changed = self._store.write_product(product, fields)
        if not is_whole and add_claims(product, said):
            self._store.mark_changed(product)
            has_changed = True
        return has_changed


def add_features(
    store: CatalogStore, image: ReferenceImage, fingerprint: str, picture: EmbeddedPicture
) -> None:
    """Keep a picture's vector, unless this encoder's is there, and its details."""
    if not store.has_embedding(image, fingerprint):
        store.add_embedding(image, fingerprint, picture.vector)
    if picture.details and not store.has_details(image, picture.details.version):
        store.put_details(image, picture.details)


def _claim_of(claim: RowClaim, image_sha256: str | None) -> ClaimFields:
    return ClaimFields(
        value=claim.value,
        source=claim.source,
        observed_on=claim.observed_on,
        observations=claim.observations,
        image_sha256=image_sha256,
        kind=claim.kind,
        is_weak=claim.is_weak,
    )


def _all_of(row: ManifestRow) -> ProductFields:
    """Return all that a row without pictures says."""
    claims = tuple(_claim_of(claim, None) for claim in row.claims or ())
    return replace(_texts_of(row), markets=row.markets, claims=claims)


def _texts_of(row: ManifestRow) -> ProductFields:
    return ProductFields(
        key=row.id,
        name=row.name,
        brand=row.brand,
        category=row.category,
        description=row.description,
        source=row.source,
        license=row.license,
        family=row.family,
        gtins=row.gtin,
    )

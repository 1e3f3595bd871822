"""What only JSON Lines can say of a product: claims in full, and facts of its pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.catalog.fields import ClaimFields, check_claim, shorten, unique
from engine.catalog.jsonlines import read_text
from engine.catalog.records import Record
from engine.errors import InvalidInputError
from engine.markets.facts import Fact


@dataclass(frozen=True)
class RowClaim:
    """A claim of a row; `image` is one of the row's pictures, or none."""

    value: str
    """A country, ISO 3166-1 alpha-2; of a language its BCP 47 tag."""
    source: str
    observed_on: date | None
    observations: int
    image: Path | None
    kind: Fact = Fact.MARKET
    is_weak: bool = False


@dataclass(frozen=True)
class ImageNote:
    """What an export knows of a picture beside its bytes."""

    image: Path
    filename: str
    source: str


def read_claims(
    record: Record, folder: Path, images: tuple[Path, ...]
) -> tuple[RowClaim, ...] | None:
    """Return the claims of a row; None where it says nothing of them."""
    objects = record.objects("claims")
    if objects is None:
        return None
    source = record.text("source") or ""
    claims = unique(_claim(values, folder, source) for values in objects)
    for claim in claims:
        if claim.image is not None and claim.image not in images:
            raise InvalidInputError(
                f"a claim names the picture {shorten(claim.image.name)}, "
                "which is not among the images"
            )
    return claims


def _claim(values: Mapping[str, object], folder: Path, source: str) -> RowClaim:
    said_source = read_text(values, "source")
    kind = _kind(values)
    claim = check_claim(
        ClaimFields(
            value=read_text(values, "language" if kind is Fact.LANGUAGE else "country") or "",
            source=source if said_source is None else said_source,
            observed_on=_observed_on(values),
            observations=_observations(values),
            kind=kind,
            is_weak=values.get("is_weak") is True,
        )
    )
    image = read_text(values, "image")
    return RowClaim(
        value=claim.value,
        source=claim.source,
        observed_on=claim.observed_on,
        observations=claim.observations,
        image=folder / image if image else None,
        kind=claim.kind,
        is_weak=claim.is_weak,
    )


def _kind(values: Mapping[str, object]) -> Fact:
    text = read_text(values, "kind")
    try:
        return Fact(text) if text else Fact.MARKET
    except ValueError as error:
        kinds = ", ".join(Fact)
        raise InvalidInputError(f"the kind {shorten(text or '')} is none of {kinds}") from error


def _observed_on(values: Mapping[str, object]) -> date | None:
    text = read_text(values, "observed_on")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInputError(f"observed_on {shorten(text or '')} is not YYYY-MM-DD") from error


def _observations(values: Mapping[str, object]) -> int:
    number = values.get("observations", 1)
    if not isinstance(number, int) or isinstance(number, bool):
        raise InvalidInputError("observations must be a whole number")
    return number


def read_image_notes(record: Record, folder: Path) -> tuple[ImageNote, ...]:
    """Return what a row knows of its pictures."""
    return tuple(
        ImageNote(
            image=folder / (read_text(values, "image") or ""),
            filename=read_text(values, "filename") or "",
            source=read_text(values, "source") or "",
        )
        for values in record.objects("image_notes") or ()
    )

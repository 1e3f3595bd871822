"""What becomes of a product's claims when somebody speaks of them again.

A manifest row, like a request, speaks only for the sources that it names. Its `markets` are the
whole list of plain claims (markets of the product, without a date) of the product's own source;
its `claims` are the whole list of other claims of each source that they name. Claims of sources
that it does not name stay as they are, and nothing is said by a field that is absent.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Self

from engine.catalog.fields import ClaimFields
from engine.catalog.models import Claim, Product
from engine.markets.facts import Fact


class ClaimKey(NamedTuple):
    """What makes two claims of a product the same claim."""

    image_sha256: str | None
    kind: Fact
    value: str
    source: str
    observed_on: date | None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """Return the key of a claim of the catalog."""
        sha256 = claim.image.sha256 if claim.image else None
        return cls(sha256, claim.kind, claim.value, claim.source, claim.observed_on)

    def is_plain(self, source: str) -> bool:
        """Tell whether the claim is what a `markets` cell of this source can say."""
        of_market = (None, Fact.MARKET, source, None)
        return (self.image_sha256, self.kind, self.source, self.observed_on) == of_market


class Strength(NamedTuple):
    """How much a claim counts."""

    observations: int
    is_weak: bool


def apply_claims(
    product: Product, markets: Sequence[str] | None, claims: Sequence[ClaimFields] | None
) -> bool:
    """Make the product's claims say what was said; tell whether anything changed."""
    said = said_claims(product.source, markets, claims or ())
    sources = {claim.source for claim in claims or ()}
    present = {ClaimKey.of(claim): claim for claim in product.claims}
    revoked = [
        key
        for key in present.keys() - said.keys()
        if (markets is not None if key.is_plain(product.source) else key.source in sources)
    ]
    for key in revoked:
        product.claims.remove(present[key])
    changes = [_write(product, key, strength, present.get(key)) for key, strength in said.items()]
    return any(changes) or bool(revoked)


def add_claims(product: Product, claims: Sequence[ClaimFields]) -> bool:
    """Add claims and take none away; tell whether anything changed."""
    present = {ClaimKey.of(claim): claim for claim in product.claims}
    said = said_claims(product.source, None, claims)
    changes = [_write(product, key, strength, present.get(key)) for key, strength in said.items()]
    return any(changes)


def said_claims(
    source: str, markets: Sequence[str] | None, claims: Sequence[ClaimFields]
) -> dict[ClaimKey, Strength | None]:
    """Return the strength of each claim; None where a `markets` cell leaves it open."""
    said: dict[ClaimKey, Strength | None] = {
        ClaimKey(None, Fact.MARKET, country, source, None): None for country in markets or ()
    }
    for claim in claims:
        key = ClaimKey(claim.image_sha256, claim.kind, claim.value, claim.source, claim.observed_on)
        said[key] = Strength(claim.observations, claim.is_weak)
    return said


def _write(
    product: Product, key: ClaimKey, strength: Strength | None, present: Claim | None
) -> bool:
    """Make or change one claim; one of a picture that the product lacks is passed over."""
    if present is None:
        return _add(product, key, strength or Strength(1, is_weak=False))
    if strength is None or strength == (present.observations, present.is_weak):
        return False
    present.observations, present.is_weak = strength
    return True


def _add(product: Product, key: ClaimKey, strength: Strength) -> bool:
    images = {image.sha256: image for image in product.images}
    if key.image_sha256 is not None and key.image_sha256 not in images:
        return False
    product.claims.append(
        Claim(
            image=images[key.image_sha256] if key.image_sha256 else None,
            kind=key.kind,
            value=key.value,
            source=key.source,
            observed_on=key.observed_on,
            observations=strength.observations,
            is_weak=strength.is_weak,
        )
    )
    return True

"""What becomes of a product's market claims when somebody speaks of them again.

A manifest row, like a request, speaks only for the sources that it names. Its `markets` are the
whole list of plain claims (of the product, without a date) of the product's own source; its
`claims` are the whole list of other claims of each source that they name. Claims of sources that
it does not name stay as they are, and nothing is said by a field that is absent.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Self

from engine.catalog.fields import ClaimFields
from engine.catalog.models import MarketClaim, Product


class ClaimKey(NamedTuple):
    """What makes two claims of a product the same claim."""

    image_sha256: str | None
    country: str
    source: str
    observed_on: date | None

    @classmethod
    def of(cls, claim: MarketClaim) -> Self:
        """Return the key of a claim of the catalog."""
        sha256 = claim.image.sha256 if claim.image else None
        return cls(sha256, claim.country, claim.source, claim.observed_on)

    def is_plain(self, source: str) -> bool:
        """Tell whether the claim is what a `markets` cell of this source can say."""
        return (self.image_sha256, self.source, self.observed_on) == (None, source, None)


def apply_claims(
    product: Product, markets: Sequence[str] | None, claims: Sequence[ClaimFields] | None
) -> bool:
    """Make the product's claims say what was said; tell whether anything changed."""
    said = _said(product, markets, claims or ())
    sources = {claim.source for claim in claims or ()}
    present = {ClaimKey.of(claim): claim for claim in product.claims}
    revoked = [
        key
        for key in present.keys() - said.keys()
        if (markets is not None if key.is_plain(product.source) else key.source in sources)
    ]
    for key in revoked:
        product.claims.remove(present[key])
    changes = [_write(product, key, count, present.get(key)) for key, count in said.items()]
    return any(changes) or bool(revoked)


def add_claims(product: Product, claims: Sequence[ClaimFields]) -> bool:
    """Add claims and take none away; tell whether anything changed."""
    present = {ClaimKey.of(claim): claim for claim in product.claims}
    said = _said(product, None, claims)
    changes = [_write(product, key, count, present.get(key)) for key, count in said.items()]
    return any(changes)


def _said(
    product: Product, markets: Sequence[str] | None, claims: Sequence[ClaimFields]
) -> dict[ClaimKey, int | None]:
    """Return the observations of each claim; None where a `markets` cell leaves them open."""
    said: dict[ClaimKey, int | None] = {
        ClaimKey(None, country, product.source, None): None for country in markets or ()
    }
    for claim in claims:
        key = ClaimKey(claim.image_sha256, claim.country, claim.source, claim.observed_on)
        said[key] = claim.observations
    return said


def _write(product: Product, key: ClaimKey, count: int | None, present: MarketClaim | None) -> bool:
    """Make or change one claim; one of a picture that the product lacks is passed over."""
    if present is None:
        return _add(product, key, count or 1)
    if count is None or count == present.observations:
        return False
    present.observations = count
    return True


def _add(product: Product, key: ClaimKey, observations: int) -> bool:
    images = {image.sha256: image for image in product.images}
    if key.image_sha256 is not None and key.image_sha256 not in images:
        return False
    product.claims.append(
        MarketClaim(
            image=images[key.image_sha256] if key.image_sha256 else None,
            country=key.country,
            source=key.source,
            observed_on=key.observed_on,
            observations=observations,
        )
    )
    return True

"""Products and reference images as requests and answers write them."""

from datetime import UTC, date, datetime
from typing import Self

from pydantic import BaseModel, Field

from engine.answers import image_path
from engine.api.fields import Input
from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.models import MarketClaim, Product, ReferenceImage


class ClaimInput(Input):
    """Somebody saw the product sold in a country."""

    country: str = Field(description="ISO 3166-1 alpha-2")
    source: str = Field(default="", description="who says so")
    observed_on: date | None = None
    observations: int = Field(default=1, ge=1, description="independent sightings")
    image: str | None = Field(default=None, description="SHA-256 of the picture of that very pack")

    def to_fields(self) -> ClaimFields:
        """Return the claim as the catalog takes it."""
        return ClaimFields(
            self.country, self.source, self.observed_on, self.observations, self.image
        )


class ProductChanges(Input):
    """What to change; a field that is absent or null stays as it is."""

    name: str | None = None
    brand: str | None = None
    category: str | None = Field(default=None, description="packaging, product, decor, print ...")
    description: str | None = None
    gtin: list[str] | None = Field(default=None, description="all barcode numbers")
    markets: list[str] | None = Field(
        default=None, description="all countries where `source` says that it is sold"
    )
    claims: list[ClaimInput] | None = Field(
        default=None, description="all market claims of the sources that they name"
    )
    family: str | None = Field(default=None, description="id shared by sibling variants")
    source: str | None = Field(default=None, description="where these facts come from")
    license: str | None = Field(default=None, description="licence of pictures and facts")

    def to_fields(self, key: str) -> ProductFields:
        """Return what is said of the product with this id."""
        claims = None if self.claims is None else tuple(claim.to_fields() for claim in self.claims)
        return ProductFields(
            key=key,
            name=self.name,
            brand=self.brand,
            category=self.category,
            description=self.description,
            source=self.source,
            license=self.license,
            family=self.family,
            gtins=None if self.gtin is None else tuple(self.gtin),
            markets=None if self.markets is None else tuple(self.markets),
            claims=claims,
        )


class NewProduct(ProductChanges):
    """A product that the catalog lacks."""

    id: str = Field(description="1 to 200 printable characters without `/`, kept exactly")
    name: str  # one that is new must have a name


class ClaimView(BaseModel):
    """Somebody saw the product, or the very pack on one of its pictures, sold in a country."""

    country: str
    source: str
    observed_on: date | None
    observations: int
    image: str | None = Field(description="SHA-256 of the picture that shows this country's pack")

    @classmethod
    def of(cls, claim: MarketClaim) -> Self:
        """Show a claim."""
        return cls(
            country=claim.country,
            source=claim.source,
            observed_on=claim.observed_on,
            observations=claim.observations,
            image=claim.image.sha256 if claim.image else None,
        )


class ImageView(BaseModel):
    """A reference image; its bytes are at `url`."""

    sha256: str
    url: str = Field(description="path below the service's address; add ?size=thumbnail")
    filename: str
    source: str
    media_type: str
    width: int
    height: int
    created_at: datetime

    @classmethod
    def of(cls, image: ReferenceImage) -> Self:
        """Show a reference image."""
        return cls(
            sha256=image.sha256,
            url=image_path(image.product.key, image.sha256),
            filename=image.filename,
            source=image.source,
            media_type=image.media_type,
            width=image.width,
            height=image.height,
            created_at=image.created_at.replace(tzinfo=UTC),
        )


class ProductView(BaseModel):
    """A product of the catalog with all that is known of it."""

    id: str
    name: str
    brand: str
    category: str
    description: str
    gtin: list[str]
    markets: list[str] = Field(description="countries of all market claims")
    claims: list[ClaimView]
    family: str
    source: str
    license: str
    images: list[ImageView]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, product: Product) -> Self:
        """Show a product."""
        return cls(
            id=product.key,
            name=product.name,
            brand=product.brand,
            category=product.category,
            description=product.description,
            gtin=[entry.gtin for entry in product.gtins],
            markets=product.markets,
            claims=[ClaimView.of(claim) for claim in product.claims],
            family=product.family.key if product.family else "",
            source=product.source,
            license=product.license,
            images=[ImageView.of(image) for image in product.images],
            created_at=product.created_at.replace(tzinfo=UTC),
            updated_at=product.updated_at.replace(tzinfo=UTC),
        )


class ProductPage(BaseModel):
    """Some of the products that pass the filters, and how many there are."""

    products: list[ProductView]
    total: int
    limit: int
    offset: int

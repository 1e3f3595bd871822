"""Products and reference images as requests and answers write them."""

from datetime import UTC, date, datetime
from typing import Self

from pydantic import BaseModel, Field, RootModel

from engine.answers import image_path
from engine.api.fields import Input
from engine.catalog.contradictions import Contradiction, contradictions
from engine.catalog.fields import ClaimFields, ProductFields, shorten
from engine.catalog.models import Claim, Product, ReferenceImage
from engine.errors import InvalidInputError
from engine.markets.facts import Fact
from engine.markets.printed import PrintedCountries


class ClaimInput(Input):
    """Somebody says where the product is sold, where it is from, or what language it speaks."""

    kind: Fact = Field(
        default=Fact.MARKET,
        description="market: sold there; origin: made or packed there; licence: its barcode's "
        "prefix was licensed there; language: stands on it",
    )
    country: str = Field(default="", description="ISO 3166-1 alpha-2; of all kinds but language")
    language: str = Field(default="", description="BCP 47 tag, of the kind language")
    source: str = Field(default="", description="who says so")
    observed_on: date | None = None
    observations: int = Field(default=1, ge=1, description="independent sightings")
    is_weak: bool = Field(default=False, description="there is a reason to doubt it")
    image: str | None = Field(default=None, description="SHA-256 of the picture of that very pack")

    def to_fields(self) -> ClaimFields:
        """Return the claim as the catalog takes it."""
        is_language = self.kind is Fact.LANGUAGE
        value, other = (self.country, self.language)[:: -1 if is_language else 1]
        if other:
            raise InvalidInputError(
                f"a claim of the kind {self.kind} names a "
                f"{'language' if is_language else 'country'}, not {shorten(other)}"
            )
        return ClaimFields(
            value=value,
            source=self.source,
            observed_on=self.observed_on,
            observations=self.observations,
            image_sha256=self.image,
            kind=self.kind,
            is_weak=self.is_weak,
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
        default=None, description="all claims, but for `markets`, of the sources that they name"
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
    """Somebody says a fact of the product, or of the very pack on one of its pictures."""

    kind: Fact = Field(description="only a market says where it is sold")
    country: str | None = Field(description="ISO 3166-1 alpha-2; null of a language")
    language: str | None = Field(description="BCP 47 tag of a language; else null")
    source: str
    observed_on: date | None
    observations: int
    is_weak: bool = Field(description="there is a reason to doubt it; it counts less")
    image: str | None = Field(description="SHA-256 of the picture that shows this very pack")

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """Show a claim."""
        return cls(
            kind=claim.kind,
            country=claim.country,
            language=claim.language,
            source=claim.source,
            observed_on=claim.observed_on,
            observations=claim.observations,
            is_weak=claim.is_weak,
            image=claim.image.sha256 if claim.image else None,
        )


class ContradictionView(BaseModel):
    """Two sources that do not agree on one kind of fact; both stay."""

    kind: Fact
    sources: list[str]
    detail: str = Field(description="what each of them says")

    @classmethod
    def of(cls, contradiction: Contradiction) -> Self:
        """Show a contradiction."""
        return cls(
            kind=contradiction.kind,
            sources=list(contradiction.sources),
            detail=contradiction.detail,
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


class PrintedView(RootModel[PrintedCountries]):
    """What the pack on a reference image says of countries, and whether the claims fit."""


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
    contradictions: list[ContradictionView] = Field(
        description="claims of different sources that do not fit together"
    )
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
            contradictions=[ContradictionView.of(each) for each in contradictions(product.claims)],
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

"""The tables of the catalog.

Every row that a person names has a `key` of the person's choosing beside its number: numbers
stay inside the database, keys stand in manifests, URLs and answers.
"""

from datetime import UTC, date, datetime

from sqlalchemy import (
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from engine.markets.facts import Fact

OWNS = "all, delete-orphan"
"""Rows that live and die with their parent; with `passive_deletes` SQLite does the deleting."""


def now() -> datetime:
    """Return the present moment in UTC without its zone, as SQLite stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


class Base(DeclarativeBase):
    """All tables; constraints are named, so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class CatalogState(Base):
    """The one row that says which version the catalog has and which encoder it is searched with."""

    __tablename__ = "catalog_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    """Rises with every committed change."""
    model: Mapped[str] = mapped_column(String(200), default="compact")
    """Name of the encoder whose embeddings the catalog is searched by."""


class CatalogChange(Base):
    """A version that the catalog has had; a trigger adds a row whenever the version rises.

    After a backup was put back, the next change gets a number that was given before; its mark
    then tells that it is another change.
    """

    __tablename__ = "catalog_changes"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str] = mapped_column(String(16))
    """Random, hexadecimal."""


class Family(Base):
    """Sibling variants of one product: another flavour, another market's pack."""

    __tablename__ = "families"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    products: Mapped[list["Product"]] = relationship(back_populates="family")


class Product(Base):
    """One thing that can be bought."""

    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str]
    brand: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="", index=True)
    description: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    license: Mapped[str] = mapped_column(default="")
    family_id: Mapped[int | None] = mapped_column(ForeignKey("families.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    family: Mapped[Family | None] = relationship(back_populates="products")
    gtins: Mapped[list["Gtin"]] = relationship(
        back_populates="product", order_by="Gtin.id", cascade=OWNS, passive_deletes=True
    )
    images: Mapped[list["ReferenceImage"]] = relationship(
        back_populates="product", order_by="ReferenceImage.id", cascade=OWNS, passive_deletes=True
    )
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="product", order_by="Claim.id", cascade=OWNS, passive_deletes=True
    )

    @property
    def market_claims(self) -> list["Claim"]:
        """Claims that say where it is sold, and no others."""
        return [claim for claim in self.claims if claim.kind is Fact.MARKET]

    @property
    def markets(self) -> list[str]:
        """Countries of all market claims, alphabetically, each once."""
        return sorted({claim.value for claim in self.market_claims})


class Gtin(Base):
    """A barcode number of a product."""

    __tablename__ = "gtins"
    __table_args__ = (UniqueConstraint("product_id", "gtin"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    gtin: Mapped[str] = mapped_column(String(14), index=True)

    product: Mapped[Product] = relationship(back_populates="gtins")


class ReferenceImage(Base):
    """A picture of a product; its bytes lie in the data folder under their SHA-256."""

    __tablename__ = "reference_images"
    __table_args__ = (
        UniqueConstraint("product_id", "sha256"),
        {"sqlite_autoincrement": True},  # a number that was deleted never comes back
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Of the original bytes; also the image's key in URLs."""
    filename: Mapped[str] = mapped_column(default="")
    """The name it came with, for people."""
    source: Mapped[str] = mapped_column(default="")
    """Who brought it: the source of the manifest row that first listed it, or `upload`."""
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)

    product: Mapped[Product] = relationship(back_populates="images")
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="image", cascade="all", passive_deletes=True
    )
    embeddings: Mapped[list["Embedding"]] = relationship(
        back_populates="image", cascade=OWNS, passive_deletes=True
    )

    @property
    def market_claims(self) -> list["Claim"]:
        """Claims of where this very pack is sold; where nobody says, those of its product."""
        claims = self.product.market_claims
        return [claim for claim in claims if claim.image_id == self.id] or claims


class Claim(Base):
    """Somebody says one of the four facts of a product, or of the pack on one reference image.

    Only claims of the kind `market` are markets; claims that contradict each other stand side by
    side, each with its source.
    """

    __tablename__ = "claims"
    __table_args__ = (Index(None, "kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    image_id: Mapped[int | None] = mapped_column(
        ForeignKey("reference_images.id", ondelete="CASCADE"), index=True
    )
    """The picture that shows this very pack; none: the claim is of the product."""
    kind: Mapped[Fact] = mapped_column(
        Enum(
            Fact, native_enum=False, length=8, values_callable=lambda facts: list(map(str, facts))
        ),
        default=Fact.MARKET,
    )
    value: Mapped[str] = mapped_column(String(35))
    """The country, ISO 3166-1 alpha-2 in capitals; of a `language` the BCP 47 tag (RFC 5646 asks
    for room for 35 characters)."""
    source: Mapped[str] = mapped_column(default="")
    observed_on: Mapped[date | None] = mapped_column(index=True)
    observations: Mapped[int] = mapped_column(default=1)
    """How many independent sightings the source stands for."""
    is_weak: Mapped[bool] = mapped_column(default=False)
    """Somebody has a reason to doubt it: it counts, but less."""

    product: Mapped[Product] = relationship(back_populates="claims")
    image: Mapped[ReferenceImage | None] = relationship(back_populates="claims")

    @property
    def country(self) -> str | None:
        """The country that it names; None for a language, which is no country's alone."""
        return None if self.kind is Fact.LANGUAGE else self.value

    @property
    def language(self) -> str | None:
        """The language that it names, if that is its kind."""
        return self.value if self.kind is Fact.LANGUAGE else None


class Embedding(Base):
    """One vector of a reference image by one model.

    A number is never used twice: the index holds these numbers, and one that came back for
    another picture would answer with the wrong product.
    """

    __tablename__ = "embeddings"
    __table_args__ = (
        UniqueConstraint("image_id", "fingerprint", "view"),
        # an index reads a model's vectors in the order of their versions, without sorting them
        Index(None, "fingerprint", "version"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("reference_images.id", ondelete="CASCADE"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the encoder that made it (`Encoder.fingerprint`)."""
    view: Mapped[int] = mapped_column(default=0)
    """Which look at the picture: 0 is the whole."""
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """float32, little-endian, unit length."""
    version: Mapped[int]
    """The catalog version that added it; an index at an older version lacks it."""

    image: Mapped[ReferenceImage] = relationship(back_populates="embeddings")


class ImageDetails(Base):
    """What a picture shows beside its look, as `engine.embed.details` packs it."""

    __tablename__ = "image_details"

    image_id: Mapped[int] = mapped_column(
        ForeignKey("reference_images.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    version: Mapped[str] = mapped_column(String(64))
    """Of the extractor that found them; another one finds other details."""
    keypoints: Mapped[bytes] = mapped_column(LargeBinary)
    aggregate: Mapped[bytes] = mapped_column(LargeBinary)
    palette: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[bytes] = mapped_column(LargeBinary)


class RemovedEmbedding(Base):
    """A number that was taken out of the catalog, so that an older index can follow."""

    __tablename__ = "removed_embeddings"

    embedding_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(index=True)


class Token(Base):
    """A bearer token of the service; only its hash is kept."""

    __tablename__ = "tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]

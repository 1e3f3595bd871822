"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables, and the one row of the catalog's state."""
    _make_state()
    _make_products()
    _make_images()
    _make_claims()
    _make_embeddings()
    _make_tokens()


def _make_state() -> None:
    state = op.create_table(
        "catalog_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_state"),
    )
    op.bulk_insert(state, [{"id": 1, "version": 0, "model": "compact"}])


def _make_products() -> None:
    op.create_table(
        "families",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_families"),
        sa.UniqueConstraint("key", name="uq_families_key"),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("name", "brand", "category", "description", "source", "license")
        ),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("key", name="uq_products_key"),
        sa.ForeignKeyConstraint(
            ["family_id"], ["families.id"], name="fk_products_family_id_families"
        ),
    )
    op.create_index("ix_products_category", "products", ["category"])
    op.create_index("ix_products_family_id", "products", ["family_id"])
    op.create_table(
        "gtins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("gtin", sa.String(14), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gtins"),
        sa.UniqueConstraint("product_id", "gtin", name="uq_gtins_product_id_gtin"),
        _owner("gtins", "product_id", "products"),
    )
    op.create_index("ix_gtins_gtin", "gtins", ["gtin"])


def _make_images() -> None:
    op.create_table(
        "reference_images",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reference_images"),
        sa.UniqueConstraint("product_id", "sha256", name="uq_reference_images_product_id_sha256"),
        _owner("reference_images", "product_id", "products"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reference_images_sha256", "reference_images", ["sha256"])


def _make_claims() -> None:
    op.create_table(
        "market_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("observations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_market_claims"),
        _owner("market_claims", "product_id", "products"),
        _owner("market_claims", "image_id", "reference_images"),
    )
    for column in ("country", "image_id", "product_id"):
        op.create_index(f"ix_market_claims_{column}", "market_claims", [column])


def _make_embeddings() -> None:
    op.create_table(
        "embeddings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("view", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_embeddings"),
        sa.UniqueConstraint(
            "image_id", "fingerprint", "view", name="uq_embeddings_image_id_fingerprint_view"
        ),
        _owner("embeddings", "image_id", "reference_images"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_embeddings_fingerprint_version", "embeddings", ["fingerprint", "version"])
    op.create_table(
        "removed_embeddings",
        sa.Column("embedding_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("embedding_id", name="pk_removed_embeddings"),
    )
    op.create_index("ix_removed_embeddings_version", "removed_embeddings", ["version"])


def _make_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("name", name="uq_tokens_name"),
        sa.UniqueConstraint("sha256", name="uq_tokens_sha256"),
    )


def _owner(table: str, column: str, owner: str) -> sa.ForeignKeyConstraint:
    """Point to the row that this one dies with."""
    name = f"fk_{table}_{column}_{owner}"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")

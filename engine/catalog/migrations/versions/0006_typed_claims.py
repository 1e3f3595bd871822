"""Claims of four kinds of fact: until now all were markets, and they stay so."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEPT = "id, product_id, image_id, source, observed_on, observations"


def upgrade() -> None:
    """Make the new table, move every claim into it and drop the old one."""
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("value", sa.String(35), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("observations", sa.Integer(), nullable=False),
        sa.Column("is_weak", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
        _owner("product_id", "products"),
        _owner("image_id", "reference_images"),
    )
    op.execute(
        f"INSERT INTO claims ({KEPT}, kind, value, is_weak) "  # noqa: S608 - all constants
        f"SELECT {KEPT}, 'market', country, 0 FROM market_claims"
    )
    op.drop_table("market_claims")
    for column in ("image_id", "observed_on", "product_id"):
        op.create_index(f"ix_claims_{column}", "claims", [column])
    op.create_index("ix_claims_kind_value", "claims", ["kind", "value"])


def _owner(column: str, owner: str) -> sa.ForeignKeyConstraint:
    """Point to the row that this one dies with."""
    name = f"fk_claims_{column}_{owner}"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=name, ondelete="CASCADE")

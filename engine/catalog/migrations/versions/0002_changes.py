"""Every version of the catalog gets a random mark, so that none is taken for another's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of changes and begin it with the present version; a trigger goes on."""
    op.create_table(
        "catalog_changes",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_catalog_changes"),
    )
    op.execute("INSERT INTO catalog_changes SELECT version, hex(randomblob(8)) FROM catalog_state")

"""Visual words and colours of reference images: a second index, and the comparison of patterns."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table anew: all that it held was derived, by an extractor that is replaced.

    `engine reindex` fills it.
    """
    op.drop_table("image_details")
    op.create_table(
        "image_details",
        sa.Column("image_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("keypoints", sa.LargeBinary(), nullable=False),
        sa.Column("aggregate", sa.LargeBinary(), nullable=False),
        sa.Column("palette", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"],
            ["reference_images.id"],
            name="fk_image_details_image_id_reference_images",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("image_id", name="pk_image_details"),
    )

"""Two full-text tables of the products; `engine.catalog.triggers` fills them."""

from alembic import op

revision = "0003"
down_revision = "0002"

COLUMNS = "name, brand, gtins, description, product_key, family"


def upgrade() -> None:
    """Make a table of words without accents, and one of all runs of three characters.

    The second finds a word inside another one, and in scripts without spaces.
    """
    # Marks belong to a word: without them Hindi and Thai fall apart at every vowel sign.
    op.execute(
        f"CREATE VIRTUAL TABLE product_words USING fts5({COLUMNS}, prefix = '2 3', "
        """tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'")"""
    )
    # Its own `remove_diacritics` needs SQLite 3.45, and the file would not open with an older one.
    op.execute(f"CREATE VIRTUAL TABLE product_trigrams USING fts5({COLUMNS}, tokenize = 'trigram')")

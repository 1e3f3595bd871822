"""Triggers: what the database does itself at a change, so that no program can forget it.

They fit the tables as they are now and are made anew after every migration, for SQLite copies a
table to change it, which loses its triggers and trips over those of other tables. So a change in
this file needs a migration too, be it an empty one.
"""

from sqlalchemy import Connection

SEARCH_TABLES = ("product_words", "product_trigrams")
COLUMNS = ("name", "brand", "gtins", "description", "product_key", "family")

MAX_NESTING = 10
"""Calls within calls that SQLite's parser surely takes: its stack holds 100 symbols."""

FOLDS = dict(
    zip("łŁøØđĐıάέήίόύώϊϋΐΰΆΈΉΊΌΎΏёЁ", "lLoOdDiαεηιουωιυιυΑΕΗΙΟΥΩеЕ", strict=True),
    **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"},
)
"""Letters that words are found without: Latin ones that are no letter plus accent in Unicode, and
the accents of Greek and Russian, which FTS5 keeps and packs leave out in capitals."""


def drop_triggers(connection: Connection) -> None:
    """Let changes go unnoticed, as a migration must."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for name in names.scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def make_triggers(connection: Connection) -> None:
    """Make all triggers, and write the full-text tables as they would have by now."""
    connection.exec_driver_sql(
        "CREATE TRIGGER mark_change AFTER UPDATE OF version ON catalog_state BEGIN "
        "INSERT OR REPLACE INTO catalog_changes VALUES (NEW.version, hex(randomblob(8))); END"
    )
    for name, occasion, products in _search_triggers():
        statements = "; ".join(_rewriting(products))
        connection.exec_driver_sql(
            f"CREATE TRIGGER search_{name} AFTER {occasion} BEGIN {statements}; END"
        )
    for statement in _rewriting("SELECT id FROM products"):
        connection.exec_driver_sql(statement)


def _search_triggers() -> list[tuple[str, str, str]]:
    """Return name and occasion of each trigger, and the products whose texts then change."""
    own = "UPDATE OF id, key, name, brand, description, family_id ON products"
    siblings = "SELECT id FROM products WHERE family_id = NEW.id"
    return [
        ("product_added", "INSERT ON products", "NEW.id"),
        ("product_changed", own, "OLD.id, NEW.id"),
        ("product_deleted", "DELETE ON products", "OLD.id"),
        ("gtin_added", "INSERT ON gtins", "NEW.product_id"),
        ("gtin_changed", "UPDATE ON gtins", "OLD.product_id, NEW.product_id"),
        ("gtin_deleted", "DELETE ON gtins", "OLD.product_id"),
        ("family_changed", "UPDATE OF key ON families", siblings),
    ]


def _rewriting(products: str) -> list[str]:
    """Return statements that write some products' texts anew; what is gone stays gone."""
    texts = _folded(_texts(products))
    return [
        statement
        for table in SEARCH_TABLES
        for statement in (
            f"DELETE FROM {table} WHERE rowid IN ({products})",  # noqa: S608 - all constants
            f"INSERT INTO {table} (rowid, {', '.join(COLUMNS)}) {texts}",
        )
    ]


def _texts(products: str) -> str:
    """Return the query of some products' numbers and texts."""
    # A number stands there as it is and without leading zeros, so that its beginning is found.
    return f"""
        SELECT id, name, brand, description, key AS product_key,
            coalesce((SELECT group_concat(gtin || ' ' || ltrim(gtin, '0'), ' ')
                      FROM gtins WHERE product_id = products.id), '') AS gtins,
            coalesce((SELECT key FROM families WHERE id = products.family_id), '') AS family
        FROM products WHERE id IN ({products})"""  # noqa: S608 - all constants


def _folded(query: str) -> str:
    """Wrap a query, so that its texts have plain letters; a few at a time, for SQLite's parser."""
    letters = list(FOLDS.items())
    for start in range(0, len(letters), MAX_NESTING):
        columns = ", ".join(
            f"{_replacing(column, letters[start : start + MAX_NESTING])} AS {column}"
            for column in COLUMNS
        )
        query = f"SELECT id, {columns} FROM ({query})"  # noqa: S608 - all constants
    return query


def _replacing(expression: str, letters: list[tuple[str, str]]) -> str:
    for letter, plain in letters:
        expression = f"replace({expression}, '{letter}', '{plain}')"
    return expression

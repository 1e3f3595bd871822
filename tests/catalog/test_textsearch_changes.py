"""The full-text tables follow every change, whoever makes it."""

import random

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from engine.catalog import migrations
from engine.catalog.database import WRITES, connect, open_database
from engine.catalog.models import Gtin, Product
from engine.catalog.triggers import drop_triggers, make_triggers
from tests.catalog.shelf import Shelf, database, shelf

__all__ = ["database", "shelf"]  # fixtures


def test_what_is_changed_is_found_under_its_new_words_only(shelf):
    shelf.add("p1", "Kettle", brand="Old")
    shelf.change("p1", name="Teapot", description="porcelain")

    assert shelf.find("teapot porcelain old") == ["p1"]
    assert shelf.find("kettle") == []
    assert shelf.find("ettl") == []


def test_what_is_deleted_is_found_no_more(shelf):
    shelf.add("p1", "Kettle", gtins=["4006381333931"], family="kettles")
    with shelf.sessions.begin() as session:
        session.delete(session.query(Product).one())

    assert shelf.find("kettle") == []
    assert shelf.find("4006381333931") == []
    assert rows(shelf) == []


def test_numbers_and_families_are_kept_in_step(shelf):
    shelf.add("p1", "Kettle", gtins=["4006381333931"], family="redware")
    with shelf.sessions.begin() as session:
        product = session.query(Product).one()
        product.gtins.append(Gtin(gtin="96385074"))
        product.gtins[0].gtin = "7310865004703"
        product.family.key = "blueware"

    assert shelf.find("kettle 96385074") == ["p1"]
    assert shelf.find("kettle 7310865004703") == ["p1"]
    assert shelf.find("kettle 4006381333931") == []
    assert shelf.find("blueware") == ["p1"]
    assert shelf.find("redware") == []


def test_a_number_that_moves_to_another_product_leaves_the_first(shelf):
    shelf.add("p1", "Kettle", gtins=["4006381333931"])
    shelf.add("p2", "Pot")
    with shelf.sessions.begin() as session:
        new_owner = session.query(Product).filter_by(key="p2").one()
        session.execute(update(Gtin).values(product_id=new_owner.id))

    assert shelf.find("kettle 4006381333931") == []
    assert shelf.find("pot 4006381333931") == ["p2"]


def rows(shelf):
    with shelf.sessions() as session:
        found = session.execute(sql("SELECT rowid FROM product_words"))
        return [row[0] for row in found]


def test_another_programs_changes_are_noticed_too(shelf):
    with shelf.database.connect() as connection:
        connection.rollback()
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA query_only = OFF")
        raw.execute(
            "INSERT INTO products VALUES (900, 'raw', 'Raw sugar', '', '', '', '', '', NULL,"
            " '2025-01-01 00:00:00', '2025-01-01 00:00:00')"
        )
    assert shelf.find("sugar") == ["raw"]


def test_full_text_tables_stay_sound_through_many_changes(shelf):
    words = ["red", "blue", "kettle", "pot", "牛奶", "café"]
    chance = random.Random(1)
    for number in range(40):
        shelf.add(f"p{number}", " ".join(chance.choices(words, k=3)), gtins=[f"{number:08d}"])
        shelf.change(f"p{chance.randrange(number + 1)}", brand=chance.choice(words))
    with shelf.sessions.begin() as session:
        for table in ("product_words", "product_trigrams"):
            session.execute(sql(f"INSERT INTO {table}({table}) VALUES ('integrity-check')"))
        named = session.execute(sql("SELECT id, name || brand FROM products")).all()
        indexed = session.execute(sql("SELECT rowid, name || brand FROM product_words")).all()

    assert sorted(indexed) == sorted(named)


@pytest.fixture
def older_catalog(tmp_path):
    """The file of an engine that had no text search, with one product in it."""
    path = tmp_path / "catalog.sqlite3"
    database = connect(path)
    with database.execution_options(**WRITES).begin() as connection:
        migrations.upgrade(connection, "0001")
        connection.execute(
            sql(
                "INSERT INTO products VALUES (7, 'old', 'Old soap', '', '', '', '', '', NULL,"
                " '2025-01-01 00:00:00', '2025-01-01 00:00:00')"
            )
        )
    database.dispose()
    return path


def test_products_of_an_older_catalog_are_found_after_its_migration(older_catalog):
    shelf = Shelf(open_database(older_catalog))
    shelf.add("new", "New soap")

    assert shelf.find("soap") == ["old", "new"]
    shelf.database.dispose()


def test_triggers_are_made_anew_after_a_migration_that_copies_a_table(older_catalog):
    shelf = Shelf(open_database(older_catalog))
    with shelf.database.execution_options(**WRITES).begin() as connection:
        drop_triggers(connection)
        for statement in (
            "PRAGMA defer_foreign_keys = ON",
            "CREATE TABLE copy AS SELECT * FROM gtins",
            "DROP TABLE gtins",
            "ALTER TABLE copy RENAME TO gtins",
        ):
            connection.execute(sql(statement))
        connection.execute(sql("UPDATE products SET name = 'Renamed soap'"))
        make_triggers(connection)
        connection.execute(sql("INSERT INTO gtins VALUES (1, 7, '4006381333931')"))

    assert shelf.find("renamed 4006381333931") == ["old"]
    assert shelf.find("old soap") == ["old"]  # by its id
    shelf.database.dispose()

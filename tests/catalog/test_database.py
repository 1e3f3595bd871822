import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from engine.catalog import database as database_module
from engine.catalog import migrations
from engine.catalog.database import WRITES, connect, open_database, session_factory
from engine.catalog.models import Base, CatalogState, Claim, Family, Product
from engine.errors import BusyError, CatalogError
from engine.markets.facts import Fact


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "catalog.sqlite3"


@pytest.fixture
def database(path):
    database = open_database(path)
    yield database
    database.dispose()


def made_by_first_revision(path):
    """Build the file that the engine of revision 0001 left, with one product in it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    database = connect(path)
    with database.execution_options(**WRITES).begin() as connection:
        migrations.upgrade(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO products VALUES (7, 'old', 'Old soap', '', '', '', '', '', NULL,"
                " '2025-01-01 00:00:00', '2025-01-01 00:00:00')"
            )
        )
    database.dispose()


@pytest.fixture
def later_revision(tmp_path, monkeypatch):
    """Add a revision 9999 that only a newer engine has."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in migrations.FOLDER.rglob("*.py"):
        copy = folder / file.relative_to(migrations.FOLDER)
        copy.write_bytes(file.read_bytes())
    last = migrations.revisions()[-1]
    (folder / "versions" / "9999_shelf.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '9999'\ndown_revision = {last!r}\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('products', recreate='always') as table:\n"
        "        table.add_column(sa.Column('shelf', sa.String(), server_default='A1'))\n"
    )
    monkeypatch.setattr(migrations, "FOLDER", folder)
    migrations.revisions.cache_clear()
    yield "9999"
    migrations.revisions.cache_clear()


def test_a_fresh_catalog_has_version_0_and_the_compact_model(database):
    with session_factory(database)() as session:
        state = session.scalars(select(CatalogState)).one()

    assert (state.id, state.version, state.model) == (1, 0, "compact")


def test_the_file_is_durable_and_guards_its_references(database):
    def pragma(name):
        with database.connect() as connection:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 30_000


def virtual_tables(connection):
    """Names of virtual tables and of the tables that SQLite keeps for them."""
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    tables = list(rows)
    virtual = [name for name, sql in tables if sql.startswith("CREATE VIRTUAL")]
    return {name for name, _ in tables for start in virtual if name.startswith(start)}


def test_the_migrations_make_the_tables_of_the_models(database):
    with database.connect() as connection:
        virtual = virtual_tables(connection)
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or name not in virtual,
        }
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, Base.metadata) == []


def test_numbers_of_images_and_embeddings_are_never_used_twice(database):
    with database.connect() as connection:
        rows = connection.execute(
            text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%' ORDER BY name")
        )

        assert list(rows.scalars()) == ["embeddings", "reference_images"]


def test_the_file_names_of_the_revisions_tell_their_order():
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    config.set_main_option("path_separator", "os")
    history = ScriptDirectory.from_config(config).walk_revisions()

    assert migrations.revisions() == tuple(script.revision for script in history)[::-1]


def test_an_older_catalog_is_migrated_and_a_copy_of_it_kept(path, later_revision, caplog):
    made_by_first_revision(path)

    database = open_database(path)

    with database.connect() as connection:
        row = connection.execute(text("SELECT id, key, shelf FROM products")).one()
        assert tuple(row) == (7, "old", "A1")
    copy = path.parent / "backups" / "catalog-0001.sqlite3"
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert old.execute("SELECT name FROM products").fetchall() == [("Old soap",)]
    assert "from revision 0001 to 9999" in caplog.text
    database.dispose()


def test_migrating_a_table_keeps_the_rows_that_point_at_it(path, later_revision):
    made_by_first_revision(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO gtins VALUES (1, 7, '7310865004703')")
        connection.commit()

    database = open_database(path)

    with database.connect() as connection:
        assert connection.execute(text("SELECT gtin FROM gtins")).scalar() == "7310865004703"
    database.dispose()


def test_claims_of_an_older_catalog_stay_and_are_markets(path):
    made_by_first_revision(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO market_claims VALUES (3, 7, NULL, 'SE', 'shop', '2025-01-02', 4)"
        )
        connection.commit()

    database = open_database(path)

    with session_factory(database)() as session:
        (claim,) = session.scalars(select(Claim))
        assert (claim.id, claim.product_id, claim.image_id) == (3, 7, None)
        assert (claim.kind, claim.value, claim.source) == (Fact.MARKET, "SE", "shop")
        assert (claim.observed_on, claim.observations) == (date(2025, 1, 2), 4)
        assert claim.is_weak is False
        assert claim.product.markets == ["SE"]
    database.dispose()


def test_a_second_backup_leaves_the_first_alone(path, later_revision):
    made_by_first_revision(path)
    backups = path.parent / "backups"
    backups.mkdir()
    (backups / "catalog-0001.sqlite3").write_text("from last year")

    open_database(path).dispose()

    assert (backups / "catalog-0001.sqlite3").read_text() == "from last year"
    assert (backups / "catalog-0001-1.sqlite3").exists()


def test_a_migration_that_fails_leaves_the_catalog_as_it_was(path, later_revision):
    made_by_first_revision(path)
    script = migrations.FOLDER / "versions" / "9999_shelf.py"
    script.write_text(script.read_text() + "    raise RuntimeError('power cut')\n")

    with pytest.raises(RuntimeError, match="power cut"):
        open_database(path)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [("0001",)]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(products)")]
        assert "shelf" not in columns


def test_a_catalog_of_a_newer_engine_is_refused_and_left_alone(path, database):
    database.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(CatalogError, match=r"newer engine \(revision 9999.*update the engine"):
        open_database(path)


@pytest.mark.parametrize("content", [b"id,name,images\n" * 100, b"x" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path, content):
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(CatalogError, match="is not a catalog"):
        open_database(path)

    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")

    with pytest.raises(CatalogError, match="another program"):
        open_database(path)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("a file")

    with pytest.raises(CatalogError, match="cannot be used as data folder"):
        open_database(tmp_path / "data" / "catalog.sqlite3")


def test_a_catalog_that_is_a_folder_is_refused(path):
    path.mkdir(parents=True)

    with pytest.raises(CatalogError, match="cannot be opened"):
        open_database(path)


def test_processes_that_start_at_once_make_one_catalog(path):
    code = (
        "import sys; from pathlib import Path; from engine.catalog.database import open_database;"
        "open_database(Path(sys.argv[1]))"
    )
    starts = [subprocess.Popen([sys.executable, "-c", code, path]) for _ in range(3)]

    assert [start.wait() for start in starts] == [0, 0, 0]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM catalog_state").fetchone() == (1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_start_with_nothing_to_migrate_imports_no_alembic(path, database):
    code = (
        "import sys; from pathlib import Path; from engine.catalog.database import open_database;"
        "open_database(Path(sys.argv[1])); print(sorted({'alembic', 'filelock'} & {*sys.modules}))"
    )

    out = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    ).stdout

    assert out == "[]\n"


def test_a_reader_sees_one_snapshot_while_another_writes(database):
    make = session_factory(database)
    with make() as reader:
        assert reader.scalars(select(Family.key)).all() == []
        with make.begin() as writer:
            writer.add(Family(key="soap"))

        assert reader.scalars(select(Family.key)).all() == []
    with make() as reader:
        assert reader.scalars(select(Family.key)).all() == ["soap"]


def test_a_session_made_for_reading_cannot_write(database):
    with session_factory(database)() as session:
        session.add(Product(key="p", name="soap"))

        with pytest.raises(OperationalError, match="readonly"):
            session.flush()


def test_an_exception_undoes_the_writing(database):
    make = session_factory(database)

    def write_and_be_interrupted():
        with make.begin() as session:
            session.add(Family(key="soap"))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_be_interrupted()
    with make() as session:
        assert session.scalars(select(Family.key)).all() == []


def test_a_writer_holds_the_lock_from_its_beginning(path, database, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_S", 0.05)
    other = open_database(path)

    with session_factory(database).begin(), pytest.raises(BusyError, match="try again"):
        session_factory(other).begin().__enter__()
    other.dispose()


def test_a_full_disk_is_told_of_and_changes_nothing(database):
    make = session_factory(database)

    def fill():
        with make.begin() as session:
            session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
            session.add(Family(key="x" * 1_000_000))

    with pytest.raises(CatalogError, match="cannot be written: database or disk is full"):
        fill()
    with make() as session:
        assert session.scalars(select(Family.key)).all() == []


def test_a_mistake_of_ours_keeps_its_name(database):
    make = session_factory(database)

    def add_twice():
        with make.begin() as session:
            session.add_all([Family(key="soap"), Family(key="soap")])

    with pytest.raises(IntegrityError, match="UNIQUE"):
        add_twice()

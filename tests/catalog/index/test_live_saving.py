"""When the index is saved, and when it had better not be."""

from engine.catalog.index import live as live_module
from tests.catalog.index.conftest import backed_up, put_back, saved_version
from tests.catalog.index.vectors import EAST, NORTH


def test_saving_writes_only_what_is_new(catalog):
    catalog.add("east", EAST)
    index = catalog.index()
    index.save()
    first = index.path.stat()
    index.save()
    assert index.path.stat().st_ino == first.st_ino

    catalog.add("north", NORTH)
    catalog.search(index, EAST)
    index.save()

    assert saved_version(index) == 2


def test_an_older_index_does_not_replace_a_newer_snapshot(catalog):
    catalog.add("east", EAST)
    older = catalog.index()
    catalog.add("north", NORTH)
    newer = catalog.index()

    newer.save()
    older.save()

    assert saved_version(newer) == 2


def test_an_index_of_a_history_that_is_gone_is_not_saved(catalog):
    copy = backed_up(catalog)
    catalog.add("east", EAST)
    index = catalog.index()
    put_back(catalog, copy)

    index.save()

    assert not index.path.exists()


def test_a_snapshot_that_cannot_be_written_is_a_warning(catalog, caplog):
    index = catalog.index()
    (catalog.folder / "index").write_text("a file where the folder should be")

    index.save()

    assert "the index was not saved" in caplog.text


def test_a_save_that_another_process_blocks_is_a_warning(catalog, caplog, monkeypatch):
    monkeypatch.setattr(live_module, "LOCK_TIMEOUT_S", 0.01)
    index = catalog.index()
    index.path.parent.mkdir()
    with live_module.FileLock(index.path.with_suffix(".lock")):
        index.save()

    assert "the index was not saved" in caplog.text
    assert not index.path.exists()

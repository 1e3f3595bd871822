import shutil
import threading

import numpy as np
import pytest
from sqlalchemy import event

from engine.catalog.index import live as live_module
from engine.catalog.index.exact_numpy import ExactNumpyIndex
from engine.catalog.index.snapshot import read_snapshot
from engine.errors import StaleIndexError
from tests.catalog.index.conftest import FINGERPRINT, Catalog, backed_up, put_back, saved_version
from tests.catalog.index.vectors import EAST, NORTH, NORTHEAST, WEST, unit


def verify(index, catalog):
    with catalog.sessions() as session:
        index.verify(session)


def test_an_empty_catalog_has_no_hits(catalog):
    index = catalog.index()

    assert catalog.search(index, EAST) == []
    assert index.version == 0


def test_the_next_search_finds_what_was_added(catalog):
    index = catalog.index()
    [east] = catalog.add("east", EAST)
    [north, northeast] = catalog.add("north", NORTH, NORTHEAST)

    assert catalog.search(index, EAST) == [east, northeast, north]
    assert index.version == 2


def test_the_next_search_misses_what_was_deleted(catalog):
    catalog.add("east", EAST)
    [north] = catalog.add("north", NORTH)
    index = catalog.index()
    catalog.delete("east")

    assert catalog.search(index, EAST) == [north]


def test_what_came_and_went_between_two_searches_leaves_no_trace(catalog):
    index = catalog.index()
    catalog.add("east", EAST)
    [north] = catalog.add("north", NORTH)
    catalog.delete("east")

    assert catalog.search(index, EAST) == [north]


def test_vectors_of_another_model_are_left_out(catalog):
    catalog.add("other", EAST, fingerprint="f2")
    [north] = catalog.add("north", NORTH)
    index = catalog.index()
    catalog.add("later", np.array([0, 0, 1], np.float32), fingerprint="f3")

    assert catalog.search(index, EAST) == [north]


def test_scores_and_filter_are_those_of_the_index(catalog):
    [_, north] = catalog.add("both", EAST, NORTH)
    index = catalog.index()

    with catalog.sessions() as session:
        hits = index.search(session, EAST[None], k=2, allowed=np.array([north]))

    assert hits.ids.tolist() == [[north, -1]]
    assert hits.scores.tolist() == [[0.0, -np.inf]]


def test_a_search_without_changes_asks_the_database_once(catalog):
    catalog.add("east", EAST)
    index = catalog.index()
    statements = []
    with catalog.sessions() as session:
        session.connection()
        event.listen(
            catalog.database, "before_cursor_execute", lambda *args: statements.append(args[2])
        )
        index.search(session, EAST[None], k=1)

    assert len(statements) == 1


def test_a_saved_index_is_opened_and_catches_up(catalog, caplog):
    [east] = catalog.add("east", EAST)
    catalog.add("north", NORTH)
    catalog.index().save()
    catalog.delete("north")
    [west] = catalog.add("west", WEST)
    caplog.clear()

    index = catalog.index()

    assert catalog.search(index, NORTH) == [east, west]
    assert "rebuilt" not in caplog.text


def test_a_missing_snapshot_is_rebuilt_and_the_log_says_why(catalog, caplog):
    catalog.add("east", EAST)

    catalog.index()

    assert "the index is rebuilt from 1 vectors: none is saved for this model" in caplog.text


def test_a_damaged_snapshot_is_rebuilt_and_saved_anew(catalog, caplog):
    [east] = catalog.add("east", EAST)
    catalog.index().save()
    path = catalog.index().path
    content = bytearray(path.read_bytes())
    content[-40] ^= 1
    path.write_bytes(content)

    index = catalog.index()
    index.save()

    assert catalog.search(index, EAST) == [east]
    assert "is damaged" in caplog.text
    assert read_snapshot(path, FINGERPRINT).header.count == 1


def test_a_snapshot_of_another_model_under_this_name_is_rebuilt(catalog, caplog):
    catalog.add("other", WEST, fingerprint="f2")
    [east] = catalog.add("east", EAST)
    other = catalog.index("f2")
    other.save()
    shutil.copy(other.path, other.path.with_name(f"{FINGERPRINT}.index"))

    assert catalog.search(catalog.index(), EAST) == [east]
    assert "is of the model f2, not f1" in caplog.text


def test_a_snapshot_of_another_size_or_kind_is_rebuilt(catalog, caplog):
    [east] = catalog.add("east", EAST)
    catalog.index().save()

    class OtherKind(ExactNumpyIndex):
        kind = "graph"

    assert catalog.search(catalog.index(make_index=OtherKind), EAST) == [east]
    assert "the saved one is flat of 2 dimensions" in caplog.text


def test_a_snapshot_that_lacks_a_vector_is_rebuilt(catalog, caplog):
    [east] = catalog.add("east", EAST)
    catalog.add("north", NORTH)
    index = catalog.index()
    index._index.remove(np.array([east]))  # as a bug would
    index.save()

    assert catalog.search(catalog.index(), EAST, k=1) == [east]
    assert f"embedding {east} is only in the index or only in the database" in caplog.text


def test_an_unreadable_snapshot_is_rebuilt(catalog, caplog):
    [east] = catalog.add("east", EAST)
    catalog.index().path.mkdir(parents=True)

    assert catalog.search(catalog.index(), EAST) == [east]
    assert "Is a directory" in caplog.text


def test_a_catalog_put_back_from_a_backup_is_noticed_while_open(catalog, caplog):
    [east] = catalog.add("east", EAST)
    copy = backed_up(catalog)
    catalog.add("west", WEST)
    index = catalog.index()
    put_back(catalog, copy)

    assert catalog.search(index, EAST) == [east]
    assert index.version == 1
    assert "the database was put back or replaced" in caplog.text


def test_another_change_under_the_same_version_and_number_is_noticed_while_open(catalog):
    catalog.add("east", EAST)
    copy = backed_up(catalog)
    [west] = catalog.add("west", WEST)
    index = catalog.index()
    put_back(catalog, copy)
    [north] = catalog.add("north", NORTH)

    assert north == west  # the number was given twice
    assert catalog.search(index, NORTH, k=1) == [north]
    with catalog.sessions() as session:
        assert index.search(session, NORTH[None], k=1).scores.tolist() == [[1.0]]


def test_another_change_under_the_same_version_and_number_is_noticed_at_the_start(catalog, caplog):
    catalog.add("east", EAST)
    copy = backed_up(catalog)
    catalog.add("west", WEST)
    catalog.index().save()
    put_back(catalog, copy)
    [north] = catalog.add("north", NORTH)

    index = catalog.index()
    with catalog.sessions() as session:
        hits = index.search(session, NORTH[None], k=1)

    assert (hits.ids.tolist(), hits.scores.tolist()) == ([[north]], [[1.0]])
    assert "newer than the database, or of another one" in caplog.text


def test_a_snapshot_newer_than_the_database_is_replaced_by_an_older_one(catalog):
    catalog.add("east", EAST)
    copy = backed_up(catalog)
    catalog.add("west", WEST)
    newer = catalog.index()
    newer.save()
    put_back(catalog, copy)

    index = catalog.index()
    index.save()

    assert saved_version(index) == 1


def test_another_catalog_in_the_same_place_is_noticed(catalog, tmp_path):
    catalog.add("east", EAST)
    catalog.add("more", EAST)
    index = catalog.index()
    other = Catalog(tmp_path / "other")
    other.add("more", NORTH)
    other.add("west", WEST)
    [northeast] = other.add("northeast", NORTHEAST)
    other.database.dispose()
    put_back(catalog, other.path)

    assert catalog.search(index, EAST)[0] == northeast


def test_a_missed_vector_is_noticed_at_the_next_change(catalog, caplog):
    [east] = catalog.add("east", EAST)
    index = catalog.index()
    index._index.remove(np.array([east]))  # as a bug would
    [north] = catalog.add("north", NORTH)

    assert catalog.search(index, EAST) == [east, north]
    assert "it has 1 vectors, the database 2" in caplog.text


def test_verify_names_an_embedding_that_one_side_lacks(catalog):
    [east] = catalog.add("east", EAST)
    index = catalog.index()
    verify(index, catalog)
    index._index.remove(np.array([east]))

    with pytest.raises(StaleIndexError, match=f"embedding {east} "):
        verify(index, catalog)


def test_a_session_that_began_earlier_is_answered_by_the_newer_index(catalog, caplog):
    [east] = catalog.add("east", EAST)
    index = catalog.index()
    with catalog.sessions() as old_session:
        assert index.search(old_session, EAST[None], k=1).ids.tolist() == [[east]]
        [north] = catalog.add("north", NORTH)
        assert catalog.search(index, EAST) == [east, north]
        caplog.clear()

        hits = index.search(old_session, NORTH[None], k=1)

    assert hits.ids.tolist() == [[north]]
    assert index.version == 2
    assert caplog.text == ""


def test_a_change_that_fails_halfway_is_repaired_by_the_next_search(catalog, monkeypatch):
    catalog.add("east", EAST)
    index = catalog.index()
    catalog.delete("east")
    [north] = catalog.add("north", NORTH)

    def fail(*_):
        raise MemoryError

    monkeypatch.setattr(index._index, "add", fail)
    with pytest.raises(MemoryError):
        catalog.search(index, EAST)

    assert catalog.search(index, EAST) == [north]


def test_a_long_rebuild_tells_how_far_it_is(catalog, caplog, monkeypatch):
    monkeypatch.setattr(live_module, "PROGRESS_S", 0)
    catalog.add("both", EAST, NORTH)

    catalog.index()

    assert "the index is rebuilt: 2 of 2 vectors" in caplog.text


def test_searches_beside_changes_see_each_change_whole(catalog):
    """Each product has two pictures; a search that sees one without the other saw half a change."""
    index = catalog.index()
    is_done = threading.Event()
    seen, errors = [], []

    def look():
        try:
            while not is_done.is_set():
                seen.append(catalog.search(index, EAST, k=100))
        except Exception as error:
            errors.append(error)

    readers = [threading.Thread(target=look, daemon=True) for _ in range(4)]
    for reader in readers:
        reader.start()
    twins = {}
    try:
        for number in range(30):
            one, other = catalog.add(f"p{number}", *unit((1, number), (1, -number)))
            twins |= {one: other, other: one}
            if number % 3 == 2:
                catalog.delete(f"p{number - 1}")
    finally:
        is_done.set()
    for reader in readers:
        reader.join(timeout=30)

    assert errors == []
    assert not any(reader.is_alive() for reader in readers)
    assert all(twins[number] in ids for ids in seen for number in ids)
    assert len({len(ids) for ids in seen}) > 3  # they looked while it changed
    assert len(catalog.search(index, EAST, k=100)) == 40
    verify(index, catalog)

import os

import pytest

from engine.catalog.index import snapshot as snapshot_module
from engine.catalog.index.snapshot import (
    Snapshot,
    SnapshotHeader,
    read_header,
    read_snapshot,
    remove_unfinished,
    write_snapshot,
)
from engine.errors import CorruptIndexError, StaleIndexError

SNAPSHOT = Snapshot(
    SnapshotHeader(kind="flat", fingerprint="f1", dim=2, count=1, version=7, mark="AB"),
    payload=b"twelve bytes",
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "f1.index"
    write_snapshot(path, SNAPSHOT)
    return path


def test_a_snapshot_is_read_as_it_was_written(path):
    assert read_snapshot(path, "f1") == SNAPSHOT
    assert read_header(path, "f1") == SNAPSHOT.header


def test_a_later_snapshot_takes_the_place_and_leaves_no_other_file(path):
    later = Snapshot(SNAPSHOT.header, b"")

    write_snapshot(path, later)

    assert read_snapshot(path, "f1") == later
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("block_bytes", [250, 251, 1 << 20])
def test_the_header_is_read_whatever_the_block_size(path, monkeypatch, block_bytes):
    monkeypatch.setattr(snapshot_module, "BLOCK_BYTES", block_bytes)
    write_snapshot(path, Snapshot(SNAPSHOT.header, bytes(range(256)) * 5))

    assert read_header(path, "f1") == SNAPSHOT.header


@pytest.mark.parametrize("read", [read_snapshot, read_header])
def test_a_flipped_bit_in_any_byte_is_noticed(path, read):
    good = path.read_bytes()
    for position in range(len(good)):
        damaged = bytearray(good)
        damaged[position] ^= 1 << position % 8
        path.write_bytes(damaged)
        with pytest.raises(CorruptIndexError):
            read(path, "f1")


@pytest.mark.parametrize("read", [read_snapshot, read_header])
def test_missing_and_added_bytes_are_noticed(path, read):
    good = path.read_bytes()
    for damaged in (*(good[:end] for end in range(len(good))), good + b"\0", good + good):
        path.write_bytes(damaged)
        with pytest.raises(CorruptIndexError):
            read(path, "f1")


@pytest.mark.parametrize("read", [read_snapshot, read_header])
def test_a_file_of_another_program_is_no_snapshot(path, read):
    path.write_bytes(b"id,name,brand\n" * 100)

    with pytest.raises(CorruptIndexError, match="not a saved index"):
        read(path, "f1")


@pytest.mark.parametrize("read", [read_snapshot, read_header])
def test_a_snapshot_of_another_model_is_stale(path, read):
    with pytest.raises(StaleIndexError, match="of the model f1, not f2") as caught:
        read(path, "f2")

    assert not isinstance(caught.value, CorruptIndexError)


def test_a_snapshot_of_another_format_is_stale(path, monkeypatch):
    header = SnapshotHeader("flat", "f1", 2, 1, 7, "AB", format=2)
    write_snapshot(path, Snapshot(header, b""))

    with pytest.raises(StaleIndexError, match="format 2, 1 is read"):
        read_snapshot(path, "f1")


def test_a_missing_snapshot_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_snapshot(tmp_path / "none.index", "f1")


def test_a_failed_write_leaves_the_old_snapshot_and_no_other_file(path, monkeypatch):
    def fail(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_snapshot(path, Snapshot(SNAPSHOT.header, b"other"))

    assert read_snapshot(path, "f1") == SNAPSHOT
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_writer_left_is_removed_and_nothing_else(path):
    (path.parent / ".f1.index.0badcafe.part").write_bytes(b"half")
    (path.parent / ".f2.index.0badcafe.part").write_bytes(b"of another index")

    remove_unfinished(path)

    left = sorted(file.name for file in path.parent.iterdir())
    assert left == [".f2.index.0badcafe.part", "f1.index"]

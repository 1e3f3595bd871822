import hashlib
import io
import os
import time

import pytest
from PIL import Image

from engine.catalog.files import DAY_S, ImageFiles
from engine.embed.image import decode
from engine.errors import CatalogError, NotFoundError


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "images"


@pytest.fixture
def files(folder):
    return ImageFiles(folder)


def png(colour, size=(640, 320)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def put(files, data):
    return files.put(data, decode(data))


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def make_old(folder):
    long_ago = time.time() - 2 * DAY_S
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (long_ago, long_ago))


def test_bytes_lie_as_they_came_under_their_sha256(files, folder):
    data = png("red")
    sha256 = hashlib.sha256(data).hexdigest()

    path = put(files, data)

    assert path == files.path(sha256) == folder / sha256[:2] / sha256
    assert path.read_bytes() == data
    with Image.open(files.thumbnail_path(sha256)) as small:
        assert (small.format, small.size) == ("JPEG", (320, 160))
    assert names(folder) == [f"{sha256[:2]}/{sha256}", f"{sha256[:2]}/{sha256}.thumbnail.jpg"]


def test_putting_the_same_bytes_again_writes_nothing(files, folder):
    data = png("red")
    inode = put(files, data).stat().st_ino

    assert put(files, data).stat().st_ino == inode
    assert len(names(folder)) == 2


def test_a_file_that_was_lost_is_written_again(files):
    data = png("red")
    thumbnail = files.thumbnail_path(put(files, data).name)
    thumbnail.unlink()

    put(files, data)

    assert files.has(thumbnail.name[:64])


@pytest.mark.parametrize("sha256", ["", "..", "../../etc/passwd", "AB" * 32, "ab" * 31, "ab\0"])
def test_only_a_sha256_names_a_file(files, sha256):
    with pytest.raises(NotFoundError, match="is not the SHA-256"):
        files.path(sha256)


def test_a_disk_that_takes_nothing_is_reported(files, folder):
    folder.write_text("a file where the folder should be")

    with pytest.raises(CatalogError, match="cannot be written"):
        put(files, png("red"))


def test_a_write_that_fails_leaves_no_part_behind(files, folder, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(CatalogError, match="No space left on device"):
        put(files, png("red"))
    assert names(folder) == []


def test_old_files_that_no_row_names_are_removed(files, folder):
    red, blue = put(files, png("red")).name, put(files, png("blue")).name
    make_old(folder)

    removed = files.remove_unreferenced(lambda start: {red} if red.startswith(start) else set())

    assert removed == 2
    assert files.has(red)
    assert not files.path(blue).exists()
    assert not files.thumbnail_path(blue).exists()


def test_young_files_wait_for_their_row(files, folder):
    sha256 = put(files, png("red")).name
    assert files.remove_unreferenced(lambda _: set()) == 0
    make_old(folder)
    put(files, png("red"))

    files.remove_unreferenced(lambda _: set())

    assert files.path(sha256).exists()


def test_a_part_left_by_a_crash_is_removed(files, folder):
    path = put(files, png("red"))
    part = path.with_name(f".{path.name}.{'0' * 32}.part")
    part.write_bytes(b"half")
    make_old(folder)

    files.remove_unreferenced(lambda _: {path.name})

    assert not part.exists()
    assert path.exists()


def test_files_of_others_are_left_alone(files, folder):
    others = ["notes.txt", "ab/notes.txt", f"ab/{'c' * 64}", "ab/.hidden.part", f"{'a' * 64}"]
    for name in others:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine")
    (folder / "ab" / ("ab" * 32)).mkdir()
    make_old(folder)

    assert files.remove_unreferenced(lambda _: set()) == 0
    assert names(folder) == sorted(others)


def test_removing_takes_both_files_and_may_be_repeated(files):
    sha256 = put(files, png("red")).name

    files.remove(sha256)
    files.remove(sha256)

    assert not files.has(sha256)


def test_a_folder_that_is_not_there_holds_nothing(files):
    assert files.remove_unreferenced(lambda _: set()) == 0

"""Reference pictures on disk: original bytes and thumbnails, named by the bytes' SHA-256."""

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from engine.embed.image import Picture, thumbnail
from engine.errors import CatalogError, NotFoundError

THUMBNAIL_SIDE_PX = 320
DAY_S = 24 * 60 * 60

_SHA256 = re.compile("[0-9a-f]{64}")
_FOLDER = re.compile("[0-9a-f]{2}")
_OURS = re.compile(r"([0-9a-f]{64})(\.thumbnail\.jpg)?|\.([0-9a-f]{64})\..*\.part")


class ImageFiles:
    """Keeps the original bytes of pictures, each once, in a folder that may hold other files too.

    A file stands under its name only when it is whole and on the disk. One that no row of the
    catalog names is harmless: a crash between file and row leaves it, `remove_unreferenced`
    takes it away.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the original bytes lie, there or not.

        Raises
        ------
        NotFoundError
            If this is no SHA-256 in small hexadecimal digits, which keeps paths inside the folder.
        """
        if not _SHA256.fullmatch(sha256):
            raise NotFoundError(f"{sha256[:80]!r} is not the SHA-256 of a picture")
        return self._folder / sha256[:2] / sha256

    def thumbnail_path(self, sha256: str) -> Path:
        """Return where the small JPEG for pages lies."""
        path = self.path(sha256)
        return path.with_name(f"{path.name}.thumbnail.jpg")

    def has(self, sha256: str) -> bool:
        """Tell whether original and thumbnail are there."""
        return self.path(sha256).is_file() and self.thumbnail_path(sha256).is_file()

    def put(self, data: bytes, picture: Picture) -> Path:
        """Keep a picture's bytes and its thumbnail; on return both are on the disk.

        Raises
        ------
        CatalogError
            If the disk takes them not.
        """
        path = self.path(picture.sha256)
        try:
            if self.has(picture.sha256):
                os.utime(path)  # young again, so that `remove_unreferenced` waits for its row
            else:
                _make_folder(path.parent)
                small = thumbnail(picture.image, THUMBNAIL_SIDE_PX)
                _write(self.thumbnail_path(picture.sha256), small, picture.sha256)
                _write(path, data, picture.sha256)
                _sync_folder(path.parent)
        except OSError as error:
            raise CatalogError(f"{path} cannot be written: {error.strerror}") from error
        return path

    def remove(self, sha256: str) -> None:
        """Remove a picture's bytes and thumbnail, if they are there."""
        self.path(sha256).unlink(missing_ok=True)
        self.thumbnail_path(sha256).unlink(missing_ok=True)

    def remove_unreferenced(
        self, used: Callable[[str], set[str]], older_than_s: float = DAY_S
    ) -> int:
        """Remove files of ours that no row names, and return how many.

        Parameters
        ----------
        used : callable
            Returns the SHA-256 of all pictures of the catalog that begins with two digits. The
            caller holds the catalog's write lock meanwhile, so that no row comes between.
        older_than_s : float
            Seconds; a younger file may belong to an import that has not written its row yet.

        Returns
        -------
        int
            Files removed; those that are not the engine's stay, whatever their age.
        """
        oldest = time.time() - older_than_s
        removed = 0
        for folder in self._folders():
            in_use = used(folder.name)
            for path, sha256 in _our_files(folder):
                if sha256 not in in_use and path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _folders(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        folders = (path for path in self._folder.iterdir() if _FOLDER.fullmatch(path.name))
        return sorted(path for path in folders if path.is_dir() and not path.is_symlink())


def _our_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files that `put` makes with their SHA-256, an unfinished one without: no row's."""
    for path in folder.iterdir():
        name = _OURS.fullmatch(path.name)
        if name and not path.is_dir() and path.name.strip(".").startswith(folder.name):
            yield path, name[1] or ""


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync_folder(folder.parent)


def _write(path: Path, data: bytes, sha256: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{sha256}.{uuid4().hex}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

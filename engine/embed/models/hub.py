"""The model hub: the only code of the engine that calls out, and only for `engine model pull`."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import HfApi, errors, get_hf_file_metadata, hf_hub_download, hf_hub_url

from engine.embed.models.hashes import git_blob_sha1, sha256_of
from engine.errors import ModelError, NetworkError

Progress = Callable[[str, int], None]
"""Called with the name and the size in bytes of each file before it is fetched."""

_CLIENT_ERROR = errors.HTTPError  # type: ignore[attr-defined]  # of the client that the hub uses
_SHA256_DIGITS = 64
_SHA1_DIGITS = 40


@dataclass(frozen=True)
class RemoteFile:
    """A file of a repository, at one commit."""

    name: str
    commit: str
    etag: str
    """SHA-256 of a large file, git's SHA-1 of a small one."""
    size_bytes: int


class Repository:
    """A model repository on the hub that `HF_ENDPOINT` names."""

    def __init__(self, repo_id: str) -> None:
        self.repo_id = repo_id
        self._endpoint = os.environ.get("HF_ENDPOINT") or None

    def find(self, names: Iterable[str]) -> RemoteFile:
        """Find the first of these files that exists."""
        wanted = list(names)
        for name in wanted:
            if found := self.find_optional(name):
                return found
        raise ModelError(f"the hub repository {self.repo_id} has no {' or '.join(wanted)}")

    def find_optional(self, name: str) -> RemoteFile | None:
        """Find a file; None when the repository lacks it."""
        with self._telling_errors():
            url = hf_hub_url(self.repo_id, name, endpoint=self._endpoint)
            try:
                found = get_hf_file_metadata(url, endpoint=self._endpoint)
            except errors.RemoteEntryNotFoundError:
                return None
        if not found.commit_hash or not found.etag:
            raise ModelError(f"the hub does not tell the hash of {name} in {self.repo_id}")
        return RemoteFile(name, found.commit_hash, found.etag, found.size or 0)

    def download(self, file: RemoteFile, folder: Path) -> Path:
        """Fetch a file into a folder, going on where an interrupted download stopped."""
        with self._telling_errors():
            path = Path(
                hf_hub_download(
                    self.repo_id,
                    file.name,
                    revision=file.commit,
                    local_dir=folder,
                    endpoint=self._endpoint,
                )
            )
        if not _matches(path, file.etag):
            path.unlink()
            raise ModelError(
                f"{file.name} of {self.repo_id} arrived with another hash than the hub "
                f"announced ({file.etag}); pull it again"
            )
        return path

    def read_licence(self) -> str | None:
        """Ask for the licence on the model's card; None when there is none, or nobody to ask."""
        try:
            with self._telling_errors():
                card = HfApi(endpoint=self._endpoint).model_info(self.repo_id).card_data
        except ModelError:  # a mirror that serves files alone
            return None
        licence = card.get("license") if card else None
        return str(licence) if licence else None

    @contextmanager
    def _telling_errors(self) -> Iterator[None]:
        """Tell a wrong name from a missing network, in words."""
        try:
            yield
        except (errors.RepositoryNotFoundError, errors.RevisionNotFoundError) as error:
            raise ModelError(
                f"the hub has no repository {self.repo_id}, or asks for a token (HF_TOKEN)"
            ) from error
        except errors.HFValidationError as error:
            raise ModelError(f"{self.repo_id!r} is no name of a hub repository") from error
        except (_CLIENT_ERROR, errors.XetDownloadError, OSError) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise ModelError("the disk is full") from error
            raise NetworkError(
                f"the hub could not be reached for {self.repo_id} ({type(error).__name__}); "
                "pull the model on a machine with a network, "
                "and copy its folder into the models folder of this one"
            ) from error


def _matches(path: Path, etag: str) -> bool:
    """Compare with the hash in the tag; one that is no hash cannot be compared."""
    if len(etag) == _SHA256_DIGITS:
        return sha256_of(path) == etag
    if len(etag) == _SHA1_DIGITS:
        return git_blob_sha1(path) == etag
    return True

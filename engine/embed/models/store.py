"""The models folder: encoders that were pulled from a hub or added from files, pinned by hash.

    models/ViT-B-32--laion2b_s34b_b79k/
        model.json                    the card: name, source, licence, hash of every other file
        open_clip_config.json         model and preprocessing, as open_clip writes them
        open_clip_model.safetensors   the weights
        tokenizer.json ...            where the model needs more than open_clip brings along

A folder may be copied to another machine as it is. It appears whole or not at all.
"""

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from engine.embed.models import offline
from engine.embed.models.card import CARD_NAME, ModelCard, pin_files, read_card, verify, write_card
from engine.errors import ConflictError, ModelError

if TYPE_CHECKING:
    from engine.embed.clip import ClipEncoder
    from engine.embed.models.hub import Progress


__all__ = ["ModelCard", "ModelStore"]  # callers need both


class ModelStore:
    """The models of one machine: those in its models folder, and those built in."""

    def __init__(self, folder: Path, builtins: Sequence[ModelCard] = ()) -> None:
        self.folder = folder
        self._builtins = tuple(builtins)

    def list(self) -> list[ModelCard]:
        """List the models, the built-in ones first."""
        stored = [read_card(path.parent) for path in self.folder.glob(f"[!.]*/{CARD_NAME}")]
        return [*self._builtins, *sorted(stored, key=lambda card: card.name)]

    def get(self, name: str) -> ModelCard:
        """Return the card of a model; the checkpoint may be left out where there is only one."""
        cards = {card.name: card for card in self.list()}
        if name in cards:
            return cards[name]
        matching = [card for card in cards.values() if card.name.startswith(f"{name}/")]
        if len(matching) == 1:
            return matching[0]
        raise ModelError(f"there is no model {name!r} on this machine; {_suggest(name, cards)}")

    def load(self, name: str, device: str = "cpu") -> "ClipEncoder":
        """Check a stored model against its hashes, and load it."""
        card = self.get(name)
        if card.is_builtin:
            raise ModelError(f"{card.name} is built in, and not loaded from the models folder")
        folder = self._folder_of(card.name)
        verify(card, folder)
        return _load(card, folder, device)

    def add_local(
        self,
        name: str,
        config: str | Path,
        checkpoint: Path,
        tokenizer: Path | None = None,
        licence: str | None = None,
    ) -> ModelCard:
        """Copy a model of one's own into the folder.

        Parameters
        ----------
        name : str
            What to call it.
        config : str or Path
            A model of open_clip's registry, or a file: a model config, or a whole
            `open_clip_config.json` with `model_cfg` and `preprocess_cfg`.
        checkpoint : Path
            The weights, `.safetensors`, `.bin`, `.pt` or `.pth`; nothing but tensors is unpickled.
        tokenizer : Path or None
            A folder with the tokenizer's files, where the model needs some.
        licence : str or None
            The terms of the weights, for the card.

        Returns
        -------
        ModelCard
            The card of the stored model.

        Raises
        ------
        ModelError
            If config and checkpoint do not fit each other, or a file is missing.
        ConflictError
            If another model has the name.
        """
        # torch takes seconds to import, and listing models does without.
        from engine.embed.clip import find_tokenizer_repository  # noqa: PLC0415
        from engine.embed.models.download import (  # noqa: PLC0415
            CONFIG_NAME,
            TOKENIZER_NAMES,
            read_config,
            weights_name,
        )

        self._check_free(name)
        content = read_config(config)
        if find_tokenizer_repository(content) and tokenizer is None:
            raise ModelError(f"{name} needs a tokenizer: name the folder that holds its files")
        partial = self._start(name, is_fresh=True)
        try:
            (partial / CONFIG_NAME).write_text(json.dumps(content, indent=2), "utf-8")
            shutil.copyfile(checkpoint, partial / weights_name(checkpoint.name))
            for path in [tokenizer / file for file in TOKENIZER_NAMES] if tokenizer else []:
                if path.is_file():
                    shutil.copyfile(path, partial / path.name)
        except OSError as error:
            raise ModelError(f"{name} could not be copied: {error}") from error
        return self._publish(partial, ModelCard(name, f"local: {checkpoint.name}", licence))

    def pull(
        self, name: str, pretrained: str | None = None, progress: "Progress | None" = None
    ) -> ModelCard:
        """Fetch a model from the hub; nothing else in the engine uses the network.

        Parameters
        ----------
        name : str
            A model of open_clip's registry, or `hf-hub:org/repository`.
        pretrained : str or None
            Its checkpoint; may be left out where there is only one.
        progress : callable or None
            Called with name and size in bytes of each file before it is fetched.

        Returns
        -------
        ModelCard
            The card of the stored model; of the one that is there already, when it is whole.

        Raises
        ------
        NetworkError
            If the hub cannot be reached.
        ModelError
            If there is no such model, or what arrived is not what the hub announced.
        """
        from engine.embed.models.download import Download  # noqa: PLC0415  # as above

        download = Download.plan(name, pretrained, progress)
        folder = self._folder_of(download.name)
        if folder.exists():
            card = read_card(folder)
            verify(card, folder)
            return card
        partial = self._start(download.name, is_fresh=False)
        try:
            with offline.lifted():
                card = download.fetch_into(partial)
        finally:
            if not any(partial.iterdir()):  # nothing that a second attempt could go on with
                partial.rmdir()
        return self._publish(partial, card)

    def _folder_of(self, name: str) -> Path:
        return self.folder / _safe_name(name)

    def _check_free(self, name: str) -> None:
        if any(card.name == name for card in self._builtins) or self._folder_of(name).exists():
            raise ConflictError(f"there is a model {name} already")

    def _start(self, name: str, *, is_fresh: bool) -> Path:
        """Make the folder that a model is gathered in; an interrupted pull goes on there."""
        partial = self.folder / f".{_safe_name(name)}.partial"
        if is_fresh:
            shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True, exist_ok=True)
        return partial

    def _publish(self, partial: Path, card: ModelCard) -> ModelCard:
        """Pin the files, try the model, and let it appear under its name in one step."""
        shutil.rmtree(partial / ".cache", ignore_errors=True)  # the hub library's notes
        pinned = replace(card, files=pin_files(partial))
        try:
            _load(pinned, partial, "cpu")
        except ModelError:
            shutil.rmtree(partial)
            raise
        write_card(pinned, partial)
        partial.rename(self._folder_of(card.name))
        return pinned


def _load(card: ModelCard, folder: Path, device: str) -> "ClipEncoder":
    from engine.embed.clip import ClipEncoder  # noqa: PLC0415  # as above

    return ClipEncoder(folder, name=card.name, fingerprint=card.fingerprint, device=device)


def _safe_name(name: str) -> str:
    """Turn a model's name into one that every file system takes, and that hides nothing."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "--", name).strip(".-")
    if not safe:
        raise ModelError(f"{name!r} cannot be the name of a model")
    return safe


def _suggest(name: str, names: Iterable[str]) -> str:
    known = sorted(names)
    close = get_close_matches(name, known, n=3, cutoff=0.4) or known
    return f"there is {', '.join(close)}" if close else "pull one with `engine model pull`"

"""The card of a model: its name, where it comes from, and the hash of every file it consists of."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.embed.models.hashes import sha256_of
from engine.errors import ModelError

CARD_NAME = "model.json"


@dataclass(frozen=True)
class ModelCard:
    """What is known of a model without loading it."""

    name: str
    """`ViT-B-32/laion2b_s34b_b79k`, `hf-hub:org/repository`, or as its user named it."""
    source: str
    licence: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of every file in the folder, by its name."""
    is_builtin: bool = False

    @property
    def fingerprint(self) -> str:
        """Hex digest of weights, config, preprocessing and tokenizer together."""
        pins = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.files.items()))
        return hashlib.sha256(pins.encode()).hexdigest()


def read_card(folder: Path) -> ModelCard:
    """Read the card of the model in a folder."""
    try:
        return ModelCard(**json.loads((folder / CARD_NAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{folder / CARD_NAME} is no card of a model: {error}") from error


def write_card(card: ModelCard, folder: Path) -> None:
    """Write the card beside the files of the model."""
    (folder / CARD_NAME).write_text(json.dumps(asdict(card), indent=2) + "\n", "utf-8")


def pin_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of the model in a folder, by its name."""
    return {name: sha256_of(folder / name) for name in _list_files(folder)}


def verify(card: ModelCard, folder: Path) -> None:
    """Refuse a model whose files are not those of its card; all are read, in seconds a gigabyte.

    A file too many is refused as well: it might be the weights that are then loaded.
    """
    present = set(_list_files(folder))
    odd = present.symmetric_difference(card.files) or {
        name for name, digest in card.files.items() if sha256_of(folder / name) != digest
    }
    if odd:
        raise ModelError(
            f"the model {card.name} is damaged: {', '.join(sorted(odd))} in {folder} is not "
            "what was stored; delete the folder, and pull or copy the model again"
        )


def _list_files(folder: Path) -> list[str]:
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [path for path in paths if path != CARD_NAME]

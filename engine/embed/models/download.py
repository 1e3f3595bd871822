"""The download of one model: what to fetch from which repository, and where it belongs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.embed import clip
from engine.embed.models.card import ModelCard
from engine.embed.models.hub import Progress, RemoteFile, Repository
from engine.errors import ModelError

CONFIG_NAME = "open_clip_config.json"
HUB_PREFIX = "hf-hub:"
TOKENIZER_NAMES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "tokenizer.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "vocab.txt",
    "vocab.json",
    "merges.txt",
)
"""The files that tokenizers of `transformers` consist of; each model has some of them."""


@dataclass(frozen=True)
class Download:
    """A model of open_clip's registry, or a repository in the form of open_clip, to be fetched."""

    name: str
    recipe: clip.Recipe | None
    """None for a repository, which brings its own config."""
    repository: Repository
    progress: Progress | None

    @classmethod
    def plan(cls, name: str, pretrained: str | None, progress: Progress | None) -> "Download":
        """Find out, without the network, what is meant by a name and a checkpoint."""
        if name.startswith(HUB_PREFIX):
            return cls(name, None, Repository(name.removeprefix(HUB_PREFIX)), progress)
        recipe = clip.find_recipe(name, pretrained)
        return cls(f"{name}/{recipe.pretrained}", recipe, Repository(recipe.repository), progress)

    def fetch_into(self, folder: Path) -> ModelCard:
        """Fetch config, tokenizer and weights; what arrived before is not fetched again."""
        names = self.recipe.weights if self.recipe else clip.WEIGHTS_NAMES
        weights = self.repository.find(names)
        config = self._fetch_config(folder)
        if tokenizer := clip.find_tokenizer_repository(config):
            self._fetch_tokenizer(Repository(tokenizer), folder)
        licence = self.repository.read_licence()
        path = self._fetch(self.repository, weights, folder)
        path.rename(folder / weights_name(path.name))
        source = f"hub: {self.repository.repo_id} at {weights.commit}"
        return ModelCard(self.name, source, licence)

    def _fetch_config(self, folder: Path) -> Mapping[str, Any]:
        if self.recipe:
            (folder / CONFIG_NAME).write_text(json.dumps(self.recipe.config, indent=2), "utf-8")
        else:
            self._fetch(self.repository, self.repository.find([CONFIG_NAME]), folder)
        return read_config(folder / CONFIG_NAME)

    def _fetch_tokenizer(self, repository: Repository, folder: Path) -> None:
        for name in TOKENIZER_NAMES:
            if file := repository.find_optional(name):
                self._fetch(repository, file, folder)

    def _fetch(self, repository: Repository, file: RemoteFile, folder: Path) -> Path:
        if self.progress:
            self.progress(file.name, file.size_bytes)
        return repository.download(file, folder)


def weights_name(file_name: str) -> str:
    """Name weights so that open_clip finds them in a folder, and reads them by the right reader."""
    is_safe = file_name.endswith(".safetensors")
    return "open_clip_model.safetensors" if is_safe else "open_clip_pytorch_model.bin"


def read_config(source: str | Path) -> Mapping[str, Any]:
    """Read the config of a model: of the registry, a model config alone, or with preprocessing."""
    path = Path(source)
    if isinstance(source, str) and not path.is_file():
        return {"model_cfg": clip.find_model_config(source), "preprocess_cfg": {}}
    try:
        config = json.loads(path.read_text("utf-8"))
        model_config = config.get("model_cfg", config)
        if not {"embed_dim", "vision_cfg", "text_cfg"} <= model_config.keys():
            raise ValueError("it lacks embed_dim, vision_cfg or text_cfg")
    except (OSError, ValueError, AttributeError) as error:
        raise ModelError(f"{source} is no model config of open_clip: {error}") from error
    return {"model_cfg": model_config, "preprocess_cfg": config.get("preprocess_cfg", {})}

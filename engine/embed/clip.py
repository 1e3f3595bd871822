"""The encoder around open_clip, which nothing else imports: any model of it, from a local folder.

A folder holds `open_clip_config.json` (model and preprocessing), the weights under a name that
open_clip looks for, and the tokenizer's files where the model needs some: what open_clip itself
calls a `local-dir` model.
"""

import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import torch
from open_clip.transform import PreprocessCfg, image_transform_v2, merge_preprocess_dict
from PIL.Image import Image
from safetensors import SafetensorError

from engine.embed.encoder import Vectors
from engine.errors import ModelError

BATCH_SIZE = 32
_ASPECT_MAX = {"shortest": 4, "longest": 50}
"""A transform that scales the shorter side to 224 px makes 2.5 billion pixels of 1 x 50,000, of
which it keeps the middle square. Cutting to the middle first changes nothing that is kept."""

_LOADING_ERRORS = (
    OSError,
    RuntimeError,  # open_clip's own, and tensors that do not fit the model
    ValueError,
    TypeError,  # an argument that the model's class does not know
    LookupError,
    AttributeError,
    ImportError,
    SafetensorError,
    pickle.UnpicklingError,  # a checkpoint that holds more than tensors
)
"""What open_clip, torch, timm and transformers raise when config, weights or files do not fit."""


class ClipEncoder:
    """A CLIP model with image and text towers, as `engine.embed.encoder.Encoder` asks."""

    has_text = True

    def __init__(self, folder: Path, *, name: str, fingerprint: str, device: str = "cpu") -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._folder = folder
        self._tokenize: Callable[[list[str]], torch.Tensor] | None = None
        self._tokenizing = threading.Lock()
        try:
            self._device = torch.device(device)
            self._model = open_clip.create_model(
                f"local-dir:{folder}", device=self._device, weights_only=True
            ).eval()
            preprocess = open_clip.get_model_preprocess_cfg(self._model)
            self._transform = image_transform_v2(PreprocessCfg(**preprocess), is_train=False)
            self._aspect_max = _ASPECT_MAX.get(preprocess["resize_mode"])
            self.dim = self._measure_dim(preprocess["size"])
        except _LOADING_ERRORS as error:
            raise ModelError(f"the model {name} in {folder} does not load: {error}") from error

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Embed pictures, one row each; see the protocol."""
        return self._encode(images, self._prepare_images, self._model.encode_image)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Embed texts into the space of the pictures, one row each; see the protocol."""
        return self._encode(texts, self._prepare_texts, self._model.encode_text)

    def _encode(
        self,
        items: Sequence[Any],
        prepare: Callable[[Sequence[Any]], torch.Tensor],
        embed: Callable[[torch.Tensor], torch.Tensor],
    ) -> Vectors:
        """Embed in batches, and bring the rows to length 1."""
        rows = [np.empty((0, self.dim), np.float32)]
        with torch.inference_mode():
            for start in range(0, len(items), BATCH_SIZE):
                batch = prepare(items[start : start + BATCH_SIZE]).to(self._device)
                rows.append(embed(batch).float().cpu().numpy())
        vectors = np.concatenate(rows)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny))

    def _prepare_images(self, images: Sequence[Image]) -> torch.Tensor:
        return torch.stack([self._transform(self._cut_to_middle(image)) for image in images])

    def _cut_to_middle(self, image: Image) -> Image:
        """Shorten a picture that is very long, where the transform would drop its ends anyway."""
        short, long = sorted(image.size)
        if self._aspect_max is None or long <= self._aspect_max * short:
            return image
        keep = self._aspect_max * short
        wide, high = min(image.width, keep), min(image.height, keep)
        left, top = (image.width - wide) // 2, (image.height - high) // 2
        return image.crop((left, top, left + wide, top + high))

    def _prepare_texts(self, texts: Sequence[str]) -> torch.Tensor:
        with self._tokenizing:  # fast tokenizers change their own state while they work
            if self._tokenize is None:
                self._tokenize = _load_tokenizer(self._folder, self.name)
            return self._tokenize(list(texts))

    def _measure_dim(self, side_px: int | tuple[int, int]) -> int:
        """Embed one empty picture: its length is the dimension, and a misfit shows here."""
        height, width = (side_px, side_px) if isinstance(side_px, int) else side_px
        with torch.inference_mode():
            blank = torch.zeros(1, 3, height, width, device=self._device)
            return int(self._model.encode_image(blank).shape[-1])


def _load_tokenizer(folder: Path, name: str) -> Callable[[list[str]], torch.Tensor]:
    """Load the tokenizer from the model's own folder."""
    try:
        tokenizer: Callable[[list[str]], torch.Tensor] = open_clip.get_tokenizer(
            f"local-dir:{folder}"
        )
    except ModuleNotFoundError as error:
        raise ModelError(
            f"the texts of {name} need the package {error.name}: "
            'install it with `pip install "engine[siglip]"`'
        ) from error
    except _LOADING_ERRORS as error:
        raise ModelError(f"the tokenizer of {name} in {folder} does not load: {error}") from error
    return tokenizer


# --- the registry ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Recipe:
    """What to fetch for a model of the registry, and how to build and feed it."""

    pretrained: str
    repository: str
    weights: tuple[str, ...]
    """File names, the first that exists counts."""
    config: Mapping[str, Any]
    """The content of `open_clip_config.json`."""


WEIGHTS_NAMES = (
    "open_clip_model.safetensors",
    "open_clip_pytorch_model.safetensors",
    "open_clip_pytorch_model.bin",
)


def find_recipe(name: str, pretrained: str | None) -> Recipe:
    """Look a model and its checkpoint up in the registry of open_clip."""
    tags = open_clip.list_pretrained_tags_by_model(name)
    if not tags:
        raise ModelError(
            f"open_clip knows no pretrained model {name!r}; {_suggest(name, _pretrained_names())}"
        )
    pretrained = pretrained or (tags[0] if len(tags) == 1 else "")
    if pretrained not in tags:
        raise ModelError(
            f"{name} has no checkpoint {pretrained!r}; it has {', '.join(sorted(tags))}"
        )
    settings = open_clip.get_pretrained_cfg(name, pretrained)
    repository, _, file_name = settings["hf_hub"].rpartition("/")
    model_config = {**open_clip.get_model_config(name)}
    if settings.get("quick_gelu"):
        model_config["quick_gelu"] = True
    preprocess = merge_preprocess_dict(asdict(PreprocessCfg()), settings)
    preprocess.pop("size")  # the model's own
    return Recipe(
        pretrained,
        repository,
        _prefer_safetensors(file_name),
        {"model_cfg": model_config, "preprocess_cfg": preprocess},
    )


def find_model_config(name: str) -> Mapping[str, Any]:
    """Return the config of a model of the registry, without a checkpoint."""
    config: Mapping[str, Any] | None = open_clip.get_model_config(name) if ":" not in name else None
    if config is None:
        raise ModelError(
            f"open_clip knows no model {name!r}; {_suggest(name, open_clip.list_models())}"
        )
    return config


def find_tokenizer_repository(config: Mapping[str, Any]) -> str | None:
    """Name the hub repository of the tokenizer; None for the one that open_clip brings along."""
    text_config = config["model_cfg"].get("text_cfg", {})
    if tower := text_config.get("hf_model_name"):
        raise ModelError(f"its text tower {tower} comes from another library, which is unsupported")
    repository: str | None = text_config.get("hf_tokenizer_name")
    return repository


def _prefer_safetensors(file_name: str) -> tuple[str, ...]:
    if not file_name:
        return WEIGHTS_NAMES
    return str(Path(file_name).with_suffix(".safetensors")), file_name


def _pretrained_names() -> list[str]:
    return sorted({name for name, _ in open_clip.list_pretrained()})


def _suggest(name: str, names: Sequence[str]) -> str:
    lowered = {known.lower(): known for known in names}
    close = [lowered[found] for found in get_close_matches(name.lower(), lowered, n=5, cutoff=0.5)]
    return f"close to it: {', '.join(close)}" if close else "no name is close to it"

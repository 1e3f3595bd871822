"""A real open_clip model that is small enough for tests: random weights, two layers, 32 px."""

import json
from pathlib import Path

import open_clip
import torch
from safetensors.torch import save_file

TINY_CONFIG = {
    "embed_dim": 32,
    "vision_cfg": {"image_size": 32, "layers": 2, "width": 32, "patch_size": 8, "head_width": 16},
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 2},
}


def save_tiny_clip(folder: Path, seed: int, **config) -> tuple[Path, Path]:
    """Write `tiny.json` and `tiny.safetensors`; the same seed gives the same weights."""
    folder.mkdir(parents=True, exist_ok=True)
    model_config = {**TINY_CONFIG, **config}
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        custom_text = model_config.pop("custom_text", False)
        model_class = open_clip.CustomTextCLIP if custom_text else open_clip.CLIP
        weights = model_class(**model_config).state_dict()
    config_path, checkpoint_path = folder / "tiny.json", folder / "tiny.safetensors"
    config_path.write_text(json.dumps({**TINY_CONFIG, **config}), "utf-8")
    save_file({name: tensor.contiguous() for name, tensor in weights.items()}, checkpoint_path)
    return config_path, checkpoint_path

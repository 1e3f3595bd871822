"""Perceptual likeness: whether two pictures laid on each other show the same print.

Colours and gradients are compared elsewhere; here it is what the first layers of a network see:
strokes of letters, the skin of a fruit, edges with their colours. Distances of such activations
agree with people's judgement of small differences better than any of pixels do (Zhang et al. 2018,
"The Unreasonable Effectiveness of Deep Features as a Perceptual Metric", arXiv:1801.03924).
"""

import threading
from functools import cache

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.embed.compact.encoder import MEAN, STD
from engine.embed.compact.towers import LITE0, load_tower

_STAGES = 3
"""Stages of the tower that are run: positions of 8 px, 40 channels. Of 2, 3, 4 and 5 stages, three
tell siblings best from the right carton, on pictures of 160 px as of 256 px."""

_SEEN_MIN = 0.6
"""Share of a position's pixels that both pictures must show."""

_POSITIONS_MIN = 4
"""Fewer positions say nothing."""

_loading = threading.Lock()


def perceptual_likeness(
    first: NDArray[np.uint8], second: NDArray[np.uint8], common: NDArray[np.bool_]
) -> float:
    """Compare two pictures of the same size place by place.

    Parameters
    ----------
    first, second : numpy.ndarray of uint8, shape (height, width, 3)
        RGB, at least 8 px a side.
    common : numpy.ndarray of bool, shape (height, width)
        Where both show the product.

    Returns
    -------
    float
        Mean cosine over the places, -1 to 1, of what differs from the mean of all places; 0 where
        too little is common. The same for a pair at any number of threads.
    """
    activations = _run(np.stack([_masked(first, common), _masked(second, common)]))
    size = (activations.shape[3], activations.shape[2])
    seen = cv2.resize(common.astype(np.float32), size, interpolation=cv2.INTER_AREA) > _SEEN_MIN
    if seen.sum() < _POSITIONS_MIN:
        return 0.0
    ours, theirs = (_centred(each[:, seen]) for each in activations)
    lengths = np.linalg.norm(ours, axis=0) * np.linalg.norm(theirs, axis=0)
    return float(((ours * theirs).sum(axis=0) / np.maximum(lengths, 1e-6)).mean())


def _masked(picture: NDArray[np.uint8], common: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Fill what is not common with the mean colour of what is: no edge shows where it ends."""
    mean = picture[common].mean(axis=0) if common.any() else 127
    return np.where(common[..., None], picture, mean).astype(np.uint8)


def _centred(activations: NDArray[np.float32]) -> NDArray[np.float32]:
    """Take out what all places share, shape (channels, places): light, blur and sharpness."""
    return np.asarray(activations - activations.mean(axis=1, keepdims=True), np.float32)


@torch.inference_mode()
def _run(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the activations, shape (pictures, channels, rows, columns)."""
    pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255
    activations: Tensor = _first_layers()((pixels - MEAN) / STD)
    return activations.numpy()


def _first_layers() -> nn.Module:
    with _loading:  # two crops at once must not load it twice
        return _load()


@cache
def _load() -> nn.Module:
    tower = load_tower(LITE0)
    stages: nn.Sequential = tower.get_submodule("blocks")  # type: ignore[assignment]  # by name
    stem = (tower.get_submodule("conv_stem"), tower.get_submodule("bn1"))
    return nn.Sequential(*stem, *list(stages)[:_STAGES])

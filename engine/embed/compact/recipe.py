"""Recipes: what becomes of the towers' activations, as constants that the fingerprint covers."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.embed.compact.towers import LITE0, LITE2, TowerSource
from engine.errors import ModelError

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Recipe:
    """How a picture becomes a vector; with any of its fields the fingerprint changes."""

    name: str
    towers: tuple[TowerSource, ...]
    """Their vectors are joined, each of length 1 before."""

    has_head: bool
    """Whether the last convolution, which spreads 320 or 352 channels on 1280, is run as well."""

    pooling_power: float
    """Generalised mean over the positions: 1 averages, a large one takes the strongest."""

    centre_share: float | None
    """Share of width and height of the second look at a photo; None for one look, cut square."""

    whitening: str | None
    """File beside this one whose matrix makes light of what differs between photos of one thing."""

    def read_whitening(self, device: torch.device) -> Tensor | None:
        """Return the matrix that vectors are multiplied by, square, or None."""
        if self.whitening is None:
            return None
        with np.load(FOLDER / self.whitening) as arrays:
            return torch.from_numpy(arrays["matrix"].astype(np.float32)).to(device)

    def hash_whitening(self) -> str | None:
        """Return the SHA-256 of the matrix file, in hex, or None."""
        if self.whitening is None:
            return None
        return hashlib.sha256((FOLDER / self.whitening).read_bytes()).hexdigest()


COMPACT = Recipe(
    name="compact",
    towers=(LITE0, LITE2),
    has_head=False,
    pooling_power=1.0,
    centre_share=0.75,
    whitening="whitening.npz",
)
NAIVE = Recipe(
    name="compact-naive",
    towers=(LITE2,),
    has_head=True,
    pooling_power=3.0,
    centre_share=None,
    whitening=None,
)
RECIPES = {recipe.name: recipe for recipe in (COMPACT, NAIVE)}
COMPACT_NAMES = tuple(RECIPES)


def find_recipe(name: str) -> Recipe:
    """Return the recipe of that name, or raise the names that there are."""
    if name not in RECIPES:
        raise ModelError(f"there is no compact encoder {name!r}: choose {' or '.join(RECIPES)}")
    return RECIPES[name]

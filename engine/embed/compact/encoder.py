"""The compact encoder: two small ImageNet towers that every machine can install.

It is built on timm itself, not on open_clip, which would take such a tower through
`timm_model_name` too: open_clip knows one tower with one pooling at the end, while here two are
joined before their last convolution and whitened.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial

import numpy as np
import torch
from PIL.Image import Image
from torch import Tensor, nn
from torch.nn import functional

from engine.embed.compact.recipe import Recipe, find_recipe
from engine.embed.compact.towers import hash_weights, load_tower
from engine.embed.compact.views import (
    FRAME_TOLERANCE,
    GREY,
    PLAIN_FRAME_SHARE,
    WORKING_SIDE_PX,
    fit_to_square,
    look_once,
    look_twice,
)
from engine.embed.encoder import Vectors
from engine.embed.workers import workers
from engine.errors import ModelError, UnreadableImageError

MEAN, STD = 127 / 255, 128 / 255
"""EfficientNet-Lite's own, the same for each channel (timm's default_cfg: .498, .502)."""

PICTURES_AT_ONCE = 8
"""More at once are no faster on a CPU and take memory."""

CODE_VERSION = 1
"""To be raised with a change of this package that changes vectors but none of the constants."""

SMALLEST_ACTIVATION = 1e-6
"""Activations below are raised to it: powers of negative ones would not be numbers."""


Cut = Callable[[Image, int], list[Image]]
"""Returns the squares, of so many pixels a side, that a tower is shown of a picture."""


class CompactEncoder:
    """An `Encoder` for pictures alone, from the packages that the engine is installed with.

    The same picture gives the same vector, to the last digit, alone and among others and at any
    number of threads: sums of floating-point numbers depend on their order, so each look is run
    by one thread, and threads share out the looks. Torch keeps to one thread from here on.

    Parameters
    ----------
    recipe : str or Recipe
        `compact`, or `compact-naive`, the plain embedding that it is compared with; or one of
        one's own, to try.
    device : str
        Torch device, such as `cpu` or `cuda:1`.

    Raises
    ------
    ModelError
        If there is no recipe of that name, or the weights are not installed.
    """

    has_text = False

    def __init__(self, recipe: str | Recipe = "compact", device: str = "cpu") -> None:
        self._recipe = recipe if isinstance(recipe, Recipe) else find_recipe(recipe)
        self._device = torch.device(device)
        torch.set_num_threads(1)
        self._towers = [load_tower(source).to(self._device) for source in self._recipe.towers]
        self._whitening = self._recipe.read_whitening(self._device)
        self.name = self._recipe.name
        self.fingerprint = compute_fingerprint(self._recipe)
        self.dim = sum(count_channels(tower, self._recipe) for tower in self._towers)

    def encode_images(self, images: Sequence[Image]) -> Vectors:
        """Embed pictures, one row each; the looks at one picture are averaged.

        Parameters
        ----------
        images : sequence of PIL.Image.Image
            RGB pictures, at least 1 px a side, of any shape.

        Returns
        -------
        numpy.ndarray of float32, shape (len(images), dim)
            Rows of length 1 (no unit).

        Raises
        ------
        UnreadableImageError
            If a picture is broken, which shows only when its pixels are read.
        """
        return self._encode(images, partial(cut_looks, recipe=self._recipe))

    def encode_parts(self, images: Sequence[Image]) -> Vectors:
        """Embed parts that were cut around what they show, one row each, by one look at each."""
        return self._encode(images, partial(cut_one_look, recipe=self._recipe))

    def encode_texts(self, texts: Sequence[str]) -> Vectors:  # noqa: ARG002 - the protocol's
        """Refuse: neither tower has ever seen a word."""
        raise ModelError(
            f"the encoder {self.name} sees pictures only; to search by text, fetch a CLIP model "
            "with `engine model pull` and re-embed the catalog with `engine reindex --model`"
        )

    def _encode(self, images: Sequence[Image], cut: Cut) -> Vectors:
        rows = np.empty((len(images), self.dim), np.float32)
        for start in range(0, len(images), PICTURES_AT_ONCE):
            some = slice(start, start + PICTURES_AT_ONCE)
            rows[some] = self._embed(images[some], cut)
        return rows

    @torch.inference_mode()
    def _embed(self, images: Sequence[Image], cut: Cut) -> Vectors:
        """Join the unit vectors of the towers, whiten them, bring them to length 1."""
        parts = zip(self._towers, self._recipe.towers, strict=True)
        joined = torch.cat(
            [self._look(tower, images, source.side_px, cut) for tower, source in parts], dim=1
        )
        if self._whitening is not None:
            # row by row: the product of many rows is summed in another order
            joined = torch.cat([row[None] @ self._whitening for row in joined])
        return functional.normalize(joined, dim=1).cpu().numpy()

    def _look(self, tower: nn.Module, images: Sequence[Image], side_px: int, cut: Cut) -> Tensor:
        """Average what a tower sees in the looks at each picture; rows of length 1."""
        looks = [cut(image, side_px) for image in images]
        run = partial(self._run, tower)
        vectors = torch.cat(list(workers().map(run, (look for some in looks for look in some))))
        means = [some.mean(dim=0) for some in torch.split(vectors, [len(some) for some in looks])]
        return functional.normalize(torch.stack(means), dim=1)

    @torch.inference_mode()  # a switch of each thread
    def _run(self, tower: nn.Module, look: Image) -> Tensor:
        pixels = to_tensor([look]).to(self._device)
        return functional.normalize(run_tower(tower, pixels, self._recipe), dim=1)


def compute_fingerprint(recipe: Recipe) -> str:
    """Return the SHA-256 of all that makes a vector: code version, constants, weights, matrix."""
    facts = {
        "recipe": asdict(recipe),
        "views": (GREY, FRAME_TOLERANCE, PLAIN_FRAME_SHARE, WORKING_SIDE_PX),
        "weights": [hash_weights(source) for source in recipe.towers],
        "whitening": recipe.hash_whitening(),
        "code": CODE_VERSION,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def count_channels(tower: nn.Module, recipe: Recipe) -> int:
    """Return how many numbers `run_tower` gives a picture."""
    last: nn.Conv2d = tower.get_submodule("conv_head")  # type: ignore[assignment]  # by name
    return last.out_channels if recipe.has_head else last.in_channels


def cut_looks(image: Image, side_px: int, recipe: Recipe) -> list[Image]:
    """Return the squares that a tower is shown of a picture."""
    try:
        if recipe.centre_share is None:
            return fit_to_square(image, side_px)
        return look_twice(image, side_px, recipe.centre_share)
    except OSError as error:  # Pillow reads pixels late, and this is how it tells of broken ones
        raise UnreadableImageError(f"the picture cannot be read to its end: {error}") from error


def cut_one_look(image: Image, side_px: int, recipe: Recipe) -> list[Image]:
    """Return the square that a tower is shown of a part of a picture."""
    if recipe.centre_share is None:
        return cut_looks(image, side_px, recipe)
    return look_once(image, side_px)


def to_tensor(squares: Sequence[Image]) -> Tensor:
    """Return the pixels as the towers want them: batch, channel, row, column; about -1 to 1."""
    pixels = torch.from_numpy(np.stack([np.asarray(square) for square in squares]))
    return (pixels.permute(0, 3, 1, 2).float() / 255 - MEAN) / STD  # channels last, as the towers


def run_tower(tower: nn.Module, pixels: Tensor, recipe: Recipe) -> Tensor:
    """Return the activations of each picture, pooled over its positions."""
    stem, bn1 = tower.get_submodule("conv_stem"), tower.get_submodule("bn1")
    activations: Tensor = tower.get_submodule("blocks")(bn1(stem(pixels)))
    if recipe.has_head:
        head, bn2 = tower.get_submodule("conv_head"), tower.get_submodule("bn2")
        activations = bn2(head(activations))
    if recipe.pooling_power == 1.0:
        return activations.mean(dim=(2, 3))
    powers = activations.clamp(min=SMALLEST_ACTIVATION) ** recipe.pooling_power
    return powers.mean(dim=(2, 3)) ** (1 / recipe.pooling_power)

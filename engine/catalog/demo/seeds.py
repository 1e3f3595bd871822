"""Random numbers that depend on names alone, so that one product never disturbs another."""

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np

Item = TypeVar("Item")


def random_for(*names: int | str) -> random.Random:
    """Return the generator that belongs to these names, the same on every machine."""
    # a text seed goes through SHA-512, never through hash()
    return random.Random("/".join(map(str, names)))  # noqa: S311 - drawing, not secrets


def noise_for(rng: random.Random) -> np.random.Generator:
    """Return a numpy generator that continues from `rng`."""
    return np.random.Generator(np.random.PCG64(rng.getrandbits(63)))


@lru_cache(maxsize=4096)
def shuffled(items: tuple[Item, ...], *names: int | str) -> tuple[Item, ...]:
    """Return the items in the order that belongs to these names."""
    order = list(items)
    random_for("shuffled", *names).shuffle(order)
    return tuple(order)


def dealt(items: Sequence[Item], number: int, *names: int | str) -> Item:
    """Deal card `number` from packs that are shuffled anew each time they run out."""
    pack, card = divmod(number, len(items))
    order: tuple[Item, ...] = shuffled(tuple(items), pack, *names)
    return order[card]

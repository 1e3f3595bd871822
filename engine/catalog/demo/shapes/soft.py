"""Bags, wrappers and tubes."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts import front
from engine.catalog.demo.light import ROUND, blank, cut_out, lit_by, mask_of, rounded_mask, shaded
from engine.catalog.demo.palette import darker, lighter


def bag(art: Artwork) -> Image.Image:
    """Stand a filled bag with a crimped seam at both ends."""
    rng = art.rng("size")
    wide, high = 600 + 2 * rng.randrange(40), 860 + 2 * rng.randrange(30)
    face = front(art, wide, high - 120)
    image = Image.new("RGB", (wide, high), art.palette.ground)
    image.paste(face, (0, 60))
    draw = ImageDraw.Draw(image)
    for top in (0, high - 60):
        draw.rectangle((0, top, wide, top + 60), fill=darker(art.palette.ground, 12))
        for y in range(top + 8, top + 60, 12):
            draw.line([(0, y), (wide, y)], fill=lighter(art.palette.ground, 22), width=4)
    lit = lit_by(image, crumpled(wide, high, rng.randrange(100)))
    return cut_out(lit, bulging_mask(wide, high))


def crumpled(wide: int, high: int, phase: int) -> NDArray[np.int32]:
    """Return the light on a filled foil: brighter at the upper left, creased at the ends."""
    x = np.linspace(0.0, 1.0, wide)[None, :]
    y = np.linspace(0.0, 1.0, high)[:, None]
    swell = 245 + 36 * np.sin(np.pi * np.clip(x * 1.25, 0, 1)) - 70 * np.clip(x - 0.72, 0, 1)
    creases = 34 * np.sin(38 * x + phase + 3 * np.sin(7 * y + phase)) * np.abs(y - 0.5) ** 3 * 8
    edge = -90 * np.clip(np.abs(x - 0.5) - 0.44, 0, 1) / 0.06
    gains: NDArray[np.int32] = np.rint(swell + creases + edge).astype(np.int32)
    return gains


def bulging_mask(wide: int, high: int) -> Image.Image:
    """Return the outline of a bag: serrated ends, sides that swell."""
    swell = [0, 2, 5, 9, 13, 16, 18, 19, 20, 20, 20, 19, 18, 16, 13, 9, 5, 2, 0]
    teeth = 36
    top = [(wide * i // teeth, 0 if i % 2 else 10) for i in range(teeth + 1)]
    right = [(wide - 22 + s, high * i // 18) for i, s in enumerate(swell)]
    left = [(22 - s, high * i // 18) for i, s in reversed(list(enumerate(swell)))]
    bottom = [(wide * i // teeth, high - (1 if i % 2 else 11)) for i in range(teeth, -1, -1)]
    inner = [point for point in top if 22 <= point[0] <= wide - 22]
    lower = [point for point in bottom if 22 <= point[0] <= wide - 22]
    return mask_of((wide, high), [*inner, *right, *lower, *left])


def wrapper(art: Artwork) -> Image.Image:
    """Lay a bar in its foil."""
    rng = art.rng("size")
    wide, high = 960, 380 + 2 * rng.randrange(40)
    face = front(art, wide - 110, high)
    image = Image.new("RGB", (wide, high), art.palette.ground)
    image.paste(face, (55, 0))
    draw = ImageDraw.Draw(image)
    for left in (0, wide - 55):
        draw.rectangle((left, 0, left + 55, high), fill=darker(art.palette.ground, 10))
        for x in range(left + 8, left + 55, 12):
            draw.line([(x, 0), (x, high)], fill=lighter(art.palette.ground, 24), width=4)
    lit = shaded(
        image,
        ((0, 225), (0.06, 262), (0.94, 256), (1, 220)),
        ((0, 225), (0.1, 285), (0.25, 262), (0.8, 250), (1, 195)),
    )
    teeth = 24
    left_edge = [(0 if i % 2 else 9, high * i // teeth) for i in range(teeth, -1, -1)]
    right_edge = [(wide - (1 if i % 2 else 10), high * i // teeth) for i in range(teeth + 1)]
    return cut_out(lit, mask_of(lit.size, [*right_edge, *left_edge]))


def tube(art: Artwork) -> Image.Image:
    """Stand a tube on its cap."""
    wide, high = 400, 820
    face = Image.new("RGB", (wide, high), art.palette.ground)
    face.paste(front(art, wide, high - 90), (0, 56))
    draw = ImageDraw.Draw(face)
    draw.rectangle((0, 0, wide, 44), fill=darker(art.palette.ground, 14))
    for x in range(4, wide, 10):
        draw.line([(x, 2), (x, 42)], fill=lighter(art.palette.ground, 20), width=3)
    lit = shaded(face, ROUND, ((0, 262), (1, 246)))
    outline = [(0, 0), (wide, 0), (wide - 12, 60), (wide - 46, high - 1), (46, high - 1), (12, 60)]
    body = cut_out(lit, mask_of(lit.size, outline))
    out = blank(wide, high + 100)
    out.paste(body, (0, 0), body)
    cap = shaded(Image.new("RGB", (wide - 104, 112), lighter(art.accents[0], 10)), ROUND)
    cap = cut_out(cap, rounded_mask(cap.size, 18))
    out.paste(cap, (52, high - 12), cap)
    return out

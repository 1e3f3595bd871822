"""What hides a part of a thing: hands, other objects, and the bars of who cleared the picture."""

import random

from PIL import Image, ImageDraw, ImageFilter

from engine.catalog.demo.light import blurred
from engine.catalog.demo.palette import PALETTES, Colour, darker, lighter

SKINS: tuple[Colour, ...] = (
    (236, 188, 158),
    (198, 140, 104),
    (141, 93, 66),
    (92, 60, 44),
    (244, 206, 180),
)
Box = tuple[int, int, int, int]  # x, y, width, height


def hold(image: Image.Image, box: Box, rng: random.Random) -> None:
    """Let fingers reach over an edge of the thing."""
    x, y, wide, high = box
    skin = SKINS[rng.randrange(len(SKINS))]
    thick = max(10, min(wide, high) // rng.randint(5, 8))
    reach = thick * rng.randint(2, 4)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    from_left = rng.random() < 0.5
    top = y + high * rng.randint(20, 60) // 100
    for finger in range(4):
        long = reach * (80, 100, 96, 74)[finger] // 100
        left = x - thick if from_left else x + wide - long
        right = x + long if from_left else x + wide + thick
        row = (
            left,
            top + finger * thick * 105 // 100,
            right,
            top + finger * thick * 105 // 100 + thick,
        )
        draw.rounded_rectangle(row, thick // 2, fill=(*darker(skin, 6 * finger), 255))
        tip = right - thick * 3 // 4 if from_left else left + thick // 6
        nail = (tip, row[1] + thick // 5, tip + thick // 2, row[3] - thick // 5)
        draw.rounded_rectangle(nail, thick // 4, fill=(*lighter(skin, 30), 255))
    cast(image, layer, thick)


def put_before(image: Image.Image, box: Box, rng: random.Random) -> None:
    """Put something plain and out of focus before the thing."""
    x, y, wide, high = box
    tint = PALETTES[rng.randrange(len(PALETTES))]
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    size = min(wide, high) * rng.randint(30, 60) // 100
    left = x + rng.choice((-size // 2, wide - size // 2, rng.randrange(max(1, wide))))
    top = y + high - rng.randint(size // 3, size)
    if rng.random() < 0.5:
        draw.ellipse((left, top, left + size, top + size), fill=(*tint.second, 255))
    else:
        draw.rounded_rectangle(
            (left, top, left + size, top + 3 * size), size // 8, fill=(*tint.ground, 255)
        )
        draw.rectangle((left, top + size // 2, left + size, top + size), fill=(*tint.light, 255))
    cast(image, layer.filter(ImageFilter.GaussianBlur(max(1, size // 30))), size // 6)


def cast(image: Image.Image, layer: Image.Image, soft_px: int) -> None:
    """Lay something over a picture together with its shadow."""
    alpha = layer.getchannel("A")
    shadow = blurred(alpha, max(4, soft_px)).point([value * 2 // 5 for value in range(256)])
    image.paste((30, 26, 26), (soft_px // 4, soft_px // 3), shadow)
    image.paste(layer, (0, 0), alpha)


def clear(image: Image.Image, box: Box, rng: random.Random) -> None:
    """Black out, blur or pixelate patches, as is done before such a picture is published."""
    x, y, wide, high = box
    for _ in range(rng.randint(1, 2)):
        across, down = wide * rng.randint(18, 50) // 100, high * rng.randint(10, 26) // 100
        left = x + rng.randrange(-across // 2, max(1, wide - across // 2))
        top = y + rng.randrange(-down // 2, max(1, high - down // 2))
        patch = (
            max(0, left),
            max(0, top),
            min(image.width, left + across),
            min(image.height, top + down),
        )
        if patch[0] < patch[2] and patch[1] < patch[3]:
            cover(image, patch, rng.choice(("bar", "bar", "blur", "pixels")))


def cover(image: Image.Image, patch: tuple[int, int, int, int], how: str) -> None:
    """Make one patch unreadable."""
    part = image.crop(patch)
    if how == "bar":
        part.paste((0, 0, 0), (0, 0, *part.size))
    elif how == "blur":
        part = part.filter(ImageFilter.GaussianBlur(max(part.size) / 12))
    else:
        coarse = part.resize((6, 4), Image.Resampling.BOX)
        part = coarse.resize(part.size, Image.Resampling.NEAREST)
    image.paste(part, patch[:2])

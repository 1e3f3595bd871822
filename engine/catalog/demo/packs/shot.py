"""A photographed crop of a pack: its front, its whole back, or a patch of the back."""

import random
from dataclasses import dataclass

from PIL import Image

from engine.catalog.demo.light import ROUND, around_cylinder, shaded
from engine.catalog.demo.packs.back import Box, Printed, Sheet, back_of
from engine.catalog.demo.packs.front import front_of
from engine.catalog.demo.packs.pack import Pack
from engine.catalog.demo.packs.tables import Text
from engine.catalog.demo.photograph import Photo, taken
from engine.catalog.demo.seeds import random_for

# how often a crop of an everyday object shows which side; most are cut around the front
SIDES = ("front", "front", "front", "front", "back", "back", "patch", "patch", "patch", "patch")
SHARE_AROUND = 0.25  # of the whole backs: labels of jars and bottles
AROUND = 36  # hundredths of a patch to every side: `view_of` cuts a fifth off every side
SEEN = 0.6  # of a text's area must lie in a patch to be counted as shown
ROUNDED = ((0, 200), (0.3, 268), (0.7, 240), (1, 190))


@dataclass(frozen=True)
class Shot:
    """A crop and what it shows."""

    pack: Pack
    side: str  # "front", "back" or "patch"
    photo: Photo
    rows: tuple[Text, ...]


def shoot(pack: Pack) -> Shot:
    """Photograph one side of a pack."""
    rng = pack.rng("shot")
    side = rng.choice(SIDES)
    hard = 0.9 * rng.random() ** 1.4
    body, rows, is_close = side_of(pack, side, rng)
    circumstances = random_for(pack.seed, "photo", pack.product.id)
    return Shot(pack, side, taken(body, is_close, pack.seed, hard, circumstances), rows)


def side_of(
    pack: Pack, side: str, rng: random.Random
) -> tuple[Image.Image, tuple[Text, ...], bool]:
    """Return the body to photograph, what is written on it, and whether it fills the picture."""
    if side == "front":
        body, rows = front_of(pack)
        return body, rows, False
    sheet = back_of(pack)
    if side == "patch":
        box = patch_of(sheet, rng)
        return bent(with_surroundings(sheet.image, box), rng), shown(sheet.printed, box), True
    whole = (0, 0, *sheet.image.size)
    body = sheet.image.resize([side * 5 // 8 for side in sheet.image.size], Image.Resampling.BOX)
    if rng.random() < SHARE_AROUND:
        body = shaded(around_cylinder(body, body.width * 3 // 4, body.width // 30), ROUND)
    return bent(body, rng), shown(sheet.printed, whole), False


def bent(image: Image.Image, rng: random.Random) -> Image.Image:
    """Let light fall on a face as if it were not quite flat."""
    across = ROUNDED if rng.random() < 0.4 else ((0, 250), (1, 262))
    lit = shaded(image, across) if rng.random() < 0.7 else shaded(image, (), across)
    return lit.convert("RGBA")


def patch_of(sheet: Sheet, rng: random.Random) -> Box:
    """Choose a part of the back around something printed there, a few words to some sentences."""
    target = sheet.printed[rng.randrange(len(sheet.printed))]
    left, top, right, bottom = target.box
    wide = target.size_px * rng.randint(8, 24)
    high = wide * rng.randint(40, 110) // 100
    # most crops are taken where a text begins, because they are cut around what can be read
    x = left - wide // 10 if rng.random() < 0.6 else rng.randint(left, right) - wide // 2
    y = rng.randint(top, bottom) - high // 2
    x = max(-wide // 10, min(x, sheet.image.width - wide * 9 // 10))
    y = max(-high // 10, min(y, sheet.image.height - high * 9 // 10))
    return x, y, x + wide, y + high


def with_surroundings(image: Image.Image, box: Box) -> Image.Image:
    """Cut out a patch with as much around it as the camera, which comes closer, cuts off."""
    wide, high = (box[2] - box[0]) * AROUND // 100, (box[3] - box[1]) * AROUND // 100
    larger = (box[0] - wide, box[1] - high, box[2] + wide, box[3] + high)
    ground = image.getpixel((1, image.height - 2))
    out = Image.new("RGB", (larger[2] - larger[0], larger[3] - larger[1]), ground)
    out.paste(image, (-larger[0], -larger[1]))
    return out


def shown(printed: list[Printed], box: Box) -> tuple[Text, ...]:
    """Return what lies within a part of the sheet, for the most part."""
    rows = [row for item in printed if overlap(item.box, box) >= SEEN for row in item.rows]
    return tuple(dict.fromkeys(rows))


def overlap(part: Box, box: Box) -> float:
    """Return the share of an area that another covers."""
    wide = min(part[2], box[2]) - max(part[0], box[0])
    high = min(part[3], box[3]) - max(part[1], box[1])
    area = (part[2] - part[0]) * (part[3] - part[1])
    return max(0, wide) * max(0, high) / max(area, 1)

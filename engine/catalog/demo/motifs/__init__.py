"""Small drawings: what a pack holds, what it tastes of, what decorates it."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from engine.catalog.demo.motifs import fruit, plants, signs, table
from engine.catalog.demo.motifs.pen import Pen
from engine.catalog.demo.palette import Colour

MOTIFS: dict[str, Callable[[Pen, Colour, Colour], None]] = {
    "apple": fruit.apple,
    "strawberry": fruit.strawberry,
    "blueberry": fruit.blueberry,
    "lemon": fruit.lemon,
    "orange": fruit.orange,
    "vanilla": plants.daisy,
    "cocoa": table.square,
    "mint": plants.leaf,
    "hazelnut": fruit.hazelnut,
    "lavender": plants.lavender,
    "rose": plants.rose,
    "sea": signs.wave,
    "cup": table.cup,
    "leaf": plants.leaf,
    "bean": fruit.bean,
    "biscuit": table.biscuit,
    "wheat": plants.wheat,
    "bowl": table.bowl,
    "drop": signs.drop,
    "flower": plants.flower,
    "sun": signs.sun,
    "star": signs.star,
    "heart": signs.heart,
    "wave": signs.wave,
    "mountain": signs.mountain,
    "bee": signs.bee,
    "square": table.square,
    "cone": table.cone,
    "daisy": plants.daisy,
    "tomato": fruit.tomato,
    "mushroom": fruit.mushroom,
    "onion": fruit.onion,
    "carrot": fruit.carrot,
}


def draw_motif(
    image: Image.Image,
    name: str,
    centre: tuple[int, int],
    radius_px: int,
    colours: tuple[Colour, Colour],
    degrees: float = 0.0,
) -> None:
    """Draw a motif into a picture."""
    pen = Pen(ImageDraw.Draw(image), centre, radius_px, degrees)
    MOTIFS[name](pen, *colours)

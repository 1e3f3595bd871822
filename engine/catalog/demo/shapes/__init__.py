"""The bodies of things: what carries the printed front, cut out on a transparent ground."""

from collections.abc import Callable

from PIL import Image

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.shapes import bottles, boxes, decor, home, press, rounds, soft, textiles

Shape = Callable[[Artwork], Image.Image]

SHAPES: dict[str, Shape] = {
    "carton": boxes.carton,
    "box": boxes.box,
    "tubebox": boxes.tubebox,
    "gable": boxes.gable,
    "puzzle": boxes.puzzle,
    "bottle": bottles.bottle,
    "spray": bottles.spray,
    "can": rounds.can,
    "jar": rounds.jar,
    "tub": rounds.tub,
    "candle": rounds.candle,
    "bag": soft.bag,
    "wrapper": soft.wrapper,
    "tube": soft.tube,
    "mug": home.mug,
    "lamp": home.lamp,
    "toy": home.toy,
    "bedding": textiles.bedding,
    "folded": textiles.folded,
    "curtain": textiles.curtain,
    "towel": textiles.towel,
    "wallpaper": decor.wallpaper,
    "tile": decor.tile,
    "magazine": press.magazine,
    "book": press.book,
    "leaflet": press.leaflet,
}
FLAT = ("wallpaper", "tile", "magazine", "book", "leaflet")


def shape_of(art: Artwork) -> str:
    """Return how the goods of a family are packed."""
    shapes = art.product.family.article.shapes
    return shapes[art.rng("shape").randrange(len(shapes))]


def body_of(art: Artwork) -> Image.Image:
    """Draw a thing at twice the size of the finished picture, RGBA."""
    return SHAPES[shape_of(art)](art)

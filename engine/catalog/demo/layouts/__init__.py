"""Designs of a pack's front; a family keeps its design, the flavour changes colours and words."""

from collections.abc import Callable

from PIL import Image

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts import landscape, upright

Layout = Callable[[Image.Image, Artwork], None]

UPRIGHT: dict[str, tuple[Layout, ...]] = {
    "food": (
        upright.medallion,
        upright.diagonal,
        upright.vintage,
        upright.modern,
        upright.burst,
        upright.plate,
        upright.stripes,
        upright.blocks,
    ),
    "care": (
        upright.waves,
        upright.modern,
        upright.medallion,
        upright.diagonal,
        upright.vintage,
        upright.plate,
    ),
    "clean": (upright.burst, upright.waves, upright.diagonal, upright.stripes, upright.medallion),
    "home": (upright.modern, upright.plate, upright.diagonal, upright.blocks, upright.waves),
}
LANDSCAPE: tuple[Layout, ...] = (landscape.sides, landscape.banner, landscape.calm)


def front(art: Artwork, wide_px: int, high_px: int) -> Image.Image:
    """Draw the front of a pack, flat."""
    image = Image.new("RGB", (wide_px, high_px), art.palette.ground)
    sector = art.product.family.article.sector
    if wide_px * 10 > high_px * 13:
        choices: tuple[Layout, ...] = LANDSCAPE
    else:
        choices = UPRIGHT[sector] if sector in UPRIGHT else UPRIGHT["home"]
    choices[art.rng("layout").randrange(len(choices))](image, art)
    return image

"""The reference images of a product: its packshot, and for some its back."""

from PIL import Image

from engine.catalog.demo.artwork import Artwork, artwork_of
from engine.catalog.demo.back import back
from engine.catalog.demo.light import on_studio, shaded
from engine.catalog.demo.products import Product
from engine.catalog.demo.shapes import FLAT, body_of, shape_of

SHORTEST_PX, LONGEST_PX = 400, 600  # of the longest side
SHARE_WITH_BACK = 0.4


def reference_images(product: Product) -> list[Image.Image]:
    """Return the reference images of a product, 400 to 600 px at the longest side."""
    art = artwork_of(product)
    images = [packshot(art)]
    if has_back(art):
        images.append(back_view(art))
    return images


def packshot(art: Artwork) -> Image.Image:
    """Show the thing as a shop would."""
    shape = shape_of(art)
    body = body_of(art)
    if shape in ("wallpaper", "tile"):
        return finished(body.convert("RGB"))
    tone = (255, 248, 240, 232)[art.brand_rng("studio").randrange(4)]
    return finished(on_studio(body, tone, shape in FLAT))


def finished(image: Image.Image) -> Image.Image:
    """Bring a drawing to the size of a reference image."""
    longest = max(image.size)
    if 2 * SHORTEST_PX <= longest <= 2 * LONGEST_PX:
        return image.reduce(2)
    side = SHORTEST_PX if longest < 2 * SHORTEST_PX else LONGEST_PX
    size = (round(image.width * side / longest), round(image.height * side / longest))
    return image.resize(size, Image.Resampling.LANCZOS)


def has_back(art: Artwork) -> bool:
    """Whether the catalog shows the back too; a cover of a magazine has its code in front."""
    if art.product.family.article.name in ("magazine", "leaflet"):
        return False
    return art.own_rng("back").random() < SHARE_WITH_BACK


def back_view(art: Artwork) -> Image.Image:
    """Show the back, flat, on the scale at which its barcode scans."""
    flat = shaded(back(art, 720, 960), ((0, 256), (1, 250)))
    return flat.reduce(2)

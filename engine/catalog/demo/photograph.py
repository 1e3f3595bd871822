"""Makes a photograph of a product."""

from dataclasses import dataclass

from PIL import Image

from engine.catalog.demo.pictures import reference_images
from engine.catalog.demo.products import Product
from engine.catalog.demo.seeds import random_for


@dataclass(frozen=True)
class Photo:
    """A picture as a camera and a network left it."""

    image: Image.Image
    box: tuple[int, int, int, int]  # x, y, width, height of the product, px
    jpeg_quality: int


def photograph(product: Product, name: str) -> Photo:
    """Photograph a product; the name chooses the circumstances."""
    rng = random_for(product.family.seed, "photo", product.id, name)
    image = reference_images(product)[0].rotate(rng.randint(-9, 9), fillcolor=(120, 110, 100))
    image = image.resize((image.width // 2, image.height // 2))
    return Photo(image, (0, 0, image.width, image.height), rng.randint(40, 85))

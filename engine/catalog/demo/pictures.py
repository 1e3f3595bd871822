"""The reference images of a product."""

from PIL import Image

from engine.catalog.demo.products import Product
from engine.catalog.demo.seeds import random_for
from engine.catalog.demo.typeface import Style, draw_paragraph


def reference_images(product: Product) -> list[Image.Image]:
    """Return the packshots of a product."""
    rng = random_for(product.family.name)
    image = Image.new("RGB", (420, 560), (250, 250, 250))
    image.paste(
        (rng.randint(90, 250), rng.randint(90, 250), rng.randint(90, 250)), (40, 40, 380, 520)
    )
    y = 60
    for text in (
        product.family.brand.name,
        product.noun(product.languages[0]),
        product.variant_word(product.languages[0]),
        product.quantity,
    ):
        y = draw_paragraph(image, (60, y, 360, 500), text, Style(), 44, (20, 20, 20))
    return [image]

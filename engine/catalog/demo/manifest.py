"""The rows of the manifest and of the queries."""

from collections.abc import Sequence

from engine.catalog.demo.products import Product
from engine.catalog.demo.queries import Query
from engine.catalog.demo.words import language

COLUMNS = (
    "id", "name", "brand", "category", "description", "gtin", "markets", "images", "source",
    "license", "family",
)  # fmt: skip
QUERY_COLUMNS = ("image", "product", "category", "box", "market", "brand")
SOURCE = "made up by `engine demo`"
LICENSE = "CC0-1.0"


def catalog_row(product: Product, images: Sequence[str]) -> dict[str, str]:
    """Return the row of a product of the catalog."""
    return {
        "id": product.id,
        "name": product.name,
        "brand": product.family.brand.name,
        "category": product.family.article.category,
        "description": description(product),
        "gtin": product.gtin,
        "markets": "|".join(product.markets),
        "images": "|".join(images),
        "source": SOURCE,
        "license": LICENSE,
        "family": product.family.name,
    }


def description(product: Product) -> str:
    """Say in English what the thing is."""
    english = language("en")
    parts = [
        product.noun(english),
        product.variant_word(english).lower(),
        product.quantity,
        f"text in {', '.join(product.region.languages)}",
    ]
    return ", ".join(part for part in parts if part)


def query_row(query: Query, image: str) -> dict[str, str]:
    """Return the row of a crop; a product that the catalog lacks stays empty."""
    box = query.photo.box if query.tells_box else None
    return {
        "image": image,
        "product": query.product.id if query.is_known else "",
        "category": query.product.family.article.category,
        "box": ",".join(map(str, box)) if box else "",
        "market": query.market,
        "brand": query.product.family.brand.name,
    }

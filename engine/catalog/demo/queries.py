"""Which products are photographed: three in four of the catalog, the others unknown to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.catalog.demo.photograph import Photo, photograph
from engine.catalog.demo.products import Product, absent_siblings, foreign_product, product_at
from engine.catalog.demo.seeds import dealt, random_for


@dataclass(frozen=True)
class Query:
    """A crop and its true answer."""

    number: int
    product: Product
    kind: str  # "known", "sibling" (of a family in the catalog) or "foreign"
    photo: Photo
    tells_box: bool
    market: str  # where this one was bought

    @property
    def is_known(self) -> bool:
        """Whether the catalog has the product."""
        return self.kind == "known"


def queries_for(seed: int, products: int, crops: int) -> Iterator[Query]:
    """Yield the crops one by one; every fourth is unknown, by turns a sibling and foreign."""
    siblings = absent_siblings(seed, products)
    for number in range(crops):
        unknown, is_last = number // 4, number % 4 == 3
        if not is_last:
            yield query_of(seed, number, known_product(seed, products, number), "known")
            continue
        sibling = next(siblings, None) if unknown % 2 == 0 else None
        if sibling:
            yield query_of(seed, number, sibling, "sibling")
        else:
            yield query_of(seed, number, foreign_product(seed, unknown // 2), "foreign")


def known_product(seed: int, products: int, number: int) -> Product:
    """Return a product of the catalog, each about equally often."""
    order = number - number // 4
    if products <= 4096:
        return product_at(seed, dealt(range(products), order, seed, "known"))
    return product_at(seed, random_for(seed, "known", number).randrange(products))


def query_of(seed: int, number: int, product: Product, kind: str) -> Query:
    """Photograph a product for a crop."""
    tells_box = random_for(seed, "box", number).random() < 0.15
    market = random_for(seed, "bought", number).choice(product.markets)
    return Query(number, product, kind, photograph(product, f"crop{number}"), tells_box, market)

"""What the commands on labelled crops share."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engine.evaluation.unknowns import Brands
    from engine.settings import Settings

QUERIES = click.argument("queries", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def read_brands(settings: "Settings") -> "Brands":
    """Read the brands of the catalog; before it is blanked, for they tell kinds of unknown."""
    from engine.catalog.store import CatalogStore
    from engine.evaluation.unknowns import Brands
    from engine.wiring import open_catalog

    with open_catalog(settings) as sessions, sessions() as session:
        products = CatalogStore(session).all_products()
        return Brands({product.key: product.brand for product in products})

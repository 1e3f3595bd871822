"""Examining: one labelled crop searched, once as it is and once for each protocol of striking."""

from collections.abc import Sequence

from engine.candidates import POOL_SIZE
from engine.catalog.manifest import QueryRow
from engine.crops import Crop, crop_from_file
from engine.embed.image import DecodeLimits
from engine.evaluation.labelled import LabelledCrop, ScoredProducts
from engine.evaluation.unknowns import Brands, to_strike
from engine.look import Look
from engine.metrics import Outcome
from engine.search import Searcher

NO_BRANDS = Brands({})


def examine_row(
    searcher: Searcher,
    row: QueryRow,
    limits: DecodeLimits,
    protocols: Sequence[str] = (),
    brands: Brands = NO_BRANDS,
) -> LabelledCrop:
    """Search the crop of a query row.

    Raises
    ------
    ImageError
        If its picture is none that the engine takes, or the box leaves it.
    OSError
        If the file cannot be read.
    """
    return examine_crop(
        searcher, row, crop_from_file(row.image, limits, row.box), protocols, brands
    )


def examine_crop(
    searcher: Searcher,
    row: QueryRow,
    crop: Crop,
    protocols: Sequence[str] = (),
    brands: Brands = NO_BRANDS,
) -> LabelledCrop:
    """Search a crop, and weigh it again for each protocol as if the catalog lacked products.

    What a protocol strikes is left out before candidates are gathered, so that those that move
    up are compared as closely as they would be without the struck ones.
    """
    examined = searcher.examine(crop, limit=POOL_SIZE)
    struck = [(kind, to_strike(kind, row.product, brands)) for kind in protocols if row.product]
    return LabelledCrop(
        row=row,
        result=examined.result,
        elapsed_ms=examined.elapsed_ms,
        scored=ScoredProducts.of(examined.weighed),
        hindrance=examined.result.quality.hindrance if examined.result.quality else "",
        struck=tuple(
            _struck(searcher, examined.look, row, kind, keys) for kind, keys in struck if keys
        ),
    )


def _struck(
    searcher: Searcher, look: Look, row: QueryRow, kind: str, products: Sequence[str]
) -> Outcome:
    """Return what is said of a crop whose product is now unknown."""
    posterior = searcher.weigh_without(look, products).posterior
    top = float(posterior.products.max(initial=0.0))
    return Outcome("", row.category, None, top, posterior.unknown, kind=kind, cluster=row.product)

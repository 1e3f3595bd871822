"""Rows and numbers put into the words of the answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from engine.catalog.models import Product, ReferenceImage
from engine.comparison import Comparison, NearImage
from engine.embed.image import Box, Picture
from engine.evidence import evidence_of
from engine.fusion import Posterior
from engine.markets.ageing import weight
from engine.markets.answer import CountryAnswer
from engine.markets.posterior import MarketVote
from engine.markets.scenes import SceneObject
from engine.results import (
    Candidate,
    CropResult,
    ImageInfo,
    ProductInfo,
    TextHit,
)

SURE = 0.5
"""Two crops whose first candidate is the same, with this probability each, show one product."""


def rounded(probability: float) -> float:
    """Drop digits that rounding errors of the processor could change."""
    return round(probability, 6)


def image_info(name: str, picture: Picture) -> ImageInfo:
    """Return the crop as answers show it."""
    return ImageInfo(name, picture.sha256, picture.width, picture.height)


def product_info(product: Product) -> ProductInfo:
    """Return a product as answers show it."""
    return ProductInfo(
        id=product.key,
        name=product.name,
        brand=product.brand,
        category=product.category,
        gtin=[entry.gtin for entry in product.gtins],
        markets=product.markets,
    )


def image_path(product_key: str, image_sha256: str) -> str:
    """Return the path of a reference image below the service's address."""
    return f"/v1/products/{quote(product_key, safe='')}/images/{image_sha256}"


def crop_result(
    name: str,
    picture: Picture,
    comparisons: Sequence[Comparison],
    posterior: Posterior,
    limit: int,
    countries: CountryAnswer,
) -> CropResult:
    """Return all that is said about one crop; `comparisons` are of one product each."""
    probabilities = [float(probability) for probability in posterior.products]
    weighed = sorted(zip(comparisons, probabilities, strict=True), key=lambda pair: -pair[1])
    return CropResult(
        image=image_info(name, picture),
        candidates=[
            candidate(rank, each, probability)
            for rank, (each, probability) in enumerate(weighed[:limit], start=1)
        ],
        unknown=rounded(posterior.unknown),
        undetermined=countries.undetermined,
        markets=countries.markets,
        clues=countries.clues,
        regions=countries.regions,
        verdict=countries.verdict,
    )


def candidate(rank: int, comparison: Comparison, probability: float) -> Candidate:
    """Return a product proposed for a crop, with the evidence for it."""
    product = comparison.image.product
    return Candidate(
        rank=rank,
        product=product_info(product),
        probability=rounded(probability),
        evidence=evidence_of(comparison),
        reference_image=image_path(product.key, comparison.image.sha256),
        reference_size=(comparison.image.width, comparison.image.height),
    )


def market_votes(
    comparisons: Sequence[Comparison], posterior: Posterior, today: date | None
) -> list[MarketVote]:
    """Return each candidate's say; `today` is the newest date that the catalog knows."""
    pairs = zip(comparisons, posterior.products.tolist(), strict=True)
    return [
        replace(market_vote(each.image, probability, today), logo=each.logo)
        for each, probability in pairs
    ]


def market_vote(image: ReferenceImage, probability: float, today: date | None = None) -> MarketVote:
    """Count sightings of the pack on the image, or of the product where the image has none.

    Old and weak ones count less; `today` is the newest date that the catalog knows.
    """
    product = image.product
    observations: dict[str, float] = {}
    for claim in image.market_claims:
        counted = weight(claim.observations, claim.observed_on, today, is_weak=claim.is_weak)
        observations[claim.value] = observations.get(claim.value, 0.0) + counted
    return MarketVote(product.key, probability, observations, product.brand)


def scene_objects(boxes: Sequence[Box | None], results: Sequence[CropResult]) -> list[SceneObject]:
    """Return the answers for crops of one scene; those that show one thing share an identity."""
    return [
        SceneObject(
            name=result.image.name,
            countries={market.country: market.probability for market in result.markets},
            identity=_identity(box, result),
        )
        for box, result in zip(boxes, results, strict=True)
    ]


def _identity(box: Box | None, result: CropResult) -> str:
    """Name the product if it is more likely than not, otherwise the part of the picture."""
    best = result.candidates[0] if result.candidates else None
    if best is not None and best.probability >= SURE:
        return f"product {best.product.id}"
    return f"picture {result.image.sha256} {box}"


def merge_text_hits(by_text: list[Product], by_look: list[NearImage]) -> list[TextHit]:
    """Put hits of the catalog's words before hits by look, each product once."""
    found = {product.id for product in by_text}
    rows: list[TextHit] = [
        TextHit(rank, product_info(product), "text", None, _first_image(product))
        for rank, product in enumerate(by_text, start=1)
    ]
    for item in by_look:
        product = item.image.product
        if product.id not in found:
            path = image_path(product.key, item.image.sha256)
            hit = TextHit(len(rows) + 1, product_info(product), "look", round(item.score, 4), path)
            rows.append(hit)
    return rows


def _first_image(product: Product) -> str | None:
    return image_path(product.key, product.images[0].sha256) if product.images else None

"""Rows and numbers put into the words of the answer."""

from dataclasses import dataclass
from urllib.parse import quote

from engine.catalog.models import Product, ReferenceImage
from engine.embed.image import Picture
from engine.markets.countries import country_name
from engine.markets.posterior import CountryPosterior, MarketVote
from engine.results import (
    Candidate,
    CandidateEvidence,
    EmbeddingEvidence,
    ImageInfo,
    Market,
    ProductInfo,
    TextHit,
)

MIN_CONTRIBUTION = 5e-7
"""Shares of a country's probability below half a printed digit are left out of the evidence."""


@dataclass(frozen=True)
class ScoredImage:
    """A reference image that came near the crop; `score` is the cosine."""

    image: ReferenceImage
    score: float


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


def candidate(rank: int, item: ScoredImage, probability: float) -> Candidate:
    """Return a product proposed for a crop, with the evidence for it."""
    product = item.image.product
    return Candidate(
        rank=rank,
        product=product_info(product),
        probability=rounded(probability),
        evidence=[EmbeddingEvidence(round(item.score, 4))],
        reference_image=image_path(product.key, item.image.sha256),
    )


def market_vote(image: ReferenceImage, probability: float) -> MarketVote:
    """Count sightings of the pack on the image, or of the product where the image has none."""
    product = image.product
    claims = [claim for claim in product.claims if claim.image_id == image.id] or product.claims
    observations: dict[str, int] = {}
    for claim in claims:
        observations[claim.country] = observations.get(claim.country, 0) + claim.observations
    return MarketVote(product.key, probability, observations)


def market_list(posterior: CountryPosterior) -> list[Market]:
    """Return the countries that evidence raised, each with the candidates that raised it."""
    return [
        Market(
            country=share.country,
            name=country_name(share.country),
            probability=rounded(share.probability),
            evidence=[
                CandidateEvidence(part.product, rounded(part.weight))
                for part in share.contributions
                if part.weight >= MIN_CONTRIBUTION
            ],
        )
        for share in posterior.countries
        if share.probability >= MIN_CONTRIBUTION
    ]


def merge_text_hits(by_text: list[Product], by_look: list[ScoredImage]) -> list[TextHit]:
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

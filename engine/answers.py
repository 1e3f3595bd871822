"""Rows and numbers put into the words of the answer."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from engine.catalog.models import Product, ReferenceImage
from engine.compare import Comparison, NearImage
from engine.embed.image import Picture
from engine.evidence import evidence_of
from engine.fusion import Posterior
from engine.markets.ageing import weight
from engine.markets.countries import country_name
from engine.markets.posterior import CountryPosterior, MarketVote, country_posterior
from engine.results import (
    Candidate,
    CandidateEvidence,
    CropResult,
    ImageInfo,
    Market,
    ProductInfo,
    TextHit,
)

MIN_CONTRIBUTION = 5e-7
"""Shares of a country's probability below half a printed digit are left out of the evidence."""


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
    today: date | None = None,
) -> CropResult:
    """Return all that is said about one crop; `comparisons` are of one product each.

    `today` is the newest date that the catalog knows, by which sightings age.
    """
    probabilities = [float(probability) for probability in posterior.products]
    weighed = sorted(zip(comparisons, probabilities, strict=True), key=lambda pair: -pair[1])
    countries = country_posterior([market_vote(each.image, p, today) for each, p in weighed])
    return CropResult(
        image=image_info(name, picture),
        candidates=[
            candidate(rank, each, probability)
            for rank, (each, probability) in enumerate(weighed[:limit], start=1)
        ],
        unknown=rounded(posterior.unknown),
        undetermined=rounded(countries.undetermined),
        markets=market_list(countries),
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


def market_vote(image: ReferenceImage, probability: float, today: date | None = None) -> MarketVote:
    """Count sightings of the pack on the image, or of the product where the image has none.

    Old and weak ones count less; `today` is the newest date that the catalog knows.
    """
    product = image.product
    claims = product.market_claims
    observations: dict[str, float] = {}
    for claim in [claim for claim in claims if claim.image_id == image.id] or claims:
        counted = weight(claim.observations, claim.observed_on, today, is_weak=claim.is_weak)
        observations[claim.value] = observations.get(claim.value, 0.0) + counted
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

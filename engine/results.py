"""The answer to a search, word for word as the command line and the API print it.

Field names are a fixed interface: fields may be added, never renamed. `asdict` of a
`SearchResult` is the JSON document.
"""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class ImageInfo:
    """The crop that was searched: upright size in pixels, hash of the bytes as sent."""

    name: str
    sha256: str
    width: int
    height: int


@dataclass(frozen=True)
class ProductInfo:
    """A product of the catalog as an answer shows it; `id` is the one of the manifest."""

    id: str
    name: str
    brand: str
    category: str
    gtin: list[str]
    markets: list[str]


@dataclass(frozen=True)
class EmbeddingEvidence:
    """How near the crop's embedding lies to the product's nearest reference image."""

    score: float
    """Cosine, -1 to 1."""
    kind: Literal["embedding"] = "embedding"


@dataclass(frozen=True)
class KeypointsEvidence:
    """Printed details that the crop and a reference image share, lying alike in both."""

    inliers: int
    kind: Literal["keypoints"] = "keypoints"


@dataclass(frozen=True)
class TextEvidence:
    """Words read in the crop that the product shows too, the telling ones first."""

    matched: list[str]
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class CodeEvidence:
    """A barcode in the crop that is one of the product's."""

    gtin: str
    """14 digits."""
    kind: Literal["code"] = "code"


Evidence = EmbeddingEvidence | KeypointsEvidence | TextEvidence | CodeEvidence


@dataclass(frozen=True)
class Candidate:
    """A product proposed for a crop."""

    rank: int
    product: ProductInfo
    probability: float
    evidence: list[Evidence]
    reference_image: str
    """Path of the reference image that spoke for it, below the service's address."""


@dataclass(frozen=True)
class CandidateEvidence:
    """A candidate's share in a country's probability."""

    product: str
    weight: float
    """Probability that this candidate adds to the country."""
    kind: Literal["candidate"] = "candidate"


MarketEvidence = CandidateEvidence


@dataclass(frozen=True)
class Market:
    """A country where the item may have been bought."""

    country: str
    name: str
    probability: float
    evidence: list[MarketEvidence]


@dataclass(frozen=True)
class Clue:
    """Something read in the crop itself that points to countries."""

    kind: str
    value: str
    text: str


@dataclass(frozen=True)
class CropResult:
    """All that is said about one crop; candidates and markets in falling probability."""

    image: ImageInfo
    candidates: list[Candidate]
    unknown: float
    """Probability that no product of the catalog is right."""
    undetermined: float
    """Probability that no country's evidence claims."""
    markets: list[Market]
    clues: list[Clue] = field(default_factory=list)


@dataclass(frozen=True)
class ModelInfo:
    """The encoder that the answer came from."""

    name: str
    fingerprint: str


@dataclass(frozen=True)
class CatalogInfo:
    """The state of the catalog that the answer came from."""

    version: int


@dataclass(frozen=True)
class SearchResult:
    """The answer to one request: a result for each crop, in order."""

    results: list[CropResult]
    model: ModelInfo
    catalog: CatalogInfo
    elapsed_ms: dict[str, float]


@dataclass(frozen=True)
class TextHit:
    """A product that a text query found."""

    rank: int
    product: ProductInfo
    matched_by: Literal["text", "look"]
    """`text`: words or numbers of the catalog; `look`: the model's text tower."""
    score: float | None
    """Cosine of the text and the reference image, where `matched_by` is `look`."""
    reference_image: str | None


@dataclass(frozen=True)
class TextResult:
    """The answer to a text query: hits by catalog text first, then by look."""

    hits: list[TextHit]
    model: ModelInfo
    catalog: CatalogInfo
    elapsed_ms: dict[str, float]

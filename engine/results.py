"""The answer to a search, word for word as the command line and the API print it.

Field names are a fixed interface: fields may be added, never renamed. `asdict` of a
`SearchResult` is the JSON document.
"""

from dataclasses import dataclass, field
from typing import Literal

from engine.markets.results import NOTHING, Clue, Market, Region, Scene, Verdict


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


Point = tuple[float, float]
"""x and y in pixels, from the upper left corner of an upright picture."""

Corners = tuple[Point, Point, Point, Point]
"""Of a four-sided area, clockwise from where its writing, or the picture on it, begins."""


@dataclass(frozen=True)
class Area:
    """An upright rectangle in whole pixels of a picture."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class EmbeddingEvidence:
    """How near the crop's embedding lies to the product's nearest reference image."""

    score: float
    """Cosine, -1 to 1."""
    kind: Literal["embedding"] = "embedding"


@dataclass(frozen=True)
class SharedDetail:
    """One printed detail where it lies in both pictures."""

    crop: Point
    reference: Point


@dataclass(frozen=True)
class KeypointsEvidence:
    """Printed details that the crop and a reference image share, lying alike in both."""

    inliers: int
    lines: list[SharedDetail] = field(default_factory=list)
    """Some of them, spread over the picture, the most distinct first."""
    outline: Corners | None = None
    """Where the corners of the reference image lie in the crop."""
    kind: Literal["keypoints"] = "keypoints"


@dataclass(frozen=True)
class SharedWord:
    """A word of the crop that the product shows too."""

    text: str
    """As it was read in the crop."""
    crop: Corners
    reference_text: str | None = None
    """As it was read in the reference image; None where the product's name or brand has it."""
    reference: Corners | None = None
    """Where; None where the reference image does not show it."""


@dataclass(frozen=True)
class TextEvidence:
    """Words read in the crop that the product shows too, the telling ones first."""

    matched: list[str]
    words: list[SharedWord] = field(default_factory=list)
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class CodeEvidence:
    """A barcode in the crop that is one of the product's."""

    gtin: str
    """14 digits."""
    format: str = ""
    """EAN-13, UPC-A, QR ..."""
    box: Corners | None = None
    """Where it was read in the crop."""
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class CloseEvidence:
    """How the crop, laid straight onto the reference image, compares with it place by place."""

    colour: float
    """Correlation of the colours, -1 to 1, the colour of the light taken out."""
    lightness: float
    """Correlation of light and dark, -1 to 1."""
    structure: float
    """Correlation of edges, -1 to 1."""
    overlap: float
    """Share of the reference image's product that the crop shows, 0 to 1."""
    difference: float
    """Colour distance of a middling place (CIE 1976): 0 is equal, 2 just visible."""
    worst_difference: float
    """The same of the place that differs most."""
    worst_cell: Area
    """That place, in pixels of the reference image."""
    kind: Literal["close"] = "close"


@dataclass(frozen=True)
class ContradictionEvidence:
    """What speaks against a candidate: words of the crop in whose place it has others, or more."""

    words: list[SharedWord]
    """The weightiest first; `reference_text` is what the reference image has there."""
    kind: Literal["contradiction"] = "contradiction"


@dataclass(frozen=True)
class PatternEvidence:
    """How the crop compares with a reference image that repeats itself, as a wallpaper does."""

    confirmed: int
    """Details that lie in the crop as in one of the reference image's repeats, 1 or more."""
    scale: float
    """Size of the pattern in the crop, as a multiple of that in the reference image, px per px."""
    turn_degrees: float
    """Of the crop against the reference image, clockwise, 0 to 360."""
    palette: float
    """Likeness of the colours, 0 to 1: other colourways of one pattern differ in this alone."""
    kind: Literal["pattern"] = "pattern"


Evidence = (
    EmbeddingEvidence
    | KeypointsEvidence
    | TextEvidence
    | CodeEvidence
    | CloseEvidence
    | ContradictionEvidence
    | PatternEvidence
)


@dataclass(frozen=True)
class Distinction:
    """What tells a candidate from a sibling that looks as much like the crop."""

    product: str
    """Id of the sibling."""
    words: list[str]
    """Read in this candidate's picture alone, the rare ones first."""
    other_words: list[str]
    """Read in the sibling's picture alone."""
    place: Area | None
    """Where the two pictures differ most, in pixels of this candidate's; None if nowhere much."""
    sentence: str


@dataclass(frozen=True)
class Candidate:
    """A product proposed for a crop."""

    rank: int
    product: ProductInfo
    probability: float
    evidence: list[Evidence]
    reference_image: str
    """Path of the reference image that spoke for it, below the service's address."""
    reference_size: tuple[int, int] = (0, 0)
    """Its width and height in pixels, upright: what places in it are counted in."""
    told_apart_by: Distinction | None = None
    """None where no other candidate looks as much like the crop."""


@dataclass(frozen=True)
class CropQuality:
    """What the searched part of the crop gives to recognise by."""

    width: int
    height: int
    """Of the part that was searched, px."""
    blur_px: float
    """Sigma of the Gaussian that would blur a sharp edge as much; 0.7 or less is sharp."""
    hidden: float
    """Share under black bars, blurred or pixelated patches, 0 to 1."""
    sure_words: int | None
    """Words of 3 letters or more that were surely read; None where no words are read."""
    legibility: float | None
    """Mean confidence of the letters read, 0 to 1; None where no words are read."""
    hindrance: str
    """What stands most in the way: `none`, `tiny` (next to nothing can be told), `hidden`, `small`,
    `blurred`, `dark`, `bright`, `low contrast`, `no words`, or `wordless`: nothing does, but what
    it shows bears no words."""
    advice: str
    """One sentence: what a better crop would need."""
    expected_hit_rate: float | None = None
    """Share of crops with the same hindrance whose product, being in the catalog, came first when
    that was last measured; None where too few were."""


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
    regions: list[Region] = field(default_factory=list)
    """Neighbours that the evidence cannot tell apart."""
    verdict: Verdict = NOTHING
    quality: CropQuality | None = None


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
class ReadingInfo:
    """What the machine can read."""

    scripts_not_read: list[str]
    """Unicode names of scripts whose words in a crop are missed."""
    is_on: bool = True
    """Whether words in crops are looked for at all (`ENGINE_OCR`)."""


@dataclass(frozen=True)
class SearchResult:
    """The answer to one request: a result for each crop, in order."""

    results: list[CropResult]
    model: ModelInfo
    catalog: CatalogInfo
    elapsed_ms: dict[str, float]
    ocr: ReadingInfo | None = None
    """None where words are not read at all."""


@dataclass(frozen=True)
class SceneResult:
    """The answer for several crops of one scene: each by itself, and all together."""

    results: list[CropResult]
    scene: Scene
    model: ModelInfo
    catalog: CatalogInfo
    elapsed_ms: dict[str, float]
    ocr: ReadingInfo | None = None


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

"""The part of an answer that speaks of countries, word for word as it is printed."""

from dataclasses import dataclass, field
from typing import Literal

from engine.embed.image import Box


@dataclass(frozen=True)
class CandidateEvidence:
    """A candidate's share in a country's probability."""

    product: str
    weight: float
    """Probability that this candidate adds to the country."""
    kind: Literal["candidate"] = "candidate"


@dataclass(frozen=True)
class ClueEvidence:
    """A clue's share in a country's probability."""

    kind: str
    value: str
    text: str
    """The words as they were read."""
    fact: str
    """`market`, `origin`, `licence` or `language`: only the first says that it is sold there."""
    weight: float
    """Probability that this clue adds to the country."""


@dataclass(frozen=True)
class ObjectEvidence:
    """An object's share in a country's probability for its scene."""

    index: int
    """Which crop of the request, from 0."""
    image: str
    """The crop's name."""
    weight: float
    """Probability that this object adds to the country."""
    kind: Literal["object"] = "object"


MarketEvidence = CandidateEvidence | ObjectEvidence | ClueEvidence


@dataclass(frozen=True)
class Market:
    """A country where the item may have been bought; the weights of its evidence add up."""

    country: str
    name: str
    probability: float
    evidence: list[MarketEvidence]


@dataclass(frozen=True)
class Region:
    """Neighbours that the evidence cannot tell apart, taken together."""

    region: str
    name: str
    countries: list[str]
    """Those of its countries that evidence raised, the likeliest first."""
    probability: float


@dataclass(frozen=True)
class RuledOut:
    """A country that some evidence allows and other evidence contradicts."""

    country: str
    name: str
    probability: float
    """What is left to it."""
    allowed_by: str
    """What alone would allow it."""
    reason: str
    """What contradicts it."""


VerdictKind = Literal["discriminating", "regional", "open", "ubiquity", "nothing"]


@dataclass(frozen=True)
class Verdict:
    """What the countries come to, in one word and one sentence."""

    kind: VerdictKind
    """`discriminating`: one country or a few; `regional`: neighbours; `open`: several apart;
    `ubiquity`: sold in too many to be a lead; `nothing`: nothing to go on."""
    sentence: str
    countries: list[str] = field(default_factory=list)
    """Those that the sentence is about."""
    ruled_out: list[RuledOut] = field(default_factory=list)


NOTHING = Verdict(
    "nothing", "Nothing to go on: neither a candidate nor the crop itself points to a country."
)


@dataclass(frozen=True)
class CountryStrength:
    """How much of what a clue says is about one country."""

    country: str
    strength: float


@dataclass(frozen=True)
class Clue:
    """Something read in the crop itself that points to countries."""

    kind: str
    value: str
    text: str
    fact: str
    """`market`, `origin`, `licence` or `language`."""
    countries: list[CountryStrength]
    """Strongest first, sum 1."""
    reliability: float
    """Probability that it tells the country of sale, before other clues were heard."""
    family: str
    """Clues of one family that agree count as one."""
    box: Box | None
    """In pixels of the whole upright picture; None where it has no one place."""
    rule: str
    source: str


@dataclass(frozen=True)
class SceneObjectRole:
    """What one object does in the joint answer for its scene."""

    index: int
    """Which crop of the request, from 0."""
    name: str
    countries: list[str]
    """The likeliest by its own answer."""
    undetermined: float
    """By its own answer."""
    weight: float
    """How far the joint answer moves without it, 0 to 1."""
    agreement: float
    """How many times likelier its evidence is where the others point than anywhere."""
    disagrees: bool
    sentence: str


@dataclass(frozen=True)
class Scene:
    """What the objects of a scene say of countries together."""

    markets: list[Market]
    undetermined: float
    regions: list[Region]
    verdict: Verdict
    objects: list[SceneObjectRole]
    """In the order of the crops."""

"""Mistakes: the crops where most was believed of a wrong answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.embed.image import Box
from engine.evaluation.labelled import LabelledCrop
from engine.results import Candidate

N_WORST = 12
N_WORDS = 4


@dataclass(frozen=True)
class Named:
    """A product in a mistake: what was said of it, and the picture that spoke for it."""

    product: str
    name: str
    brand: str
    probability: float
    evidence: list[str]
    """In short, one entry a channel."""
    picture: str
    """SHA-256 of the reference image; empty where the product was no candidate."""


@dataclass(frozen=True)
class Mistake:
    """A crop, what was thought of it, and what is right."""

    line: int
    """Of the query file."""
    path: Path
    """Of the crop's file."""
    box: Box | None
    cost: float
    """Highest probability of a wrong answer less that of the right one; above 0."""
    unknown: float
    """Probability that the catalog lacks the product."""
    first: Named | None
    """The first candidate."""
    right: Named | None
    """None where the catalog lacks the right product."""
    rank: int | None
    """Of the right product among the candidates."""


def worst_mistakes(crops: Sequence[LabelledCrop], limit: int = N_WORST) -> list[Mistake]:
    """Return the mistakes that cost most, the worst first, ties in the file's order.

    "Not in the catalog" is an answer like any other: it is wrong of a known crop, right of an
    unknown one.
    """
    mistakes = [_mistake(crop) for crop in crops]
    ranked = sorted(mistakes, key=lambda mistake: (-mistake.cost, mistake.line))
    return [mistake for mistake in ranked if mistake.cost > 0][:limit]


def _mistake(crop: LabelledCrop) -> Mistake:
    candidates, right_id = crop.result.candidates, crop.row.product
    right = next((each for each in candidates if each.product.id == right_id), None)
    wrong = [each.probability for each in candidates if each.product.id != right_id]
    unknown = crop.result.unknown
    if right_id:
        cost = max([unknown, *wrong]) - (right.probability if right else 0.0)
    else:
        cost = max(wrong, default=0.0) - unknown
    return Mistake(
        line=crop.row.line,
        path=crop.row.image,
        box=crop.row.box,
        cost=round(cost, 6),
        unknown=unknown,
        first=_named(crop, candidates[0]) if candidates else None,
        right=_right(crop, right),
        rank=right.rank if right else None,
    )


def _right(crop: LabelledCrop, found: Candidate | None) -> Named | None:
    if not crop.row.product:
        return None
    return _named(crop, found) if found else Named(crop.row.product, "", "", 0.0, [], "")


def _named(crop: LabelledCrop, candidate: Candidate) -> Named:
    product = candidate.product
    evidence = [in_short(each) for each in candidate.evidence]
    picture = _pictures(crop).get(product.id, "")
    return Named(product.id, product.name, product.brand, candidate.probability, evidence, picture)


def _pictures(crop: LabelledCrop) -> Mapping[str, str]:
    scored = crop.scored
    return dict(zip(scored.products, scored.pictures, strict=True)) if scored else {}


def in_short(evidence: Any) -> str:  # noqa: ANN401, PLR0911 - any kind, also a later one; a line each
    """Return a piece of evidence in a few words."""
    match evidence.kind:
        case "embedding":
            return f"look {evidence.score:.2f}"
        case "keypoints":
            return f"{evidence.inliers} details"
        case "text":
            return "words " + ", ".join(evidence.matched[:N_WORDS])
        case "code":
            return f"barcode {evidence.gtin}"
        case "close":
            return f"close: colour {evidence.colour:.2f}, structure {evidence.structure:.2f}"
        case "pattern":
            return f"pattern {evidence.confirmed} details, its colours {evidence.palette:.2f}"
        case other:
            return str(other)

"""Labelled crops: a query row, and all that the engine said about its crop."""

from dataclasses import dataclass
from typing import Self

from engine.catalog.manifest import BadRow, QueryRow
from engine.fusion import Floats, signal_matrix
from engine.metrics import Outcome
from engine.results import CropResult
from engine.weighing import Weighed


@dataclass(frozen=True)
class ScoredProducts:
    """The candidate products of a crop and the signals that the fusion weighed."""

    products: tuple[str, ...]
    """Ids."""
    signals: Floats
    """Of each, shape (m, len(SIGNAL_NAMES))."""
    pictures: tuple[str, ...]
    """SHA-256 of the reference image that spoke for each."""

    @classmethod
    def of(cls, weighed: Weighed) -> Self:
        """Keep what an evaluation needs of a weighing: keypoint matches would fill the memory."""
        images = [each.image for each in weighed.comparisons]
        return cls(
            products=tuple(image.product.key for image in images),
            signals=signal_matrix([each.signals for each in weighed.comparisons]),
            pictures=tuple(image.sha256 for image in images),
        )


@dataclass(frozen=True)
class LabelledCrop:
    """A query row and what the engine said about its crop."""

    row: QueryRow
    result: CropResult
    elapsed_ms: dict[str, float]
    scored: ScoredProducts | None = None
    hindrance: str = ""
    """What stands most in the way of recognising it (`Quality.hindrance`)."""
    struck: tuple[Outcome, ...] = ()
    """What was said once products were struck from the catalog, `kind` telling which."""

    @property
    def outcome(self) -> Outcome:
        """What counts in the figures."""
        candidates = self.result.candidates
        right = (c.rank for c in candidates if c.product.id == self.row.product)
        return Outcome(
            product=self.row.product,
            category=self.row.category,
            rank=next(right, None),
            top_probability=candidates[0].probability if candidates else 0.0,
            unknown=self.result.unknown,
        )


@dataclass(frozen=True)
class Recognised:
    """All crops that could be searched, and the rows that could not."""

    crops: list[LabelledCrop]
    bad_rows: list[BadRow]
    missing_products: list[str]
    """Ids that the queries name and the catalog lacks; their crops count as unknown."""

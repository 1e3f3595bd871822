"""Expected hits: how often crops of a quality were recognised when that was last measured."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engine.embed.quality import Quality
from engine.errors import InvalidInputError

SHIPPED_PATH = Path(__file__).with_name("quality_hits.json")
"""Figures that come with the engine, where it has any."""

CROPS_MIN = 20
"""Crops of a kind below which their share says too little: with 20 it is off by up to .2."""


@dataclass(frozen=True)
class Hits:
    """Crops of one kind whose product is in the catalog, and how many were recognised."""

    crops: int
    top_1: int
    """Those whose product came first."""
    top_5: int = 0
    """Those whose product was among the first five."""


@dataclass(frozen=True)
class QualityHits:
    """Hits by what hindered most (`Quality.hindrance`)."""

    measured_on: str = ""
    """Which labelled set, catalog and encoder the figures come from."""
    kinds: Mapping[str, Hits] = field(default_factory=dict)

    def rate_for(self, quality: Quality) -> float | None:
        """Return the share of such crops whose product came first; None where too few were seen."""
        hits = self.kinds.get(quality.hindrance)
        return None if hits is None or hits.crops < CROPS_MIN else round(hits.top_1 / hits.crops, 3)


def read_quality_hits(own: Path, shipped: Path = SHIPPED_PATH) -> QualityHits:
    """Read the figures that were measured on this data folder, else those shipped, else none.

    Parameters
    ----------
    own, shipped : pathlib.Path
        JSON as `save_quality_hits` writes it; either may be missing.

    Raises
    ------
    InvalidInputError
        If a file is there and holds something else.
    """
    path = next((path for path in (own, shipped) if path.exists()), None)
    if path is None:
        return QualityHits()
    try:
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidInputError(
            f"{path} holds no figures by quality ({error}): delete it, or measure anew"
        ) from error


def save_quality_hits(path: Path, hits: QualityHits) -> None:
    """Write the figures; the file appears whole or not at all."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(hits), indent=2) + "\n", encoding="utf-8")
    temporary.replace(path)


def _parsed(document: dict[str, Any]) -> QualityHits:
    kinds = {str(kind): _hits(**figures) for kind, figures in document["kinds"].items()}
    return QualityHits(str(document["measured_on"]), kinds)


def _hits(crops: int, top_1: int, top_5: int = 0) -> Hits:
    hits = Hits(int(crops), int(top_1), int(top_5))
    if not 0 <= hits.top_1 <= hits.crops:
        raise ValueError(f"{hits.top_1} of {hits.crops} crops")
    return hits

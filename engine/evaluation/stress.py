"""Stress: the known crops once more, damaged in nine ways.

A crop with a box is cut to what the engine looks at before it is damaged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.crops import Crop, crop_from_file
from engine.embed.image import DecodeLimits, crop_box
from engine.embed.quality_hits import Hits
from engine.evaluation.channels import Found
from engine.evaluation.damages import DAMAGES, Damage, place_of
from engine.evaluation.examining import examine_crop
from engine.evaluation.hits import hits_by_hindrance
from engine.evaluation.labelled import LabelledCrop
from engine.evaluation.progress import Progress, ignore_progress
from engine.metrics import Estimate, Outcome, estimate, top_k
from engine.search import Searcher

SURE = 0.5


@dataclass(frozen=True)
class DamageReport:
    """Figures of the crops with one damage."""

    crops: int
    top_1: Estimate
    top_5: Estimate
    sure_and_wrong: float
    """Share whose first candidate is wrong and has a probability of .5 or more."""


@dataclass(frozen=True)
class WorstDamage:
    """The damage after which least is found."""

    damage: str
    top_1: float
    top_5: float


@dataclass(frozen=True)
class MeanFound:
    """Plain means over the damages."""

    top_1: float
    top_5: float


@dataclass(frozen=True)
class StressReport:
    """Figures by damage."""

    every: int
    """Of the known crops, in the order of their products, each n-th was taken."""
    untouched: Found
    """The same crops as they are."""
    damages: dict[str, DamageReport]
    mean: MeanFound
    worst: WorstDamage
    """By top 5, then by top 1."""
    hits: Mapping[str, Hits]
    """Damaged crops and hits by what hinders them most (`Quality.hindrance`)."""


def stress(
    searcher: Searcher,
    crops: Sequence[LabelledCrop],
    limits: DecodeLimits,
    every: int = 1,
    on_progress: Progress = ignore_progress,
) -> StressReport | None:
    """Damage each n-th known crop in nine ways and search it anew; None without known crops."""
    some = evenly(crops, every)
    if not some:
        return None
    found: dict[str, list[LabelledCrop]] = {name: [] for name in DAMAGES}
    for done, crop in enumerate(some, start=1):
        picture = crop_from_file(crop.row.image, limits, crop.row.box)
        for name, damage in DAMAGES.items():
            examined = examine_crop(searcher, crop.row, damaged(picture, damage))
            found[name].append(replace(examined, scored=None))
        on_progress(done, len(some))
    return report(some, found, every)


def evenly(crops: Sequence[LabelledCrop], every: int) -> list[LabelledCrop]:
    """Return each n-th known crop in the order of products, so that all have a like share."""
    known = [crop for crop in crops if crop.row.product]
    return sorted(known, key=lambda crop: (crop.row.product, crop.row.line))[::every]


def damaged(crop: Crop, damage: Damage) -> Crop:
    """Return a crop of what was visible, damaged."""
    image = crop.picture.image
    visible = image if crop.box is None else crop_box(image, crop.box)
    worse = damage(visible, place_of(crop.name))
    picture = replace(crop.picture, image=worse, width=worse.width, height=worse.height)
    return Crop(crop.name, picture)


def report(
    untouched: Sequence[LabelledCrop], found: Mapping[str, Sequence[LabelledCrop]], every: int
) -> StressReport:
    """Turn what was found after each damage into figures."""
    damages = {name: _damage_report([c.outcome for c in crops]) for name, crops in found.items()}
    worst = min(damages, key=lambda name: (damages[name].top_5.value, damages[name].top_1.value))
    return StressReport(
        every=every,
        untouched=Found(*_found([crop.outcome for crop in untouched])),
        damages=damages,
        mean=MeanFound(
            float(np.mean([each.top_1.value for each in damages.values()])),
            float(np.mean([each.top_5.value for each in damages.values()])),
        ),
        worst=WorstDamage(worst, damages[worst].top_1.value, damages[worst].top_5.value),
        hits=hits_by_hindrance([crop for crops in found.values() for crop in crops]),
    )


def _damage_report(outcomes: Sequence[Outcome]) -> DamageReport:
    wrong = [o.top_probability >= SURE and not o.is_right for o in outcomes]
    return DamageReport(len(outcomes), *_found(outcomes), float(np.mean(wrong)))


def _found(outcomes: Sequence[Outcome]) -> tuple[Estimate, Estimate]:
    top_1, top_5 = estimate(top_k(1), outcomes), estimate(top_k(5), outcomes)
    assert top_1 is not None
    assert top_5 is not None
    return top_1, top_5

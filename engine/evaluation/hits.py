"""Hits by quality: how often crops that the same thing hinders are recognised."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from engine.embed.quality_hits import Hits
from engine.evaluation.labelled import LabelledCrop


def hits_by_hindrance(crops: Sequence[LabelledCrop]) -> dict[str, Hits]:
    """Count the known crops and those found, by what hinders them most."""
    by_kind: dict[str, list[int | None]] = defaultdict(list)
    for crop in crops:
        if crop.row.product and crop.hindrance:
            by_kind[crop.hindrance].append(crop.outcome.rank)
    return {kind: _hits(by_kind[kind]) for kind in sorted(by_kind)}


def _hits(ranks: Sequence[int | None]) -> Hits:
    found = [rank for rank in ranks if rank is not None]
    return Hits(len(ranks), sum(rank == 1 for rank in found), sum(rank <= 5 for rank in found))


def together(*tables: Mapping[str, Hits]) -> dict[str, Hits]:
    """Add up tables of different crops."""
    kinds = sorted({kind for table in tables for kind in table})
    return {kind: _sum([table[kind] for table in tables if kind in table]) for kind in kinds}


def _sum(hits: Sequence[Hits]) -> Hits:
    return Hits(
        sum(each.crops for each in hits),
        sum(each.top_1 for each in hits),
        sum(each.top_5 for each in hits),
    )

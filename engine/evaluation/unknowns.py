"""Unknown crops by kind: how they are told from known ones, and how often a product is named.

*Foreign*: the catalog has no product of the crop's brand, as the query file's column `brand`
names it. *Sibling*: it has, so that a look-alike stands ready. *Unspecified*: the row names no
brand. Two kinds more come from known crops, for sets without unknown ones: each is weighed again
as if the catalog lacked its product (*struck*, a sibling where the brand has more), or all
products of its brand (*brand struck*, foreign). A crop without a brand has no brand to strike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.cropkinds import FOREIGN, SIBLING, STRUCK, UNSPECIFIED
from engine.evaluation.labelled import LabelledCrop
from engine.evaluation.thresholds import OperatingPoint, operating_points
from engine.metrics import Estimate, Outcome, cluster_of, estimate, estimate_share, unknown_auroc

SURE = 0.5
"""Probability from which a candidate for an unknown crop would send somebody the wrong way."""


@dataclass(frozen=True)
class UnknownReport:
    """Figures of one kind of unknown crops, beside the known crops of the set."""

    crops: int
    auroc: Estimate | None
    """How well `unknown` tells these from the known crops, .5 to 1."""
    sure: int
    """Those whose first candidate has a probability of `SURE` or more."""
    sure_share: Estimate
    mean_unknown: float
    """Mean of the probability that the product is not in the catalog."""
    operating_points: list[OperatingPoint]


@dataclass(frozen=True)
class Brands:
    """The brands of the catalog's products; capitals and outer blanks do not tell two apart."""

    by_product: Mapping[str, str]
    """Brand by product id; empty where none is known."""

    def kind_of(self, brand: str) -> str:
        """Return the kind of an unknown crop that shows this brand."""
        if not _plain(brand):
            return UNSPECIFIED
        known = {_plain(each) for each in self.by_product.values()}
        return SIBLING if _plain(brand) in known else FOREIGN

    def products_of_brand(self, product: str) -> list[str]:
        """Return all products of the brand of one, itself included; none without a brand."""
        brand = _plain(self.by_product.get(product, ""))
        if not brand:
            return []
        return sorted(key for key, other in self.by_product.items() if _plain(other) == brand)


def _plain(brand: str) -> str:
    return brand.strip().casefold()


def to_strike(protocol: str, product: str, brands: Brands) -> list[str]:
    """Return the products that a protocol, `STRUCK` or `BRAND_STRUCK`, takes from the catalog."""
    return [product] if protocol == STRUCK else brands.products_of_brand(product)


def unknown_kinds(crops: Sequence[LabelledCrop], brands: Brands) -> dict[str, UnknownReport]:
    """Return the figures of each kind of unknown crops that there are."""
    known = [crop.outcome for crop in crops if crop.row.product]
    by_kind: dict[str, list[Outcome]] = {}
    for crop in crops:
        if not crop.row.product:
            by_kind.setdefault(brands.kind_of(crop.row.brand), []).append(crop.outcome)
        for outcome in crop.struck:
            by_kind.setdefault(outcome.kind, []).append(outcome)
    return {kind: _report(known, by_kind[kind]) for kind in sorted(by_kind)}


def _report(known: Sequence[Outcome], unknown: Sequence[Outcome]) -> UnknownReport:
    sure = [outcome.top_probability >= SURE for outcome in unknown]
    clusters = [cluster_of(outcome, number) for number, outcome in enumerate(unknown)]
    share = estimate_share(sure, clusters)
    assert share is not None
    return UnknownReport(
        crops=len(unknown),
        auroc=estimate(unknown_auroc, [*known, *unknown]),
        sure=sum(sure),
        sure_share=share,
        mean_unknown=float(np.mean([outcome.unknown for outcome in unknown])),
        operating_points=operating_points([*known, *unknown]),
    )

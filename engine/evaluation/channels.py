"""Channels: what each finds alone, and what its removal costs.

The signals of one pass are weighed again with some of them set to 0, which is what a channel says
that saw nothing. Unless it is asked for, the fusion is not fitted anew: the figures say what the
weights in use lose, mostly more than a refitted fusion would. Candidates that only the
removed channel proposed stay among the others, and each product is represented by the picture
that spoke for it with all channels, so *alone* flatters a channel a little. Of products that
weigh alike the right one counts as last, and *alone* a channel finds no product that it saw
nothing of.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.calibrate import ScoredCrop, fit_fusion
from engine.errors import InvalidInputError
from engine.evaluation.labelled import LabelledCrop, ScoredProducts
from engine.fusion import SIGNAL_NAMES, Floats, Posterior, product_posterior
from engine.metrics import Estimate, estimate_mean

CHANNELS = ("embedding", "keypoints", "words", "code")

Weigh = Callable[[Floats], Posterior]
"""Signals to probabilities, as `Searcher.posterior` does."""


@dataclass(frozen=True)
class Found:
    """Shares of known crops whose product came first, and among the first five."""

    top_1: Estimate
    top_5: Estimate


@dataclass(frozen=True)
class ChannelReport:
    """What one channel adds."""

    signals: list[str]
    alone: Found
    without: Found
    cost: Found
    """What removal costs: the share with all channels less that without, crop by crop."""


def channel_of(signal: str) -> str:
    """Return the channel that a signal belongs to.

    Words, codes and the embedding name their signals after themselves; all else comes of the
    keypoints and of the close comparison that they lay out.
    """
    if "word" in signal or "text" in signal:
        return "words"
    if "code" in signal or "gtin" in signal:
        return "code"
    return "embedding" if signal.startswith("embedding") else "keypoints"


def channel_reports(
    crops: Sequence[LabelledCrop], weigh: Weigh, refit_prior: float | None = None
) -> dict[str, ChannelReport]:
    """Return a report for each channel that any signal belongs to.

    Parameters
    ----------
    crops : sequence of LabelledCrop
        Those whose product the catalog lacks are passed over.
    weigh : callable
        The fusion in use.
    refit_prior : float, optional
        Fit the fusion anew for each set of channels, on one half of the products to weigh the
        other and the other way round, with this prior of unknown; `weigh` is not used then.

    Returns
    -------
    dict of str to ChannelReport
        Empty if no crop's product is in the catalog, or only one product to fit on.
    """
    known = [crop for crop in crops if crop.row.product and crop.scored]
    if not known:
        return {}
    try:
        study = _Study(known, weigh, refit_prior)
        return {name: study.report(name) for name in CHANNELS if _signals_of(name)}
    except InvalidInputError:
        if refit_prior is None:
            raise
        return {}  # too few products to fit on one half of them


def _signals_of(channel: str) -> list[str]:
    return [name for name in SIGNAL_NAMES if channel_of(name) == channel]


class _Study:
    """Known crops, weighed with some channels only."""

    def __init__(
        self, crops: Sequence[LabelledCrop], weigh: Weigh, refit_prior: float | None
    ) -> None:
        self._crops = list(crops)
        self._weigh = weigh
        self._refit_prior = refit_prior
        self._clusters = [crop.row.product for crop in crops]
        self._all = self._ranks(CHANNELS)

    def report(self, channel: str) -> ChannelReport:
        """Weigh with and without one channel."""
        rest = [name for name in CHANNELS if name != channel]
        without = self._ranks(rest)
        return ChannelReport(
            signals=_signals_of(channel),
            alone=self._found(self._ranks([channel], must_see=True)),
            without=self._found(without),
            cost=Found(self._cost(without, 1), self._cost(without, 5)),
        )

    def _ranks(self, channels: Sequence[str], *, must_see: bool = False) -> list[float]:
        """Return the rank of each crop's product; infinity where it was not found."""
        scored = [_kept(crop, channels) for crop in self._crops]
        weighers = self._weighers(scored)
        return [
            _rank(crop.row.product, each, weigh, must_see=must_see)
            for crop, each, weigh in zip(self._crops, scored, weighers, strict=True)
        ]

    def _weighers(self, scored: Sequence[ScoredProducts]) -> list[Weigh]:
        """Return what weighs each crop: the fusion in use, or one fitted to the other half."""
        if self._refit_prior is None:
            return [self._weigh] * len(scored)
        names = sorted(set(self._clusters))
        sides = [names.index(product) % 2 for product in self._clusters]
        fitted = [self._fitted(scored, sides, other) for other in (1, 0)]
        return [fitted[side] for side in sides]

    def _fitted(self, scored: Sequence[ScoredProducts], sides: Sequence[int], side: int) -> Weigh:
        """Fit the fusion to the crops of one side."""
        lessons = [
            _scored_crop(product, each)
            for product, each, its_side in zip(self._clusters, scored, sides, strict=True)
            if its_side == side
        ]
        model, prior = fit_fusion(lessons, "half of the products"), self._refit_prior
        assert prior is not None
        return lambda signals: product_posterior(signals, model, prior)

    def _found(self, ranks: Sequence[float]) -> Found:
        return Found(
            self._mean([float(rank <= 1) for rank in ranks]),
            self._mean([float(rank <= 5) for rank in ranks]),
        )

    def _cost(self, without: Sequence[float], k: int) -> Estimate:
        pairs = zip(self._all, without, strict=True)
        return self._mean([float(rank <= k) - float(other <= k) for rank, other in pairs])

    def _mean(self, values: Sequence[float]) -> Estimate:
        mean = estimate_mean(values, self._clusters)
        assert mean is not None
        return mean


def _kept(crop: LabelledCrop, channels: Sequence[str]) -> ScoredProducts:
    """Return a crop's candidates with the signals of the other channels at 0."""
    assert crop.scored is not None
    is_kept = np.array([channel_of(name) in channels for name in SIGNAL_NAMES])
    signals = np.where(is_kept, crop.scored.signals, 0.0)
    each = crop.scored
    return ScoredProducts(each.products, signals, each.pictures)


def _rank(product: str, scored: ScoredProducts, weigh: Weigh, *, must_see: bool) -> float:
    if product not in scored.products:
        return np.inf
    row = scored.products.index(product)
    if must_see and not scored.signals[row].any():
        return np.inf
    probabilities = weigh(scored.signals).products
    return float(np.sum(probabilities >= probabilities[row]))


def _scored_crop(product: str, scored: ScoredProducts) -> ScoredCrop:
    right = scored.products.index(product) if product in scored.products else None
    return ScoredCrop(scored.signals, right, product)

"""Weighing: candidates compared with a crop, from the coarse to the close, and made probable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from sqlalchemy.orm import Session

from engine.catalog.store import CatalogStore
from engine.compare import CropComparer, best_by_product
from engine.comparison import Comparison, NearImage
from engine.embed.workers import workers
from engine.fusion import (
    Floats,
    FusionModel,
    Posterior,
    product_posterior,
    rank_scores,
    signal_matrix,
)
from engine.look import DetailChannels, Look
from engine.stopwatch import Stopwatch

N_COMPARED = 100
"""Reference images whose details are compared."""

N_PATTERNS = 20
"""Products whose likeliest picture is compared as a pattern, if it is one."""

N_CLOSE = 12
"""Products whose likeliest picture is compared with the crop place by place."""

DOUBT = (0.3, 0.9)
"""Probabilities of the first candidate between which the crop is read again, laid straight."""


@dataclass(frozen=True)
class Weighed:
    """The candidates of a crop, the likeliest first, and what speaks for each."""

    comparisons: list[Comparison]
    posterior: Posterior

    def likeliest(self, count: int) -> list[Comparison]:
        """Return the first ones by probability; of equals the one that came first."""
        order = np.argsort(-self.posterior.products, kind="stable")[:count]
        return [self.comparisons[row] for row in order.tolist()]


class Weigher:
    """Gives candidates their probabilities by one fusion; safe to call from threads."""

    def __init__(
        self, fusion: FusionModel, unknown_prior: float, channels: DetailChannels | None
    ) -> None:
        self._fusion = fusion
        self._unknown_prior = unknown_prior
        self._channels = channels

    def posterior(self, signals: Floats, categories: Sequence[str] = ()) -> Posterior:
        """Return the probabilities that these signals give."""
        return product_posterior(signals, self._fusion, self._unknown_prior, categories)

    def weigh(
        self, session: Session, look: Look, near: Sequence[NearImage], watch: Stopwatch
    ) -> Weighed:
        """Compare candidates with a crop and give each product a probability.

        Parameters
        ----------
        session : sqlalchemy.orm.Session
            Of the catalog.
        look : Look
            At the crop.
        near : sequence of NearImage
            The candidates; only the first ones are compared by more than their look.
        watch : Stopwatch
            Told how long each stage takes.

        Returns
        -------
        Weighed
            One comparison a product, with its likest picture.
        """
        with watch.stage("compare"):
            comparer = self._comparer(session, look, near)
            weighed = self._weighed(self._compare(comparer, near))
        if comparer is None or not self._reads_crops() or not _is_in_doubt(weighed):
            return weighed
        with watch.stage("read again"):
            return self._weighed(self._read_again(comparer, weighed))

    def _reads_crops(self) -> bool:
        return self._channels is not None and self._channels.extractor.reads_crops

    def _weighed(self, comparisons: Sequence[Comparison]) -> Weighed:
        """Give each product a probability, by its likest picture."""
        best = [comparisons[row] for row in self._likest(comparisons)]
        signals = signal_matrix([each.signals for each in best])
        posterior = self.posterior(signals, [each.image.product.category for each in best])
        return Weighed(best, posterior)

    def _likest(self, comparisons: Sequence[Comparison]) -> list[int]:
        """Return the row of each product's likest picture, likest product first."""
        signals = signal_matrix([each.signals for each in comparisons])
        return best_by_product(comparisons, rank_scores(signals, self._fusion))

    def _comparer(
        self, session: Session, look: Look, near: Sequence[NearImage]
    ) -> CropComparer | None:
        """Return what compares the crop with the nearest; None where only looks are compared."""
        channels = self._channels
        if channels is None or look.details is None:
            return None
        ids = [each.image.id for each in near[:N_COMPARED]]
        stored = CatalogStore(session).details_of(ids, channels.extractor.version)
        rarity = channels.words.index(session).rarity
        return CropComparer(look.image, look.details, rarity, stored)

    def _compare(
        self, comparer: CropComparer | None, near: Sequence[NearImage]
    ) -> list[Comparison]:
        """Compare the nearest by their details, and the likeliest of these place by place."""
        if comparer is None:
            return [Comparison(each.image, each.score) for each in near]
        some, rest = near[:N_COMPARED], near[N_COMPARED:]
        compared = comparer.compare(some)
        self._redo(compared, N_PATTERNS, comparer.compare_pattern)
        self._redo(compared, N_CLOSE, partial(self._looked_closely, comparer))
        return compared + [Comparison(each.image, each.score) for each in rest]

    def _redo(
        self, compared: list[Comparison], count: int, compare: Callable[[Comparison], Comparison]
    ) -> None:
        """Compare the likeliest products once more, in another way."""
        rows = self._likest(compared)[:count]
        again = workers().map(compare, [compared[row] for row in rows])
        for row, comparison in zip(rows, again, strict=True):
            compared[row] = comparison

    def _looked_closely(self, comparer: CropComparer, comparison: Comparison) -> Comparison:
        if comparison.match is None or not comparison.match.is_plausible:
            return comparison  # without reading the reference
        assert self._channels is not None
        return comparer.look_closely(comparison, self._channels.pictures.read(comparison.image))

    def _read_again(self, comparer: CropComparer, weighed: Weighed) -> list[Comparison]:
        """Read the crop laid straight onto the first candidate, and hold all against its words.

        Small print is read better that way, and with it the word that tells siblings apart.
        """
        assert self._channels is not None
        extractor, comparisons = self._channels.extractor, weighed.comparisons
        words = comparer.read_again(weighed.likeliest(1)[0], extractor.read_again)
        if words is None:
            return comparisons
        return [
            each if each.close is None else comparer.contradicted(each, words)
            for each in comparisons
        ]


def _is_in_doubt(weighed: Weighed) -> bool:
    """Tell whether another look may change the answer."""
    low, high = DOUBT
    return low <= float(weighed.posterior.products.max(initial=0.0)) <= high

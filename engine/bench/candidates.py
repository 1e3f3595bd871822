"""Candidates: how often each channel alone names the right product among those compared closely.

A product that no channel brings among the first `N_COMPARED` pictures cannot be recognised,
whatever is compared afterwards. So each channel is asked for that many, and what the searcher
unites out of them is cut where its comparison ends.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bench.filling import count_references
from engine.bench.memory import resident_mb
from engine.candidates import Candidates, Filters
from engine.catalog.manifest import QueryRow, read_queries
from engine.catalog.models import Product, ReferenceImage
from engine.crops import crop_from_file
from engine.embed.features import DetailExtractor
from engine.embed.text.matching import tokens_of
from engine.errors import InvalidInputError
from engine.evaluation.progress import Progress, ignore_progress
from engine.look import DetailChannels, Look, Looker
from engine.metrics import Estimate, estimate_share
from engine.stopwatch import Stopwatch
from engine.weighing import N_COMPARED
from engine.wiring import Parts, build_parts

LOOK, DETAILS, WORDS = "look", "details", "words"
ANY, UNION = "any of them", "united"
ALL = "all"

Find = Callable[[Session, Look], list[int]]
"""Names products by number for a crop, the likest first, some of them several times."""


@dataclass(frozen=True)
class SoughtCrop:
    """A labelled crop, as the channels see it, and the number of its product."""

    product: int
    category: str
    look: Look


@dataclass(frozen=True)
class ChannelCost:
    """What asking one channel takes, once the catalog is in memory."""

    median_ms: float
    p95_ms: float
    memory_mb: float | None
    """What taking in the catalog added; None where the system does not tell, or nothing was."""


@dataclass(frozen=True)
class CandidateReport:
    """Recall of each channel in a catalog of one size."""

    references: int
    made_up: int
    crops: int
    compared: int
    """Pictures that each channel, and their union, may name."""
    recall: dict[str, dict[str, Estimate]]
    """Share of crops whose product was named, by channel, then by category; `any of them` is what
    no union of as many pictures from each could exceed."""
    gained: int
    """Crops whose product the union has and the look alone has not."""
    lost: int
    """The other way round."""
    costs: dict[str, ChannelCost]


def read_sought(
    parts: Parts, queries: Path, every: int = 1, on_progress: Progress = ignore_progress
) -> list[SoughtCrop]:
    """Take in each n-th crop whose product the catalog has, in the order of their products.

    Raises
    ------
    InvalidInputError
        If there is none, or details are not compared.
    ImageError, OSError
        If a crop cannot be read.
    """
    rows = [row for row in read_queries(queries) if isinstance(row, QueryRow)]
    with parts.sessions() as session:
        numbers = {row[0]: row[1] for row in session.execute(select(Product.key, Product.id))}
    known = sorted((row.product, row.line, row) for row in rows if row.product in numbers)[::every]
    if not known:
        raise InvalidInputError("no labelled crop shows a product of this catalog")
    extractor_of(parts)  # there is one
    looker = Looker(parts.encoder, parts.channels)
    sought = []
    for done, (product, _, row) in enumerate(known, start=1):
        look = looker.look(crop_from_file(row.image, parts.limits, row.box), Stopwatch())
        sought.append(SoughtCrop(numbers[product], row.category, look))
        on_progress(done, len(known))
    return sought


def extractor_of(parts: Parts) -> DetailExtractor:
    """Return what finds details.

    Raises
    ------
    InvalidInputError
        If details are not compared.
    """
    if parts.extractor is None:
        raise InvalidInputError("the look is the only channel: set ENGINE_DETAILS=1")
    return parts.extractor


def measure_candidates(
    parts: Parts,
    crops: Sequence[SoughtCrop],
    made_up: int = 0,
    on_progress: Progress = ignore_progress,
) -> CandidateReport:
    """Ask each channel for the candidates of each crop.

    Parameters
    ----------
    parts : Parts
        Of the catalog; the channels take it in anew, so that their memory shows.
    crops : sequence of SoughtCrop
        At least one.
    made_up : int
        References of the catalog that were made up, to be told beside the figures.
    on_progress : callable
        Called after each crop.

    Returns
    -------
    CandidateReport
        With each recall its 95 % interval by bootstrap over products.
    """
    before = resident_mb()
    fresh = build_parts(parts.settings, parts.database, parts.encoder, parts.extractor)
    with fresh.sessions() as session:
        finders = _finders(fresh, _owners(session))
        memory = {LOOK: _grown(before)} | {
            name: _memory_of(finders[name], session, crops[0].look) for name in (DETAILS, WORDS)
        }
        asked = [_Asked(finders) for _ in crops]
        for done, (crop, each) in enumerate(zip(crops, asked, strict=True), start=1):
            each.ask(session, crop)
            on_progress(done, len(crops))
    return CandidateReport(
        references=count_references(fresh.sessions),
        made_up=made_up,
        crops=len(crops),
        compared=N_COMPARED,
        recall=_recalls(crops, asked),
        gained=sum(UNION in each.named_by and LOOK not in each.named_by for each in asked),
        lost=sum(LOOK in each.named_by and UNION not in each.named_by for each in asked),
        costs={name: _cost(asked, name, memory.get(name)) for name in finders},
    )


def _memory_of(find: Find, session: Session, look: Look) -> float | None:
    before = resident_mb()
    find(session, look)
    return _grown(before)


def _grown(before: float | None) -> float | None:
    after = resident_mb()
    return None if before is None or after is None else round(after - before, 1)


def _owners(session: Session) -> dict[int, int]:
    """Return the product of each picture, by their numbers."""
    rows = session.execute(select(ReferenceImage.id, ReferenceImage.product_id)).all()
    return {row[0]: row[1] for row in rows}


def _finders(parts: Parts, owners: Mapping[int, int]) -> dict[str, Find]:
    """Return what asks each channel, and all of them as the searcher unites them."""
    channels = parts.channels
    assert channels is not None
    return {
        LOOK: lambda session, look: _by_look(parts, session, look),
        DETAILS: lambda session, look: _by_details(channels, owners, session, look),
        WORDS: lambda session, look: _by_words(channels, session, look),
        UNION: lambda _, look: [
            near.image.product_id for near in parts.searcher.candidates(look)[:N_COMPARED]
        ],
    }


def _by_look(parts: Parts, session: Session, look: Look) -> list[int]:
    by_look = Candidates(parts.encoder.fingerprint, parts.index, channels=None)
    return [near.image.product_id for near in by_look.near(session, look, Filters())[:N_COMPARED]]


def _by_details(
    channels: DetailChannels, owners: Mapping[int, int], session: Session, look: Look
) -> list[int]:
    assert look.details is not None
    images = channels.details.list(session).images(look.details.aggregate, N_COMPARED)
    return [owners[number] for number in images.tolist()]


def _by_words(channels: DetailChannels, session: Session, look: Look) -> list[int]:
    assert look.details is not None
    tokens = tokens_of(look.details.words)
    return [number for number, _ in channels.words.index(session).candidates(tokens, N_COMPARED)]


class _Asked:
    """What each channel said of one crop, and how long that took."""

    def __init__(self, finders: Mapping[str, Find]) -> None:
        self._finders = finders
        self.named_by: set[str] = set()
        self.took_ms: dict[str, float] = {}

    def ask(self, session: Session, crop: SoughtCrop) -> None:
        """Ask all channels."""
        for name, find in self._finders.items():
            start = perf_counter()
            products = find(session, crop.look)
            self.took_ms[name] = (perf_counter() - start) * 1000
            if crop.product in products:
                self.named_by.add(name)
        if self.named_by - {UNION}:
            self.named_by.add(ANY)


def _recalls(
    crops: Sequence[SoughtCrop], asked: Sequence[_Asked]
) -> dict[str, dict[str, Estimate]]:
    categories = [ALL, *sorted({crop.category for crop in crops} - {""})]
    return {
        name: {
            category: _recall(name, [pair for pair in pairs if category in (ALL, pair[0].category)])
            for category in categories
        }
        for name in (LOOK, DETAILS, WORDS, ANY, UNION)
        for pairs in [list(zip(crops, asked, strict=True))]
    }


def _recall(name: str, pairs: Sequence[tuple[SoughtCrop, _Asked]]) -> Estimate:
    share = estimate_share(
        [name in each.named_by for _, each in pairs], [str(crop.product) for crop, _ in pairs]
    )
    assert share is not None
    return share


def _cost(asked: Sequence[_Asked], name: str, memory_mb: float | None) -> ChannelCost:
    times = [each.took_ms[name] for each in asked]
    median, p95 = np.quantile(times, [0.5, 0.95])
    return ChannelCost(round(float(median), 1), round(float(p95), 1), memory_mb)

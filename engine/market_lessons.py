"""Labelled crops with the country where they were bought, as a fit of the clues wants them."""

from collections.abc import Callable
from pathlib import Path

from engine.answers import market_votes
from engine.catalog.manifest import QueryRow, read_queries
from engine.crops import crop_from_file
from engine.embed.image import DecodeLimits
from engine.errors import ImageError
from engine.markets.fit import MarketLesson
from engine.markets.judge import CountryJudge
from engine.search import Searcher


def located_rows(queries: Path) -> list[QueryRow]:
    """Return the rows of a query file that say in which country the item was bought."""
    return [row for row in read_queries(queries) if isinstance(row, QueryRow) and row.market]


def market_lessons(
    searcher: Searcher,
    judge: CountryJudge,
    rows: list[QueryRow],
    limits: DecodeLimits,
    on_progress: Callable[[int, int], None],
) -> list[MarketLesson]:
    """Search the crops of the rows; a picture that cannot be read is passed over."""
    lessons = []
    for done, row in enumerate(rows, start=1):
        try:
            examined = searcher.examine(crop_from_file(row.image, limits, row.box), limit=1)
        except (ImageError, OSError):
            continue
        weighed = examined.weighed
        votes = market_votes(weighed.comparisons, weighed.posterior, None)
        clues = judge.read(examined.look.details)
        lessons.append(MarketLesson(tuple(votes), tuple(clues), row.market))
        on_progress(done, len(rows))
    return lessons

"""Hears candidates and clues of a crop, and answers where it may have been bought."""

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.catalog.store import CatalogStore
from engine.embed.codes.reading import Code
from engine.embed.features import CropDetails
from engine.embed.image import Box
from engine.embed.local.logos import Lettering
from engine.embed.text.words import Word
from engine.markets.answer import CountryAnswer, HeardClue, country_answer
from engine.markets.brand import BrandBook, brand_clue, likely_brands
from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.coverage import table_countries
from engine.markets.posterior import MarketVote
from engine.markets.prior import CountryPrior
from engine.markets.weights import Weights, load_weights

FITS = 0.05
"""With less than this probability of "not in the catalog" no brand is asked for."""

NOWHERE = Lettering(0.0, Box(0, 0, 1, 1))

ClueReader = Callable[[PackText, Sequence[Code]], Sequence[Clue]]


def read_nothing(pack: PackText, codes: Sequence[Code]) -> Sequence[Clue]:
    """Find no clue, whatever the pack says."""
    del pack, codes
    return ()


class CountryJudge:
    """Answers for the crops of one catalog; safe to call from threads."""

    def __init__(
        self,
        read_clues: ClueReader = read_nothing,
        prior: str = "",
        weights: Weights | None = None,
    ) -> None:
        """Read the prior that a setting gives (`SE=3,NO=1,*=0.1`), and the tables of weights."""
        self._read_clues = read_clues
        self._setting = CountryPrior.parse(prior, table_countries())
        self.weights = weights or load_weights()
        self._lock = threading.Lock()
        self._known: CatalogMarkets | None = None

    def judge(
        self,
        session: Session,
        votes: Sequence[MarketVote],
        details: CropDetails | None,
        origin: tuple[int, int] = (0, 0),
    ) -> CountryAnswer:
        """Return what is said of countries about one crop.

        Parameters
        ----------
        session : sqlalchemy.orm.Session
            Of the catalog that was searched.
        votes : sequence of MarketVote
            All candidates.
        details : CropDetails, optional
            What was read in the crop; without it there are no clues.
        origin : tuple of int
            Where the part that was searched begins in the whole picture: left, top, px.

        Returns
        -------
        CountryAnswer
            Markets, regions, clues and the verdict.
        """
        heard = [HeardClue(clue, self.weights.weigh(clue)) for clue in self.read(details)]
        heard += self._of_brands(session, votes, details)
        return country_answer(votes, heard, self.prior(session), origin)

    def judge_pack(self, session: Session, words: Sequence[Word]) -> CountryAnswer:
        """Return what the words on a reference picture say, whatever the catalog claims of it."""
        clues = self._read_clues(PackText.of(words), ())
        heard = [HeardClue(clue, self.weights.weigh(clue)) for clue in clues]
        return country_answer((), heard, self.prior(session))

    def prior(self, session: Session) -> CountryPrior:
        """Return the prior over the countries of the tables and of the catalog as it is now."""
        return self._setting.extended(self._markets(session).countries)

    def read(self, details: CropDetails | None) -> list[Clue]:
        """Return the clues of what was read in a crop."""
        if details is None:
            return []
        return list(self._read_clues(PackText.of(details.words), details.codes))

    def _of_brands(
        self, session: Session, votes: Sequence[MarketVote], details: CropDetails | None
    ) -> list[HeardClue]:
        """Return where the likely brands are sold, as far as no product fits."""
        unknown = 1 - sum(vote.probability for vote in votes)
        if unknown < FITS:
            return []
        neighbours: dict[str, float] = defaultdict(float)
        for vote in votes:
            neighbours[vote.brand] += vote.probability
        book = self._markets(session).brands
        words = details.words if details else []
        found = likely_brands(book, words, neighbours, _likest_logos(votes))
        clues = [clue for each in found if (clue := brand_clue(each, book)) is not None]
        return [HeardClue(clue, self.weights.weigh(clue, share * unknown)) for clue, share in clues]

    def _markets(self, session: Session) -> "CatalogMarkets":
        """Return what the catalog says of markets, taken anew when it changed."""
        store = CatalogStore(session)
        with self._lock:
            if self._known is None or self._known.version != store.version():
                self._known = CatalogMarkets.of(store)
            return self._known


def _likest_logos(votes: Sequence[MarketVote]) -> dict[str, Lettering]:
    """Return, by brand, the lettering that the crop shows likest."""
    likest: dict[str, Lettering] = {}
    for vote in votes:
        if vote.logo and vote.logo.likeness > likest.get(vote.brand, NOWHERE).likeness:
            likest[vote.brand] = vote.logo
    return likest


@dataclass(frozen=True)
class CatalogMarkets:
    """What one version of the catalog says of markets beside its products' own."""

    version: int
    countries: frozenset[str]
    brands: BrandBook

    @classmethod
    def of(cls, store: CatalogStore) -> "CatalogMarkets":
        """Read it; about a second for each 100,000 products."""
        brands = BrandBook(store.brand_names(), store.brand_sales())
        return cls(store.version(), frozenset(store.market_countries()), brands)

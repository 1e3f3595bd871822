"""Hears candidates and clues of a crop, and answers where it may have been bought."""

import threading
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from engine.catalog.store import CatalogStore
from engine.embed.codes.reading import Code
from engine.embed.features import CropDetails
from engine.markets.answer import CountryAnswer, HeardClue, country_answer
from engine.markets.clues.clue import Clue
from engine.markets.clues.pack import PackText
from engine.markets.coverage import table_countries
from engine.markets.posterior import MarketVote
from engine.markets.prior import CountryPrior
from engine.markets.weights import Weights, load_weights

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
        self._weights = weights or load_weights()
        self._lock = threading.Lock()
        self._version = -1
        self._prior = self._setting

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
        return country_answer(votes, self._read(details), self.prior(session), origin)

    def prior(self, session: Session) -> CountryPrior:
        """Return the prior over the countries of the tables and of the catalog as it is now."""
        store = CatalogStore(session)
        with self._lock:
            if (version := store.version()) != self._version:
                self._prior = self._setting.extended(store.market_countries())
                self._version = version
            return self._prior

    def _read(self, details: CropDetails | None) -> list[HeardClue]:
        if details is None:
            return []
        clues = self._read_clues(PackText.of(details.words), details.codes)
        return [HeardClue(clue, self._weights.weigh(clue)) for clue in clues]

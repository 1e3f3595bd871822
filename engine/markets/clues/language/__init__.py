"""Languages that stand on a pack: by the words that packs use, not by a general detector.

English beside another language is decoration: its words stand on packs of every country, so that
it speaks only where it is alone, or has the most to say. Regional words and spellings, such as
`zumo` and `jugo`, narrow a language to the countries that use them.
"""

from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.language.english import ENGLISH
from engine.markets.clues.language.partners import SHARED, blend, mixed, partners_of
from engine.markets.clues.language.regions import region_of
from engine.markets.clues.language.speech import Speech, tells_in_english
from engine.markets.clues.language.speeches import speeches_of
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_TEXT_WORDS_MAX = 8
_KIND = "language"


def read_language(pack: PackText) -> list[Clue]:
    """Return one clue for each language that clearly stands on a pack, the strongest first."""
    speeches = speeches_of(pack.text)
    is_english = tells_in_english(speeches)
    return [_clue(pack, each) for each in speeches if is_english or each.main != ENGLISH]


def _clue(pack: PackText, speech: Speech) -> Clue:
    region = region_of(pack.text, speech)
    best = sorted(speech.tokens, key=lambda token: (-len(token.word), token.start))
    shown = sorted(best[:_TEXT_WORDS_MAX], key=lambda token: token.start)
    return Clue(
        kind=_KIND,
        value=region.tag if region else speech.value,
        text=" ".join(pack.text[token.start : token.end] for token in shown),
        fact=Fact.LANGUAGE,
        countries=region.countries_beside(countries_of(speech)) if region else countries_of(speech),
        rule=f"language_words {speech.value}" + (f", {region.rule}" if region else ""),
        source=_sources()[speech.main],
        certainty=speech.certainty,
        box=pack.box(shown[0].start, shown[-1].end) if shown else None,
    )


def countries_of(speech: Speech, shared: float = SHARED) -> dict[str, float]:
    """Return where goods with a language, or with one of those not told apart, are sold.

    `shared` is the share of packs that have more languages than the crop shows.
    """
    return blend(
        (mixed(home_of(language), partners_of(language), shared), share)
        for language, share in speech.shares
    )


def home_of(language: str) -> dict[str, float]:
    """Return where goods are sold that have this language alone."""
    return _countries()[language]


@cache
def _countries() -> dict[str, dict[str, float]]:
    rows = read_table("language_countries")
    return {row["language"]: strengths(row["countries"]) for row in rows}


@cache
def _sources() -> dict[str, str]:
    return {row["language"]: row["source"] for row in read_table("language_countries")}

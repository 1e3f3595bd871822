"""Regions: words that one region of a language uses and the others do not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from engine.markets.clues.language.partners import mixed
from engine.markets.clues.language.speech import Speech
from engine.markets.clues.language.tokens import Token, caseless, tokens_of
from engine.markets.clues.table import read_table, strengths

_WORDS_MIN = 1
_SURE_SHARE = 0.6
_DOUBT = 0.3
"""Share left to the whole language by one word of a region, which a neighbour may use too."""
_SHARP_S = "ss"


@dataclass(frozen=True)
class Region:
    """A region's way of writing a language."""

    tag: str
    """A BCP 47 tag, such as `pt-BR`."""
    countries: Mapping[str, float]
    words: frozenset[str]
    rule: str = ""
    found: int = 0
    """How many of its words were read."""

    def countries_beside(self, language: Mapping[str, float]) -> dict[str, float]:
        """Return its countries, and with what doubt is left those of the whole language."""
        return mixed(self.countries, language, _DOUBT if self.found == 1 else _DOUBT**2)


def region_of(text: str, speech: Speech) -> Region | None:
    """Return the region whose words stand in a text, and no other region's of that language."""
    if speech.shares[0][1] < _SURE_SHARE:
        return None
    said = {token.word for token in tokens_of(text) if not _may_hide_a_sharp_s(text, token)}
    counts = {region.tag: len(region.words & said) for region in _regions(speech.main)}
    counts = {tag: count for tag, count in counts.items() if count >= _WORDS_MIN}
    if not counts:
        return None
    best = max(counts.values())
    leaders = [region for region in _regions(speech.main) if counts.get(region.tag) == best]
    return replace(leaders[0], found=best) if len(leaders) == 1 else None


def _may_hide_a_sharp_s(text: str, token: Token) -> bool:
    """Say whether ß stands there, or may be written SS, as capitals have it: `EIWEISS`, `Eiweiß`.

    Without case both are `eiweiss`, which is Swiss only where it is printed so.
    """
    printed = text[token.start : token.end]
    return _SHARP_S in token.word and (printed.isupper() or "ß" in printed)


@cache
def _regions(language: str) -> tuple[Region, ...]:
    return tuple(
        Region(
            tag=row["tag"],
            countries=strengths(row["countries"]),
            words=frozenset(caseless(word) for word in row["words"].split()),
            rule=f"language_regions {row['tag']}",
        )
        for row in read_table("language_regions")
        if row["tag"].startswith(f"{language}-") or row["tag"] == language
    )

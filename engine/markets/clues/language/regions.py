"""Regions: words that one region of a language uses and the others do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.markets.clues.language.speech import Speech
from engine.markets.clues.language.tokens import caseless, tokens_of
from engine.markets.clues.table import read_table, strengths

_WORDS_MIN = 1
_SURE_SHARE = 0.6


@dataclass(frozen=True)
class Region:
    """A region's way of writing a language."""

    tag: str
    """A BCP 47 tag, such as `pt-BR`."""
    countries: Mapping[str, float]
    words: frozenset[str]
    rule: str = ""


def region_of(text: str, speech: Speech) -> Region | None:
    """Return the region whose words stand in a text, and no other region's of that language."""
    if speech.shares[0][1] < _SURE_SHARE:
        return None
    said = {token.word for token in tokens_of(text)}
    counts = {region.tag: len(region.words & said) for region in _regions(speech.main)}
    counts = {tag: count for tag, count in counts.items() if count >= _WORDS_MIN}
    if not counts:
        return None
    best = max(counts.values())
    leaders = [region for region in _regions(speech.main) if counts.get(region.tag) == best]
    return leaders[0] if len(leaders) == 1 else None


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

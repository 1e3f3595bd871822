"""Sets of languages: packs for a country with two, or for neighbours, show telling ones together.

The languages that stand on a crop, English aside, are a set of the table, or a part of wider ones,
whose countries stay in with a share, as a crop rarely shows a whole pack. Those that no set has
together stand for the countries of each, and one that was read faintly beside others for fewer.
Tags before the texts tell the languages of a pack better than its words. A set speaks in place of
its languages: `without_members` takes their own clues out.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from engine.markets.clues.clue import Clue
from engine.markets.clues.country_code import CODE_BEFORE
from engine.markets.clues.language import countries_of, home_of
from engine.markets.clues.language.english import ENGLISH
from engine.markets.clues.language.partners import SHARED, blend, mixed, wider_sets_of
from engine.markets.clues.language.speech import Speech, tells_in_english
from engine.markets.clues.language.speeches import speeches_of
from engine.markets.clues.language.tags import Span, tagged_languages
from engine.markets.clues.language.twins import english_twins
from engine.markets.clues.pack import PackText
from engine.markets.clues.table import read_table, strengths
from engine.markets.facts import Fact

_KIND = "language_set"
_MEMBERS_MIN = 2
_WORDS_SHOWN = 3
_FAINT = 0.5
"""Part of the evidence of the clearest language from which another is no misreading of it."""
_WIDER = 0.7
"""Share of a wider set's countries where the languages are no set by themselves."""
_FEW_WORDS = 0.5
"""What a word in each of two languages is worth beside sentences, and the share of the countries of
each that they leave: `Schokolade Chocolat` may be a part of any pack that has more languages."""
_SHARED_MIN = 0.2
"""Strength of a set for a region's country from which the region tells nothing new."""
_SIDE_BY_SIDE = "language_sets, part of a wider set or none"
_TAGS = "language_tags"
_EACH = "language_sets.csv; language_countries.csv"


def read_language_set(pack: PackText) -> list[Clue]:
    """Return the set that a pack's languages form, if a row of the table has it."""
    if tagged := tagged_languages(pack.text):
        return [_clue_of_tags(pack, tagged)]
    speeches = speeches_of(pack.text)
    spoken = frozenset(speech.main for speech in speeches)
    if len(spoken) >= _MEMBERS_MIN and spoken in _sets():
        return [_clue(pack, spoken, speeches)]
    is_english = tells_in_english(speeches) or _is_list(speeches)
    members = spoken if is_english else spoken - {ENGLISH}
    if len(members) >= _MEMBERS_MIN:
        return [_clue(pack, members, [one for one in speeches if one.main in members])]
    return [
        _clue(pack, frozenset((ENGLISH, one.main)), (one, english))
        for one, english in _twins(pack, speeches)
    ]


def _twins(pack: PackText, speeches: Sequence[Speech]) -> Iterator[tuple[Speech, Speech]]:
    """Yield the one language of a label with English, if each of its words stands in English too.

    English needs more words than that to be read for itself.
    """
    others = [speech for speech in speeches if speech.main != ENGLISH]
    for other in others if len(others) == 1 else ():
        words = english_twins(pack.text, other)
        if words and frozenset((ENGLISH, other.main)) in _sets():
            yield other, Speech(((ENGLISH, 1.0),), other.evidence, words)


def _is_list(speeches: Sequence[Speech]) -> bool:
    """Say whether each language has a word alone: `Cotton Coton Baumwolle`, English like others."""
    return len(speeches) > _MEMBERS_MIN and all(len(speech.tokens) == 1 for speech in speeches)


def without_members(clues: Sequence[Clue]) -> list[Clue]:
    """Leave out the clues of single languages that a set, or a code before a text, speaks for."""
    sets = [clue for clue in clues if clue.kind == _KIND]
    if any(clue.rule.startswith(_TAGS) for clue in sets):
        return [clue for clue in clues if clue.kind != "language"]
    members = {tag for clue in sets for tag in clue.value.split("+")}
    members |= {clue.rule.rpartition(" ")[2] for clue in clues if CODE_BEFORE in clue.rule}
    return [
        clue
        for clue in clues
        if clue.kind != "language" or not (_tags(clue) <= members or _agrees(clue, sets))
    ]


def _agrees(clue: Clue, sets: Sequence[Clue]) -> bool:
    """Say whether packs with a set are those of a region too, such as `es+pt` and `pt-PT`.

    Then the region does not tell its country from those of the other languages.
    """
    language, dash, _ = clue.value.partition("-")
    home = max(clue.countries, key=lambda country: clue.countries[country])
    return bool(dash) and any(
        each.rule != _SIDE_BY_SIDE
        and language in each.value.split("+")
        and each.countries.get(home, 0.0) >= _SHARED_MIN
        for each in sets
    )


def _tags(clue: Clue) -> set[str]:
    """Return a clue's languages; a region's tag, such as `fr-CA`, stays its own."""
    return set(clue.value.split("|")[:1])


def _clue(pack: PackText, members: frozenset[str], speeches: Sequence[Speech]) -> Clue:
    countries, rule, source = _meaning(members, speeches)
    tokens = [token for speech in speeches for token in speech.tokens[:_WORDS_SHOWN]]
    return Clue(
        kind=_KIND,
        value="+".join(sorted(members)),
        text=" ".join(pack.text[token.start : token.end] for token in tokens),
        fact=Fact.LANGUAGE,
        countries=countries,
        rule=rule,
        source=source,
        certainty=_FEW_WORDS if _are_few_words(speeches) else 1.0,
    )


def _are_few_words(speeches: Sequence[Speech]) -> bool:
    """Say whether two languages have a word each, as a part of a pack with more languages has."""
    return len(speeches) == _MEMBERS_MIN and all(len(each.long_tokens) <= 1 for each in speeches)


def _clue_of_tags(pack: PackText, tagged: Mapping[str, Span]) -> Clue:
    """Return the clue of languages that tags announce; with English among them it is for export."""
    members = frozenset(tagged)
    row = None if "en" in members else _sets().get(members)
    if row:
        countries, rule, source = strengths(row["countries"]), row["languages"], row["source"]
    else:
        countries = blend((home_of(language), 1.0) for language in sorted(members))
        rule, source = "each", _EACH
    spans = sorted(tagged.values())
    return Clue(
        kind=_KIND,
        value="+".join(sorted(members)),
        text=" ".join(pack.text[start:end] for start, end in spans),
        fact=Fact.LANGUAGE,
        countries=countries,
        rule=f"{_TAGS}, {rule}",
        source=source,
        box=pack.box(spans[0][0], spans[-1][1]),
    )


def _meaning(
    members: frozenset[str], speeches: Sequence[Speech]
) -> tuple[dict[str, float], str, str]:
    """Return the countries of a set, the rule that tells them, and its source."""
    wider = wider_sets_of(members)
    if row := _sets().get(members):
        countries = mixed(strengths(row["countries"]), wider, SHARED)
        if _are_few_words(speeches):
            countries = mixed(countries, _countries_of_each(speeches), _FEW_WORDS)
        return countries, f"language_sets {row['languages']}", row["source"]
    return mixed(_countries_of_each(speeches), wider, _WIDER), _SIDE_BY_SIDE, _EACH


def _countries_of_each(speeches: Sequence[Speech]) -> dict[str, float]:
    most = max(speech.evidence for speech in speeches)
    return blend(
        (countries_of(speech, 0.0), min(speech.evidence / (most * _FAINT), 1.0))
        for speech in speeches
    )


@cache
def _sets() -> dict[frozenset[str], dict[str, str]]:
    return {
        frozenset(row["languages"].split("+")): dict(row) for row in read_table("language_sets")
    }

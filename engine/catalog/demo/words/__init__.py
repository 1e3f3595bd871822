"""The words of the packs, one file a language."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Language:
    """The words that a pack in this language carries."""

    code: str
    script: str
    nouns: dict[str, str]  # what the thing is, by article
    variants: dict[str, str]  # flavours, scents and colours
    phrases: dict[str, str]  # slogans and small print
    titles: dict[str, tuple[str, ...]]  # of magazines, books and leaflets


@cache
def language(code: str) -> Language:
    """Return a language by its code."""
    table = json.loads((files(__package__) / f"{code}.json").read_text(encoding="utf-8"))
    titles = {article: tuple(names) for article, names in table["titles"].items()}
    return Language(
        code, table["script"], table["nouns"], table["variants"], table["phrases"], titles
    )


@cache
def languages() -> tuple[Language, ...]:
    """Return all languages, ordered by code."""
    names = sorted(entry.name for entry in files(__package__).iterdir())
    return tuple(language(name[:-5]) for name in names if name.endswith(".json"))

"""Tags: `(GB) Shower gel (F) Gel douche (D) Duschgel` tells a pack's languages, not its countries.

Letters that mark vehicles stand before the texts of export packs as language tags do; a single one
is more often something else, so that several have to stand there, each before a word.
"""

import re
from functools import cache

from engine.markets.clues.table import read_table

Span = tuple[int, int]

_TAG = re.compile(
    r"(?<![\w/])(?:[(\[]([A-Z]{1,3})[)\]]:?|(?<![^\n.;])\s?([A-Z]{1,3}):)\s{0,2}(?=[^\W\d_]{3})"
)
_TEXT_MAX = 20_000
_TAGS_MIN = 4
_MIXED_MIN = 3
"""Tags from which they are of languages; fewer where letters and codes stand side by side."""


def tagged_languages(text: str) -> dict[str, Span]:
    """Return the languages that tags announce, with where the first of each stands.

    None if too few do, or if one stands for a country without a language of its own, such as `AT`.
    """
    found: dict[str, Span] = {}
    lengths = set()
    for match in _TAG.finditer(text[:_TEXT_MAX]):
        group = 1 if match[1] else 2
        language = _languages().get(match[group])
        if language is None:
            return {}
        lengths.add(len(match[group]) > 1)
        found.setdefault(language, match.span(group))
    return found if len(found) >= (_MIXED_MIN if len(lengths) > 1 else _TAGS_MIN) else {}


@cache
def _languages() -> dict[str, str]:
    return {
        tag: row["language"] for row in read_table("language_tags") for tag in row["tags"].split()
    }

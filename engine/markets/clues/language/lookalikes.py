"""Look-alikes: Cyrillic words that a reader of Latin letters took for Latin ones.

The OCR network knows no Cyrillic: it gives `съставки` as `Cbcmaku` and `нето` as `Heto`, or leaves
letters out. So words of packs are written in the Latin letters that their own look like, both of
upper and lower case and of italics, and a word that no language has is compared with those.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from engine.markets.clues.language.tokens import caseless, without_accents
from engine.markets.clues.table import read_table

LANGUAGES = ("bg", "ru", "uk")
_SHAPES = str.maketrans(
    {
        "а": "a", "б": "6", "в": "b", "г": "r", "ґ": "r", "д": "g", "е": "e", "ё": "e", "є": "e",
        "ж": "x", "з": "3", "и": "u", "й": "u", "і": "i", "ї": "i", "к": "k", "л": "n", "м": "m",
        "н": "h", "о": "o", "п": "n", "р": "p", "с": "c", "т": "m", "у": "y", "ф": "o", "х": "x",
        "ц": "u", "ч": "y", "ш": "w", "щ": "w", "ъ": "b", "ы": "b", "ь": "b", "э": "3", "ю": "o",
        "я": "r",
    }
)  # fmt: skip
_SAME = str.maketrans({"t": "m", "v": "u", "s": "c", "q": "g"})
"""Latin letters that the reader confuses where the print is Cyrillic: т is t, in italics m."""
_LETTERS_MIN = 5
_ONE_SLIP_MIN = 7
_TWO_SLIPS_MIN = 10
_LETTERS_MAX = 24


def languages_of_lookalike(word: str) -> frozenset[str]:
    """Return the languages of the Cyrillic words of packs that a Latin word looks like.

    Parameters
    ----------
    word : str
        Without case, as a `Token` has it.

    Returns
    -------
    frozenset of str
        BCP 47 tags; none for a short word.
    """
    shape = without_accents(word[:_LETTERS_MAX]).translate(_SAME)
    if len(shape) < _LETTERS_MIN or len(word) > _LETTERS_MAX or not word.isascii():
        return frozenset()
    slips = 2 if len(shape) >= _TWO_SLIPS_MIN else 1 if len(shape) >= _ONE_SLIP_MIN else 0
    known = _words()
    if not slips:
        return known.get(shape, frozenset())
    near = extract(shape, known.keys(), scorer=Levenshtein.distance, score_cutoff=slips, limit=5)
    return _languages_of_nearest(near)


def _languages_of_nearest(near: Iterable[tuple[str, float, object]]) -> frozenset[str]:
    found = list(near)
    least = min((distance for _, distance, _ in found), default=0)
    nearest = [_words()[shape] for shape, distance, _ in found if distance == least]
    return frozenset().union(*nearest)


@cache
def _words() -> dict[str, frozenset[str]]:
    """Return the languages of each word of packs, written in the letters that it looks like."""
    shapes: dict[str, set[str]] = defaultdict(set)
    for row in read_table("language_words"):
        if row["language"] in LANGUAGES:
            for word in row["words"].split():
                shape = caseless(word).translate(_SHAPES).translate(_SAME)
                if len(shape) >= _LETTERS_MIN and shape.isascii():
                    shapes[shape].add(row["language"])
    return {shape: frozenset(languages) for shape, languages in shapes.items()}

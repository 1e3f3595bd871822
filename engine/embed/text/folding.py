"""Folded words: what is left of a word when case, accents and look-alike letters are forgotten.

Two readings of one printed word fold to the same, or nearly the same, text; the words themselves
are kept beside it, because clues to a language need the accents.
"""

import re
import unicodedata

_SINGLE_LETTERS = {
    "ø": "o",
    "đ": "d",
    "ł": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "þ": "p",
}
_LOOK_ALIKES = {
    "0": "o", "q": "o",
    "1": "i", "l": "i", "j": "i", "|": "i", "!": "i",
    "5": "s", "$": "s",
    "8": "b", "6": "b",
    "2": "z",
    "9": "g",
}  # fmt: skip
_FOLD = str.maketrans(_SINGLE_LETTERS | _LOOK_ALIKES)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_PART = re.compile(r"[^\W_]+")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_PART_MIN = 2


def plain(text: str) -> str:
    """Return text without case and accents: `Fläder` and `FLADER` are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def folded_parts(text: str) -> list[str]:
    """Return the folded words of a text, at least 2 letters each.

    Chinese and Japanese, which put no spaces between words, give each two neighbouring letters.
    """
    parts: list[str] = []
    for part in _PART.findall(plain(text)):
        rest = _IDEOGRAPHS.sub(" ", part)
        parts += [_fold(word) for word in rest.split()]
        for run in _IDEOGRAPHS.findall(part):
            parts += [run[i : i + 2] for i in range(max(len(run) - 1, 1))]
    return [part for part in parts if len(part) >= _PART_MIN]


def _fold(word: str) -> str:
    for pair, single in _PAIRS:
        word = word.replace(pair, single)
    return word.translate(_FOLD)

"""Common words: how often everyday language uses a word, for the words that no lexicon foresees."""

from collections.abc import Mapping
from functools import cache

from wordfreq import get_frequency_list

LISTS = {
    "ar": ("ar",), "bg": ("bg",), "ca": ("ca",), "cs": ("cs",), "da": ("da",), "de": ("de",),
    "el": ("el",), "en": ("en",), "es": ("es",), "fa": ("fa",), "fi": ("fi",), "fil": ("fil",),
    "fr": ("fr",), "he": ("he",), "hu": ("hu",), "id": ("id",), "is": ("is",), "it": ("it",),
    "lt": ("lt",), "lv": ("lv",), "mk": ("mk",), "ms": ("ms",), "nb": ("nb",), "nl": ("nl",),
    "pl": ("pl",), "pt": ("pt",), "ro": ("ro",), "ru": ("ru",), "sh": ("hr", "sr", "bs"),
    "sk": ("sk",), "sl": ("sl",), "sv": ("sv",), "tr": ("tr",), "uk": ("uk",), "ur": ("ur",),
    "vi": ("vi",),
}  # fmt: skip
"""Word lists of the package and the languages that each one stands for."""
_ZIPF_MIN = 3.6
"""Rarer words are left out: half a million stay, in some 60 MB."""
_LETTERS_MIN = 2


def common_frequencies(word: str) -> dict[str, float]:
    """Return how common a word is, by the languages in which it is common."""
    return {
        language: words[word] / 100
        for name, languages in LISTS.items()
        if word in (words := _words(name))
        for language in languages
    }


@cache
def _words(name: str) -> Mapping[str, int]:
    """Read a list of words: hundredths of their Zipf frequency."""
    found: dict[str, int] = {}
    for centibels, words in enumerate(get_frequency_list(name, "small")):
        zipf = 900 - centibels  # a centibel is a hundredth of a power of ten below every word
        if zipf < _ZIPF_MIN * 100:
            break
        for word in words:
            if len(word) >= _LETTERS_MIN and word.isalpha():
                found.setdefault(word, zipf)
    return found

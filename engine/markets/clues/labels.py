"""Labels: the words that announce a number, such as `Tel.` or `P.IVA`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from engine.embed.text.folding import plain

REACH = 40
"""Characters between a label and what it announces: a company's name may stand between."""

_WORD_START = re.compile(r"^\w+")


@dataclass(frozen=True)
class Labels:
    """Words that announce something, compared without case and accents."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Self:
        """Compile words; spaces in them match any gap, also none: `P. IVA` finds `p.iva`.

        Digits may follow at once: `NIP8567346215`.
        """
        ordered = sorted((plain(word) for word in words), key=len, reverse=True)
        parts = [r"\s?".join(re.escape(part) for part in word.split()) for word in ordered]
        return cls(re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?![^\W\d])"))

    def last_before(self, text: str, at: int, reach: int = REACH, n_lines: int = 2) -> str | None:
        """Return the nearest label before a place, on its line or the line above."""
        found = self.pattern.findall(plain(_whole_words_before(text, at, reach, n_lines)))
        return found[-1] if found else None

    def found_near(self, text: str, start: int, end: int, reach: int = REACH) -> bool:
        """Say whether a label stands around a span, on any line."""
        before = _whole_words_before(text, start, reach, n_lines=None)
        after = text[end : end + reach]
        return any(self.pattern.search(plain(part)) for part in (before, after))


def _whole_words_before(text: str, at: int, reach: int, n_lines: int | None) -> str:
    """Return the end of the last lines, or of any, up to `reach` long: `hotel` is not `tel`."""
    start = max(at - reach, 0)
    before = text[start:at]
    if start:
        before = _WORD_START.sub("", before)
    return before if n_lines is None else "\n".join(before.split("\n")[-n_lines:])

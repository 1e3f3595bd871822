"""Speech: a language on a pack, how surely it stands there, and whether English is decoration."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.markets.clues.language.english import ENGLISH
from engine.markets.clues.language.tokens import Token

_ENGLISH_TIMES = 3.0
_ENGLISH_LONG = 6.0
"""English is more than decoration with so many times the evidence of every other language, or with
no less than that and the evidence of a paragraph."""
_DOUBT = 0.5
"""Evidence at which a language is as likely misread as not. Fitted by hand: of the languages with
evidence 1 to 2 read on made-up packs .7 stand there, with 2 to 4 .8, with more .97."""
_ENGLISH_CREDIT = 0.8
"""What English alone is worth: of 113 photographed made-up packs on which nothing else was read
(seeds 47, 59, 61, 71), 83 were of a country that speaks it, and of four Swedish cartons none."""

_LONG_LETTERS = 4


@dataclass(frozen=True)
class Speech:
    """A language on a pack, or neighbours that its words do not tell apart."""

    shares: tuple[tuple[str, float], ...]
    """BCP 47 tags and probabilities, the most probable first; they sum to 1."""
    evidence: float
    """In powers of ten."""
    tokens: tuple[Token, ...]
    """The words that tell, in order of place."""

    @property
    def certainty(self) -> float:
        """How surely the language stands there: three quarters for one good word, then more."""
        credit = _ENGLISH_CREDIT if self.main == ENGLISH else 1.0
        return credit * self.evidence / (self.evidence + _DOUBT)

    @property
    def long_tokens(self) -> tuple[Token, ...]:
        """Its words but for short ones, which are abbreviations and the like: `CA`, `RN`."""
        return tuple(token for token in self.tokens if len(token.word) >= _LONG_LETTERS)

    @property
    def value(self) -> str:
        """The tag, or tags joined by a bar."""
        return "|".join(language for language, _ in self.shares)

    @property
    def main(self) -> str:
        """The most probable language's tag."""
        return self.shares[0][0]


def tells_in_english(speeches: Sequence[Speech]) -> bool:
    """Say whether English is no decoration: it is alone, or has more to say than others."""
    others = max((each.evidence for each in speeches if each.main != ENGLISH), default=0.0)
    needed = max(others, min(_ENGLISH_TIMES * others, _ENGLISH_LONG))
    return any(each.main == ENGLISH and each.evidence >= needed for each in speeches)

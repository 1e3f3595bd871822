"""What one reference image has in common with a crop, and the numbers that the fusion weighs."""

from dataclasses import dataclass
from math import log1p, sqrt

from engine.catalog.models import ReferenceImage
from engine.embed.local.geometry import GeometricMatch
from engine.embed.local.logos import Lettering
from engine.embed.local.patterns import PatternMatch
from engine.embed.local.rectify import CloseComparison
from engine.embed.text.layout import MATCHED_MIN
from engine.embed.text.matching import WordMatch
from engine.embed.text.places import Contradiction
from engine.fusion import Signals

_EVEN_LAB = 2.0
"""Just visible (CIE 1976): added to the median distance, so that an even match divides by more."""

_MISSED_MAX = 6.0
"""Nineteen of twenty photographed cartons miss less; the back of a pack, full of words that its
front does not show, misses three times as much, which says no more."""

_FEW_WORDS = MATCHED_MIN
"""That match: of the small print on a label, where more do, a reader misses a word here and there,
and one word more or less says less."""

_FEW_ALIKE = 5
"""Added to the like keypoints: a share of few says little."""


@dataclass(frozen=True)
class NearImage:
    """A reference image that came near the crop; `score` is the cosine, of all looks at it."""

    image: ReferenceImage
    score: float


@dataclass(frozen=True)
class Comparison:
    """What one reference image has in common with the crop."""

    image: ReferenceImage
    score: float
    """Cosine of the embeddings, of all looks at the crop together."""
    match: GeometricMatch | None = None
    words: WordMatch | None = None
    texts: tuple[str, ...] = ()
    """The words of the crop that matched, as they were read, heaviest first."""
    gtin: str = ""
    """A number of the product that was read in the crop; empty if none was."""
    close: CloseComparison | None = None
    pattern: PatternMatch | None = None
    """Where the reference repeats itself."""
    contradictions: tuple[Contradiction, ...] = ()
    """Words that stand where the reference has other ones, heaviest first."""
    logo: Lettering | None = None
    """Where the crop may show the brand's name as the reference shows it."""

    @property
    def signals(self) -> Signals:
        """The numbers that the fusion weighs."""
        match, words, close, pattern = self.match, self.words, self.close, self.pattern
        is_laid = match is not None and match.is_plausible
        return Signals(
            embedding=self.score,
            inliers=log1p(match.inliers) if match and is_laid else 0.0,
            inlier_share=match.inliers / (match.tentative + _FEW_ALIKE)
            if match and is_laid
            else 0.0,
            votes=log1p(match.votes) if match else 0.0,
            words=sqrt(words.score) if words else 0.0,
            word_share=words.share if words else 0.0,
            words_missed=-min(sqrt(words.missed), _MISSED_MAX) if words else 0.0,
            word_contradiction=-log1p(self._contradicting_letters),
            colour=max(close.colour, 0.0) if close else 0.0,
            structure=max((close.lightness + close.structure) / 2, 0.0) if close else 0.0,
            odd_place=-close.worst_difference / (close.difference + _EVEN_LAB) if close else 0.0,
            pattern=-log1p(close.difference) if pattern and close else 0.0,
            palette=pattern.palette - 1 if pattern and close else 0.0,
            code=1.0 if self.gtin else 0.0,
        )

    @property
    def _contradicting_letters(self) -> float:
        """Letters that contradict; less beside many words that match, of which some are misread."""
        n_matched = len(self.words.matched) if self.words else 0
        letters = sum(each.letters for each in self.contradictions)
        return letters * min(_FEW_WORDS / max(n_matched, 1), 1.0)

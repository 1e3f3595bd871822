"""Reasons: an answer completed by the places of its evidence, siblings and quality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PIL.Image import Image

from engine.catalog.models import ImageDetails
from engine.comparison import Comparison
from engine.embed.features import CropDetails
from engine.embed.local.keypoints import Keypoints
from engine.embed.local.patterns import REPEAT_MIN, find_repeat
from engine.embed.quality import Quality, assess, has_sure_words
from engine.embed.quality_hits import QualityHits
from engine.embed.text.matching import Rarity
from engine.embed.text.stored import unpack_words
from engine.evidence import ShownDetails, evidence_of
from engine.markets.results import NOTHING
from engine.referencepictures import ReferencePictures
from engine.results import Candidate, CropQuality, CropResult, Distinction
from engine.siblings import PROBABILITY_MIN, Rival, tell_apart


@dataclass(frozen=True)
class SearchedPart:
    """The part of a crop that was searched."""

    image: Image
    details: CropDetails | None
    """What it shows; none where details are not compared."""
    origin: tuple[int, int] = (0, 0)
    """Its upper left corner in the whole crop, px."""


@dataclass(frozen=True)
class References:
    """What is stored of the candidates' pictures."""

    stored: Mapping[int, ImageDetails]
    """By the picture's number."""
    rarity: Rarity
    pictures: ReferencePictures


def with_reasons(
    result: CropResult,
    told: Sequence[Comparison],
    part: SearchedPart,
    references: References | None,
    hits: QualityHits,
) -> CropResult:
    """Complete an answer.

    Parameters
    ----------
    result : CropResult
        The answer as far as probabilities go.
    told : sequence of Comparison
        Of its candidates, in their order.
    part : SearchedPart
        Of the crop.
    references : References, optional
        None where details are not compared: then no places are told.
    hits : QualityHits
        How often crops of each quality were recognised.

    Returns
    -------
    CropResult
        The same, with evidence in its places, distinctions of siblings, and quality.
    """
    bears_words = not _is_wordless(result, told, part, references)
    quality = crop_quality(part, hits, bears_words=bears_words)
    if quality.hindrance == "tiny" and not (part.details and part.details.codes):
        result = _without_countries(result)
    if part.details is None or references is None:
        return replace(result, quality=quality)
    shown = ShownDetails(part.details, part.origin)
    distinctions = _distinctions(result.candidates, told, references)
    candidates = [
        replace(
            candidate,
            evidence=evidence_of(each, shown, references.stored.get(each.image.id)),
            told_apart_by=distinctions.get(candidate.product.id),
        )
        for candidate, each in zip(result.candidates, told, strict=True)
    ]
    return replace(result, candidates=candidates, quality=quality)


def _is_wordless(
    result: CropResult,
    told: Sequence[Comparison],
    part: SearchedPart,
    references: References | None,
) -> bool:
    """Tell whether the crop shows something that bears no words, as a wallpaper does.

    That is so if the likeliest product's picture has none, and either that product is likelier
    than an unknown one, or the crop repeats itself: then a stranger is a pattern as well.
    """
    if not told or part.details is None or references is None:
        return False
    stored = references.stored.get(told[0].image.id)
    if stored is None or has_sure_words(unpack_words(stored.words)):
        return False
    is_likely = result.candidates[0].probability > result.unknown
    return is_likely or find_repeat(part.image).strength >= REPEAT_MIN


def _without_countries(result: CropResult) -> CropResult:
    """Point to no country: of so few pixels the candidates are little more than a guess."""
    return replace(result, markets=[], undetermined=1.0, regions=[], verdict=NOTHING)


def crop_quality(part: SearchedPart, hits: QualityHits, *, bears_words: bool) -> CropQuality:
    """Judge the searched part of a crop, and say how often such crops are recognised."""
    details = part.details
    words = details.words_read if details else None
    hidden = details.hidden if details else None
    quality = assess(part.image, words, hidden, bears_words=bears_words)
    return _as_answer(quality, hits.rate_for(quality))


def _as_answer(quality: Quality, rate: float | None) -> CropQuality:
    return CropQuality(
        width=quality.width_px,
        height=quality.height_px,
        blur_px=quality.blur_px,
        hidden=quality.hidden,
        sure_words=quality.sure_words,
        legibility=quality.legibility,
        hindrance=quality.hindrance,
        advice=quality.advice,
        expected_hit_rate=rate,
    )


def _distinctions(
    candidates: Sequence[Candidate], told: Sequence[Comparison], references: References
) -> dict[str, Distinction]:
    """Return by product's id what tells it apart, where another candidate looks like it."""
    rivals = [
        _rival(candidate, comparison, references)
        for candidate, comparison in zip(candidates, told, strict=True)
        if candidate.probability >= PROBABILITY_MIN
    ]
    found = tell_apart(rivals, references.rarity)
    return {rival.product: each for rival, each in zip(rivals, found, strict=True) if each}


def _rival(candidate: Candidate, comparison: Comparison, references: References) -> Rival:
    stored = references.stored.get(comparison.image.id)
    return Rival(
        product=candidate.product.id,
        name=candidate.product.name,
        probability=candidate.probability,
        look=comparison.score,
        picture=comparison.image.sha256,
        words=unpack_words(stored.words) if stored else (),
        keypoints=Keypoints.from_bytes(stored.keypoints) if stored else None,
        read_small=lambda: references.pictures.small(comparison.image),
    )

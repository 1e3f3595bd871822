"""Siblings: products that look alike and share the probability, and what tells them apart.

Pure functions: they compare the references with each other, never with the crop, so that an
analyst learns what to look for where the crop does not show it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL.Image import Image

from engine.embed.local.geometry import match_and_verify
from engine.embed.local.keypoints import Keypoints
from engine.embed.local.rectify import compare_closely
from engine.embed.text.folding import folded_parts
from engine.embed.text.matching import Rarity, similarities
from engine.embed.text.words import Word
from engine.results import Area, Distinction

PROBABILITY_MIN = 0.05
"""Below it a candidate is not worth telling apart from another."""
LOOK_MARGIN = 0.1
"""Cosine: photos of one carton lie within .1 of its siblings' packshots, others further off."""

_SURE = 0.8
_LETTERS_MIN = 4
"""Shorter words are too often misread to say that the other picture lacks them."""
_WORDS_MAX = 3
_DIFFERENCE_MIN = 10.0
"""Distance in Lab that a place must differ by to be pointed at: printing and light make 5."""


@dataclass(frozen=True)
class Rival:
    """A candidate as it is held against its siblings."""

    product: str
    """Its id."""
    name: str
    probability: float
    look: float
    """Cosine of the crop and its picture."""
    words: Sequence[Word]
    """Read in the picture."""
    keypoints: Keypoints | None
    """Of the picture; none where its details are not stored."""
    read_picture: Callable[[], Image]
    """Called only where the details of both pictures lie on each other."""


def tell_apart(rivals: Sequence[Rival], rarity: Rarity) -> list[Distinction | None]:
    """Say for each candidate what tells it from the sibling that shares its probability.

    Parameters
    ----------
    rivals : sequence of Rival
        The candidates of one crop, the likeliest first.
    rarity : Rarity
        Of words in the catalog.

    Returns
    -------
    list of Distinction or None
        For each candidate; none where no other one looks as much like the crop.
    """
    pairs = [(rival, sibling_of(rival, rivals)) for rival in rivals]
    return [None if other is None else _distinction(rival, other, rarity) for rival, other in pairs]


def sibling_of(rival: Rival, rivals: Sequence[Rival]) -> Rival | None:
    """Return the likeliest other candidate of nearly the same look, if both are likely enough."""
    if rival.probability < PROBABILITY_MIN:
        return None
    return next(
        (
            other
            for other in rivals
            if other is not rival
            and other.probability >= PROBABILITY_MIN
            and abs(other.look - rival.look) <= LOOK_MARGIN
        ),
        None,
    )


def _distinction(rival: Rival, other: Rival, rarity: Rarity) -> Distinction:
    words = own_words(rival.words, other.words, rarity)
    other_words = own_words(other.words, rival.words, rarity)
    place = differing_place(rival, other)
    return Distinction(
        product=other.product,
        words=words,
        other_words=other_words,
        place=place,
        sentence=_sentence(other.name, words, other_words, place),
    )


def own_words(words: Sequence[Word], others: Sequence[Word], rarity: Rarity) -> list[str]:
    """Return the words that one picture surely shows and nothing like them the other, rare first.

    Parameters
    ----------
    words, others : sequence of Word
        Read in the two pictures.
    rarity : Rarity
        Of words in the catalog.

    Returns
    -------
    list of str
        A few, as they were read.
    """
    found = {
        text: word.text
        for word in words
        if word.confidence >= _SURE
        for text in folded_parts(word.text)
        if len(text) >= _LETTERS_MIN and sum(map(str.isalpha, word.text)) >= _LETTERS_MIN
    }
    theirs = [text for word in others for text in folded_parts(word.text)]
    if found and theirs:
        alike = similarities(list(found), theirs).max(axis=1)
        found = {
            text: shown
            for (text, shown), near in zip(found.items(), alike, strict=True)
            if not near
        }
    ranked = sorted(found, key=lambda text: (-rarity.weight(text), text))
    return list(dict.fromkeys(found[text] for text in ranked))[:_WORDS_MAX]


def differing_place(rival: Rival, other: Rival) -> Area | None:
    """Lay the other's picture onto this one's; return the place of this one that differs most."""
    if rival.keypoints is None or other.keypoints is None:
        return None
    (match,) = match_and_verify(other.keypoints, [rival.keypoints])
    if not match.is_plausible:
        return None
    close = compare_closely(other.read_picture(), rival.read_picture(), match)
    if close is None or close.worst_difference < _DIFFERENCE_MIN:
        return None
    cell = close.worst_cell
    return Area(cell.x, cell.y, cell.width, cell.height)


def _sentence(
    name: str, words: Sequence[str], other_words: Sequence[str], place: Area | None
) -> str:
    """Put it into one sentence."""
    parts = []
    if words:
        parts.append(f"only this one reads {_quoted(words)}")
    if other_words:
        parts.append(f"only the other reads {_quoted(other_words)}")
    if place:
        parts.append("they differ most at the marked place")
    said = "; ".join(parts) or "neither words nor places of the two pictures tell"
    return f"Compared with {name}: {said}."


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)

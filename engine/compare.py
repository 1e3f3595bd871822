"""A crop held against candidate reference images: details, words, codes, place by place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from PIL.Image import Image

from engine.catalog.models import ImageDetails, Product
from engine.comparison import Comparison, NearImage
from engine.embed.features import CropDetails
from engine.embed.local.geometry import GeometricMatch, match_and_verify
from engine.embed.local.keypoints import Keypoints
from engine.embed.local.logos import Lettering, find_lettering
from engine.embed.local.palette import palette_likeness, unpack_palette
from engine.embed.local.patterns import compare_patterns, twin_share
from engine.embed.local.planes import Points, is_invertible
from engine.embed.local.rectify import compare_closely
from engine.embed.local.straighten import straighten
from engine.embed.text.folding import folded_parts
from engine.embed.text.layout import as_laid_out
from engine.embed.text.matching import Rarity, Token, WordMatch, match_words, tokens_of
from engine.embed.text.places import find_contradictions
from engine.embed.text.stored import unpack_words
from engine.embed.text.words import Word
from engine.fusion import Floats

_BRAND_LETTERS_MIN = 4
"""Of the word that is looked for in a brand's lettering."""

_CUT_PX = 3
"""From the edge of the crop: a word so near to it may be cut."""

PATTERN_MIN = 0.75
"""Share of a reference's details that are there more than once, from which it is a pattern.

Of 72 crops of furniture with equal bars or slats .58 had the right piece within the first five at
.6, .64 at .75 and at .85, as without patterns; of 24 crops of wallpapers, tiles and textiles the
right one came first for .88 at .6 and at .75, .83 at .85, and .42 without."""


class CropComparer:
    """Compares one crop with many references."""

    def __init__(
        self,
        image: Image,
        details: CropDetails,
        rarity: Rarity,
        stored: Mapping[int, ImageDetails],
    ) -> None:
        self._image = image
        self._details = details
        self._rarity = rarity
        self._stored = stored
        self._tokens: list[Token] = tokens_of(details.words)
        self._gtins = {code.gtin for code in details.codes if code.gtin}

    def compare(self, near: Sequence[NearImage]) -> list[Comparison]:
        """Compare details, words and codes with each image.

        An image without details, as an import of an older engine leaves it, is compared by its
        look alone until it is reindexed.
        """
        stored = self._stored
        detailed = [each.image for each in near if each.image.id in stored]
        keypoints = [Keypoints.from_bytes(stored[image.id].keypoints) for image in detailed]
        matches = match_and_verify(self._details.keypoints, keypoints)
        by_image = dict(zip((image.id for image in detailed), matches, strict=True))
        return [
            self._compared(each, by_image.get(each.image.id), stored.get(each.image.id))
            for each in near
        ]

    def _compared(
        self, near: NearImage, match: GeometricMatch | None, stored: ImageDetails | None
    ) -> Comparison:
        product = near.image.product
        words = self._match_words(product, stored)
        matched = words.matched if words else ()
        texts = tuple(self._details.words[each.word].text for each in matched)
        gtin = self._shared_gtin(product)
        return Comparison(near.image, near.score, match, words, texts, gtin)

    def look_closely(self, comparison: Comparison, reference: Image) -> Comparison:
        """Lay the crop onto the reference, where their details say how, and compare places."""
        if comparison.match is None:
            return comparison
        hidden = self._details.hidden
        close = compare_closely(self._image, reference, comparison.match, hidden=hidden)
        logo = self._logo(comparison, reference, comparison.match)
        return self.contradicted(replace(comparison, close=close, logo=logo), self._details.words)

    def _logo(
        self, comparison: Comparison, reference: Image, match: GeometricMatch
    ) -> Lettering | None:
        stored = self._stored.get(comparison.image.id)
        if stored is None or not match.is_plausible:
            return None
        words = words_of_brand(unpack_words(stored.words), comparison.image.product.brand)
        places = [np.array(word.box) for word in words]
        return find_lettering(self._image, reference, match.transform, places)

    def contradicted(self, comparison: Comparison, words: Sequence[Word]) -> Comparison:
        """Hold words that were read in the crop against those in their place on the reference."""
        match, stored = comparison.match, self._stored.get(comparison.image.id)
        if match is None or stored is None or not is_invertible(match.transform):
            return comparison
        there = unpack_words(stored.words)
        found = find_contradictions(words, there, match.transform, self._rarity, self._shows)
        return replace(comparison, contradictions=tuple(found))

    def _shows(self, corners: Points) -> bool:
        """Tell whether a place lies in the crop, none of its corners or middle hidden."""
        places = np.vstack([corners, corners.mean(axis=0)])
        size = np.array(self._image.size)
        if (places < _CUT_PX).any() or (places >= size - _CUT_PX).any():
            return False
        hidden = self._details.hidden
        x, y = places.astype(np.int64).T
        return hidden is None or not bool(hidden[y, x].any())

    def read_again(
        self, comparison: Comparison, read: Callable[[Image], list[Word]]
    ) -> list[Word] | None:
        """Read the crop laid straight, as one of the references shows the product.

        Parameters
        ----------
        comparison : Comparison
            With that reference.
        read : callable
            Returns the words of a picture.

        Returns
        -------
        list of Word or None
            Their corners lie in the crop, as those of the words that were read at first; None
            where no plausible map lays the crop out.
        """
        match, stored = comparison.match, self._stored.get(comparison.image.id)
        if match is None or stored is None or not match.is_plausible:
            return None
        if not is_invertible(match.transform):
            return None
        reference = Keypoints.from_bytes(stored.keypoints)
        size = (reference.width, reference.height)
        straight, to_straight = straighten(self._image, size, match.transform)
        return [word.moved(np.linalg.inv(to_straight)) for word in read(straight)]

    def compare_pattern(self, comparison: Comparison) -> Comparison:
        """Compare crop and reference as patterns, where the reference repeats itself.

        The crop may show too little of the pattern to repeat itself. What agrees takes the place
        of the details that stand out, where it is more.
        """
        stored, match = self._stored.get(comparison.image.id), comparison.match
        if stored is None:
            return comparison
        reference = Keypoints.from_bytes(stored.keypoints)
        if twin_share(reference) < PATTERN_MIN:
            return comparison
        likeness = palette_likeness(self._details.palette, unpack_palette(stored.palette))
        pattern = compare_patterns(self._details.keypoints, reference, likeness)
        is_better = match is None or not match.is_plausible or pattern.confirmed > match.inliers
        if pattern.confirmed and is_better:
            match = pattern.match
        return replace(comparison, pattern=pattern, match=match)

    def _match_words(self, product: Product, stored: ImageDetails | None) -> WordMatch | None:
        if not self._tokens:
            return None
        there = unpack_words(stored.words) if stored else []
        match = match_words(self._tokens, product_words(product, there), self._rarity)
        return as_laid_out(match, self._details.words, there)

    def _shared_gtin(self, product: Product) -> str:
        numbers = (entry.gtin.zfill(14) for entry in product.gtins)
        return next((number for number in numbers if number in self._gtins), "")


def words_of_brand(read: Sequence[Word], brand: str) -> list[Word]:
    """Return where a picture shows its brand's longest word; none where that is too short to tell.

    `Lait de Vache` is told by `vache`: its other words are on the packs of every dairy.
    """
    longest = max(folded_parts(brand), key=len, default="")
    if len(longest) < _BRAND_LETTERS_MIN:
        return []
    return [word for word in read if longest in folded_parts(word.text)]


def product_words(product: Product, read: Sequence[Word]) -> list[str]:
    """Return the folded words of one picture and of the product's name and brand, each once."""
    texts = [*(word.text for word in read), product.name, product.brand]
    return list(dict.fromkeys(part for text in texts for part in folded_parts(text)))


def best_by_product(comparisons: Sequence[Comparison], scores: Floats) -> list[int]:
    """Return the rows of each product's likeliest picture, likeliest product first."""
    best: dict[int, int] = {}
    for row in np.argsort(-scores, kind="stable").tolist():
        best.setdefault(comparisons[row].image.product_id, row)
    return list(best.values())

"""What one pack says and which look its family has: all that a layout needs to know."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from engine.catalog.demo.palette import ISSUES, VARIANTS, Colour, Palette, darker, palette_of
from engine.catalog.demo.products import Product
from engine.catalog.demo.seeds import random_for
from engine.catalog.demo.typeface import Style
from engine.catalog.demo.words import Language

SLOGANS = {"food": "tasty", "care": "gentle", "clean": "clean"}
TITLE_FACES = (
    "sans-bold", "sans-bold", "serif-bold", "serif-italic", "geometric-black", "narrow-bold",
    "round-bold",
)  # fmt: skip
LOGO_FACES = (
    "script-bold", "geometric-black", "serif-bold", "narrow-bold", "round-bold", "serif-italic",
    "sans-bold",
)  # fmt: skip
# what a shape of Latin letters becomes where the language has other letters
PLAIN_FACES = {
    "round-bold": "sans-bold",
    "geometric-black": "sans-bold",
    "narrow-bold": "sans-bold",
    "script-bold": "serif-italic",
}


@dataclass(frozen=True)
class Artwork:
    """The words and the look of one product."""

    product: Product
    languages: tuple[Language, ...]
    brand: str
    titles: tuple[str, ...]  # what the thing is, in every language of the pack, without repeats
    variants: tuple[str, ...]
    slogan: str
    quantity: str
    palette: Palette
    accents: tuple[Colour, Colour]  # of the flavour, light and deep
    subject: str  # motif of the article
    taste: str  # motif of the flavour
    title: Style
    logo: Style
    text: Style
    bold: Style

    def rng(self, *names: int | str) -> random.Random:
        """Return the random numbers of the family: the same for all siblings."""
        family = self.product.family
        return random_for(family.seed, "art", family.name, *names)

    def brand_rng(self, *names: int | str) -> random.Random:
        """Return the random numbers of the brand: the same for all that it sells."""
        family = self.product.family
        return random_for(family.seed, "brand art", family.brand.slug, *names)

    def own_rng(self, *names: int | str) -> random.Random:
        """Return the random numbers of this product alone."""
        family = self.product.family
        return random_for(family.seed, "own art", family.name, self.product.member, *names)

    @property
    def languages_line(self) -> str:
        """The titles in the other languages of the pack."""
        return " · ".join(self.titles[1:])


def artwork_of(product: Product) -> Artwork:
    """Choose the look of a family and the words of one of its products."""
    family = product.family
    rng = random_for(family.seed, "artwork", family.name)
    words = product.languages
    palette = palette_of(random_for(family.seed, "palette", family.brand.slug))
    accent = product.variant if product.variant in VARIANTS else ISSUES[product.issue % 10]
    subject = family.article.subjects[rng.randrange(len(family.article.subjects))]
    is_chinese = words[0].script == "chinese"
    title_face = TITLE_FACES[rng.randrange(len(TITLE_FACES))]
    if words[0].script != "latin":
        title_face = PLAIN_FACES.get(title_face, title_face)
    logo_rng = random_for(family.seed, "logo", family.brand.slug)
    return Artwork(
        product=product,
        languages=words,
        brand=family.brand.name,
        titles=unique(product.noun(language) for language in words),
        variants=unique(product.variant_word(language) for language in words),
        slogan=words[0].phrases[SLOGANS.get(family.article.sector, "home")],
        quantity=quantity_of(product),
        palette=palette,
        accents=accents_of(accent, palette),
        subject=subject,
        taste=taste_of(accent, subject),
        title=Style(title_face, is_chinese),
        logo=Style(LOGO_FACES[logo_rng.randrange(len(LOGO_FACES))], is_chinese),
        text=Style("sans", is_chinese),
        bold=Style("sans-bold", is_chinese),
    )


def accents_of(variant: str, palette: Palette) -> tuple[Colour, Colour]:
    """Return the colours of a flavour; the plain one has the second colour of its brand."""
    if variant != "original":
        return VARIANTS[variant]
    return palette.second, darker(palette.second, 40)


def quantity_of(product: Product) -> str:
    """Return the quantity, with its unit in words where it is a number of pieces."""
    if not product.quantity.isdigit():
        return product.quantity
    return f"{product.quantity} {product.languages[0].phrases['pieces']}"


def taste_of(variant: str, subject: str) -> str:
    """Return the motif of a flavour; plain colours are drawn as the subject."""
    plain = ("original", "blue", "green", "red", "grey", "yellow")
    return subject if variant in plain else variant


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words in their order, each once."""
    return tuple(dict.fromkeys(word for word in words if word))

"""What is sold in the made-up world: product `i` follows from the seed and `i` alone.

Products come in blocks of 16, shared by eight families of siblings from seven brands.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from engine.catalog.demo.brands import Brand, brand_of
from engine.catalog.demo.gtin import gtin_of
from engine.catalog.demo.seeds import dealt, random_for, shuffled
from engine.catalog.demo.tables import Article, Region, articles, countries, regions
from engine.catalog.demo.words import Language, language

BLOCK = 16
# how the 16 products of a block are shared by its families; the first two are of one brand
SIZES = (
    (3, 2, 3, 1, 2, 2, 1, 2),
    (4, 1, 2, 2, 2, 1, 2, 2),
    (2, 3, 1, 3, 1, 2, 3, 1),
    (3, 1, 2, 3, 2, 2, 2, 1),
)
CATEGORIES = (
    "packaging", "packaging", "packaging", "packaging", "textile", "decor", "print", "product",
)  # fmt: skip
BRANDS = (0, 0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Family:
    """Siblings: one brand, article and look, told apart by flavour or by market."""

    name: str
    seed: int
    block: int
    place: int
    brand: Brand
    article: Article
    differs_by: str  # "variant" or "market"
    size: int  # how many of the siblings are in the catalog


@dataclass(frozen=True)
class Product:
    """One thing that can be bought, with all that its pack says."""

    id: str
    family: Family
    member: int
    variant: str  # key of a flavour, scent or colour; "issue" for print
    issue: int
    region: Region
    markets: tuple[str, ...]
    quantity: str
    gtin: str

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages on the pack, the largest first."""
        return tuple(language(code) for code in self.region.languages)

    @property
    def name(self) -> str:
        """Brand, noun, variant and size in the first language of the pack."""
        words = self.languages[0]
        parts = [self.family.brand.name, self.noun(words), self.variant_word(words), self.quantity]
        if self.family.differs_by == "market":
            parts.append(f"({self.markets[0]})")
        return " ".join(part for part in parts if part)

    def noun(self, words: Language) -> str:
        """Return what the thing is; of print, its title."""
        article = self.family.article
        if article.category != "print":
            return words.nouns[article.name]
        rng = random_for(self.family.seed, self.family.name, "title")
        return words.titles[article.name][rng.randrange(len(words.titles[article.name]))]

    def variant_word(self, words: Language) -> str:
        """Return the flavour, scent or colour; of print, the number of the issue."""
        if self.variant == "issue":
            return f"{self.issue % 12 + 1}/{2020 + self.issue // 12}"
        return words.variants[self.variant]


def product_at(seed: int, number: int) -> Product:
    """Return product `number` of the catalog."""
    block, rest = divmod(number, BLOCK)
    sizes = sizes_of(seed, block)
    place = 0
    while rest >= sizes[place]:
        rest -= sizes[place]
        place += 1
    return member_of(family_at(seed, block, place), rest, f"p{number:06d}")


def foreign_product(seed: int, number: int) -> Product:
    """Return a product of a brand that the catalog has nothing of."""
    block, place = divmod(number, len(CATEGORIES))
    place = shuffled(tuple(range(len(CATEGORIES))), seed, "foreign", block)[place]
    family = family_at(seed, block, place, is_foreign=True)
    return member_of(family, 0, f"foreign{number:05d}")


def absent_siblings(seed: int, products: int) -> Iterator[Product]:
    """Yield products outside the catalog whose siblings are in it, of one family each."""
    for block in shuffled(tuple(range(max(1, products // BLOCK))), seed, "siblings"):
        place = random_for(seed, "sibling", block).randrange(len(CATEGORIES))
        family = family_at(seed, block, place)
        if first_number(seed, family) < products:
            yield member_of(family, family.size, f"sibling{block:05d}")


def first_number(seed: int, family: Family) -> int:
    """Return the number of the first product of a family."""
    return family.block * BLOCK + sum(sizes_of(seed, family.block)[: family.place])


def sizes_of(seed: int, block: int) -> tuple[int, ...]:
    """Return the number of products of each family of a block."""
    return dealt(SIZES, block, seed, "sizes")


def family_at(seed: int, block: int, place: int, *, is_foreign: bool = False) -> Family:
    """Return the family at one of the eight places of a block."""
    number = block * (BRANDS[-1] + 1) + BRANDS[place]
    region = dealt(regions(), number, seed, "regions", str(is_foreign))
    brand = brand_of(seed, number, region, is_foreign=is_foreign)
    article = article_at(seed, block, place)
    name = f"{brand.slug}-{article.name}"
    rng = random_for(seed, "family", name, number)
    size = sizes_of(seed, block)[place]
    has_variants = not article.variants or size < len(article.variants)
    # a name in its own letters stays at home, and so do its siblings; without words on it a
    # thing looks the same in every market
    must_vary = not brand.is_latin or article.category in ("textile", "decor", "product")
    by_variant = has_variants and (must_vary or rng.random() < 0.55)
    differs_by = "variant" if by_variant else "market"
    return Family(name, seed, block, place, brand, article, differs_by, size)


def article_at(seed: int, block: int, place: int) -> Article:
    """Deal the articles of a category evenly over its families."""
    category = CATEGORIES[place]
    choices = [article for article in articles() if article.category == category]
    if category != "packaging":
        return dealt(choices, block, seed, category)
    article = dealt(choices, block * 4 + place, seed, category)
    if place != 1:
        return article
    # the second family of a brand sells something else of the same sector
    first = article_at(seed, block, 0)
    same = [choice for choice in choices if choice.sector == first.sector and choice != first]
    return dealt(same, block, seed, "second")


def member_of(family: Family, member: int, product_id: str) -> Product:
    """Return one sibling of a family."""
    rng = random_for(family.seed, "look", family.name)
    article = family.article
    by_variant = family.differs_by == "variant"
    variants = shuffled(article.variants, family.seed, family.name) or ("issue",)
    variant = variants[member % len(variants) if by_variant else 0]
    region = region_of(family, member)
    quantity = (
        article.quantities[rng.randrange(len(article.quantities))] if article.variants else ""
    )
    issue = rng.randrange(60) + (member if by_variant else 0)
    own = random_for(family.seed, "member", family.name, member)
    licensee = countries()[family.brand.region.markets[0]]
    gtin = gtin_of(licensee, own)
    markets = markets_of(region, own)
    return Product(product_id, family, member, variant, issue, region, markets, quantity, gtin)


def region_of(family: Family, member: int) -> Region:
    """Return where a sibling is sold: at home, or elsewhere for siblings of other markets."""
    home = family.brand.region
    if family.differs_by == "variant" or member == 0:
        return home
    others: dict[str, Region] = {}
    for region in shuffled(regions(), family.seed, family.name):
        if region.languages[0] != home.languages[0]:
            others.setdefault(region.languages[0], region)
    return list(others.values())[member - 1]


def markets_of(region: Region, rng: random.Random) -> tuple[str, ...]:
    """Return the countries of a region, now and then not all of them."""
    known = region.markets
    if len(known) == 1 or rng.random() < 0.6:
        return known
    least = max(1, len(known) // 2)
    return known[: rng.randint(least, len(known))]

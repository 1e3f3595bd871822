"""A made-up pack: where it was bought, who sells it there, and in which languages it speaks."""

import random
from dataclasses import dataclass

from engine.catalog.demo.brands import Brand, as_domain
from engine.catalog.demo.gtin import check_digit
from engine.catalog.demo.packs.tables import (
    EXTRA,
    MAIN,
    Text,
    facts,
    language_sets,
    markets_of,
    names,
    texts,
    words_of,
)
from engine.catalog.demo.products import Family, Product
from engine.catalog.demo.seeds import dealt, random_for
from engine.catalog.demo.tables import Article, Region, articles
from engine.catalog.demo.words import Language

EVERY_EXTRA = 10  # one pack in so many is of a country whose script is read badly
SHARE_OF_STORE_BRANDS = 0.07
SHARE_OF_HOME_PREFIXES = 0.65  # of the barcodes; the others were licensed elsewhere


@dataclass(frozen=True)
class Pack:
    """One pack, as it was bought in one country."""

    product: Product
    country: str  # where this one was bought
    languages: tuple[str, ...]
    store: Text | None  # the chain whose own brand it is
    seed: int
    number: int

    @property
    def markets(self) -> tuple[str, ...]:
        """The countries that share this pack."""
        return self.product.markets

    @property
    def brand(self) -> str:
        """The name in front."""
        return self.product.family.brand.name

    @property
    def article(self) -> Article:
        """What kind of thing it is."""
        return self.product.family.article

    @property
    def words(self) -> tuple[Language, ...]:
        """The names of goods in every language of the pack."""
        return tuple(words_of(code) for code in self.languages)

    @property
    def name(self) -> str:
        """Brand, noun, flavour and size in the first language."""
        words = self.words[0]
        product = self.product
        parts = (
            self.brand,
            words.nouns[self.article.name],
            words.variants[product.variant],
            product.quantity,
        )
        return " ".join(parts)

    def rng(self, *names: int | str) -> random.Random:
        """Return random numbers that belong to this pack and these names."""
        return random_for(self.seed, "pack", self.number, *names)


def pack_at(seed: int, number: int) -> Pack:
    """Return pack `number`: the countries come up equally often, one in ten is an extra one."""
    rng = random_for(seed, "bought", number)
    country = country_at(seed, number)
    languages = languages_for(country, rng)
    markets = markets_of(languages, country)
    store = store_for(country, rng) if len(markets) == 1 else None
    goods = [article for article in articles() if article.category == "packaging"]
    article = dealt(goods, number, seed, "goods")
    name = store.text if store else neutral_name(rng)
    region = Region(country.lower(), ("en",), markets, "english")
    family = Family(
        f"pack{number}",
        seed,
        number,
        0,
        Brand(name, as_domain(name), region),
        article,
        "variant",
        1,
    )
    product = Product(
        f"pack{number:06d}",
        family,
        0,
        rng.choice(article.variants),
        0,
        region,
        markets,
        rng.choice(article.quantities),
        gtin_for(country, rng),
    )
    return Pack(product, country, languages, store, seed, number)


def country_at(seed: int, number: int) -> str:
    """Return the country of a pack."""
    turn, place = divmod(number, EVERY_EXTRA)
    if place == EVERY_EXTRA - 1:
        return dealt(EXTRA, turn, seed, "extra")
    return dealt(MAIN, number - turn, seed, "main")


def languages_for(country: str, rng: random.Random) -> tuple[str, ...]:
    """Choose the languages of a pack as often as they occur in a country."""
    choices = language_sets(country)
    return rng.choices(choices, [choice.weight for choice in choices])[0].languages


def store_for(country: str, rng: random.Random) -> Text | None:
    """Choose a chain's own brand, or none."""
    stores = texts("stores").get((country, "stores"), ())
    return rng.choice(stores) if stores and rng.random() < SHARE_OF_STORE_BRANDS else None


def neutral_name(rng: random.Random) -> str:
    """Make up a name that no language claims."""
    parts = names()
    return "".join(rng.choice(parts[part]) for part in ("starts", "middles", "ends"))


def gtin_for(country: str, rng: random.Random) -> str:
    """Make up an article number, licensed at home or elsewhere."""
    home = country if rng.random() < SHARE_OF_HOME_PREFIXES else rng.choice(MAIN)
    body = f"{rng.randint(*facts()[home].gs1):03d}{rng.randrange(10**9):09d}"
    return body + check_digit(body)

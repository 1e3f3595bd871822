"""The brand of a crop whose product the catalog lacks, and where that brand is sold.

Most crops show a product that is not in the catalog, but many show a brand that is. Three
witnesses:

*Words.* All words of a brand's name among the words read, exactly or (a word of 5 letters and more)
one letter off. That is the brand with probability `EXACT` or `NEAR`, times how well the name tells
it: of the n products that bear these words in their name or brand, m are of the brand, which makes
(m + 1) / (n + 2). `Natural` is a brand, but a poor one.

*Lettering.* A brand writes its name alike on all its products. Where the crop shows that very
lettering of a candidate of the brand (`engine.embed.local.logos`), likeness `LOGO_MIN` or more, it
is the brand with probability `LOGO`, whether or not anybody can read it.

*Neighbours.* Candidates that look alike are often siblings: a brand whose candidates have the
probability P_b together, out of P for all, stands out by P_b / (P + `NOISE`), and is believed
`SIBLING` of that.

Together p = 1 - (1 - p_words)(1 - p_lettering)(1 - p_neighbours); where several brands come to more
than 1, they share it. The brand's markets, by how many of its products are sold where, are then a
clue of the kind `brand`, which counts p P(unknown) n / (n + `FEW_SALES`) of what the table of
weights says: a product that fits speaks for itself, and n claims are few until there are several.

The shares of words and neighbours are choices, not fitted; that of lettering was counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from engine.embed.image import Box
from engine.embed.local.logos import Lettering
from engine.embed.text.folding import folded_parts
from engine.embed.text.words import Word
from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact

EXACT = 0.9
NEAR = 0.6
NOISE = 0.2
SIBLING = 0.4
FEW_SALES = 1.0

LOGO_MIN = 0.85
LOGO = 0.9
"""Of 160 photographs of cartons, their own product left out, 54 showed a brand's lettering so
alike, and 53 were of that brand; of 200 made-up packs of brands that the catalog lacks, 3 did."""

NEAR_LETTERS = 5
"""A shorter word is not matched by one letter off: too many words are."""

SHORT_LETTERS = 3
"""A brand of fewer letters in all is not told by its words."""

WORDS_MAX = 60
"""Words of a crop that are compared letter by letter, so that a page of text stays cheap."""

WORTH_SAYING = 0.2
"""A less probable brand is no clue."""

NOT_READ: tuple[float, tuple[Word, ...]] = (0.0, ())


@dataclass(frozen=True)
class BrandShare:
    """A brand, how probable it is, and the words that were read for it."""

    brand: str
    probability: float
    words: tuple[Word, ...]
    logo: Lettering | None = None
    """Where the crop shows its lettering."""

    @property
    def box(self) -> Box | None:
        """Where its name or lettering stands in the crop; None where only neighbours tell it."""
        if self.words:
            return Box.around([point for word in self.words for point in word.box])
        return self.logo.box if self.logo else None

    @property
    def rule(self) -> str:
        """What told it."""
        if self.words:
            return "brand: words of its name"
        return "brand: its lettering" if self.logo else "brand: candidates that look alike"


class BrandBook:
    """The brands of one catalog: their names, how telling these are, and where each is sold."""

    def __init__(
        self, products: Iterable[tuple[str, str]], sales: Iterable[tuple[str, str, int]]
    ) -> None:
        """Take (brand, name) of each product, and (brand, country, products sold there)."""
        self._sales: dict[str, dict[str, int]] = defaultdict(dict)
        for brand, country, count in sales:
            self._sales[brand][country] = count
        self._tokens: dict[str, frozenset[str]] = {}
        self._by_token: dict[str, list[str]] = defaultdict(list)
        self._bearers: dict[str, set[int]] = defaultdict(set)
        self._sizes: Counter[str] = Counter()
        self._read(products)

    def _read(self, products: Iterable[tuple[str, str]]) -> None:
        names = []
        for brand, name in products:
            names.append((brand, name))
            self._sizes[brand] += 1
            if brand and brand not in self._tokens:
                self._tokens[brand] = frozenset(folded_parts(brand))
        for brand, tokens in self._tokens.items():
            if sum(map(len, tokens)) >= SHORT_LETTERS:
                for token in tokens:
                    self._by_token[token].append(brand)
        for number, (brand, name) in enumerate(names):
            for token in folded_parts(f"{brand} {name}"):
                if token in self._by_token:
                    self._bearers[token].add(number)

    def sales(self, brand: str) -> Mapping[str, int]:
        """Return how many of a brand's products are sold in each country."""
        return self._sales.get(brand, {})

    def by_words(self, words: Sequence[Word]) -> dict[str, tuple[float, tuple[Word, ...]]]:
        """Return the brands whose names were read, with their probability and those words."""
        read: dict[str, Word] = {}
        for word in words:
            for token in folded_parts(word.text):
                read.setdefault(token, word)
        known = self._known(read)
        brands = {brand for token in known for brand in self._by_token[token]}
        found = {}
        for brand in sorted(brands):
            tokens = self._tokens[brand]
            if tokens <= known.keys():
                sure = min(EXACT if known[token] in tokens else NEAR for token in tokens)
                told_by = tuple(dict.fromkeys(read[known[token]] for token in sorted(tokens)))
                found[brand] = (sure * self._telling(brand), told_by)
        return found

    def _known(self, read: Mapping[str, Word]) -> dict[str, str]:
        """Return the tokens of brands that were read, each with the token that it was read as."""
        known = {token: token for token in read if token in self._by_token}
        doubtful = [t for t in read if t not in known and len(t) >= NEAR_LETTERS][:WORDS_MAX]
        for token in doubtful:
            for near, _, _ in extract(
                token,
                self._by_token.keys(),
                scorer=Levenshtein.distance,
                score_cutoff=1,
                limit=3,
            ):
                if len(near) >= NEAR_LETTERS:
                    known.setdefault(near, token)
        return known

    def _telling(self, brand: str) -> float:
        bearers = [self._bearers[token] for token in self._tokens[brand]]
        return (self._sizes[brand] + 1) / (len(set.intersection(*bearers)) + 2)


def likely_brands(
    book: BrandBook,
    words: Sequence[Word],
    neighbours: Mapping[str, float],
    logos: Mapping[str, Lettering] = MappingProxyType({}),
) -> list[BrandShare]:
    """Return the brands that a crop may be of, likeliest first.

    Parameters
    ----------
    book : BrandBook
        The brands of the catalog.
    words : sequence of Word
        What was read in the crop.
    neighbours : mapping of str to float
        Probability of the candidates of each brand together; `""` holds those without one.
    logos : mapping of str to Lettering
        By brand, the lettering of a candidate that the crop shows likest.

    Returns
    -------
    list of BrandShare
        Probabilities sum to at most 1.
    """
    read = book.by_words(words)
    stands_out = _stands_out(neighbours)
    seen = {brand: logo for brand, logo in logos.items() if brand and logo.likeness >= LOGO_MIN}
    shares = {}
    for brand in sorted(read.keys() | stands_out.keys() | seen.keys()):
        sure, _ = read.get(brand, NOT_READ)
        doubt = (1 - sure) * (1 - SIBLING * stands_out.get(brand, 0.0))
        shares[brand] = 1 - doubt * (1 - LOGO if brand in seen else 1.0)
    total = max(sum(shares.values()), 1.0)
    found = [
        BrandShare(brand, share / total, read.get(brand, NOT_READ)[1], seen.get(brand))
        for brand, share in shares.items()
        if share / total >= WORTH_SAYING
    ]
    return sorted(found, key=lambda each: (-each.probability, each.brand))


def _stands_out(neighbours: Mapping[str, float]) -> dict[str, float]:
    total = sum(neighbours.values()) + NOISE
    return {brand: share / total for brand, share in neighbours.items() if brand}


def brand_clue(share: BrandShare, book: BrandBook) -> tuple[Clue, float] | None:
    """Return the clue of a brand's markets, and how much of its weight counts.

    None where nobody knows a market of the brand.
    """
    sales = book.sales(share.brand)
    total = sum(sales.values())
    if not total:
        return None
    clue = Clue(
        kind="brand",
        value=share.brand,
        text=" ".join(word.text for word in share.words),
        fact=Fact.MARKET,
        countries={country: count / total for country, count in sorted(sales.items())},
        rule=share.rule,
        source="the catalog's claims of that brand's products",
        box=share.box,
    )
    return clue, share.probability * total / (total + FEW_SALES)

"""Finds products by words, parts of words and barcode numbers.

Three ways are tried, each kind of match ranked before the next: a barcode number, whole words
(the last one may be a beginning), and parts of words. Triggers fill the tables (see
`engine.catalog.triggers`). In words accents do not matter; in parts of words
they do. Where a part is shorter than three characters, as many Chinese and Japanese words are,
no index helps and all texts are read through: some 50 ms for 100,000 products.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    TableClause,
    and_,
    case,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from engine.catalog.filters import chunks, filtered
from engine.catalog.models import Gtin, Product
from engine.catalog.products import WHOLE
from engine.catalog.triggers import COLUMNS, FOLDS, SEARCH_TABLES

MAX_CHARACTERS = 500
MAX_WORDS = 32
"""What is longer is cut: more words than a person types only cost time."""

N_GRAM = 3
"""Characters of a part that `product_trigrams` can look up."""

GTIN_LENGTHS = (8, 12, 13, 14)

WEIGHTS = (10.0, 8.0, 10.0, 1.0, 5.0, 3.0)
"""How much a word counts in each of `COLUMNS`: what a product is called before what is said."""

NUMBER_SCORE, WORD_SCORE, PART_SCORE = 3.0, 2.0, 1.0

PLAIN_LETTERS = {ord(letter): plain for letter, plain in FOLDS.items()}

WORDS, TRIGRAMS = (
    table(name, column("rowid", Integer), *(column(text, String) for text in COLUMNS))
    for name in SEARCH_TABLES
)

Ranking: TypeAlias = "Select[int, float]"
"""A query of numbers of products and their scores, best first."""


@dataclass(frozen=True)
class TextHit:
    """A product that a text found."""

    product: Product
    score: float
    """Higher is better, comparable within one answer: from 3 a barcode number, from 2 whole words,
    from 1 parts of words."""


def search_products(
    session: Session,
    text: str,
    limit: int,
    categories: Sequence[str] = (),
    markets: Sequence[str] = (),
) -> list[TextHit]:
    """Find the products that have all words of a text, best first.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        Reads the catalog.
    text : str
        Words of name, brand, description, id or family in any order and script, or a barcode
        number; any characters whatever. A text without a letter or digit finds nothing.
    limit : int
        Hits wanted at most.
    categories, markets : sequence of str
        Only products of one of these categories, with a claim for one of these countries; none
        given means all.

    Returns
    -------
    list of TextHit
        In falling score; equal scores in the order in which products were added.
    """
    scores: dict[int, float] = {}
    for ranking in _rankings(text, _words(text)):
        if len(scores) >= limit:
            break
        found = _kept(ranking, categories, markets).limit(len(scores) + limit)
        for number, score in session.execute(found):
            scores.setdefault(number, score)
    best = list(scores.items())[: max(limit, 0)]
    products = _products(session, [number for number, _ in best])
    return [TextHit(products[number], score) for number, score in best if number in products]


def _kept(ranking: Ranking, categories: Sequence[str], markets: Sequence[str]) -> Ranking:
    """Keep the products that pass the filters."""
    if not (categories or markets):
        return ranking
    findable = filtered(select(Product.id), categories, markets)
    # Adding 0 keeps SQLite from asking FTS5 once for each of these products.
    return ranking.where((ranking.selected_columns[0] + 0).in_(findable))


def _rankings(text: str, words: Sequence[str]) -> Iterator[Ranking]:
    """Yield the queries that find products by this text, the surest first."""
    if numbers := _gtin_forms(text):
        yield _by_number(numbers)
    if words:
        yield _by_words(words)
        yield _by_parts(words)


def _words(text: str) -> list[str]:
    """Return the runs of letters, marks and digits, each once."""
    composed = unicodedata.normalize("NFC", text[:MAX_CHARACTERS])
    spaced = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in composed)
    folded = spaced.translate(PLAIN_LETTERS)
    return list(dict.fromkeys(_without_zeros(word) for word in folded.split()))[:MAX_WORDS]


def _without_zeros(word: str) -> str:
    """Return a barcode number without its leading zeros, any other word as it is."""
    is_number = word.isascii() and word.isdigit() and len(word) >= min(GTIN_LENGTHS)
    return word.lstrip("0") or word if is_number else word


def _gtin_forms(text: str) -> set[str]:
    """Return the ways in which a barcode number may be stored; none if the text is not one."""
    compact = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    digits = "".join(c for c in compact if not (c.isspace() or c in "-‐‑–."))
    if not (digits.isascii() and digits.isdigit()):
        return set()
    bare = {digits.lstrip("0"), _expanded_upc_e(digits).lstrip("0")} - {""}
    return {form.zfill(length) for form in bare for length in GTIN_LENGTHS if len(form) <= length}


def _expanded_upc_e(digits: str) -> str:
    """Return the UPC-A number that a UPC-E of 8 digits shortens, empty for anything else.

    The seventh digit tells where zeros were left out (GS1 General Specifications, section 5.2.2).
    """
    if len(digits) != 8 or digits[0] not in "01":
        return ""
    system, body, last, check = digits[0], digits[1:6], digits[6], digits[7]
    if last in "012":
        return f"{system}{body[:2]}{last}0000{body[2:]}{check}"
    if last in "34":
        n_kept = int(last)
        return f"{system}{body[:n_kept]}00000{body[n_kept:]}{check}"
    return f"{system}{body}0000{last}{check}"


def _by_number(forms: Iterable[str]) -> Ranking:
    score = literal_column(str(NUMBER_SCORE), Float)
    found = select(Gtin.product_id, score).where(Gtin.gtin.in_(sorted(forms))).distinct()
    return found.order_by(Gtin.product_id)


def _by_words(words: Sequence[str]) -> Ranking:
    """Match all words, the last one as a beginning too."""
    return _by_relevance(WORDS, " AND ".join(map(_quoted, words)) + " *", WORD_SCORE)


def _by_parts(words: Sequence[str]) -> Ranking:
    """Match all words, wherever they stand inside others."""
    indexed = [word for word in words if len(word) >= N_GRAM]
    short = [word for word in words if len(word) < N_GRAM]
    if indexed:
        ranking = _by_relevance(TRIGRAMS, " AND ".join(map(_quoted, indexed)), PART_SCORE)
    else:
        title = TRIGRAMS.c.name + " " + TRIGRAMS.c.brand
        is_titled = and_(*(title.contains(word) for word in short))
        score = PART_SCORE + case((is_titled, 0.5), else_=0.0)
        ranking = select(TRIGRAMS.c.rowid, score).order_by(score.desc(), TRIGRAMS.c.rowid)
    return ranking.where(*(_everything().contains(word) for word in short))


def _by_relevance(texts: TableClause, match: str, base_score: float) -> Ranking:
    """Rank by BM25, which FTS5 gives as a negative number, brought between 0 and 1."""
    whole_table: ColumnElement[Any] = literal_column(texts.name)
    relevance = -func.bm25(whole_table, *WEIGHTS, type_=Float)
    score = base_score + relevance / (1.0 + relevance)
    ranking = select(texts.c.rowid, score).where(whole_table.op("MATCH")(match))
    return ranking.order_by(score.desc(), texts.c.rowid)


def _everything() -> ColumnElement[str]:
    """Return all texts of a product, one a line."""
    first, *others = (TRIGRAMS.c[name] for name in COLUMNS)
    return reduce(lambda joined, text: joined + "\n" + text, others, first)


def _quoted(word: str) -> str:
    """Return a word that FTS5 takes as it is: it has letters and digits only, no quotes."""
    return f'"{word}"'


def _products(session: Session, numbers: Sequence[int]) -> dict[int, Product]:
    """Return products by number, with all that belongs to them."""
    found: dict[int, Product] = {}
    for some in chunks(numbers):
        rows = session.scalars(select(Product).where(Product.id.in_(some)).options(*WHOLE))
        found.update((product.id, product) for product in rows)
    return found

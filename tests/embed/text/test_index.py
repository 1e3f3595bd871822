import random

import pytest

from engine.embed.text.index import WordIndex
from engine.embed.text.matching import match_words, tokens_of
from engine.embed.text.words import Word

PRODUCTS = {
    11: ["bravo", "appie", "juice"],
    12: ["bravo", "apeisin", "juice"],
    13: ["tropicana", "appie"],
    14: ["tropicana", "grapefruit"],
}


def crop(*texts):
    return tokens_of([Word(text, ((0.0, 0.0),) * 4, 1.0, 0) for text in texts])


@pytest.fixture(scope="module")
def index():
    return WordIndex(PRODUCTS.items())


def test_the_product_with_most_of_the_words_comes_first(index):
    found = index.candidates(crop("BRAVO", "Apelsin"), limit=10)

    assert [product for product, _ in found] == [12, 11]


def test_a_misread_word_finds_its_product(index):
    assert index.candidates(crop("GRAPFRUIT"), limit=1)[0][0] == 14


def test_products_of_equal_score_come_by_id(index):
    found = index.candidates(crop("juice"), limit=10)

    assert [product for product, _ in found] == [11, 12]
    assert found[0][1] == found[1][1]


def test_no_more_than_the_limit_come(index):
    assert len(index.candidates(crop("apple", "bravo"), limit=2)) == 2


@pytest.mark.parametrize("texts", [(), ("xylophone",), ("x",)])
def test_words_that_no_product_shows_find_nothing(index, texts):
    assert index.candidates(crop(*texts), limit=5) == []


def test_an_empty_catalog_has_no_candidates():
    assert WordIndex([]).candidates(crop("bravo"), limit=5) == []


def test_rarity_counts_products(index):
    assert index.rarity.weight("grapefruit") > index.rarity.weight("bravo") > 0


def test_the_index_agrees_with_comparing_every_product():
    rng = random.Random(3)
    words = ["".join(rng.choices("abdegiknoprstuv", k=rng.randint(5, 9))) for _ in range(400)]
    products = {number: rng.sample(words, 6) for number in range(300)}
    index = WordIndex(products.items())
    for _ in range(20):
        tokens = crop(*(word[1:] for word in rng.sample(words, 3)))
        scores = {
            p: match_words(tokens, shown, index.rarity).score for p, shown in products.items()
        }
        best = max(scores, key=lambda product: (scores[product], -product))

        found = [product for product, _ in index.candidates(tokens, limit=10)]

        assert best in found

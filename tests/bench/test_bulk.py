import numpy as np
import pytest

from engine.bench.bulk import RealReferences, Reference
from engine.embed.local.aggregate import Aggregate
from engine.errors import InvalidInputError

N_PRODUCTS = 20
N_WORDS = 100


def unit(rng, dim=16):
    vector = rng.normal(size=dim)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def reference(number, vector, n_words=N_WORDS):
    """A product whose words, visual and read ones, no other has."""
    numbers = range(number * N_WORDS, number * N_WORDS + n_words)
    return Reference(
        name=f"name-{number}",
        brand=f"brand-{number}",
        category="packaging",
        vector=vector,
        aggregate=Aggregate(np.array(numbers, np.uint16), np.array(numbers, np.uint64)),
        words=[f"{number}-{each}" for each in numbers],
    )


@pytest.fixture
def references():
    rng = np.random.default_rng(3)
    return [reference(number, unit(rng)) for number in range(N_PRODUCTS)]


@pytest.fixture
def real(references):
    return RealReferences(range(N_PRODUCTS), references)


def model_of(made):
    return int(made.brand.removeprefix("brand-"))


def test_a_made_up_vector_lies_as_far_from_a_real_one_as_that_ones_nearest(real, references):
    vectors = np.stack([each.vector for each in references])
    cosines = vectors @ vectors.T - 2 * np.eye(N_PRODUCTS)

    for made in real.make(50, seed=0):
        own = model_of(made)
        assert made.vector @ vectors[own] == pytest.approx(cosines[own].max(), abs=1e-5)
        assert np.linalg.norm(made.vector) == pytest.approx(1.0)


def test_pictures_of_one_product_are_not_each_others_nearest(references):
    twin = reference(N_PRODUCTS, references[0].vector)
    real = RealReferences([*range(N_PRODUCTS), 0], [*references, twin])

    for made in real.make(200, seed=0):
        if model_of(made) in (0, N_PRODUCTS):
            assert made.vector @ twin.vector < 0.99


def test_a_quarter_of_words_is_the_models_own_and_the_rest_anybodys(real):
    own_words, own_details = [], []
    for made in real.make(60, seed=0):
        own = model_of(made)
        own_words.append(sum(word.startswith(f"{own}-") for word in made.words))
        own_details.append(int((made.aggregate.words // N_WORDS == own).sum()))
        assert all(int(word.split("-")[1]) // N_WORDS < N_PRODUCTS for word in made.words)
        assert (made.aggregate.words == made.aggregate.signs).all()  # a word's own signs
        assert (np.diff(made.aggregate.words.astype(int)) > 0).all()

    drawn_too = N_WORDS * 0.75 / N_PRODUCTS
    assert np.mean(own_words) == pytest.approx(N_WORDS / 4 + drawn_too, abs=3)
    assert np.mean(own_details) == pytest.approx(N_WORDS / 4 + drawn_too, abs=3)


def test_the_same_seed_makes_the_same_and_another_seed_others(real):
    first, again = list(real.make(5, seed=1)), list(real.make(5, seed=1))
    other = list(real.make(5, seed=2))

    assert [each.words for each in first] == [each.words for each in again]
    assert np.array_equal(first[4].vector, again[4].vector)
    assert [each.words for each in first] != [each.words for each in other]


def test_references_without_details_and_words_make_others_without(references):
    bare = [reference(number, each.vector, 0) for number, each in enumerate(references)]

    (made,) = RealReferences(range(N_PRODUCTS), bare).make(1, seed=0)

    assert (made.words, len(made.aggregate.words)) == ([], 0)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_one_product_is_too_few_to_make_others_after(references, count):
    with pytest.raises(InvalidInputError, match="two products"):
        RealReferences([7] * count, references[:count])

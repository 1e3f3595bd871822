"""The FAISS index against its brute-force twin: the same numbers and the same scores."""

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalog.index.exact_numpy import ExactNumpyIndex
from engine.catalog.index.flat_faiss import FlatFaissIndex
from tests.catalog.index.vectors import numbers, random_unit, unit


def assert_same_hits(fast, exact, queries, k, allowed=None):
    found, expected = fast.search(queries, k, allowed), exact.search(queries, k, allowed)
    np.testing.assert_array_equal(found.ids, expected.ids)
    np.testing.assert_array_equal(found.scores, expected.scores)


def filled(ids, vectors):
    pair = FlatFaissIndex(vectors.shape[1]), ExactNumpyIndex(vectors.shape[1])
    for index in pair:
        index.add(ids, vectors)
    return pair


@pytest.mark.parametrize("dim", [1, 3, 64, 513])
@pytest.mark.parametrize("n_queries", [1, 40])
def test_hits_are_those_of_the_brute_force_index(dim, n_queries):
    rng = np.random.default_rng(dim)
    ids = rng.permutation(5000)[:2000]
    fast, exact = filled(ids, random_unit(rng, 2000, dim))

    queries = random_unit(rng, n_queries, dim)
    assert_same_hits(fast, exact, queries, 10)
    assert_same_hits(fast, exact, queries, 10, allowed=ids[:50])
    assert_same_hits(fast, exact, queries, 300, allowed=rng.permutation(5000)[:2500])


coarse_rows = st.tuples(*[st.integers(-1, 1)] * 3).filter(any)  # many equal and opposite vectors
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.dictionaries(st.integers(0, 60), coarse_rows, max_size=20)),
        st.tuples(st.just("remove"), st.lists(st.integers(0, 60), max_size=10)),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(
    steps=steps,
    query=coarse_rows,
    k=st.integers(0, 70),
    allowed=st.none() | st.lists(st.integers(0, 60)),
)
def test_hits_stay_those_of_the_brute_force_index_through_changes(steps, query, k, allowed):
    fast, exact = FlatFaissIndex(3), ExactNumpyIndex(3)
    for step, content in steps:
        for index in (fast, exact):
            if step == "remove":
                index.remove(numbers(*content))
            elif new := {i: row for i, row in content.items() if i not in index.ids()}:
                index.add(numbers(*new), unit(*new.values()))

    np.testing.assert_array_equal(fast.ids(), exact.ids())
    chosen = None if allowed is None else numbers(*allowed)
    assert_same_hits(fast, exact, unit(query), k, chosen)
    assert_same_hits(FlatFaissIndex.from_bytes(fast.to_bytes(), 3), exact, unit(query), k, chosen)


def test_of_a_thousand_equal_vectors_the_lowest_ids_are_hits():
    rng = np.random.default_rng(5)
    ids = rng.permutation(3000)
    vectors = random_unit(rng, 3000, 32)
    vectors[:1000] = vectors[0]
    fast, exact = filled(ids, vectors)

    assert_same_hits(fast, exact, vectors[:1], 20)
    assert fast.search(vectors[:1], 20).ids[0].tolist() == sorted(ids[:1000])[:20]


def test_hits_are_the_same_at_any_thread_count_and_beside_any_other_query():
    rng = np.random.default_rng(6)
    centre = random_unit(rng, 1, 256)
    vectors = unit(*(centre + 1e-4 * rng.normal(size=(3000, 256))))  # all scores nearly equal
    index, _ = filled(np.arange(3000), vectors)
    queries = random_unit(rng, 50, 256)
    n_threads = faiss.omp_get_max_threads()

    together = index.search(queries, 15)
    faiss.omp_set_num_threads(1)
    alone = [index.search(query[None], 15) for query in queries]
    faiss.omp_set_num_threads(n_threads)

    np.testing.assert_array_equal(together.ids, np.vstack([hits.ids for hits in alone]))
    np.testing.assert_array_equal(together.scores, np.vstack([hits.scores for hits in alone]))


def test_arrays_of_other_layouts_are_taken():
    rng = np.random.default_rng(7)
    vectors = random_unit(rng, 200, 8)
    fast, exact = filled(np.arange(200), np.asfortranarray(vectors))

    assert_same_hits(fast, exact, np.asfortranarray(vectors[::20]), 5)

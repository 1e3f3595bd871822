"""The contract that every index keeps."""

import numpy as np
import pytest

from engine.catalog.index.exact_numpy import ExactNumpyIndex
from engine.catalog.index.flat_faiss import FlatFaissIndex
from engine.errors import CorruptIndexError
from tests.catalog.index.vectors import EAST, NORTH, NORTHEAST, WEST, numbers, unit


@pytest.fixture(params=[ExactNumpyIndex, FlatFaissIndex], ids=["numpy", "faiss"])
def make_index(request):
    return request.param


@pytest.fixture
def compass(make_index):
    """Four directions under the numbers 10, 20, 30, 40."""
    index = make_index(2)
    index.add(numbers(30, 10, 40, 20), np.stack([NORTHEAST, EAST, WEST, NORTH]))
    return index


def test_hits_come_with_falling_cosines(compass):
    hits = compass.search(unit((1, 0.1)), k=4)

    assert hits.ids.tolist() == [[10, 30, 20, 40]]
    assert hits.scores[0] == pytest.approx(np.array([1, 1.1 / 2**0.5, 0.1, -1]) / 1.01**0.5)


def test_every_query_gets_a_row_of_its_own(compass):
    hits = compass.search(np.stack([WEST, NORTH]), k=1)

    assert hits.ids.tolist() == [[40], [20]]
    assert hits.scores.tolist() == [[1.0], [1.0]]


def test_equal_scores_are_ordered_by_id(make_index):
    index = make_index(2)
    for number in (7, 3, 9, 5):
        index.add(numbers(number), EAST[None])

    assert index.search(EAST[None], k=2).ids.tolist() == [[3, 5]]


def test_rows_are_filled_up_where_there_are_too_few_vectors(compass):
    hits = compass.search(EAST[None], k=6)

    assert hits.ids.tolist() == [[10, 30, 20, 40, -1, -1]]
    assert hits.scores[0, 4:].tolist() == [-np.inf, -np.inf]


def test_only_allowed_numbers_are_hits(compass):
    hits = compass.search(EAST[None], k=3, allowed=numbers(40, 20, 999))

    assert hits.ids.tolist() == [[20, 40, -1]]


def test_an_empty_filter_allows_nothing(compass):
    assert compass.search(EAST[None], k=2, allowed=numbers()).ids.tolist() == [[-1, -1]]


def test_an_empty_index_has_no_hits(make_index):
    index = make_index(2)

    assert len(index) == 0
    assert index.ids().tolist() == []
    assert index.search(EAST[None], k=1).ids.tolist() == [[-1]]


def test_no_queries_or_no_hits_wanted_are_empty_answers(compass):
    assert compass.search(np.empty((0, 2), np.float32), k=3).ids.shape == (0, 3)
    assert compass.search(EAST[None], k=0).scores.shape == (1, 0)


def test_a_removed_vector_is_no_hit(compass):
    compass.remove(numbers(10, 999, 10))

    assert compass.ids().tolist() == [20, 30, 40]
    assert compass.search(EAST[None], k=3).ids.tolist() == [[30, 20, 40]]


def test_a_removed_number_can_be_added_again(compass):
    compass.remove(numbers(10))
    compass.add(numbers(10), WEST[None])

    assert compass.search(WEST[None], k=3).ids.tolist() == [[10, 40, 20]]


def test_an_index_survives_its_bytes(compass, make_index):
    restored = make_index.from_bytes(compass.to_bytes(), 2)
    restored.add(numbers(15), NORTHEAST[None])
    restored.remove(numbers(20))

    assert restored.ids().tolist() == [10, 15, 30, 40]
    assert restored.search(NORTH[None], k=3).ids.tolist() == [[15, 30, 10]]
    assert compass.ids().tolist() == [10, 20, 30, 40]


def test_an_index_reads_what_another_of_its_kind_wrote(compass):
    for other in (ExactNumpyIndex, FlatFaissIndex):
        assert other.kind == compass.kind
        restored = other.from_bytes(compass.to_bytes(), 2)
        assert restored.search(EAST[None], k=2).ids.tolist() == [[10, 30]]


def test_an_empty_index_survives_its_bytes(make_index):
    assert make_index.from_bytes(make_index(3).to_bytes(), 3).ids().tolist() == []


def test_bytes_of_another_length_are_refused(compass, make_index):
    with pytest.raises(CorruptIndexError, match="63 bytes"):
        make_index.from_bytes(compass.to_bytes()[:-1], 2)


@pytest.mark.parametrize(
    ("ids", "vectors", "reason"),
    [
        (numbers(1), np.ones((1, 3), np.float32), r"shape \(1, 3\) given, \(n, 2\) needed"),
        (numbers(1), EAST, r"shape \(2,\) given, \(n, 2\) needed"),
        (numbers(1, 2), unit((1, 0), (np.nan, 0)), "row 1 has length nan"),
        (numbers(1), np.array([[np.inf, 0]], np.float32), "row 0 has length inf"),
        (numbers(1), np.array([[0.5, 0]], np.float32), "row 0 has length 0.5"),
        (numbers(1), unit((1, 0), (0, 1)), r"ids of shape \(1,\) given, \(2,\) needed"),
        (numbers(5, 5), unit((1, 0), (0, 1)), "id 5 given twice"),
        (numbers(5, 20), unit((1, 0), (0, 1)), "id 20 is in the index already"),
        (numbers(-1), unit((1, 0)), "id -1 given"),
    ],
)
def test_what_cannot_be_added_leaves_the_index_as_it_was(compass, ids, vectors, reason):
    with pytest.raises(ValueError, match=reason):
        compass.add(ids, vectors)

    assert compass.search(EAST[None], k=5).ids.tolist() == [[10, 30, 20, 40, -1]]


@pytest.mark.parametrize(
    ("query", "k", "reason"),
    [
        (np.array([[np.nan, 0]], np.float32), 1, "length nan"),
        (np.ones((1, 3), np.float32), 1, r"\(n, 2\) needed"),
        (EAST[None], -1, "k is -1"),
    ],
)
def test_what_cannot_be_searched_is_refused(compass, query, k, reason):
    with pytest.raises(ValueError, match=reason):
        compass.search(query, k)

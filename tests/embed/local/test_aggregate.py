import numpy as np
import pytest
from PIL import Image

from engine.embed.local.aggregate import (
    CROP_ASSIGNMENTS,
    Aggregate,
    Codebook,
    aggregate,
    load_codebook,
    nearest_words,
)
from engine.embed.local.aggregate_index import DetailIndex
from engine.embed.local.keypoints import Keypoints, extract_keypoints
from engine.embed.local.train_codebook import fit_codebook
from engine.errors import InvalidInputError
from tests.embed.local.test_geometry import TILTED, warped
from tests.embed.local.test_keypoints import card

ALL_ONES = np.uint64(2**64 - 1)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def of(words):
    """An aggregate from a dict of word to signs."""
    return Aggregate(
        np.array(sorted(words), np.uint16),
        np.array([words[word] for word in sorted(words)], np.uint64),
    )


@pytest.fixture(scope="module")
def two_words():
    """A codebook that keeps the first 64 numbers of a descriptor; words 0 and 1 lie apart."""
    words = np.zeros((2, 64), np.float32)
    words[1, 0] = 1
    return Codebook(np.zeros(128, np.float32), np.eye(128, 64, dtype=np.float32), words)


def points_of(descriptors):
    count = len(descriptors)
    row = np.ones(count, np.float32)
    places = np.ones((count, 2), np.float32)
    return Keypoints(places, row, row, np.array(descriptors, np.uint8), 10, 10)


def test_a_keypoint_falls_to_its_nearest_word_and_keeps_the_signs_of_its_difference(two_words):
    near_one = np.zeros(128)
    near_one[[0, 5]] = (12, 5)  # as a unit vector .92 and .38: word 1 is nearer

    found = aggregate(points_of([near_one]), two_words)

    assert found.words.tolist() == [1]
    # number 0 is smaller than the word's 1, all others are equal or larger
    assert found.signs.tolist() == [2**64 - 2]


def test_a_crop_falls_to_several_words(two_words):
    flat = np.ones((1, 128))

    assert aggregate(points_of(flat), two_words, assignments=1).words.tolist() == [0]
    assert aggregate(points_of(flat), two_words, assignments=2).words.tolist() == [0, 1]


def test_no_keypoints_make_no_words(two_words):
    assert len(aggregate(points_of(np.zeros((0, 128))), two_words).words) == 0


def test_nearest_words_equal_brute_force(rng):
    placed, words = rng.random((40, 64)).astype(np.float32), rng.random((200, 64))
    distances = np.linalg.norm(placed[:, None] - words[None], axis=2)

    found = nearest_words(placed, words.astype(np.float32), 3)

    assert np.array_equal(found, np.argsort(distances, axis=1)[:, :3])


def test_score_is_the_rarity_of_shared_words_times_their_likeness_cubed():
    index = DetailIndex([of({0: 7, 1: 7}), of({1: 7, 2: 0}), of({1: 7})], n_words=3)

    found = index.search(of({0: 7, 2: int(ALL_ONES)}), k=3)

    # word 0 is in one of three pictures and alike: log 2; word 2 has all signs opposite
    rarity = np.log(4 / 2), np.log(4 / 4)
    assert found.rows.tolist() == [0]
    assert found.scores == pytest.approx([rarity[0] / np.sqrt(rarity[0] + rarity[1])])


def test_half_opposite_signs_speak_for_nothing_and_few_for_little():
    index = DetailIndex([of({0: 0}), of({1: 0})], n_words=2)
    few, half = (1 << 8) - 1, (1 << 32) - 1

    assert index.search(of({0: half}), k=2).rows.tolist() == []
    whole = index.search(of({0: 0}), k=2).scores[0]
    assert index.search(of({0: few}), k=2).scores[0] == pytest.approx(whole * 0.75**3)


def test_an_index_without_pictures_finds_nothing():
    index = DetailIndex([], n_words=4)

    assert len(index) == 0
    assert index.search(of({1: 5}), k=10).rows.tolist() == []


def test_index_equals_brute_force(rng):
    def random_aggregate(count):
        words = np.sort(rng.choice(50, count, replace=False)).astype(np.uint16)
        return Aggregate(words, rng.integers(0, 2**63, count).astype(np.uint64))

    pictures = [random_aggregate(20) for _ in range(30)]
    crop = random_aggregate(35)
    frequency = np.bincount(np.concatenate([each.words for each in pictures]), minlength=50)
    rarity = np.log(31 / (frequency + 1))

    def score(picture):
        total = 0.0
        for word, signs in zip(crop.words, crop.signs, strict=True):
            for other in picture.signs[picture.words == word]:
                likeness = 1 - 2 * bin(int(signs) ^ int(other)).count("1") / 64
                total += rarity[word] * likeness**3 if likeness >= 0.2 else 0
        return total / np.sqrt(rarity[picture.words].sum())

    expected = np.array([score(picture) for picture in pictures])
    found = DetailIndex(pictures, n_words=50).search(crop, k=30)

    assert found.scores == pytest.approx(np.sort(expected[expected > 0])[::-1])
    assert expected[found.rows] == pytest.approx(found.scores)


def test_stored_aggregates_come_back():
    original = of({3: 17, 4000: int(ALL_ONES)})
    again = Aggregate.from_bytes(original.to_bytes())

    assert again.words.tolist() == [3, 4000]
    assert again.signs.tolist() == [17, 2**64 - 1]
    for damaged in (b"", original.to_bytes()[:-1], b"XXXX" + original.to_bytes()[4:]):
        with pytest.raises(InvalidInputError):
            Aggregate.from_bytes(damaged)


def test_the_codebook_that_ships_finds_a_tilted_card():
    codebook = load_codebook()
    assert codebook.words.shape == (4096, 64)
    references = [aggregate(extract_keypoints(card(seed=seed)), codebook) for seed in range(6)]
    index = DetailIndex(references, n_words=len(codebook.words))
    crop = extract_keypoints(warped(card(seed=4), TILTED))

    found = index.search(aggregate(crop, codebook, CROP_ASSIGNMENTS), k=6)

    assert found.rows[0] == 4
    assert found.scores[0] > 3 * found.scores[1]


def test_a_plain_picture_finds_nothing():
    codebook = load_codebook()
    index = DetailIndex([aggregate(extract_keypoints(card()), codebook)], len(codebook.words))
    plain = aggregate(extract_keypoints(Image.new("RGB", (99, 99))), codebook, CROP_ASSIGNMENTS)

    assert index.search(plain, k=5).rows.tolist() == []


def test_training_twice_makes_the_same_codebook(rng):
    descriptors = rng.random((2000, 128)).astype(np.float32)
    descriptors /= np.linalg.norm(descriptors, axis=1, keepdims=True)

    first, second = fit_codebook(descriptors, words=50), fit_codebook(descriptors, words=50)

    assert np.array_equal(first.words, second.words)
    assert np.array_equal(first.projection, second.projection)
    # the directions are at right angles and of length 1
    assert first.projection.T @ first.projection == pytest.approx(np.eye(64), abs=1e-4)

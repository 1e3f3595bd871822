import cv2
import numpy as np
import pytest
from PIL import Image

from engine.embed.local.keypoints import REFERENCE_POINTS, Keypoints, extract_keypoints
from engine.errors import InvalidInputError


def card(side=400, seed=7):
    """A printed card: overlapping rectangles and discs of random grey, rich in corners."""
    rng = np.random.default_rng(seed)
    pixels = np.full((side, side, 3), 235, np.uint8)
    for _ in range(120):
        x, y = (int(n) for n in rng.integers(0, side, 2))
        w, h = (int(n) for n in rng.integers(6, 50, 2))
        colour = [int(n) for n in rng.integers(0, 255, 3)]
        if rng.random() < 0.5:
            cv2.rectangle(pixels, (x, y), (x + w, y + h), colour, -1)
        else:
            cv2.circle(pixels, (x, y), w // 2, colour, -1)
    return Image.fromarray(cv2.GaussianBlur(pixels, (0, 0), 0.8))


@pytest.fixture(scope="module")
def points():
    return extract_keypoints(card(), limit=REFERENCE_POINTS)


def test_a_disc_is_one_point_at_its_centre_with_its_size():
    pixels = np.full((600, 600, 3), 255, np.uint8)
    cv2.circle(pixels, (200, 320), 30, (0, 0, 0), -1, cv2.LINE_AA)

    found = extract_keypoints(Image.fromarray(pixels), limit=1)

    assert found.positions[0] == pytest.approx([200, 320], abs=1)
    # a blob of radius r answers most at sigma = r / sqrt(2); OpenCV's diameter is 2 sigma
    assert found.scales[0] == pytest.approx(2 * 30 / np.sqrt(2), rel=0.15)


def test_positions_are_pixels_of_the_picture_whatever_its_size():
    large = card(900)
    small = large.resize((300, 300), Image.Resampling.BOX)

    near = (extract_keypoints(small, limit=200).positions + 0.5) * 3 - 0.5
    far = extract_keypoints(large, limit=800).positions
    gaps = np.linalg.norm(near[:, None] - far[None], axis=2).min(axis=1)

    assert np.median(gaps) < 2  # of 900 px


def test_a_picture_turned_by_a_quarter_turns_its_points():
    picture = card()
    turned = extract_keypoints(picture.transpose(Image.Transpose.ROTATE_90), limit=200)
    x, y = turned.positions.T
    back = np.stack([picture.width - 1 - y, x], axis=1)

    straight = extract_keypoints(picture, limit=300).positions
    gaps = np.linalg.norm(back[:, None] - straight[None], axis=2).min(axis=1)

    assert np.mean(gaps < 1.5) > 0.9


def test_strongest_points_come_first(points):
    few = extract_keypoints(card(), limit=50)

    assert np.array_equal(few.positions, points.strongest(50).positions)
    assert np.array_equal(few.descriptors, points.strongest(50).descriptors)


def test_any_number_of_threads_finds_the_same_points(points):
    threads = cv2.getNumThreads()
    try:
        for count in (1, 4):
            cv2.setNumThreads(count)
            again = extract_keypoints(card(), limit=REFERENCE_POINTS)
            assert again.to_bytes() == points.to_bytes()
    finally:
        cv2.setNumThreads(threads)


def test_a_blurred_picture_keeps_most_of_its_points(points):
    blurred = cv2.GaussianBlur(np.asarray(card()), (0, 0), 3)

    found = extract_keypoints(Image.fromarray(blurred))
    gaps = np.linalg.norm(found.positions[:, None] - points.positions, axis=2)
    near = gaps.min(axis=1) < 2
    likeness = np.einsum(
        "ij,ij->i",
        found.unit_descriptors(),
        points.unit_descriptors()[gaps.argmin(axis=1)],
    )

    assert len(found) > 150
    assert near.mean() > 0.4
    assert np.median(likeness[near]) > 0.8


def test_hidden_parts_have_no_points():
    hidden = np.zeros((400, 400), bool)
    hidden[:, 100:250] = True

    found = extract_keypoints(card(), hidden=hidden)

    x = found.positions[:, 0]
    assert len(found) > 50
    assert not np.any((x >= 98) & (x < 252))


def test_a_mask_of_another_size_is_refused():
    with pytest.raises(InvalidInputError, match=r"\(10, 20\).*400 x 400"):
        extract_keypoints(card(), hidden=np.zeros((10, 20), bool))


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 300)])
def test_a_plain_picture_has_no_points_and_is_stored_all_the_same(size):
    nothing = extract_keypoints(Image.new("RGB", size, (90, 90, 90)))

    assert len(nothing) == 0
    assert len(Keypoints.from_bytes(nothing.to_bytes())) == 0


def test_descriptors_become_unit_vectors(points):
    lengths = np.linalg.norm(points.unit_descriptors(), axis=1)

    assert lengths == pytest.approx(np.ones(len(points)), abs=1e-6)


def test_stored_points_come_back(points):
    again = Keypoints.from_bytes(points.to_bytes())

    assert (again.width, again.height) == (400, 400)
    assert np.abs(again.positions - points.positions).max() < 0.01
    assert again.scales == pytest.approx(points.scales, rel=0.03)
    turns = np.abs(again.angles - points.angles)
    assert np.minimum(turns, 360 - turns).max() <= 0.75
    assert np.array_equal(again.descriptors, points.descriptors)
    assert again.to_bytes() == points.to_bytes()


def test_a_full_reference_takes_less_than_40_kilobytes():
    row = np.ones(REFERENCE_POINTS, np.float32)
    full = Keypoints(
        np.ones((REFERENCE_POINTS, 2), np.float32),
        row,
        row,
        np.full((REFERENCE_POINTS, 128), 15, np.uint8),
        5000,
        5000,
    )

    assert len(full.to_bytes()) < 40_000


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:10],
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: b"XXXX" + data[4:],
        lambda data: data[:4] + b"\x63" + data[5:],
    ],
)
def test_damaged_or_foreign_bytes_are_refused(points, damage):
    with pytest.raises(InvalidInputError):
        Keypoints.from_bytes(damage(points.to_bytes()))

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.embed.local.geometry import match_and_verify, verify
from engine.embed.local.keypoints import Keypoints, extract_keypoints
from engine.embed.local.planes import project
from tests.embed.local.test_keypoints import card

SIDE = 400
TILTED = np.array([[0.8, -0.25, 90], [0.2, 0.75, 40], [2e-4, 3e-4, 1]])
CORNERS = np.array([(0.0, 0.0), (SIDE, 0.0), (SIDE, SIDE), (0.0, SIDE)])


def warped(picture, matrix, size=(480, 480), ground=128):
    pixels = cv2.warpPerspective(
        np.asarray(picture), np.asarray(matrix, float), size, borderValue=(ground,) * 3
    )
    return Image.fromarray(pixels)


@pytest.fixture(scope="module")
def references():
    return [extract_keypoints(card(seed=seed), limit=400) for seed in range(6)]


@pytest.fixture(scope="module")
def crop():
    return extract_keypoints(warped(card(seed=3), TILTED))


def test_a_known_homography_is_recovered_within_a_pixel(crop, references):
    found = match_and_verify(crop, references)[3]

    assert found.kind == "homography"
    gaps = np.linalg.norm(project(found.transform, CORNERS) - project(TILTED, CORNERS), axis=1)
    assert gaps.max() < 1
    assert found.error_px < 1
    assert found.is_plausible
    assert found.inliers > 80
    assert found.area > 0.8
    quad = project(TILTED, CORNERS).astype(np.float32)
    assert found.crop_area == pytest.approx(cv2.contourArea(quad) / 480**2, abs=0.02)


def test_the_right_reference_has_by_far_the_most_inliers(crop, references):
    inliers = [match.inliers for match in match_and_verify(crop, references)]

    assert int(np.argmax(inliers)) == 3
    assert sorted(inliers)[-2] * 5 < inliers[3]


def test_pairs_name_points_that_lie_on_each_other(crop, references):
    found = match_and_verify(crop, references)[3]
    rows, columns = found.pairs.T

    mapped = project(found.transform, references[3].positions[columns].astype(float))
    gaps = np.linalg.norm(mapped - crop.positions[rows], axis=1)
    assert gaps.max() < 0.009 * 480
    assert len(set(rows.tolist())) == len(rows)
    assert len(set(columns.tolist())) == len(columns)


@pytest.mark.parametrize("turn", [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180])
def test_a_turned_crop_is_found(turn, references):
    pixels = cv2.rotate(np.asarray(card(seed=1)), turn)
    found = match_and_verify(extract_keypoints(Image.fromarray(pixels)), references)[1]

    assert found.inliers > 150
    assert found.error_px < 1


def test_a_bent_surface_keeps_its_votes(references):
    """A label on a can: columns are squeezed as they turn away, by up to a half."""
    across = np.linspace(-np.pi / 3, np.pi / 3, SIDE)
    width = 340
    wanted = np.linspace(-np.sin(np.pi / 3), np.sin(np.pi / 3), width)
    columns = np.interp(np.arcsin(wanted), across, np.arange(SIDE))
    rows = np.arange(SIDE, dtype=np.float32)
    bow = 25 * (1 - np.cos(np.arcsin(wanted)))
    map_x = np.tile(columns.astype(np.float32), (SIDE, 1))
    map_y = (rows[:, None] + bow[None]).astype(np.float32)
    pixels = cv2.remap(np.asarray(card(seed=2)), map_x, map_y, cv2.INTER_LINEAR)

    found = match_and_verify(extract_keypoints(Image.fromarray(pixels)), references)

    assert int(np.argmax([match.votes for match in found])) == 2
    assert found[2].votes > 60
    assert found[2].votes > found[2].inliers


def test_a_stranger_has_no_plausible_match(references):
    stranger = extract_keypoints(card(seed=99))

    for match in match_and_verify(stranger, references):
        assert match.inliers < 12
        assert match.inliers <= match.tentative


def test_a_mirrored_picture_does_not_match(references):
    mirrored = card(seed=1).transpose(Image.Transpose.FLIP_LEFT_RIGHT)

    assert match_and_verify(extract_keypoints(mirrored), references)[1].inliers < 25


def test_a_picture_shown_twice_counts_as_repetition(references):
    one = card(seed=4)
    shelf = Image.new("RGB", (2 * SIDE, SIDE))
    shelf.paste(one, (0, 0))
    shelf.paste(one, (SIDE, 0))

    alone = match_and_verify(extract_keypoints(one), references)[4]
    twice = match_and_verify(extract_keypoints(shelf, limit=2000), references)[4]

    assert alone.repetition < 0.1
    assert twice.repetition == pytest.approx(0.5, abs=0.1)


def test_references_without_points_match_nothing(crop, references):
    nothing = extract_keypoints(Image.new("RGB", (50, 50)))

    found = match_and_verify(crop, [nothing, references[3], nothing])

    assert [match.kind for match in found] == ["none", "homography", "none"]
    assert match_and_verify(nothing, references)[0].inliers == 0
    assert match_and_verify(crop, []) == []


def test_answers_do_not_depend_on_threads_or_neighbours_or_storage(crop, references):
    expected = match_and_verify(crop, references)
    threads = cv2.getNumThreads()
    try:
        cv2.setNumThreads(1)
        again = match_and_verify(crop, references)
    finally:
        cv2.setNumThreads(threads)
    alone = match_and_verify(crop, references[3:4])
    stored = match_and_verify(crop, [Keypoints.from_bytes(each.to_bytes()) for each in references])

    for match, other in zip(expected, again, strict=True):
        assert np.array_equal(match.transform, other.transform)
        assert np.array_equal(match.pairs, other.pairs)
    assert np.array_equal(alone[0].pairs, expected[3].pairs)
    assert stored[3].inliers == pytest.approx(expected[3].inliers, rel=0.05)


def test_a_point_that_is_paired_with_several_counts_once_among_the_like_ones(references):
    some = references[0]
    rows = np.arange(20)
    own, others = np.stack([rows, rows], axis=1), np.stack([rows, rows + 100], axis=1)

    found = verify(some, some, np.concatenate([own, others]))

    assert found.tentative == 20
    assert found.inliers == 20
    assert found.transform == pytest.approx(np.eye(3), abs=1e-2)


def test_no_pairs_at_all_lay_nothing_anywhere(references):
    found = verify(references[0], references[0], np.zeros((0, 2), np.int64))

    assert (found.kind, found.tentative, found.votes) == ("none", 0, 0)

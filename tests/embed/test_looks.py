import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.embed.compact import CompactEncoder
from engine.embed.encoder import encode_parts
from engine.embed.looks import CROWD, crowd_levels, cut_looks, rank_by_looks, unite_looks
from tests.embed.test_foreground import draw_room
from tests.fakes import MeanColourEncoder

NONE = -np.inf


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def cosines(*rows):
    return np.array(rows, dtype=np.float32)


# --- parts -----------------------------------------------------------------------------------


def test_a_crop_is_looked_at_in_its_middle_around_its_object_and_at_that_alone(rng):
    middle, part, alone = cut_looks(draw_room(rng))

    assert middle.size == (150, 130)
    assert part.getpixel((part.width // 2, part.height // 2)) == (190, 30, 40)
    assert alone.size == part.size
    assert alone.getpixel((alone.width // 2, alone.height // 2)) == (190, 30, 40)


def test_behind_the_object_alone_there_is_paper(rng):
    _, part, alone = cut_looks(draw_room(rng))

    assert alone.getpixel((0, 0)) == (255, 255, 255)
    assert part.getpixel((0, 0)) != (255, 255, 255)


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (30, 20)], ids=str)
def test_a_picture_without_an_object_is_looked_at_in_its_middle(size):
    (middle,) = cut_looks(Image.new("RGB", size, "olive"))

    assert middle.size == tuple(max(round(side / 2), 1) for side in size)


def test_a_large_object_is_cut_out_at_the_size_that_encoders_see(rng):
    _, part, alone = cut_looks(draw_room(rng).resize((6000, 5200)))

    assert max(part.size) > 2000
    assert max(alone.size) == 512


def test_the_object_alone_is_nearer_to_its_packshot_than_the_room_is(rng):
    encoder = CompactEncoder()
    room = draw_room(rng)
    ImageDraw.Draw(room).ellipse((135, 120, 165, 150), fill=(250, 220, 60))
    packshot = Image.new("RGB", (200, 200), "white")
    packshot.paste(room.crop((120, 100, 180, 200)), (70, 50))
    (reference,) = encoder.encode_images([packshot])

    (whole,) = encoder.encode_images([room])
    _, _, alone = encode_parts(encoder, cut_looks(room))

    assert alone @ reference > 0.8
    assert whole @ reference < 0.6


def test_an_encoder_that_knows_no_parts_embeds_them_as_pictures():
    red, blue = encode_parts(
        MeanColourEncoder(), [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    )

    np.testing.assert_array_equal([red, blue], [(1, 0, 0), (0, 0, 1)])


# --- scores ----------------------------------------------------------------------------------


def test_the_crowd_is_the_nearest_pictures_alone():
    near, far = [0.6] * CROWD, [0.1] * 100

    np.testing.assert_allclose(crowd_levels(cosines(near + far)), [0.6], atol=1e-6)


def test_a_small_catalog_is_a_crowd_too():
    levels = crowd_levels(cosines([0.8, 0.2, NONE], [0.5, 0.3, NONE], [NONE, NONE, NONE]))

    np.testing.assert_allclose(levels, [0.5, 0.4, 0.0], atol=1e-6)


def test_one_look_is_its_cosines():
    seen = cosines([0.9, 0.4, -0.2])

    np.testing.assert_allclose(unite_looks(seen, np.array([0.3])), seen[0], atol=1e-7)


def test_looks_that_agree_are_the_cosines_of_each():
    seen = cosines([0.9, 0.4], [0.9, 0.4])

    np.testing.assert_allclose(unite_looks(seen, crowd_levels(seen)), [0.9, 0.4], atol=1e-6)


def test_a_candidate_that_one_look_sees_clearly_comes_before_one_that_all_see_a_little():
    clear, faint = unite_looks(cosines([0.3, 0.45], [0.8, 0.45]), np.array([0.4, 0.4]))

    assert clear > faint
    assert clear == pytest.approx(0.8, abs=0.01)


def test_a_look_that_is_a_little_like_everything_says_little():
    own, other = unite_looks(cosines([0.6, 0.3], [0.72, 0.75]), np.array([0.3, 0.7]))

    assert own == pytest.approx(0.6, abs=0.01)
    assert other < 0.4


def test_scores_stay_cosines():
    (score,) = unite_looks(cosines([0.2], [1.0]), np.array([0.5, 0.1]))

    assert score == 1.0


def test_candidates_come_best_first_and_equal_ones_by_id():
    ids = np.array([[7, 3, 5], [3, 5, 7]])
    seen = cosines([0.9, 0.4, 0.4], [0.4, 0.4, 0.9])

    ranked, scores = rank_by_looks(ids, seen, np.array([0.5, 0.5]))

    assert ranked.tolist() == [7, 3, 5]
    np.testing.assert_allclose(scores, [0.9, 0.4, 0.4], atol=1e-6)


def test_a_candidate_that_was_deleted_meanwhile_is_passed_over():
    ids = np.array([[7, 3, -1], [3, 7, -1]])
    seen = cosines([0.9, 0.4, NONE], [0.4, 0.9, NONE])

    ranked, scores = rank_by_looks(ids, seen, np.array([0.5, 0.5]))

    assert ranked.tolist() == [7, 3]
    np.testing.assert_allclose(scores, [0.9, 0.4], atol=1e-6)


def test_of_no_candidates_there_is_no_order():
    ranked, scores = rank_by_looks(np.empty((2, 0), np.int64), cosines([], []), np.zeros(2))

    assert (ranked.tolist(), scores.tolist()) == ([], [])

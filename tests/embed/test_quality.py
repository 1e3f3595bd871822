import numpy as np
import pytest
from PIL import Image, ImageFilter

from engine.embed.quality import assess
from engine.embed.text.words import Word

BOX = ((0.0, 0.0),) * 4


def tiles(side_px=400, dark=60, bright=200, square_px=20):
    """A made-up sharp picture: a chessboard of squares, smoothed as by a good lens."""
    rows, columns = np.indices((side_px, side_px)) // square_px
    pixels = np.where((rows + columns) % 2, bright, dark).astype(np.uint8)
    return Image.fromarray(pixels).convert("RGB").filter(ImageFilter.GaussianBlur(0.6))


@pytest.mark.parametrize("sigma_px", [1.0, 2.0, 3.0, 4.0])
def test_the_blur_is_measured_in_pixels(sigma_px):
    blurred = tiles().filter(ImageFilter.GaussianBlur(sigma_px))

    assert assess(blurred).blur_px == pytest.approx(np.hypot(sigma_px, 0.6), rel=0.25)


def test_a_sharp_picture_is_good_as_it_is():
    quality = assess(tiles())

    assert quality.blur_px < 1
    assert quality.detail_px == pytest.approx(400, rel=0.2)
    assert quality.advice == "The crop is good as it is."


def test_a_large_picture_is_blurred_in_its_own_pixels():
    large = tiles(2048, square_px=100).filter(ImageFilter.GaussianBlur(5))

    assert assess(large).blur_px == pytest.approx(5, rel=0.25)


def test_light_is_measured():
    quality = assess(tiles(dark=10, bright=250))

    assert quality.brightness == pytest.approx(130, abs=3)
    assert quality.contrast == pytest.approx(240, abs=3)
    assert quality.dark == pytest.approx(0.45, abs=0.06)
    assert quality.bright == pytest.approx(0.45, abs=0.06)


@pytest.mark.parametrize(
    ("image", "advice"),
    [
        (tiles(100), "A larger cut-out would help most: this one has 100 pixels"),
        (tiles().filter(ImageFilter.GaussianBlur(4)), "A sharper picture would help most"),
        (tiles(dark=5, bright=20), "A brighter picture would help most"),
        (tiles(dark=250, bright=255), "A darker picture would help most"),
        (tiles(dark=120, bright=130), "A picture with more contrast would help most."),
    ],
)
def test_the_advice_names_what_hinders_most(image, advice):
    assert assess(image).advice.startswith(advice)


def test_what_is_hidden_is_judged_neither_for_light_nor_for_blur():
    image = tiles()
    image.paste((0, 0, 0), (0, 0, 400, 200))
    hidden = np.zeros((400, 400), dtype=bool)
    hidden[:200] = True

    quality = assess(image, hidden=hidden)

    assert quality.hidden == 0.5
    assert quality.dark == 0
    assert quality.advice == "A crop that shows the covered part would help most."


def test_legibility_is_that_of_the_words():
    words = [Word("FRUKT", BOX, 1.0, 0), Word("x9", BOX, 0.3, 1)]

    quality = assess(tiles(), words)

    assert quality.sure_words == 1
    assert quality.legibility == pytest.approx((5 * 1.0 + 2 * 0.3) / 7, abs=1e-3)


def test_without_words_a_legible_side_is_asked_for():
    assert assess(tiles(), []).advice == "A view of a side with legible words would help most."
    assert assess(tiles(), []).legibility == 0
    assert assess(tiles()).legibility is None


def test_no_words_are_asked_of_what_bears_none():
    wallpaper = assess(tiles(), [Word("中", BOX, 0.99, 0)], bears_words=False)

    assert wallpaper.hindrance == "wordless"
    assert "legible" not in wallpaper.advice
    assert assess(tiles(), [Word("FRUKT", BOX, 1.0, 0)], bears_words=False).hindrance == "none"
    assert assess(tiles(), None, bears_words=False).hindrance == "none"
    small = tiles().resize((60, 60))
    assert assess(small, [], bears_words=False).hindrance == "small"


@pytest.mark.parametrize(("side_px", "hindrance"), [(1, "tiny"), (15, "tiny"), (16, "small")])
def test_of_a_tiny_crop_it_is_said_that_nothing_can_be_told(side_px, hindrance):
    quality = assess(Image.new("RGB", (200, side_px), "red"))

    assert quality.hindrance == hindrance
    assert ("Next to nothing can be told" in quality.advice) is (hindrance == "tiny")


@pytest.mark.parametrize("size", [(1, 1), (1, 200), (200, 1)])
def test_the_smallest_pictures_are_judged_too(size):
    quality = assess(Image.new("RGB", size, "gray"), hidden=np.ones(size[::-1], dtype=bool))

    assert quality.blur_px == 0
    assert quality.hidden == 1

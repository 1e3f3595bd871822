"""Colours of pictures: pixel formats, depths, transparency, profiles."""

import numpy as np
import pytest
from PIL import Image, ImageCms

from engine.embed.image import decode
from tests.embed.hostile import encode


@pytest.mark.parametrize(
    ("mode", "pillow_format", "colour"),
    [
        ("1", "PNG", (255, 255, 255)),
        ("1", "TIFF", (255, 255, 255)),
        ("1", "GIF", (255, 255, 255)),
        ("L", "JPEG", (99, 99, 99)),
        ("L", "BMP", (99, 99, 99)),
        ("P", "PNG", (200, 60, 60)),
        ("P", "BMP", (200, 60, 60)),
        ("P", "TIFF", (200, 60, 60)),
        ("P", "GIF", (200, 60, 60)),
        ("CMYK", "JPEG", (200, 60, 60)),
        ("CMYK", "TIFF", (200, 60, 60)),
        ("YCbCr", "JPEG", (200, 60, 60)),
        ("YCbCr", "TIFF", (200, 60, 60)),
        ("LAB", "TIFF", (200, 60, 60)),
    ],
)
def test_every_pixel_format_becomes_rgb(mode, pillow_format, colour):
    red = Image.new("RGB", (16, 16), (200, 60, 60))
    images = {"1": Image.new("1", (16, 16), 1), "P": red.quantize(4), "LAB": to_lab(red)}
    image = images.get(mode) or red.convert(mode)

    picture = decode(encode(image, pillow_format))

    np.testing.assert_allclose(picture.image.getpixel((8, 8)), colour, atol=4)


def to_lab(image):
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    return ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB")


RAMP = np.array([[0, 13_107, 26_214], [39_321, 52_428, 65_535]])
"""Fifths of white in 16 bits."""


@pytest.mark.parametrize(
    ("image", "pillow_format"),
    [
        (Image.fromarray(RAMP.astype("<u2")), "PNG"),
        (Image.fromarray(RAMP.astype("<u2")), "TIFF"),
        (Image.frombytes("I;16B", (3, 2), RAMP.astype(">u2").tobytes()), "TIFF"),
        (Image.fromarray(RAMP.astype("<i4")), "TIFF"),
        (Image.fromarray((RAMP * 32_768).astype("<i4")), "TIFF"),
        (Image.fromarray((RAMP / 65_535).astype("<f4")), "TIFF"),
        (Image.fromarray((RAMP / 257).astype("<f4")), "TIFF"),
        (Image.fromarray(RAMP.astype("<f4")), "TIFF"),
    ],
    ids=["png", "tiff", "big-endian", "32 bits", "31 bits", "0 to 1", "0 to 255", "0 to 65,535"],
)
def test_deep_greys_are_scaled_to_8_bits(image, pillow_format):
    pixels = np.asarray(decode(encode(image, pillow_format)).image)

    np.testing.assert_allclose(pixels[..., 0], [[0, 51, 102], [153, 204, 255]], atol=1)


def test_numbers_that_are_none_are_black():
    image = Image.fromarray(np.array([[np.nan, np.inf, -5.0, 1.0]], dtype=np.float32))

    pixels = np.asarray(decode(encode(image, "TIFF")).image)

    assert pixels[0, :, 0].tolist() == [0, 0, 0, 255]


@pytest.mark.parametrize("pillow_format", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_transparency_is_laid_on_white(pillow_format):
    image = Image.new("RGBA", (32, 16), (0, 0, 255, 255))
    image.paste((255, 0, 0, 0), (0, 0, 16, 16))

    picture = decode(encode(image, pillow_format, lossless=True, quality=100))

    np.testing.assert_allclose(picture.image.getpixel((3, 8)), (255, 255, 255), atol=3)
    np.testing.assert_allclose(picture.image.getpixel((28, 8)), (0, 0, 255), atol=3)


def test_half_transparency_is_mixed_with_white():
    picture = decode(encode(Image.new("LA", (4, 4), (0, 128)), "PNG"))

    assert picture.image.getpixel((0, 0)) == (127, 127, 127)


@pytest.mark.parametrize("pillow_format", ["PNG", "GIF"])
def test_a_transparent_palette_entry_is_white(pillow_format):
    image = Image.new("P", (8, 8), 1)
    image.putpalette([255, 0, 0, 0, 128, 0])
    image.putpixel((0, 0), 0)

    picture = decode(encode(image, pillow_format, transparency=0))

    assert picture.image.getpixel((0, 0)) == (255, 255, 255)
    assert picture.image.getpixel((5, 5)) == (0, 128, 0)


def test_a_transparent_colour_is_white():
    picture = decode(encode(Image.new("RGB", (4, 4), (1, 2, 3)), "PNG", transparency=(1, 2, 3)))

    assert picture.image.getpixel((0, 0)) == (255, 255, 255)


def swapped_profile():
    """An sRGB profile whose red and green primaries have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


@pytest.mark.parametrize("pillow_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_colour_profile_is_converted_to_srgb(pillow_format):
    red = Image.new("RGB", (16, 16), (230, 20, 20))

    picture = decode(encode(red, pillow_format, icc_profile=swapped_profile()))

    np.testing.assert_allclose(picture.image.getpixel((8, 8)), (20, 230, 20), atol=10)


def test_the_profile_of_a_transparent_picture_is_converted():
    image = Image.new("RGBA", (4, 4), (230, 20, 20, 255))
    image.putpixel((0, 0), (9, 9, 9, 0))

    picture = decode(encode(image, "PNG", icc_profile=swapped_profile()))

    np.testing.assert_allclose(picture.image.getpixel((2, 2)), (20, 230, 20), atol=3)
    assert picture.image.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("profile", [b"no profile", swapped_profile()[:200], swapped_profile()])
def test_a_profile_that_is_broken_or_of_another_mode_is_ignored(mode, profile):
    if mode == "RGB" and profile == swapped_profile():
        pytest.skip("that one fits")
    image = Image.new("RGB", (8, 8), (60, 60, 60)).convert(mode)

    picture = decode(encode(image, "TIFF", icc_profile=profile))

    assert picture.image.getpixel((4, 4)) == (60, 60, 60)

"""Pictures that people have: formats, orientation, colour, transparency, limits."""

import hashlib
import io
import os
import struct
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from engine.embed.image import DecodeLimits, decode, read_picture, thumbnail
from engine.errors import (
    ImageTooLargeError,
    NotAnImageError,
    UnreadableImageError,
)
from tests.embed.hostile import FIXTURES, draw_picture, encode, honest_files

CORNERS = [(200, 30, 40), (30, 160, 60), (40, 60, 200), (240, 240, 240)]
"""Of the drawn picture when it is upright: top left, top right, bottom left, bottom right."""


def corners(image):
    right, bottom = image.width - 4, image.height - 4
    return np.array(
        [image.getpixel(at) for at in ((3, 3), (right, 3), (3, bottom), (right, bottom))]
    )


# --- formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", honest_files())
def test_every_format_is_decoded_and_told_by_its_bytes(name):
    picture = decode(honest_files()[name])

    assert picture.media_type == f"image/{name.partition('-')[0]}"
    assert (picture.width, picture.height) == picture.image.size == (96, 64)
    assert picture.image.mode == "RGB"
    np.testing.assert_allclose(corners(picture.image), CORNERS, atol=12)


def test_the_hash_is_that_of_the_bytes_as_they_came():
    data = honest_files()["jpeg"]

    assert decode(data).sha256 == hashlib.sha256(data).hexdigest()


def test_a_big_tiff_is_decoded():
    assert decode(encode(draw_picture(), "TIFF", big_tiff=True)).media_type == "image/tiff"


@pytest.mark.parametrize("pillow_format", ["GIF", "PNG", "WEBP", "TIFF", "AVIF", "MPO"])
def test_the_first_frame_of_several_is_taken(pillow_format):
    second = Image.new("RGB", (96, 64), "black")
    data = encode(draw_picture(), pillow_format, save_all=True, append_images=[second])

    np.testing.assert_allclose(corners(decode(data).image), CORNERS, atol=12)


def test_a_tiff_whose_directories_run_in_a_circle_is_read_once():
    data = bytearray(encode(draw_picture(), "TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    entries = struct.unpack_from("<H", data, first)[0]
    struct.pack_into("<I", data, first + 2 + 12 * entries, first)

    np.testing.assert_allclose(corners(decode(bytes(data)).image), CORNERS, atol=2)


def test_bytes_after_the_end_of_a_picture_are_ignored():
    assert decode(honest_files()["jpeg"] + b"PK\x03\x04 a zip").width == 96


@pytest.mark.parametrize("size", [(1, 50_000), (50_000, 1), (1, 1)])
@pytest.mark.parametrize("pillow_format", ["JPEG", "PNG", "TIFF", "BMP", "GIF"])
def test_extreme_shapes_are_decoded(size, pillow_format):
    picture = decode(encode(Image.new("RGB", size, (9, 99, 199)), pillow_format))

    assert picture.image.size == size
    np.testing.assert_allclose(picture.image.getpixel((0, 0)), (9, 99, 199), atol=3)


def test_the_same_picture_decodes_to_the_same_pixels_in_any_thread():
    data = list(honest_files().values()) * 4
    alone = [decode(one).image.tobytes() for one in data]

    with ThreadPoolExecutor(8) as pool:
        together = [picture.image.tobytes() for picture in pool.map(decode, data)]

    assert together == alone


# --- orientation -----------------------------------------------------------------------------

UNDO = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera held like that stores an upright scene (EXIF 2.32, tag 274)."""


@pytest.mark.parametrize("orientation", UNDO)
@pytest.mark.parametrize("pillow_format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_exif_orientation_is_applied_once(pillow_format, orientation):
    stored = draw_picture()
    if UNDO[orientation] is not None:
        stored = stored.transpose(UNDO[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation

    picture = decode(encode(stored, pillow_format, exif=exif))

    assert (picture.width, picture.height) == (96, 64)
    np.testing.assert_allclose(corners(picture.image), CORNERS, atol=12)


def test_a_turned_heic_comes_out_upright():
    picture = decode((FIXTURES / "turned.heic").read_bytes())

    assert (picture.width, picture.height) == (64, 96)
    np.testing.assert_allclose(corners(picture.image), [CORNERS[i] for i in (2, 0, 3, 1)], atol=12)


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0II*\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(12),
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x63\0\0\0\0\0\0\0",
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, of the metadata that it skips
def test_exif_that_makes_no_sense_turns_nothing(exif):
    picture = decode(encode(draw_picture(), "JPEG", exif=exif))

    np.testing.assert_allclose(corners(picture.image), CORNERS, atol=12)


# --- limits and files ------------------------------------------------------------------------


def test_a_picture_at_the_limits_passes_and_one_above_does_not():
    data = honest_files()["png"]

    assert decode(data, DecodeLimits(max_bytes=len(data), max_pixels=96 * 64)).width == 96
    with pytest.raises(ImageTooLargeError, match="bytes"):
        decode(data, DecodeLimits(max_bytes=len(data) - 1))
    with pytest.raises(ImageTooLargeError, match="96 x 64 pixels, more than the 6,143 allowed"):
        decode(data, DecodeLimits(max_pixels=96 * 64 - 1))


def test_a_file_is_told_by_its_bytes_and_not_by_its_name(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(honest_files()["png"])

    assert read_picture(path).media_type == "image/png"


def test_a_file_that_is_missing_or_no_file_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path / "missing.png", tmp_path, tmp_path / "pipe"):
        with pytest.raises(UnreadableImageError, match=path.name):
            read_picture(path)


def test_a_file_of_too_many_bytes_is_not_read(tmp_path):
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(ImageTooLargeError, match="1,099,511,627,776 bytes"):
        read_picture(path)


def test_an_empty_file_is_said_to_be_empty():
    with pytest.raises(NotAnImageError, match=r"is empty .* send a JPEG"):
        decode(b"")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<svg></svg>", "an SVG drawing"),
        (b"<?xml version='1.0'?>\n<svg></svg>", "an SVG drawing"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html><p>", "a web page (HTML)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or an Office document"),
        (b"\0\0\0\x18ftypmp42" + bytes(8), "a film"),
        ("söta bär\n".encode("latin-1"), "text"),
        (b"\x7fELF\x02\x01", "bytes of no known format"),
    ],
)
def test_what_is_no_picture_is_named_and_told_what_to_send(data, name):
    with pytest.raises(NotAnImageError) as refused:
        decode(data)

    assert str(refused.value) == (
        f"the file is no picture but {name}; "
        "send a JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF or HEIC picture"
    )


def test_nothing_of_a_file_that_is_no_picture_is_repeated():
    secret = b"root:x:0:0:root:/root:/bin/bash\n"

    with pytest.raises(NotAnImageError) as refused:
        decode(secret)

    assert "root" not in str(refused.value)
    assert "72 6f" not in str(refused.value)


def test_a_thumbnail_is_a_small_jpeg_of_the_same_picture():
    small = Image.open(io.BytesIO(thumbnail(draw_picture(960, 640), side_px=96)))

    assert (small.format, small.size) == ("JPEG", (96, 64))
    np.testing.assert_allclose(corners(small), CORNERS, atol=12)


def test_the_thumbnail_of_a_thread_like_picture_keeps_a_pixel():
    assert Image.open(io.BytesIO(thumbnail(Image.new("RGB", (1, 50_000)), 64))).size == (1, 64)

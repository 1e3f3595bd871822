"""Whatever is sent: a named error, soon, and in little memory."""

import resource
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.embed.image import decode
from engine.errors import ImageError
from tests.embed.hostile import draw_picture, encode, honest_files, hostile_files

HOSTILE = hostile_files()
HONEST = honest_files()
SECONDS_MAX = 5.0
MEBIBYTES_MAX = 200


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_the_error_that_names_it(name):
    started = time.monotonic()

    with pytest.raises(ImageError) as caught:
        decode(HOSTILE[name].data)

    assert caught.type is HOSTILE[name].expected_error
    assert time.monotonic() - started < SECONDS_MAX
    assert "object at 0x" not in str(caught.value)


def test_there_are_hostile_files_of_every_kind():
    assert len(HOSTILE) >= 100
    assert sum("cut at" in name for name in HOSTILE) == 3 * len(HONEST)


PEAK = """
import resource
from engine.embed.image import decode
from engine.errors import ImageError
from tests.embed.hostile import honest_files, hostile_files

def peak_kib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

files = hostile_files()
for data in honest_files().values():
    decode(data)
before = peak_kib()
for file in files.values():
    try:
        decode(file.data)
    except ImageError:
        pass
print((peak_kib() - before) // 1024)
"""


def test_memory_stays_flat_over_all_hostile_files():
    result = subprocess.run(
        [sys.executable, "-c", PEAK], capture_output=True, text=True, check=True, timeout=60
    )

    assert int(result.stdout) < MEBIBYTES_MAX


@pytest.mark.parametrize("name", HONEST)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from([0, 1, 127, 128, 255])),
        min_size=1,
        max_size=6,
    ),
    is_header_only=st.booleans(),
)
def test_bytes_that_flipped_never_raise_anything_but_an_image_error(name, changes, is_header_only):
    data = bytearray(HONEST[name])
    reach = min(len(data), 400) if is_header_only else len(data)
    for place, value in changes:
        data[int(place * reach)] = value

    decode_or_refuse(bytes(data))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(signature=st.sampled_from([data[:16] for data in HONEST.values()]), rest=st.binary())
def test_noise_after_a_signature_never_raises_anything_but_an_image_error(signature, rest):
    decode_or_refuse(signature + rest)


@pytest.mark.parametrize("name", HONEST)
def test_every_cut_of_a_file_is_refused_or_decoded(name):
    """A file may lose a few bytes at its end and still hold all its pixels; so no error is due."""
    data = HONEST[name]
    for kept in range(0, len(data), max(len(data) // 60, 1)):
        decode_or_refuse(data[:kept])


def decode_or_refuse(data):
    try:
        picture = decode(data)
    except ImageError:
        return
    assert picture.image.size == (picture.width, picture.height)
    picture.image.tobytes()


@pytest.mark.slow
def test_the_largest_picture_allowed_costs_less_than_a_gigabyte():
    """50 million pixels, 8 bits: Pillow keeps 4 bytes a pixel, twice while it converts."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    decode(encode(draw_picture(10_000, 5_000), "JPEG"))

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert grown < 1024

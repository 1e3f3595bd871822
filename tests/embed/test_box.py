"""Boxes in pictures: read, checked, cut out with their context."""

import pytest

from engine.embed.image import Box, crop_box
from engine.errors import (
    BoxOutsideImageError,
    InvalidInputError,
)
from tests.embed.hostile import draw_picture


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("1,2,30,40", Box(1, 2, 30, 40)),
        (" 1, 2 ,30 , 40 ", Box(1, 2, 30, 40)),
        ("0.0,0,5.,5.00", Box(0, 0, 5, 5)),
        ("-3,0,5,5", Box(-3, 0, 5, 5)),
    ],
)
def test_a_box_is_read(text, box):
    assert Box.parse(text) == box


@pytest.mark.parametrize(
    "text",
    [
        *("", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1;2;3;4", "1,2,,4", "1 2 3 4", "[1,2,3,4]"),
        *("nan,0,1,1", "inf,0,1,1", "1e9,0,1,1", "0.5,0,1,1", "0x1,0,1,1", "1_0,0,1,1"),
        *("0,0,-1,5", "0,0,5,-1", "٣,0,1,1", "9" * 5000 + ",0,1,1", "--1,0,1,1", "1,2,3,4\0"),
    ],
)
def test_nonsense_is_no_box(text):
    with pytest.raises(InvalidInputError, match="box"):
        Box.parse(text)


@pytest.mark.parametrize(
    ("box", "context", "size"),
    [
        (Box(40, 20, 20, 10), 0.0, (20, 10)),
        (Box(40, 20, 20, 10), 0.15, (26, 14)),
        (Box(0, 0, 96, 64), 0.15, (96, 64)),
        (Box(0, 54, 20, 10), 0.5, (30, 15)),
    ],
)
def test_a_box_is_cut_out_with_context_as_far_as_the_picture_goes(box, context, size):
    assert crop_box(draw_picture(), box, context).size == size


def test_a_cut_shows_what_was_in_the_box():
    cut = crop_box(draw_picture(), Box(70, 4, 20, 20), context=0.0)

    assert cut.getcolors() == [(400, (30, 160, 60))]


@pytest.mark.parametrize(
    "box", [Box(0, 0, 0, 5), Box(5, 5, 5, 0), Box(-1, 0, 5, 5), Box(90, 0, 7, 5), Box(0, 60, 5, 5)]
)
def test_a_box_that_is_empty_or_leaves_the_picture_is_refused(box):
    with pytest.raises(BoxOutsideImageError, match=str(box)):
        crop_box(draw_picture(), box)

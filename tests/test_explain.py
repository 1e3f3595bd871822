"""A grey crop of 128 x 128 px beside a grey reference of 128 x 64, both five times as large."""

import numpy as np
import pytest
from PIL import Image

from engine.explain import WIDTH_PX, explain
from engine.results import (
    Area,
    Candidate,
    CatalogInfo,
    CloseEvidence,
    CodeEvidence,
    ContradictionEvidence,
    CropResult,
    Distinction,
    EmbeddingEvidence,
    ImageInfo,
    KeypointsEvidence,
    ModelInfo,
    ProductInfo,
    SharedDetail,
    SharedWord,
    TextEvidence,
)
from engine.sketch import GAP_PX, MARGIN_PX, PANEL_PX, Overlay, Panel

GREY = (128, 128, 128)
CROP, REFERENCE = Image.new("RGB", (128, 128), GREY), Image.new("RGB", (128, 64), GREY)
MODEL, CATALOG = ModelInfo("compact", "f" * 64), CatalogInfo(7)
RED, BLUE, GREEN, AMBER = (208, 36, 48), (31, 79, 216), (0, 122, 94), (196, 112, 0)
SQUARE = ((40.0, 40.0), (80.0, 40.0), (80.0, 80.0), (40.0, 80.0))
CLOSE = CloseEvidence(0.9, 0.8, 0.7, 1.0, 5.0, 30.0, Area(100, 30, 20, 20))


def candidate(*evidence, name="Oat drink", told_apart_by=None):
    product = ProductInfo("oat-1l", name, "Havre", "packaging", ["7350000000016"], ["SE"])
    return Candidate(1, product, 0.87, list(evidence), "/v1/x", (128, 64), told_apart_by)


def result(*candidates):
    return CropResult(ImageInfo("crop.png", "a" * 64, 128, 128), list(candidates), 0.1, 1.0, [])


def drawn(first, reference=REFERENCE):
    shown = result(first) if first else result()
    return explain(CROP, reference, shown, first, MODEL, CATALOG)


def columns(picture):
    """Return the pixels of the left panel and of the right one."""
    pixels = np.asarray(picture).astype(int)
    right = MARGIN_PX + PANEL_PX + GAP_PX
    return pixels[:, MARGIN_PX : MARGIN_PX + PANEL_PX], pixels[:, right : right + PANEL_PX]


def extent(pixels, colour):
    """Return left, right and height of what has nearly this colour, px; None where nothing has."""
    rows, found = np.nonzero(np.abs(pixels - colour).max(axis=2) < 30)
    return (found.min(), found.max(), np.ptp(rows)) if len(found) else None


def test_a_box_is_drawn_where_the_evidence_says():
    ours, theirs = columns(drawn(candidate(CodeEvidence("07350000000016", "EAN-13", SQUARE))))

    left, right, height = extent(ours[150:800], GREEN)
    assert (left, right, height) == pytest.approx((200, 400, 200), abs=8)
    assert extent(theirs[150:800], GREEN) is None


def test_a_word_is_boxed_in_both_pictures():
    shifted = ((10.0, 10.0), (60.0, 10.0), (60.0, 30.0), (10.0, 30.0))
    word = SharedWord("Oat", SQUARE, "OAT", shifted)
    ours, theirs = columns(drawn(candidate(TextEvidence(["Oat"], [word]))))

    assert extent(ours[150:800], BLUE)[1] == pytest.approx(400, abs=8)
    assert extent(theirs[150:800], BLUE)[1] == pytest.approx(300, abs=8)


def test_a_contradicting_word_is_boxed_in_red_and_told():
    shifted = ((10.0, 10.0), (60.0, 10.0), (60.0, 30.0), (10.0, 30.0))
    word = SharedWord("vanilj", SQUARE, "naturell", shifted)
    plain, picture = (drawn(candidate(*each)) for each in ((), (ContradictionEvidence([word]),)))
    ours, theirs = columns(picture)

    assert extent(ours[150:800], RED)[1] == pytest.approx(400, abs=8)
    assert extent(theirs[150:800], RED)[1] == pytest.approx(300, abs=8)
    assert picture.height > plain.height  # by the line that says so


def test_lines_join_the_same_detail_in_both_pictures():
    line = SharedDetail((64.0, 64.0), (64.0, 32.0))
    plain = np.asarray(drawn(candidate(KeypointsEvidence(1)))).astype(int)
    pixels = np.asarray(drawn(candidate(KeypointsEvidence(1, [line])))).astype(int)

    height = min(len(plain), len(pixels))
    changed = np.abs(plain[:height] - pixels[:height]).sum(axis=2)[150:800] > 60
    found = np.nonzero(changed)[1]
    middle_of_crop, middle_of_reference = 40 + 320, 40 + 640 + GAP_PX + 320
    assert (found.min(), found.max()) == pytest.approx((middle_of_crop, middle_of_reference), abs=6)


def test_the_place_that_differs_is_marked_in_the_crop_too_where_the_outline_says_where():
    outline = ((0.0, 0.0), (128.0, 0.0), (128.0, 64.0), (0.0, 64.0))
    ours, theirs = columns(drawn(candidate(KeypointsEvidence(9, [], outline), CLOSE)))
    without, _ = columns(drawn(candidate(CLOSE)))

    assert extent(theirs[150:800], RED)[:2] == pytest.approx((500, 600), abs=8)
    assert extent(ours[150:800], RED)[:2] == pytest.approx((500, 600), abs=8)
    assert extent(without[150:800], RED) is None


def test_what_tells_siblings_apart_is_marked():
    apart = Distinction("rice", [], [], Area(0, 0, 64, 32), "Compared with rice: ...")
    _, theirs = columns(drawn(candidate(told_apart_by=apart)))

    assert extent(theirs[150:800], AMBER)[1] == pytest.approx(320, abs=8)


def test_a_shape_ends_at_the_border_of_its_picture():
    """The outline of a reference that the crop shows a part of lies around the crop."""
    huge = ((-1e5, -1e5), (1e5, -1e5), (32.0, 1e5), (-1e5, 32.0))
    picture = drawn(candidate(KeypointsEvidence(9, [], huge), CLOSE))

    gap = np.asarray(picture)[200:700, MARGIN_PX + PANEL_PX + 4 : MARGIN_PX + PANEL_PX + 60]
    assert (gap == 255).all()


def test_without_a_candidate_or_its_picture_the_crop_is_shown_alone():
    for picture in (drawn(None), drawn(candidate(CLOSE, EmbeddingEvidence(0.5)), reference=None)):
        ours, theirs = columns(picture)
        assert picture.width == WIDTH_PX
        assert extent(ours[150:800], GREY)[:2] == (0, PANEL_PX - 1)
        assert extent(theirs[300:700], GREY) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a\nb\r\x00",
        "燕麦奶 귀리 овёс شوفان \U0001f95b",
        "wide " * 500,
        "x" * 5000,
        "\u202eevil",
    ],
)
def test_any_name_can_be_drawn(name):
    picture = drawn(candidate(EmbeddingEvidence(0.5), name=name))

    assert picture.width == WIDTH_PX
    assert picture.height < 2000


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 3000), (400, 300)])
def test_a_picture_of_any_shape_fits_its_panel(size):
    panel = Panel.fitted(Image.new("RGB", size), 10, 20)

    assert max(panel.picture.size) <= PANEL_PX
    corner = panel.at((size[0], size[1]))
    assert corner[0] <= 10 + PANEL_PX + 1
    assert corner[1] <= 20 + PANEL_PX + 1


def test_the_same_answer_gives_the_same_picture():
    first = candidate(CLOSE, TextEvidence(["Oat"], [SharedWord("Oat", SQUARE)]))

    assert drawn(first).tobytes() == drawn(first).tobytes()


def test_an_overlay_without_anything_leaves_the_canvas():
    canvas = Image.new("RGB", (50, 40), GREY)
    Overlay(canvas.size).put_on(canvas)

    assert canvas.getcolors() == [(2000, GREY)]

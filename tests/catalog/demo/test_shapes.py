"""Bodies, layouts, patterns and motifs: each draws something of its own."""

import numpy as np
import pytest
from PIL import Image

from engine.catalog.demo.artwork import artwork_of
from engine.catalog.demo.layouts import LANDSCAPE, UPRIGHT
from engine.catalog.demo.light import around_cylinder
from engine.catalog.demo.motifs import MOTIFS, draw_motif
from engine.catalog.demo.patterns import CELLS
from engine.catalog.demo.products import product_at
from engine.catalog.demo.shapes import SHAPES
from engine.catalog.demo.tables import articles

ART = artwork_of(product_at(7, 3))
LAYOUTS = {layout for layouts in (*UPRIGHT.values(), LANDSCAPE) for layout in layouts}


def test_every_shape_is_used_and_drawn():
    assert {shape for article in articles() for shape in article.shapes} == SHAPES.keys()


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_a_body_fills_its_picture_and_nothing_is_half_there(shape):
    art = next(
        artwork_of(product)
        for product in (product_at(7, number) for number in range(2000))
        if shape in product.family.article.shapes
    )

    body = SHAPES[shape](art)

    assert body.mode == "RGBA"
    alpha = np.asarray(body.getchannel("A"))
    assert (alpha > 127).mean() > 0.3
    assert np.mean((alpha > 0) & (alpha < 255)) < 0.05
    assert np.asarray(body.convert("L"))[alpha > 127].std() > 10


@pytest.mark.parametrize("layout", sorted(LAYOUTS, key=lambda layout: layout.__name__))
def test_a_layout_changes_with_the_flavour(layout):
    faces = []
    for number in (3, 4):
        image = Image.new("RGB", (360, 240 if layout in LANDSCAPE else 480))
        layout(image, artwork_of(product_at(7, number)))
        faces.append(np.asarray(image))

    assert len(np.unique(faces[0].reshape(-1, 3), axis=0)) > 20
    assert (faces[0] != faces[1]).any()


def test_siblings_look_alike_but_not_the_same():
    first, second = (
        np.asarray(SHAPES["carton"](artwork_of(product_at(7, number))).convert("RGB")).astype(int)
        for number in siblings()
    )

    assert first.shape == second.shape
    changed = (np.abs(first - second).max(axis=2) > 24).mean()
    assert 0.002 < changed < 0.8


def siblings():
    """Return the numbers of two siblings that differ by their flavour."""
    for number in range(1000):
        one, other = product_at(7, number), product_at(7, number + 1)
        is_carton = "carton" in one.family.article.shapes
        if is_carton and one.family == other.family and one.family.differs_by == "variant":
            return number, number + 1
    raise AssertionError("no siblings")


@pytest.mark.parametrize("cell", CELLS)
def test_a_pattern_repeats_without_a_seam_in_its_ground(cell):
    ground = (250, 250, 250)
    image = Image.new("RGB", (200, 200), ground)

    cell(image, ART, ART.rng("pattern"), (ground, (200, 30, 40), (90, 10, 20), (30, 60, 160)))

    share = np.mean(np.all(np.asarray(image) != ground, axis=2))
    assert 0.05 < share < 1.0


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_a_motif_stays_in_its_circle(name):
    image = Image.new("L", (300, 300), 0).convert("RGB")

    draw_motif(image, name, (150, 150), 100, ((200, 120, 40), (120, 60, 20)))

    left, top, right, bottom = image.getbbox()
    assert right - left > 70
    assert bottom - top > 60
    assert min(left, top) >= 150 - 125
    assert max(right, bottom) <= 150 + 125


def test_a_cylinder_keeps_the_middle_and_squeezes_the_sides():
    stripes = Image.new("RGB", (100, 4))
    stripes.paste((255, 0, 0), (0, 0, 10, 4))
    stripes.paste((0, 255, 0), (45, 0, 55, 4))

    out = np.asarray(around_cylinder(stripes, 100))

    left = np.count_nonzero(out[0, :, 0] == 255)
    middle = np.count_nonzero(out[0, :, 1] == 255)
    assert left < 8, "the side turns away"
    assert middle > 12, "the middle faces the camera"

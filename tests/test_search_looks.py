"""The looks at a crop, in a search: what stands before a wall is found, not the wall."""

import numpy as np
import pytest
from PIL import Image

from engine.crops import crop_from_file
from engine.fusion import FusionModel, KnownModel
from engine.search import Searcher

WALLS = ("#0000ff", "#0000e0", "#1000ff", "#0010ff", "#0808f0", "#0018e8")


@pytest.fixture
def searcher(parts, add_product):
    """A red chair among blue wallpapers."""
    add_product("chair", "#ff0000")
    for number, colour in enumerate(WALLS):
        add_product(f"wall-{number}", colour)
    model = FusionModel({"embedding": 50.0}, {"": KnownModel({"embedding": 50.0}, 45.0)})
    return Searcher(parts.encoder, parts.index, parts.sessions, model, unknown_prior=0.2)


@pytest.fixture
def room(tmp_path):
    """The chair before the wall, a tenth of the crop."""
    picture = Image.new("RGB", (200, 160), "#0000f0")
    picture.paste("#ff0000", (70, 50, 130, 103))
    picture.save(tmp_path / "room.png")
    return crop_from_file(tmp_path / "room.png")


def test_an_object_before_a_wall_is_found_among_products_that_look_like_the_wall(
    parts, searcher, room
):
    (whole,) = parts.encoder.encode_images([room.picture.image])
    result = searcher.search([room]).results[0]

    assert whole @ (0, 0, 1) > 0.9  # by the whole crop it would be a wall
    assert result.candidates[0].product.id == "chair"


def test_the_looks_at_a_crop_stand_in_a_fixed_order_the_whole_first(parts, searcher, room):
    look, _ = searcher.look_and_weigh(room)

    (whole,) = parts.encoder.encode_images([room.picture.image])
    np.testing.assert_array_equal(look.vector[0], whole)
    assert look.vector.shape == (4, 3)
    assert look.vector[2, 0] > 0.9


def test_a_product_that_is_struck_is_out_of_the_crowd_as_well(searcher, room):
    look, before = searcher.look_and_weigh(room)
    without = searcher.weigh_without(look, ["chair"])

    assert "chair" in {each.image.product.key for each in before.comparisons}
    assert {each.image.product.key for each in without.comparisons} == {
        f"wall-{number}" for number in range(len(WALLS))
    }

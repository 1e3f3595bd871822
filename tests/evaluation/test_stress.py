import pytest
from PIL import Image

from engine.catalog.manifest import QueryRow
from engine.crops import crop_from_file
from engine.embed.image import DEFAULT_LIMITS, Box
from engine.embed.quality_hits import Hits
from engine.evaluation.damages import DAMAGES, turn_quarter
from engine.evaluation.examining import examine_row
from engine.evaluation.hits import hits_by_hindrance, together
from engine.evaluation.stress import damaged, evenly, report, stress
from engine.fusion import FusionModel, KnownModel
from engine.search import Searcher
from tests.evaluation.crops import crop


@pytest.fixture
def searcher(parts, add_product):
    add_product("red", "#ff0000")
    add_product("grey", "#808080")
    model = FusionModel({"embedding": 50.0}, {"": KnownModel({"embedding": 50.0}, 45.0)})
    return Searcher(parts.encoder, parts.index, parts.sessions, model, unknown_prior=0.2)


@pytest.fixture
def red_row(tmp_path):
    Image.new("RGB", (120, 90), "#e01010").save(tmp_path / "crop.png")
    return QueryRow(2, tmp_path / "crop.png", "red", "decor")


def test_taking_the_colour_from_a_red_crop_makes_the_grey_product_first(searcher, red_row):
    crops = [examine_row(searcher, red_row, DEFAULT_LIMITS)]

    found = stress(searcher, crops, DEFAULT_LIMITS)

    assert found.untouched.top_1.value == 1.0
    assert list(found.damages) == list(DAMAGES)
    assert found.damages["grey"].top_1.value == 0.0
    assert found.damages["grey"].top_5.value == 1.0
    assert found.damages["turned by 90 degrees"].top_1.value == 1.0
    assert found.worst.damage == "grey"
    assert found.mean.top_1 == pytest.approx(8 / 9)
    assert sum(hits.crops for hits in found.hits.values()) == 9


def test_without_known_crops_there_is_nothing_to_stress(searcher):
    assert stress(searcher, [crop("")], DEFAULT_LIMITS) is None


def test_a_sample_has_a_like_share_of_every_product():
    crops = [crop(product, line=line) for line, product in enumerate("abcabcabcabc")]

    some = evenly([*crops, crop("")], 4)

    assert [each.row.product for each in some] == ["a", "b", "c"]


def test_a_box_is_cut_out_before_the_damage(tmp_path):
    picture = Image.new("RGB", (200, 100), "blue")
    picture.paste("red", (100, 0, 200, 100))
    picture.save(tmp_path / "scene.png")

    boxed = crop_from_file(tmp_path / "scene.png", box=Box(140, 20, 20, 60))
    turned = damaged(boxed, turn_quarter)

    assert turned.box is None
    assert (turned.picture.width, turned.picture.height) == (78, 26)  # with its context
    assert turned.picture.image.getpixel((40, 13)) == (255, 0, 0)


def test_the_worst_damage_is_the_one_after_which_least_is_among_five():
    good, fair = crop("milk", [("milk", 0.9)]), crop("milk", [("tea", 0.9), ("milk", 0.1)])
    bad = crop("milk", [("tea", 0.9)])

    found = report([good], {"a": [fair], "b": [bad], "c": [good]}, every=1)

    assert found.worst.damage == "b"
    assert found.damages["b"].sure_and_wrong == 1.0
    assert found.mean.top_5 == pytest.approx(2 / 3)


def test_hits_are_counted_by_what_hinders_most():
    crops = [
        crop("milk", [("milk", 0.9)], hindrance="none"),
        crop("milk", [("tea", 0.9), ("milk", 0.1)], hindrance="none"),
        crop("milk", [("tea", 0.9)], hindrance="small"),
        crop("", [("tea", 0.9)], hindrance="small"),
    ]

    hits = hits_by_hindrance(crops)

    assert hits == {"none": Hits(2, 1, 2), "small": Hits(1, 0, 0)}
    assert together(hits, {"small": Hits(3, 1, 2)})["small"] == Hits(4, 1, 2)

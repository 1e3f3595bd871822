import pytest

from engine.catalog.manifest import QueryRow
from engine.cropkinds import BRAND_STRUCK, STRUCK
from engine.embed.image import DEFAULT_LIMITS
from engine.errors import ImageError
from engine.evaluation.examining import examine_row
from engine.evaluation.unknowns import Brands
from engine.fusion import FusionModel, KnownModel
from engine.search import Searcher
from tests.conftest import png

BRANDS = Brands({"red": "Rubra", "tomato": "Rubra", "blue": ""})


@pytest.fixture
def searcher(parts, add_product):
    """Red and tomato, near each other, are of one brand."""
    add_product("red", "#ff0000")
    add_product("tomato", "#ff6347")
    add_product("blue", "#0000ff")
    model = FusionModel({"embedding": 50.0}, {"": KnownModel({"embedding": 50.0}, 45.0)})
    return Searcher(parts.encoder, parts.index, parts.sessions, model, unknown_prior=0.2)


def examine(searcher, tmp_path, product, colour="#ff0000"):
    (tmp_path / "crop.png").write_bytes(png(colour))
    row = QueryRow(2, tmp_path / "crop.png", product, "decor")
    return examine_row(searcher, row, DEFAULT_LIMITS, (STRUCK, BRAND_STRUCK), BRANDS)


def test_a_known_crop_is_weighed_again_without_its_product_and_without_its_brand(
    searcher, tmp_path
):
    crop = examine(searcher, tmp_path, "red")

    struck, brand_struck = crop.struck
    assert crop.outcome.is_right
    assert (struck.kind, struck.is_known, struck.cluster) == (STRUCK, False, "red")
    assert struck.top_probability > 0.5  # tomato
    assert brand_struck.kind == BRAND_STRUCK
    assert brand_struck.unknown > 0.9


def test_nothing_is_struck_for_an_unknown_crop_nor_a_brand_that_is_not_known(searcher, tmp_path):
    assert examine(searcher, tmp_path, "").struck == ()
    kinds = [each.kind for each in examine(searcher, tmp_path, "blue", "#0000ff").struck]
    assert kinds == [STRUCK]


def test_the_signals_of_every_candidate_are_kept(searcher, tmp_path):
    crop = examine(searcher, tmp_path, "red")

    assert crop.scored.products == ("red", "tomato", "blue")
    assert crop.scored.signals[0, 0] == pytest.approx(1.0)
    assert crop.hindrance == "small"


def test_a_file_that_is_no_picture_is_refused(searcher, tmp_path):
    (tmp_path / "crop.png").write_bytes(b"no picture")

    with pytest.raises(ImageError):
        examine_row(searcher, QueryRow(2, tmp_path / "crop.png", "red"), DEFAULT_LIMITS)

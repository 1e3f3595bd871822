import json

import pytest
from PIL import Image

from engine.embed.quality import assess
from engine.embed.quality_hits import Hits, QualityHits, read_quality_hits, save_quality_hits
from engine.errors import InvalidInputError

SMALL = assess(Image.new("RGB", (40, 30), "red"))
"""A crop that is too small before all else."""

TABLE = QualityHits("made up", {"small": Hits(40, 10, 22), "dark": Hits(19, 19, 19)})


def test_a_crop_has_the_share_of_hits_of_crops_like_it():
    assert SMALL.hindrance == "small"
    assert TABLE.rate_for(SMALL) == 0.25


def test_few_crops_of_a_kind_or_none_promise_nothing():
    assert QualityHits("made up", {"small": Hits(19, 19)}).rate_for(SMALL) is None
    assert QualityHits().rate_for(SMALL) is None


def test_figures_of_the_data_folder_come_before_those_shipped(tmp_path):
    own, shipped = tmp_path / "own.json", tmp_path / "shipped.json"
    save_quality_hits(shipped, QualityHits("shipped", {"small": Hits(50, 50)}))
    assert read_quality_hits(own, shipped).rate_for(SMALL) == 1.0

    save_quality_hits(own, TABLE)

    assert read_quality_hits(own, shipped) == TABLE


def test_without_any_file_there_are_no_figures(tmp_path):
    assert read_quality_hits(tmp_path / "own", tmp_path / "shipped") == QualityHits()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({"measured_on": "x", "kinds": {"small": {"crops": 3, "top_1": 4}}}),
        json.dumps({"measured_on": "x", "kinds": {"small": {"crops": 3}}}),
        json.dumps({"measured_on": "x", "kinds": [1]}),
    ],
)
def test_a_file_of_something_else_is_named(tmp_path, text):
    own = tmp_path / "own.json"
    own.write_text(text)

    with pytest.raises(InvalidInputError, match=r"own\.json"):
        read_quality_hits(own)

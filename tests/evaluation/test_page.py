from datetime import date

import pytest
from PIL import Image

from engine.errors import UnreadableImageError
from engine.evaluate import evaluate
from engine.evaluation.labelled import Recognised
from engine.evaluation.page import Heading, Pictures, render_page
from engine.evaluation.stress import report
from engine.results import ModelInfo
from tests.evaluation.crops import crop, looks

HEADING = Heading("my <queries>.csv", 31, 7, date(2026, 11, 22))
RED = Pictures(lambda _mistake: Image.new("RGB", (9, 9), "red"), lambda _named: None)


def broken(_mistake):
    raise UnreadableImageError("the crop has gone")


@pytest.fixture
def render():
    def render(crops, pictures=RED, **more):
        recognised = Recognised(crops, [], [])
        return render_page(
            [evaluate(recognised, ModelInfo("compact", "f" * 64), 0.2, **more)], HEADING, pictures
        )

    return render


def test_the_page_tells_what_was_measured(render):
    page = render([crop("milk", [("milk", 0.9)])])

    assert "my &lt;queries&gt;.csv · 1 crops, 1 of 1 products in the catalog" in page
    assert "catalog of 31 products, version 7 · encoder compact · 2026-11-22" in page
    assert "None: every crop's right answer is the likeliest." in page


def test_words_of_the_catalog_are_shown_and_never_run(render):
    hostile = "<script>alert(1)</script>"

    page = render([crop("milk", [(hostile, 0.9)], scored=looks(**{hostile: 0.5}))])

    assert "<script" not in page.lower()
    assert "&lt;Script&gt;Alert(1)" in page


def test_a_picture_that_has_gone_leaves_a_gap(render):
    mistake = [crop("milk", [("tea", 0.9)])]

    assert render(mistake).count("data:image/jpeg") == 1
    page = render(mistake, Pictures(broken, lambda _named: None))
    assert "data:image/jpeg" not in page
    assert page.count("no picture</div>") == 3


def test_probabilities_are_never_rounded_to_certainty(render):
    page = render([crop("milk", [("tea", 0.9999)], unknown=0.0001)])

    assert ">&gt; 99 %<" in page
    assert ">&lt; 1 %<" in page


def test_parts_that_were_not_measured_are_left_out(render):
    crops = [crop("milk", [("milk", 0.9)])]

    assert 'id="stress"' not in render(crops)
    page = render(crops, stress=report(crops, {"grey": crops}, every=3))
    assert 'id="stress"' in page
    assert "One in 3 known crops" in page


def test_a_blank_catalog_is_said_to_be_one(render):
    assert "were blanked" in render([crop("milk")], is_blank=True)
    assert "were blanked" not in render([crop("milk")])

"""Verdicts, contributions, clues and scenes on the page, in a real browser."""

from dataclasses import replace

import pytest

from engine.api.app import create_app
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.embed.features import CropDetails
from engine.embed.image import Box
from engine.fusion import FusionModel, KnownModel
from engine.markets.clues.clue import Clue
from engine.markets.facts import Fact
from engine.markets.judge import CountryJudge
from engine.search import Searcher
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.browsing import CHROMIUM, browser, choose, page, workspace  # noqa: F401
from tests.api.conftest import listening
from tests.conftest import png
from tests.fakes import MeanColourEncoder

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")

CLUES = [
    Clue(
        "deposit", "Pant 1 kr", "PANT 1 KR", Fact.MARKET, {"SE": 1.0}, "deposit: pant",
        "SFS 2022:1276", Box(5, 5, 20, 6),
    ),
    Clue(
        "language", "sv", "Förvaras torrt <b>och</b> svalt", Fact.LANGUAGE,
        {"SE": 0.9, "FI": 0.1}, "language: words", "Unicode CLDR", Box(5, 14, 30, 8),
    ),
]  # fmt: skip


class ReadingJudge(CountryJudge):
    """Finds the same clues on every crop."""

    def judge(self, session, votes, details, origin=(0, 0)):
        del details
        empty = CropDetails(None, None, None, [], [], None, None)
        return super().judge(session, votes, empty, origin)


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """A red thing of two Nordic countries, a blue one of Poland."""
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    database = open_database(settings.database_path)
    parts = build_parts(settings, database, MeanColourEncoder())
    for key, colour, markets in (("red", "red", ("SE", "DK")), ("blue", "blue", ("PL",))):
        fields = ProductFields(key, name=f"{colour} thing", markets=markets, source="shop")
        parts.ingester.create_product(fields)
        parts.ingester.add_image(key, png(colour), f"{colour}.png")
    model = FusionModel({"embedding": 50.0}, {"": KnownModel({"embedding": 50.0}, 45.0)})
    judge = ReadingJudge(lambda pack, codes: CLUES)
    searcher = Searcher(parts.encoder, parts.index, parts.sessions, model, 0.2, judge=judge)
    yield replace(parts, searcher=searcher)
    database.dispose()


@pytest.fixture(scope="module")
def address(parts):
    token = TokenStore(parts.sessions).create("anna", "analyst")
    with listening(create_app(parts), token) as address:
        yield address


def search(tab, *colours):
    choose(tab, *((f"{colour}.png", png(colour, (80, 60))) for colour in colours))
    tab.click("#search")
    tab.locator(".result").first.wait_for()


def test_the_verdict_and_what_is_ruled_out_are_said(workspace):  # noqa: F811
    search(workspace, "red")

    assert workspace.inner_text(".where-verdict").startswith("LEAD Points to Sweden")
    assert "Ruled out: Denmark" in workspace.inner_text(".ruled-out summary")
    assert "points to Sweden instead" in workspace.inner_text(".ruled-out li")


def test_the_contributions_of_a_country_add_up_on_the_page(workspace):  # noqa: F811
    search(workspace, "red")
    workspace.locator(".countries summary").first.click()

    row = workspace.locator(".countries li").first
    weights = row.locator(".evidence .share").all_inner_texts()
    total = sum(float(weight.rstrip("%")) for weight in weights)
    shown = float(row.locator("[role=meter]").get_attribute("aria-valuenow"))
    assert total == pytest.approx(shown, abs=0.1)
    widths = row.locator(".fill").evaluate_all("fills => fills.map(f => parseFloat(f.style.width))")
    assert sum(widths) == pytest.approx(shown, abs=0.1)


def test_clues_are_shown_as_read_and_marked_in_the_crop(workspace):  # noqa: F811
    search(workspace, "red")

    heads = workspace.locator(".clue strong").all_inner_texts()
    assert set(heads) == {"deposit Pant 1 kr", "language sv"}
    assert "Förvaras torrt <b>och</b> svalt" in workspace.inner_text(".clue.language q")
    assert "its language" in workspace.inner_text(".clue.language")
    frames = workspace.locator(".mark").evaluate_all("all => all.map(e => e.style.left)")
    assert frames == ["6.25%", "6.25%"]
    workspace.locator(".clue.language").focus()
    assert workspace.locator(".mark.lit").count() == 1


def test_crops_of_one_scene_are_answered_together(workspace):  # noqa: F811
    assert workspace.locator("#scene").is_hidden()
    choose(workspace, ("red.png", png("red")), ("blue.png", png("blue")))
    workspace.check("#is-scene")
    workspace.click("#search")

    workspace.locator(".scene").wait_for()
    assert workspace.locator(".object strong").all_inner_texts() == ["red.png", "blue.png"]
    assert workspace.locator(".result").count() == 3
    assert "Sweden" in workspace.inner_text(".scene .where")


def test_several_crops_are_no_scene_unless_it_is_said(workspace):  # noqa: F811
    choose(workspace, ("red.png", png("red")), ("blue.png", png("blue")))
    workspace.click("#search")

    workspace.locator(".result").nth(1).wait_for()
    assert workspace.locator(".scene").count() == 0

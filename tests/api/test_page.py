"""The page in a real browser: what an analyst does, and that nothing leaves the machine."""

import re

import pytest

from engine.api.app import create_app
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.catalog.fields import ClaimFields, ProductFields
from engine.markets.facts import Fact
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.browsing import browser, choose, page, pytestmark, sign_in, workspace
from tests.api.conftest import listening
from tests.conftest import png
from tests.embed.hostile import draw_picture, encode
from tests.fakes import MeanColourEncoder

SIDES = ("x", "y", "width", "height")

__all__ = ["browser", "page", "pytestmark", "workspace"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Two products; one has a name that wants to be markup."""
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    database = open_database(settings.database_path)
    parts = build_parts(settings, database, MeanColourEncoder())
    said = (
        ClaimFields("NO", "leaflet", is_weak=True),
        ClaimFields("US", "web", observations=3),
        ClaimFields("pt-BR", "pack", kind=Fact.LANGUAGE),
    )
    for key, colour, markets, name, claims in (
        ("red kettle?", "red", ("SE", "FI"), "Kettle <img src=x onerror=alert(1)>", None),
        ("blue", "blue", ("DE",), "Blue teapot", said),
    ):
        fields = ProductFields(*(key, name, "ACME"), markets=markets, source="shop", claims=claims)
        parts.ingester.create_product(fields)
        parts.ingester.add_image(key, png(colour), f"{colour}.png")
    yield parts
    database.dispose()


@pytest.fixture(scope="module")
def address(parts):
    token = TokenStore(parts.sessions).create("anna", "analyst")
    with listening(create_app(parts), token) as address:
        yield address


def test_a_crop_is_dropped_and_its_product_and_countries_seen(workspace):
    drop = """(element, bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "found.png", {type: "image/png"}));
        element.dispatchEvent(
            new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: transfer}));
    }"""
    workspace.eval_on_selector("#drop", drop, list(png("red")))
    workspace.click("#search")

    result = workspace.locator(".result")
    result.wait_for()
    assert result.locator("h2").inner_text() == "Kettle <img src=x onerror=alert(1)>"
    assert "found.png · 40 × 30 px" in result.inner_text()
    codes = result.locator(".countries .code").all_inner_texts()
    assert set(codes[:2]) == {"FI", "SE"}
    assert "Finland" in result.inner_text()
    assert "Undetermined" in result.inner_text()
    thumbnail = result.locator(".thumbnail img").first
    workspace.wait_for_function("image => image.naturalWidth > 0", arg=thumbnail.element_handle())
    assert thumbnail.get_attribute("src").startswith("blob:")


def test_the_crop_is_compared_with_the_reference_image(workspace):
    choose(workspace, ("crop.png", png("blue")))
    workspace.click("#search")
    workspace.locator("button.thumbnail").first.click()

    workspace.wait_for_selector("#compare[open]")
    assert workspace.inner_text("#compare-title") == "Blue teapot"
    workspace.wait_for_function(
        "() => document.getElementById('compare-reference').naturalWidth === 40"
    )
    workspace.keyboard.press("Escape")
    workspace.wait_for_selector("#compare[open]", state="detached")


def test_a_box_can_be_drawn_or_typed(workspace):
    choose(workspace, ("crop.png", encode(draw_picture(100, 100), "PNG")))
    workspace.wait_for_function(
        "() => document.getElementById('canvas-image').naturalWidth === 100"
    )
    frame = workspace.locator("#canvas-image").bounding_box()
    workspace.mouse.move(frame["x"] + frame["width"] * 0.1, frame["y"] + frame["height"] * 0.1)
    workspace.mouse.down()
    workspace.mouse.move(frame["x"] + frame["width"] * 0.3, frame["y"] + frame["height"] * 0.4)
    workspace.mouse.up()
    drawn = [int(workspace.input_value(f"#box-{side}")) for side in SIDES]
    assert drawn == pytest.approx([10, 10, 20, 30], abs=1)

    for side, value in zip(SIDES, (0, 60, 30, 40), strict=True):
        workspace.fill(f"#box-{side}", str(value))
    workspace.click("#search")
    workspace.locator(".result").wait_for()
    assert workspace.inner_text(".result h2") == "Blue teapot"


def test_what_the_catalog_lacks_is_said_plainly(workspace):
    choose(workspace, ("crop.png", png("lime")))
    workspace.click("#search")

    workspace.locator(".verdict.unknown").wait_for()
    assert workspace.inner_text(".verdict h2") == "Not in the catalog"
    assert "none of its products" in workspace.inner_text(".verdict")


def test_bad_crops_among_several_are_named_and_marked_and_the_others_answered(workspace):
    workspace.refusals = 2
    files = [
        ("a.txt", b"no picture"),
        ("red.png", png("red")),
        ("b.png", b""),
        ("c.png", png("blue")),
    ]
    choose(workspace, *files)
    assert workspace.inner_text("#search") == "Search 4 crops"
    workspace.click("#search")

    workspace.locator("#problem").wait_for()
    assert workspace.locator("#problem > strong").inner_text() == "2 of 4 crops left out"
    text, empty = workspace.locator("#problem li").all_inner_texts()
    assert text.startswith("a.txt: The file is no picture but text; send a JPEG, PNG")
    assert empty.startswith("b.png: The file is empty (0 bytes); send a JPEG, PNG")
    assert workspace.locator("#problem").bounding_box()["y"] >= 0  # in sight, above the answers
    assert workspace.locator(".tile.bad .name").all_inner_texts() == ["a.txt", "b.png"]
    results = workspace.locator(".result")
    assert results.locator("h2").all_inner_texts() == [
        *("Kettle <img src=x onerror=alert(1)>", "Blue teapot")
    ]
    assert "red.png · 40 × 30 px" in results.first.inner_text()


def test_a_scene_is_answered_without_its_bad_crop(workspace):
    workspace.refusals = 1
    choose(workspace, ("a.txt", b"no picture"), ("red.png", png("red")), ("c.png", png("blue")))
    workspace.check("#is-scene")
    workspace.click("#search")

    workspace.locator(".scene").wait_for()
    names = workspace.locator(".object .title strong").all_inner_texts()
    assert sorted(names) == ["c.png", "red.png"]
    assert workspace.locator("#problem li").all_inner_texts()[0].startswith("a.txt: ")


def test_where_no_crop_can_be_used_each_is_named(workspace):
    workspace.refusals = 2
    choose(workspace, ("a.txt", b"no picture"), ("b.png", b""))
    workspace.click("#search")

    workspace.locator("#problem li").nth(1).wait_for()
    assert workspace.locator("#problem > strong").inner_text() == "None of the crops can be used"
    assert workspace.locator(".result").count() == 0


def test_a_single_bad_crop_is_told_in_the_words_of_the_service(workspace):
    workspace.refusals = 1
    choose(workspace, ("page.html", b"<!doctype html>"))
    workspace.click("#search")

    workspace.locator("#problem").wait_for()
    assert "'page.html' cannot be used: the file is no picture but a web page (HTML)" in (
        workspace.inner_text("#problem")
    )


def test_a_mistyped_category_is_told_on_the_page(workspace):
    workspace.refusals = 1
    choose(workspace, ("red.png", png("red")))
    workspace.click("#filters summary")
    workspace.fill("#category", "packagin")
    workspace.click("#search")

    workspace.locator("#problem").wait_for()
    assert "'packagin' is no category of this catalog" in workspace.inner_text("#problem")


def test_shares_are_written_as_everywhere_else_and_never_as_nothing(workspace):
    choose(workspace, ("red.png", png("red")))
    workspace.click("#search")
    workspace.locator(".result").wait_for()

    shares = workspace.locator(".result .share").all_text_contents()
    ill = [s for s in shares if not re.fullmatch(r"(<\xa0|>\xa0)?\d+(\.\d\d)?\xa0%", s)]
    assert ill == []
    assert "0\xa0%" not in shares


def test_of_a_tiny_crop_the_page_says_that_nothing_can_be_told(workspace):
    choose(workspace, ("dot.png", png("red", (1, 1))))
    workspace.click("#search")

    workspace.locator(".verdict.unknown").wait_for()
    assert workspace.inner_text(".verdict h2") == "Nothing can be told"


def test_words_find_products_too(workspace):
    workspace.click("#tab-words")
    workspace.fill("#words", "red")
    workspace.press("#words", "Enter")

    workspace.locator(".result").wait_for()
    assert workspace.locator(".result .title").first.inner_text().startswith("1")
    assert "ACME" in workspace.inner_text(".result")


def test_a_wrong_token_is_refused_in_words_and_forgotten(page):
    page.refusals = 1
    sign_in(page, "engine_wrong")

    page.locator("#sign-in-problem").wait_for()
    assert "unknown or was revoked" in page.inner_text("#sign-in-problem")
    assert page.evaluate("sessionStorage.length") == 0


def test_signing_out_forgets_the_token_and_the_crops(workspace):
    choose(workspace, ("crop.png", png("red")))
    workspace.click("#sign-out")

    workspace.locator("#sign-in").wait_for()
    assert workspace.evaluate("sessionStorage.length") == 0
    assert workspace.locator(".tile").count() == 0


def test_the_page_can_be_used_by_keyboard_alone(page, address):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") in {"token", ""}
    page.focus("#token")
    page.keyboard.type(address.token)
    page.keyboard.press("Enter")
    page.wait_for_selector("#workspace:visible")
    page.focus("#tab-crops")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-words"
    page.keyboard.press("Tab")
    page.keyboard.type("blue")
    page.keyboard.press("Enter")

    page.locator(".result").wait_for()


def test_the_documentation_shows_the_routes(page, address):
    page.goto(f"{address.url}/docs")

    page.locator(".opblock-summary-path").first.wait_for()
    assert "/v1/search" in page.locator("#swagger-ui").inner_text()


def test_what_sources_say_of_a_candidate_is_shown_and_where_they_disagree(workspace):
    choose(workspace, ("crop.png", png("blue")))
    workspace.click("#search")
    claims = workspace.locator(".claims").first
    claims.locator("summary").click()
    claims.locator("h4").first.wait_for()

    assert claims.locator("h4").all_inner_texts() == [
        *("Sources disagree", "Sold in", "Languages on it")
    ]
    assert claims.locator("li").all_inner_texts() == [
        "Sold in: shop: DE; web: US 3 times",
        *("DE · shop", "NO · leaflet · weak", "US · web · seen 3 times"),
        "pt-BR · pack",
    ]

"""The page shows why: what the evidence says is drawn over crop and reference image."""

from io import BytesIO

import pytest

from engine.api.app import create_app
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.catalog.demo import generate
from engine.catalog.demo.products import product_at
from engine.catalog.fields import ProductFields
from engine.crops import crop_from_bytes
from engine.embed.features import DetailExtractor
from engine.embed.text.reader import RapidReader
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.browsing import browser, choose, page, pytestmark, workspace
from tests.api.conftest import listening
from tests.embed.local.test_patterns import part_of, tiling
from tests.fakes import MeanColourEncoder
from tests.test_details import tilted_and_grey

__all__ = ["browser", "page", "pytestmark", "workspace"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Three made-up products and a wallpaper, compared by colour and by details."""
    folder = tmp_path_factory.mktemp("compare")
    made = generate(folder, products=3, seed=7, crops=1)
    settings = Settings(data=folder / "data")
    database = open_database(settings.database_path)
    extractor = DetailExtractor(RapidReader(read_others=lambda _image: []))
    built = build_parts(settings, database, MeanColourEncoder(), extractor)
    built.ingester.import_manifest(made.manifest)
    built.ingester.create_product(ProductFields("wallpaper", "Wallpaper", category="decor"))
    built.ingester.add_image("wallpaper", png_of(tiling(1)), "roll.png")
    yield built
    database.dispose()


@pytest.fixture(scope="module")
def address(parts):
    token = TokenStore(parts.sessions).create("anna", "analyst")
    with listening(create_app(parts), token) as address:
        yield address


@pytest.fixture
def explained(workspace, parts):
    """The page with the explanation of the first candidate open, and that candidate's evidence."""
    crop = tilted_and_grey(parts, product_at(7, 0).id)
    first = parts.searcher.search([crop]).results[0].candidates[0]
    choose(workspace, ("crop.png", crop_bytes(crop)))
    workspace.click("#search")
    workspace.locator(".why").first.click()
    workspace.wait_for_selector("#compare-overlay .details")
    return workspace, {each.kind: each for each in first.evidence}


def crop_bytes(crop):
    return png_of(crop.picture.image)


def png_of(image):
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def test_each_line_of_the_evidence_is_drawn_between_the_pictures(explained):
    page, evidence = explained

    pair = page.locator("#compare-pair").bounding_box()
    crop = page.locator("#compare-crop").bounding_box()
    lines = page.eval_on_selector_all(
        "#compare-overlay line", "all => all.map(l => [l.x1.baseVal.value, l.x2.baseVal.value])"
    )
    assert len(lines) == len(evidence["keypoints"].lines)
    right_of_crop = crop["x"] + crop["width"] - pair["x"]
    assert all(x1 <= right_of_crop < x2 <= pair["width"] for x1, x2 in lines)


def test_a_layer_can_be_hidden(explained):
    page, _ = explained
    assert page.locator("#compare-overlay .details").first.is_visible()

    page.locator(".layer.details input").uncheck()

    assert not page.locator("#compare-overlay .details").first.is_visible()
    assert page.locator("#compare-overlay .shape.outline").is_visible()


def test_the_reasons_stand_below_in_words(explained):
    page, evidence = explained
    text = page.inner_text("#compare-why")

    assert f"{evidence['keypoints'].inliers} printed details lie alike" in text
    assert f"cosine {evidence['embedding'].score:.2f}" in text


def test_a_pattern_is_told_beside_its_candidate_and_among_the_reasons(workspace, parts):
    crop = png_of(part_of(tiling(1), turn_degrees=30, zoom=1.3))
    (result,) = parts.searcher.search([crop_from_bytes("wall.png", crop)]).results
    (found,) = (
        evidence
        for candidate in result.candidates
        for evidence in candidate.evidence
        if candidate.product.id == "wallpaper" and evidence.kind == "pattern"
    )
    choose(workspace, ("wall.png", crop))
    workspace.click("#search")

    title = workspace.locator(".title", has_text="Wallpaper")
    row = workspace.locator(".candidate").filter(has=title)
    row.wait_for()
    chip = f"pattern repeats · {found.confirmed} details, colours {found.palette:.2f}"
    assert chip in row.locator(".chips li").all_inner_texts()
    row.locator(".why").click()
    reasons = workspace.inner_text("#compare-why")
    assert f"{found.confirmed} details lie alike in one repeat of both" in reasons


def test_the_page_says_what_a_better_crop_would_need(workspace, parts):
    choose(workspace, ("crop.png", crop_bytes(tilted_and_grey(parts, product_at(7, 0).id))))
    workspace.click("#search")

    workspace.locator(".quality").wait_for()
    assert "searched" in workspace.inner_text(".quality")

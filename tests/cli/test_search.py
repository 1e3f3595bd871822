import pytest
from PIL import Image

from tests.cli.conftest import document
from tests.conftest import png


@pytest.fixture
def crop(tmp_path, engine, manifest):
    """A crop of the red paint; the catalog is imported."""
    engine("import", manifest)
    path = tmp_path / "crop.png"
    path.write_bytes(png("#f00000"))
    return path


def test_search_prints_candidates_and_countries(engine, crop):
    result = engine("search", crop)

    assert result.exit_code == 0
    first = next(line for line in result.stdout.splitlines() if "red-1" in line)
    assert "Red paint" in first
    assert "not in the catalog" in result.stdout
    assert "Denmark" in result.stdout


def test_search_as_json_prints_the_document_of_the_api(engine, crop):
    answer = document(engine("search", crop, "--json", "-k", 1))

    assert set(answer) == {"results", "model", "catalog", "ocr", "elapsed_ms"}
    (result,) = answer["results"]
    (candidate,) = result["candidates"]
    assert candidate["product"] == {
        "id": "red-1",
        "name": "Red paint",
        "brand": "Rubra",
        "category": "decor",
        "gtin": [],
        "markets": ["DK", "SE"],
    }
    assert candidate["evidence"] == [{"kind": "embedding", "score": 1.0}]
    assert candidate["reference_image"].startswith("/v1/products/red-1/images/")
    assert answer["model"]["name"] == "mean-colour"


def test_a_bad_crop_is_reported_and_the_others_are_answered(engine, crop, tmp_path):
    (tmp_path / "bad.jpg").write_bytes(b"not a picture")

    result = engine("search", tmp_path / "bad.jpg", crop, tmp_path / "none.jpg", "--json")

    assert result.exit_code == 1
    assert [r["image"]["name"] for r in document(result)["results"]] == ["crop.png"]
    assert "bad.jpg: " in result.stderr
    assert "none.jpg: " in result.stderr


def test_a_box_goes_with_one_crop(engine, crop):
    boxed = engine("search", crop, "--box", "1,2,10,12", "--json")

    assert document(boxed)["results"][0]["candidates"][0]["product"]["id"] == "red-1"
    assert engine("search", crop, crop, "--box", "1,2,10,12").exit_code == 2
    assert engine("search", crop, "--box", "none").exit_code == 1


def test_filters_are_checked_and_used(engine, crop):
    french = document(engine("search", crop, "--market", "fr", "--json"))

    assert [c["product"]["id"] for c in french["results"][0]["candidates"]] == ["green-1"]
    assert engine("search", crop, "--market", "Sweden").exit_code == 1


def test_a_mistyped_category_is_an_error_that_names_the_known_ones(engine, crop):
    found = document(engine("search", crop, "--category", "decor", "--json"))
    refused = engine("search", crop, "--category", "dekor")

    assert len(found["results"][0]["candidates"]) == 3
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "'dekor' is no category of this catalog; it has 'decor'" in refused.stderr


def test_a_text_finds_products(engine, crop):
    result = engine("search", "--text", "verda")

    assert "green-1" in result.stdout
    assert engine("search").exit_code == 2
    assert engine("search", crop, "--text", "verda").exit_code == 2


def test_an_empty_catalog_says_not_in_the_catalog(engine, tmp_path):
    (tmp_path / "crop.png").write_bytes(png("red"))

    result = engine("search", tmp_path / "crop.png")

    assert "nothing to go on" in result.stdout
    assert "100 %" in result.stdout
    assert "is empty: import a manifest first" in result.stderr


def test_a_scene_is_answered_together(engine, crop, tmp_path):
    (tmp_path / "green.png").write_bytes(png("#00f000"))

    answer = document(engine("search", "--scene", crop, tmp_path / "green.png", "--json"))
    table = engine("search", "--scene", crop, tmp_path / "green.png").stdout

    assert [row["name"] for row in answer["scene"]["objects"]] == ["crop.png", "green.png"]
    assert {row["country"] for row in answer["scene"]["markets"]} >= {"SE", "DK", "FR"}
    assert "All together" in table
    assert answer["scene"]["verdict"]["sentence"] in table


def test_a_bad_crop_of_a_scene_is_left_out_and_told(engine, crop, tmp_path):
    result = engine("search", "--scene", crop, tmp_path / "none.jpg", "--json")

    assert result.exit_code == 1
    assert [row["name"] for row in document(result)["scene"]["objects"]] == ["crop.png"]


def test_a_scene_is_of_crops_alone(engine, crop):
    assert engine("search", "--scene").exit_code == 2
    assert engine("search", "--scene", "--text", "verda").exit_code == 2
    assert engine("search", "--scene", crop, "--market", "SE").exit_code == 2


def test_a_table_says_what_raised_a_country_and_the_verdict(engine, crop):
    lines = engine("search", crop).stdout.splitlines()

    assert any("Points to Denmark" in line for line in lines)
    denmark = next(line for line in lines if "DK Denmark" in line)
    assert "product red-1" in denmark


def test_the_first_candidate_is_drawn_beside_the_crop(engine, crop, tmp_path):
    out = tmp_path / "why.png"

    first = engine("search", crop, "--explain", out)
    again = engine("search", crop, "--explain", out, "--explain-rank", 2)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert f"explained in {out}" in first.stderr
    with Image.open(out) as picture:
        assert picture.format == "PNG"
        assert picture.text["Software"].startswith("engine ")


def test_several_crops_are_drawn_under_their_numbers(engine, crop, tmp_path):
    result = engine("search", crop, tmp_path / "none.jpg", crop, "--explain", tmp_path / "why.png")

    assert result.exit_code == 1
    assert sorted(path.name for path in tmp_path.glob("why*")) == ["why-1.png", "why-3.png"]


def test_a_file_of_something_else_is_not_overwritten(engine, crop):
    before = crop.read_bytes()

    result = engine("search", crop, "--explain", crop)

    assert result.exit_code == 1
    assert "name another file" in result.stderr
    assert crop.read_bytes() == before


def test_where_an_explanation_cannot_go_is_said_before_the_search(engine, crop, tmp_path):
    assert engine("search", crop, "--explain", tmp_path / "none" / "why.png").exit_code == 1
    assert engine("search", crop, "--explain", tmp_path / "why.jpg").exit_code == 2
    assert engine("search", "--text", "red", "--explain", tmp_path / "why.png").exit_code == 2


def test_a_crop_without_candidates_is_explained_too(engine, tmp_path):
    (tmp_path / "crop.png").write_bytes(png("red"))

    result = engine("search", tmp_path / "crop.png", "--explain", tmp_path / "why.png")

    assert result.exit_code == 0
    assert (tmp_path / "why.png").exists()


def test_a_name_that_looks_like_markup_is_printed_as_it_is(engine, manifest, crop):
    manifest.write_text("id,name,images\nodd,Paint [/bold] [red],red.png\n")
    engine("import", manifest)

    assert "Paint [/bold] [red]" in engine("search", crop).stdout


def test_the_table_says_what_a_better_crop_would_need(engine, crop):
    assert "A larger cut-out would help most" in engine("search", crop).stdout

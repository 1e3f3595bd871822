import json
import re

import pytest

from tests.cli.conftest import document


@pytest.fixture
def report(engine, manifest, queries):
    """The evaluation of four crops, two of them unknown."""
    engine("import", manifest)
    return document(engine("eval", queries, "--json"))["evaluations"][0]


@pytest.fixture
def by_look(monkeypatch):
    """Compare the look alone: nothing is read, so that a test takes no seconds."""
    monkeypatch.setenv("ENGINE_DETAILS", "0")


def test_eval_reports_figures_by_category_with_intervals(report):
    group = report["groups"]["decor"]

    assert (group["crops"], group["known"], group["unknown"], group["products"]) == (4, 2, 2, 2)
    assert group["metrics"]["top_1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert group["metrics"]["mrr"]["value"] == 1.0
    assert group["metrics"]["unknown_auroc"]["value"] == 1.0
    assert report["groups"]["all"] == group
    assert report["unknown_prior"] == 0.2


def test_eval_splits_the_time_of_a_search(report):
    stages = {"total", "decode", "embed", "details", "index", "compare", "rest"}
    assert set(report["median_ms"]) == stages


def test_a_baseline_is_measured_in_the_same_run(engine, manifest, queries):
    engine("import", manifest)

    evaluations = document(engine("eval", queries, "--baseline", "other", "--json"))["evaluations"]

    assert evaluations[0]["groups"] == evaluations[1]["groups"]


def test_eval_prints_a_table(engine, manifest, queries):
    engine("import", manifest)

    result = engine("eval", queries)

    assert result.exit_code == 0
    assert "decor" in result.stdout
    assert "1.000" in result.stdout


def test_crops_of_products_that_the_catalog_lacks_count_as_unknown(engine, manifest, queries):
    engine("import", manifest)
    queries.write_text(queries.read_text().replace("green-1", "gone-1"))

    report = document(engine("eval", queries, "--json"))["evaluations"][0]

    assert report["missing_products"] == ["gone-1"]
    assert report["groups"]["all"]["unknown"] == 3


def test_a_query_whose_picture_is_missing_is_reported(engine, manifest, queries):
    engine("import", manifest)
    queries.write_text(queries.read_text() + "nowhere.png,red-1,decor\n")

    result = engine("eval", queries, "--json")

    assert result.exit_code == 1
    assert "line 6" in result.stderr
    assert document(result)["evaluations"][0]["groups"]["all"]["crops"] == 4


def test_eval_reports_every_part_in_one_document(by_look, engine, manifest, queries):
    queries.write_text(
        "image,product,category,market,brand\n"
        "crop-a.png,red-1,decor,SE,\n"
        "crop-b.png,green-1,decor,FR,\n"
        "crop-c.png,,decor,,Grau\n"
        "crop-d.png,,decor,,blua\n"
    )
    engine("import", manifest)

    options = ("--unknown", "strike", "--unknown", "brand", "--stress", "--stress-sample", "2")
    report = document(engine("eval", queries, *options, "--json"))["evaluations"][0]

    kinds = {kind: each["crops"] for kind, each in report["unknown_kinds"].items()}
    assert kinds == {"foreign": 1, "sibling": 1, "struck": 2, "brand struck": 2}
    assert set(report["channels"]) == {"embedding", "keypoints", "words", "code"}
    assert report["channels"]["embedding"]["alone"]["top_1"]["value"] == 1.0
    assert sum(each["count"] for each in report["reliability"]) == 4
    rates = [
        point["false_positive_rate_max"] for point in report["groups"]["all"]["operating_points"]
    ]
    assert rates == [0.01, 0.05]
    assert report["countries"]["crops"] == 2
    assert len(report["stress"]["damages"]) == 9
    assert report["stress"]["damages"]["turned by 180 degrees"]["top_1"]["value"] == 1.0
    assert report["quality"] == {"small": {"crops": 2, "top_1": 2, "top_5": 2}}


def test_eval_of_a_blank_catalog_leaves_the_catalog_as_it_is(by_look, engine, manifest, queries):
    engine("import", manifest)

    report = document(engine("eval", queries, "--blank", "--unknown", "brand", "--json"))
    (blank,) = report["evaluations"]

    assert blank["is_blank"] is True
    assert blank["groups"]["all"]["metrics"]["top_1"]["value"] == 1.0
    assert blank["unknown_kinds"]["brand struck"]["crops"] == 2
    engine("export", queries.parent / "exported")
    exported = (queries.parent / "exported" / "catalog.jsonl").read_text(encoding="utf-8")
    assert "Rubra" in exported


def test_eval_keeps_hits_by_quality_where_it_is_asked_to(by_look, engine, manifest, queries, data):
    engine("import", manifest)
    engine("eval", queries)
    assert not (data / "quality_hits.json").exists()

    engine("eval", queries, "--save-quality")

    kept = json.loads((data / "quality_hits.json").read_text())
    assert kept["kinds"] == {"small": {"crops": 2, "top_1": 2, "top_5": 2}}
    assert kept["measured_on"] == "queries.csv, 2 crops, encoder mean-colour"


def test_eval_writes_a_page_that_needs_nothing_but_itself(
    by_look, engine, manifest, queries, tmp_path
):
    rows = queries.read_text().replace("crop-a.png,red-1", "crop-a.png,blue-1")
    queries.write_text(rows)
    engine("import", manifest)

    result = engine("eval", queries, "--html", tmp_path / "report.html")

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert "queries.csv" in page
    assert "crop-a.png, line 2" in page
    assert page.count("data:image/jpeg;base64,") >= 3
    assert not re.search(r"<script|src=\"http|href=\"http|@import|url\(", page)


def test_a_page_in_a_folder_that_is_not_there_is_refused_before_anything_is_searched(
    by_look, engine, manifest, queries, tmp_path
):
    engine("import", manifest)

    result = engine("eval", queries, "--html", tmp_path / "no" / "report.html")

    assert result.exit_code == 2
    assert "does not exist" in result.stderr


@pytest.mark.parametrize(
    "options",
    [("--unknown", "all"), ("--stress", "--stress-sample", "0"), ("--stress-sample", "x")],
)
def test_options_that_mean_nothing_are_refused(engine, queries, options):
    assert engine("eval", queries, *options).exit_code == 2


def test_a_query_file_without_rows_gives_figures_of_nothing(
    by_look, engine, manifest, queries, tmp_path
):
    engine("import", manifest)
    queries.write_text("image,product\n")

    options = ("--stress", "--unknown", "strike", "--refit", "--html", tmp_path / "report.html")
    result = engine("eval", queries, *options, "--json")

    report = document(result)["evaluations"][0]
    assert result.exit_code == 0
    assert report["groups"]["all"]["metrics"]["top_1"] is None
    assert (report["channels"], report["stress"], report["countries"]) == ({}, None, None)
    assert "no known crops" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_calibrate_keeps_what_it_fitted(engine, manifest, queries, data):
    engine("import", manifest)

    result = engine("calibrate", queries, "--json")

    fitted = document(result)["fitted"]
    assert fitted["fitted_on"] == "queries.csv, 4 crops"
    assert str(fitted["known"][""]["bias"]) in (data / "calibrations.json").read_text()

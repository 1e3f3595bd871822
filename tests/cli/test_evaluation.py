import pytest

from tests.cli.conftest import document


@pytest.fixture
def report(engine, manifest, queries):
    """The evaluation of four crops, two of them unknown."""
    engine("import", manifest)
    return document(engine("eval", queries, "--json"))["evaluations"][0]


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


def test_calibrate_keeps_what_it_fitted(engine, manifest, queries, data):
    engine("import", manifest)

    result = engine("calibrate", queries, "--json")

    fitted = document(result)["fitted"]
    assert fitted["fitted_on"] == "queries.csv, 4 crops"
    assert str(fitted["bias"]) in (data / "calibrations.json").read_text()

from tests.cli.conftest import document
from tests.conftest import png


def test_import_prints_each_product_that_is_in_for_good(engine, manifest):
    first = engine("import", manifest)
    again = engine("import", manifest)

    assert first.exit_code == 0
    assert first.stdout == "added\tred-1\nadded\tgreen-1\nadded\tblue-1\n"
    assert again.stdout == "unchanged\tred-1\nunchanged\tgreen-1\nunchanged\tblue-1\n"
    assert "3 products added, 0 updated, 0 unchanged; 3 images added" in first.stderr


def test_a_bad_row_is_reported_with_its_line_and_the_others_are_imported(engine, manifest):
    lines = manifest.read_text().splitlines()
    lines.insert(2, "bad/id,Slash,,,,red.png")
    manifest.write_text("\n".join(lines) + "\n")

    result = engine("import", manifest)

    assert result.exit_code == 1
    assert "line 3: the id 'bad/id' contains a slash" in result.stderr
    assert result.stdout.splitlines() == ["added\tred-1", "added\tgreen-1", "added\tblue-1"]


def test_a_broken_picture_of_several_costs_only_itself(engine, manifest, tmp_path):
    (tmp_path / "broken.png").write_bytes(png("red")[:40])
    manifest.write_text("id,name,images\nred-1,Red paint,broken.png|red.png\n")

    result = engine("import", manifest)

    assert result.exit_code == 0
    assert result.stdout == "added\tred-1\n"
    assert "broken.png" in result.stderr


def test_import_as_json_prints_one_document(engine, manifest):
    report = document(engine("import", manifest, "--json"))

    assert report["products_added"] == 3
    assert report["bad_rows"] == []


def test_a_manifest_that_is_none_ends_in_words(engine, tmp_path):
    (tmp_path / "notes.csv").write_text("something,else\n1,2\n")

    result = engine("import", tmp_path / "notes.csv")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    assert "id" in result.stderr


def test_a_missing_manifest_is_a_usage_error(engine, tmp_path):
    assert engine("import", tmp_path / "none.csv").exit_code == 2


def test_an_exported_catalog_imports_to_the_same(engine, manifest, tmp_path):
    engine("import", manifest)
    exported = engine("export", tmp_path / "out")

    manifest.unlink()  # nothing of the first folder is used

    copy = engine("--data", tmp_path / "copy", "import", tmp_path / "out" / "catalog.jsonl")

    assert "3 products, 3 images" in exported.stderr
    assert copy.stdout.splitlines() == ["added\tred-1", "added\tgreen-1", "added\tblue-1"]


def test_reindex_says_what_it_did(engine, manifest):
    engine("import", manifest)

    result = engine("reindex")

    assert result.exit_code == 0
    assert "0 images embedded" in result.stderr
    assert "searched with mean-colour" in result.stderr


def test_a_lost_index_is_rebuilt_with_a_line_in_the_log(engine, manifest, data, tmp_path):
    engine("import", manifest)
    for file in (data / "index").iterdir():
        file.unlink()
    (tmp_path / "crop.png").write_bytes(png("red"))

    result = engine("search", tmp_path / "crop.png")

    assert "red-1" in result.stdout
    assert "engine.catalog.index.live" in result.stderr

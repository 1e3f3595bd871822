import shutil

import pytest

from tests.catalog.openfoodfacts.conftest import FOLDER
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


def test_an_import_says_first_what_it_will_do_and_counts_in_good_english(engine, tmp_path):
    (tmp_path / "red.png").write_bytes(png("red"))
    (tmp_path / "one.csv").write_text("id,name,images\nred-1,Red paint,red.png\n")

    lines = engine("import", tmp_path / "one.csv").stderr.splitlines()

    assert lines[0].startswith("Importing 1 product with 1 picture: a few seconds")
    assert lines[-1].startswith(
        "1 product added, 0 updated, 0 unchanged; 1 image added, 0 removed; 0 bad rows, 0 bad"
    )


def test_an_unreadable_picture_is_told_once_and_shows_nothing_of_the_file(engine, tmp_path):
    (tmp_path / "passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "catalog.csv").write_text("id,name,images\nred-1,Red paint,../passwd\n")

    result = engine("import", tmp_path / "in" / "catalog.csv")

    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "passwd" in line]
    assert line.startswith("line 2: its image cannot be read: ")
    assert "the file is no picture but text" in line
    assert "root:" not in result.output
    assert "72 6f" not in result.output


def test_a_broken_picture_of_several_costs_only_itself(engine, manifest, tmp_path):
    (tmp_path / "broken.png").write_bytes(png("red")[:40])
    manifest.write_text("id,name,images\nred-1,Red paint,broken.png|red.png\n")

    result = engine("import", manifest)

    assert result.exit_code == 0
    assert result.stdout == "added\tred-1\n"
    (line,) = [line for line in result.stderr.splitlines() if "broken.png" in line]
    assert line.startswith("line 2: ")


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


def test_a_lost_index_is_rebuilt_and_the_log_says_so_to_who_asks(engine, manifest, data, tmp_path):
    engine("import", manifest)
    for file in (data / "index").iterdir():
        file.unlink()
    (tmp_path / "crop.png").write_bytes(png("red"))

    told = engine("--verbose", "search", tmp_path / "crop.png")
    for file in (data / "index").iterdir():
        file.unlink()
    silent = engine("search", tmp_path / "crop.png")

    assert "red-1" in told.stdout
    assert "red-1" in silent.stdout
    assert "engine.catalog.index.live" in told.stderr
    assert silent.stderr == ""


def test_a_dump_of_open_food_facts_is_imported_with_a_count_of_what_was_passed_over(engine):
    result = engine(
        *("import", "--format", "openfoodfacts", "--without-images", FOLDER / "sample.jsonl")
    )

    assert result.exit_code == 1  # three bad rows
    assert result.stdout.splitlines()[0] == "added\topenfoodfacts-7310865004703"
    assert len(result.stdout.splitlines()) == 12
    assert "line 13: the GTIN 3029330000007 ends in 7" in result.stderr
    assert "passed over: 1 duplicate, 1 no name" in result.stderr
    assert "no countries: 1 en:european-union, 1 en:sv" in result.stderr


def test_a_dump_is_imported_with_the_pictures_of_a_mirror(engine, tmp_path):
    folder = tmp_path / "mirror" / "731" / "086" / "500" / "4703"
    folder.mkdir(parents=True)
    (folder / "front_sv.3.400.jpg").write_bytes(png("red"))

    result = engine(
        *("import", "--format", "openfoodfacts", "--images", tmp_path / "mirror"),
        *("--json", FOLDER / "sample.csv"),
    )

    report = document(result)
    assert (report["products_added"], report["images_added"]) == (1, 1)
    assert report["skipped"] == {"no picture": 2, "no name": 1}
    assert report["unresolved"] == {}


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--format", "openfoodfacts"], "--without-images"),
        (["--without-images"], "belong to --format openfoodfacts"),
        (["--format", "openfoodfacts", "--images", "nowhere"], "nowhere"),
        (["--format", "other"], "openfoodfacts"),
    ],
)
def test_options_of_a_dump_that_do_not_fit_are_a_usage_error(engine, tmp_path, options, hint):
    dump = shutil.copy(FOLDER / "sample.csv", tmp_path)

    result = engine("import", *options, dump)

    assert result.exit_code == 2
    assert hint in result.stderr

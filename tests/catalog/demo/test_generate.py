"""The catalog that is written."""

import hashlib

from PIL import Image

from engine.catalog.demo import generate
from tests.catalog.demo.conftest import SEED, read


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name in ("first", "second"):
        generate(tmp_path / name, products=6, crops=4, seed=3)

    first = digests(tmp_path / "first")
    assert {"catalog.csv", "queries.csv", "crops/q000003.jpg", "reference/p000005-0.jpg"} <= {
        *first
    }
    assert first == digests(tmp_path / "second")


def test_another_seed_makes_another_world(written, tmp_path):
    other = generate(tmp_path, products=2, crops=0, seed=SEED + 1)

    assert read(other.manifest)[0]["brand"] != written.rows[0]["brand"]


def test_a_larger_catalog_begins_with_the_smaller_one(written, tmp_path):
    small = generate(tmp_path, products=5, crops=0, seed=SEED)

    assert read(small.manifest) == written.rows[:5]
    larger = digests(written.folder)
    for name, digest in digests(tmp_path / "reference").items():
        assert larger[f"reference/{name}"] == digest


def test_the_manifest_has_the_columns_of_an_import_and_the_family(written):
    assert list(written.rows[0]) == [
        "id", "name", "brand", "category", "description", "gtin", "markets", "images", "source",
        "license", "family",
    ]  # fmt: skip
    assert all(written.rows[0].values())
    assert list(written.queries[0]) == ["image", "product", "category", "box", "market", "brand"]


def test_the_summary_counts_what_was_written(written):
    assert written.summary.products == len(written.rows) == 24
    assert written.summary.crops == len(written.queries) == 12
    images = [image for row in written.rows for image in row["images"].split("|")]
    assert written.summary.reference_images == len(images)
    assert sorted(images) == sorted(
        path.relative_to(written.folder).as_posix()
        for path in (written.folder / "reference").iterdir()
    )
    unknown = [query for query in written.queries if not query["product"]]
    assert written.summary.unknown_crops == len(unknown) == 3


def test_reference_images_are_of_the_size_of_packshots(written):
    for path in (written.folder / "reference").iterdir():
        with Image.open(path) as image:
            assert 400 <= max(image.size) <= 600, path.name
            assert image.format == "JPEG"


def test_some_products_have_several_reference_images(written):
    counts = {len(row["images"].split("|")) for row in written.rows}

    assert counts == {1, 2}


def test_crops_are_small_and_their_boxes_lie_inside(written):
    for query in written.queries:
        with Image.open(written.folder / query["image"]) as image:
            assert 200 <= max(image.size) <= 600
            if query["box"]:
                x, y, width, height = map(int, query["box"].split(","))
                assert 0 <= x < x + width <= image.width
                assert 0 <= y < y + height <= image.height


def test_a_labelled_product_is_in_the_catalog_and_sold_in_the_market(written):
    by_id = {row["id"]: row for row in written.rows}
    known = [query for query in written.queries if query["product"]]

    for query in known:
        row = by_id[query["product"]]
        assert query["market"] in row["markets"].split("|")
        assert query["category"] == row["category"]


def test_progress_counts_up_to_all_products_and_crops(tmp_path):
    seen = []

    generate(tmp_path, products=2, crops=1, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_references_can_look_like_photographs(written, tmp_path):
    generate(tmp_path, products=1, crops=0, seed=SEED, photographed_references=True)

    name = "reference/p000000-0.jpg"
    with Image.open(tmp_path / name) as photo, Image.open(written.folder / name) as packshot:
        corners = photo.getpixel((0, 0)), packshot.getpixel((0, 0))
    assert min(corners[1]) > 245, "a packshot stands on white"
    assert min(corners[0]) < 245, "a photograph does not"

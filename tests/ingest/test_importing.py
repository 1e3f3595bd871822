import os

import numpy as np
import pytest
from sqlalchemy import text

from engine.ingest import ImageFailed, ImportBegan, ProductDone, RowFailed, importing
from tests.fakes import MeanColourEncoder
from tests.ingest.conftest import counts, png_bytes, sha256_of, soap

FINGERPRINT = MeanColourEncoder.fingerprint


def reasons(report):
    return [(row.line, row.reason) for row in report.bad_rows]


def test_a_row_becomes_a_product_with_its_pictures_files_and_vectors(
    ingester, manifest, files, read
):
    row = soap(
        brand="Bravo",
        category="packaging",
        description="A bar",
        gtin="7310865004703|73108658",
        markets="SE|no",
        images="red.png|blue.png",
        source="shop",
        license="CC0",
    )

    report = ingester.import_manifest(manifest(row))

    assert counts(report) == (1, 0, 0)
    assert (report.images_added, report.bad_rows, report.bad_images) == (2, [], [])
    product = read(lambda store: store.product("soap"))
    assert (product.name, product.brand, product.category) == ("Soap", "Bravo", "packaging")
    assert (product.description, product.source, product.license) == ("A bar", "shop", "CC0")
    assert [row.gtin for row in product.gtins] == ["7310865004703", "73108658"]
    claims = [(claim.country, claim.source, claim.image_id) for claim in product.claims]
    assert claims == [("SE", "shop", None), ("NO", "shop", None)]
    first, second = product.images
    assert (first.filename, first.sha256, first.source) == ("red.png", sha256_of("red"), "shop")
    assert (first.media_type, first.width, first.height) == ("image/png", 8, 6)
    assert files.path(second.sha256).read_bytes() == png_bytes("blue")
    assert files.has(first.sha256)
    (chunk,) = read(lambda store: list(store.embeddings_since(FINGERPRINT, -1)))
    np.testing.assert_array_equal(chunk.vectors, [[1, 0, 0], [0, 0, 1]])


def test_importing_the_same_again_changes_nothing_and_decodes_nothing(
    ingester, manifest, encoder, read, monkeypatch
):
    path = manifest(soap(markets="SE", gtin="73108658"), soap(id="b", images="lime.png|red.png"))
    ingester.import_manifest(path)
    version, seen = read(lambda store: store.version()), encoder.images_seen
    monkeypatch.setattr("engine.ingest.loading.decode", pytest.fail)

    report = ingester.import_manifest(path)

    assert counts(report) == (0, 0, 2)
    assert (report.images_added, encoder.images_seen) == (0, seen)
    assert read(lambda store: store.version()) == version


def test_a_changed_row_updates_its_product(ingester, manifest, read):
    ingester.import_manifest(manifest(soap(brand="Bravo", markets="SE"), soap(id="b")))

    report = ingester.import_manifest(manifest(soap(brand="", markets="NO"), soap(id="b")))

    assert counts(report) == (0, 1, 1)
    product = read(lambda store: store.product("soap"))
    assert (product.brand, product.markets) == ("", ["NO"])


def test_a_column_that_is_absent_leaves_the_field_as_it_is(ingester, manifest, read):
    ingester.import_manifest(manifest(soap(brand="Bravo", markets="SE", gtin="73108658")))

    ingester.import_manifest(manifest(soap(name="Soap 2"), columns=["id", "name", "images"]))

    product = read(lambda store: store.product("soap"))
    assert (product.name, product.brand, product.markets) == ("Soap 2", "Bravo", ["SE"])
    assert [row.gtin for row in product.gtins] == ["73108658"]


def test_pictures_that_the_row_lists_no_more_are_removed(ingester, manifest, images_of, read):
    ingester.import_manifest(manifest(soap(images="red.png|blue.png")))

    report = ingester.import_manifest(manifest(soap(images="blue.png|lime.png")))

    assert images_of("soap") == ["blue.png", "lime.png"]
    assert (report.images_added, report.images_removed) == (1, 1)
    assert read(lambda store: store.removed_since(-1)).tolist() == [1]


def test_pictures_of_another_source_stay(ingester, manifest, images_of):
    ingester.import_manifest(manifest(soap(images="red.png", source="shop")))
    ingester.add_image("soap", png_bytes("yellow"), "photo.png")

    ingester.import_manifest(manifest(soap(images="blue.png", source="web")))
    ingester.import_manifest(manifest(soap(images="lime.png", source="web")))

    assert images_of("soap") == ["red.png", "photo.png", "lime.png"]


def test_nothing_is_removed_while_a_picture_of_the_row_cannot_be_read(
    ingester, manifest, images_of, pictures
):
    path = manifest(soap(images="red.png|blue.png"))
    ingester.import_manifest(path)
    (pictures / "red.png").unlink()

    report = ingester.import_manifest(path)

    assert images_of("soap") == ["red.png", "blue.png"]
    assert [bad.path.name for bad in report.bad_images] == ["red.png"]


def test_one_readable_picture_is_enough_and_the_others_are_reported(
    ingester, manifest, images_of, pictures
):
    (pictures / "folder.png").mkdir()
    (pictures / "loop.png").symlink_to("loop.png")
    os.mkfifo(pictures / "pipe.png")
    (pictures / "big.png").write_bytes(b"\x89PNG" + bytes(100_001))
    (pictures / "wide.png").write_bytes(png_bytes("red", (1000, 101)))
    names = ["text", "cut", "gone", "folder", "loop", "pipe", "big", "wide", "red", "x" * 300]
    images = "|".join(f"{name}.png" for name in names)

    report = ingester.import_manifest(manifest(soap(images=images)))

    assert counts(report) == (1, 0, 0)
    assert report.bad_rows == []
    assert images_of("soap") == ["red.png"]
    found = {bad.path.stem[:6]: (bad.line, bad.reason) for bad in report.bad_images}
    assert found.keys() == {name[:6] for name in names} - {"red"}
    assert {line for line, _ in found.values()} == {2}
    expected = {
        "text": "no picture but text",
        "cut": "ends early",
        "gone": "No such file",
        "folder": "is not a file",
        "loop": "symbolic links",
        "pipe": "is not a file",
        "big": "100,000 allowed",
        "wide": "1000 x 101 pixels",
        "xxxxxx": "File name too long",
    }
    for name, words in expected.items():
        assert words in found[name][1]


def test_a_row_without_a_readable_picture_is_bad_and_changes_nothing(
    ingester, manifest, read, pictures
):
    ingester.import_manifest(manifest(soap(brand="Bravo")))
    version = read(lambda store: store.version())

    report = ingester.import_manifest(
        manifest(soap(brand="New", images="gone.png"), soap(id="b", images="text.png"))
    )

    assert [line for line, _ in reasons(report)] == [2, 3]
    assert reasons(report)[0][1] == (
        f"its image cannot be read: {pictures / 'gone.png'}: "
        "the file cannot be read: No such file or directory"
    )
    assert read(lambda store: store.product("soap").brand) == "Bravo"
    assert read(lambda store: (store.product_keys(), store.version())) == ({"soap"}, version)


def test_of_many_unreadable_pictures_some_are_named(ingester, manifest, monkeypatch):
    monkeypatch.setattr(importing, "REASONS_MAX", 1)

    report = ingester.import_manifest(manifest(soap(images="text.png|gone.png|none.png")))

    ((_, reason),) = reasons(report)
    assert reason.startswith("none of its images can be read: ")
    assert "text.png" in reason
    assert "gone.png" not in reason
    assert reason.endswith("; and 2 more")
    assert len(report.bad_images) == 3


def test_bad_rows_are_reported_and_the_others_imported(ingester, manifest, read):
    report = ingester.import_manifest(
        manifest(
            soap(),
            soap(id="a/b"),
            soap(name="Soap again"),
            soap(id="b", markets="Sweden"),
            soap(id="c", images="blue.png"),
        )
    )

    assert reasons(report) == [
        (3, "the id 'a/b' contains a slash"),
        (4, "the id 'soap' stands in line 2 already"),
        (5, "'Sweden' is no country of ISO 3166-1 alpha-2 (write SE for Sweden)"),
    ]
    assert read(lambda store: store.product_keys()) == {"soap", "c"}


@pytest.mark.parametrize(
    "key",
    ["..", ".", "söäp 7", "石鹸", "🧼", "👩‍🔬", 'it\'s "quoted"', "a?b#c%20", "x" * 200, "-1"],
)
def test_ids_are_kept_exactly(ingester, manifest, read, key):
    report = ingester.import_manifest(manifest(soap(id=key)))

    assert reasons(report) == []
    assert read(lambda store: store.product(key).key) == key


def test_the_same_bytes_twice_in_a_row_are_one_picture(ingester, manifest, pictures, images_of):
    (pictures / "copy.png").write_bytes(png_bytes("red"))

    ingester.import_manifest(manifest(soap(images="red.png|copy.png|red.png")))

    assert images_of("soap") == ["red.png"]


def test_two_products_may_show_the_same_picture(ingester, manifest, images_of, files):
    ingester.import_manifest(manifest(soap(), soap(id="b")))
    ingester.delete_product("soap")

    assert images_of("b") == ["red.png"]
    assert files.has(sha256_of("red"))


def test_pictures_keep_the_order_of_the_row(ingester, manifest, images_of, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_IMAGES", 2)

    ingester.import_manifest(manifest(soap(images="yellow.png|red.png|blue.png|lime.png")))
    assert images_of("soap") == ["yellow.png", "red.png", "blue.png", "lime.png"]


def test_a_claim_may_be_of_the_pack_on_one_picture(ingester, json_manifest, read):
    claims = [
        {
            "country": "jp",
            "source": "photo",
            "observed_on": "2024-05-01",
            "observations": 3,
            "image": "blue.png",
        },
        {"country": "SE"},
    ]
    row = {"id": "soap", "name": "Soap", "images": ["red.png", "blue.png"], "claims": claims}
    path = json_manifest({**row, "source": "shop", "markets": ["NO"]})

    ingester.import_manifest(path)
    again = ingester.import_manifest(path)

    product = read(lambda store: store.product("soap"))
    found = [
        (
            claim.country,
            claim.source,
            str(claim.observed_on),
            claim.observations,
            claim.image and claim.image.filename,
        )
        for claim in product.claims
    ]
    assert found == [
        ("NO", "shop", "None", 1, None),
        ("JP", "photo", "2024-05-01", 3, "blue.png"),
        ("SE", "shop", "None", 1, None),
    ]
    assert counts(again) == (0, 0, 1)


def test_a_claim_of_a_picture_that_cannot_be_read_takes_none_away(
    ingester, json_manifest, read, pictures
):
    claims = [{"country": "JP", "source": "photo", "image": "blue.png"}]
    row = {"id": "soap", "name": "Soap", "images": ["red.png", "blue.png"], "claims": claims}
    path = json_manifest(row)
    ingester.import_manifest(path)
    (pictures / "blue.png").unlink()

    report = ingester.import_manifest(path)

    assert counts(report) == (0, 0, 1)
    assert read(lambda store: store.product("soap").markets) == ["JP"]


def test_a_new_product_gets_the_claims_of_its_readable_pictures(ingester, json_manifest, read):
    claims = [{"country": "JP", "image": "gone.png"}, {"country": "KR", "image": "red.png"}]
    row = {"id": "soap", "name": "Soap", "images": ["gone.png", "red.png"], "claims": claims}

    ingester.import_manifest(json_manifest(row))

    assert read(lambda store: store.product("soap").markets) == ["KR"]


def test_families_join_siblings(ingester, json_manifest, read):
    row = {"name": "Soap", "images": ["red.png"], "family": "soaps"}

    ingester.import_manifest(json_manifest({**row, "id": "a"}, {**row, "id": "b"}))

    assert read(lambda store: store.families()) == {"soaps": ["a", "b"]}


def test_a_product_is_told_of_only_after_its_commit(ingester, manifest, database, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_ROWS", 1)
    committed = []

    def on_event(event):
        if isinstance(event, ImportBegan):
            return
        with database.connect() as connection:
            rows = connection.execute(text("SELECT key FROM products ORDER BY id"))
            committed.append((event.id, list(rows.scalars())))

    ingester.import_manifest(manifest(soap(id="a"), soap(id="b")), on_event)

    assert committed == [("a", ["a"]), ("b", ["a", "b"])]


def test_events_tell_the_progress(ingester, manifest):
    events = []

    ingester.import_manifest(
        manifest(soap(), soap(id="a/b"), soap(id="c", images="gone.png|blue.png")), events.append
    )

    assert events[0] == ImportBegan(rows=3, images=4)
    kinds = [type(event) for event in events[1:]]
    assert sorted(kinds, key=str) == [ImageFailed, ProductDone, ProductDone, RowFailed]
    last = events[-1]
    assert (last.id, last.outcome, last.line) == ("c", "added", 4)
    assert (last.progress.done, last.progress.total) == (3, 3)
    assert last.progress.seconds_left == 0.0
    assert last.progress.images_per_second > 0

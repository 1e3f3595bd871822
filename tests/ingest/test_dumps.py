import json

import pytest

from engine.catalog.openfoodfacts import Dump
from engine.errors import ManifestError
from engine.ingest import ProductDone, RowFailed
from engine.markets.facts import Fact
from tests.catalog.openfoodfacts.conftest import CODE, FOLDER, gtin
from tests.ingest.conftest import png_bytes, sha256_of

KEY = f"openfoodfacts-{CODE}"
OTHER = gtin("327408000500")


@pytest.fixture
def dump(tmp_path):
    """Write entries to a file and open it; entries need only what the test is about."""

    def make(*entries, **options):
        path = tmp_path / "dump.jsonl"
        whole = [{"code": CODE, "product_name": "Soap", **entry} for entry in entries]
        path.write_text("".join(json.dumps(entry) + "\n" for entry in whole))
        return Dump(path, **{"keeps_without_images": True} | options)

    return make


@pytest.fixture
def mirror(tmp_path):
    """A mirror with one red front, chosen for Swedish."""
    folder = tmp_path / "mirror" / "731" / "086" / "500" / "4703"
    folder.mkdir(parents=True)
    (folder / "front_sv.3.400.jpg").write_bytes(png_bytes("red"))
    return tmp_path / "mirror"


def test_the_products_of_a_dump_are_in_the_catalog_with_their_facts(ingester, read):
    report = ingester.import_dump(Dump(FOLDER / "sample.jsonl", keeps_without_images=True))

    assert (report.products_added, report.products_updated) == (12, 0)
    assert [row.line for row in report.bad_rows] == [6, 13, 17]
    assert report.skipped == {"no name": 1, "duplicate": 1}
    assert report.unresolved["en:yugoslavia"] == 1
    product = read(lambda store: store.product(KEY))
    assert (product.name, product.brand, product.markets) == (
        *("Havredryck Ekologisk", "Havre"),
        ["NO", "SE"],
    )
    assert {(claim.kind, claim.value) for claim in product.claims} == {
        *((Fact.MARKET, "SE"), (Fact.MARKET, "NO"), (Fact.ORIGIN, "SE"), (Fact.LICENCE, "SE")),
        *((Fact.LANGUAGE, "sv"), (Fact.LANGUAGE, "en")),
    }
    assert read(lambda store: len(store.products_with_gtins([f"0{CODE}"]))) == 1


def test_a_dump_may_be_imported_again_and_again(ingester, read):
    path = FOLDER / "sample.jsonl"
    ingester.import_dump(Dump(path, keeps_without_images=True))
    version = read(lambda store: store.version())

    report = ingester.import_dump(Dump(path, keeps_without_images=True))

    assert (report.products_added, report.products_updated, report.products_unchanged) == (0, 0, 12)
    assert read(lambda store: store.version()) == version


def test_a_newer_dump_changes_what_it_says_and_leaves_other_sources_alone(
    ingester, read, dump, json_manifest
):
    ingester.import_dump(dump({"countries_tags": ["en:sweden", "en:thailand"]}))
    other = {"source": "shop", "markets": ["DK"], "images": [], "has_no_images": True}
    ingester.import_manifest(json_manifest({"id": KEY, "name": "Soap", **other}))

    report = ingester.import_dump(dump({"countries_tags": ["en:sweden", "en:norway"]}))

    assert report.products_updated == 1
    assert read(lambda store: store.product(KEY).markets) == ["DK", "NO", "SE"]


def test_a_front_of_the_mirror_is_a_picture_with_its_language(ingester, read, dump, mirror):
    entries = ({"countries_tags": ["en:sweden"]}, {"code": OTHER, "product_name": "Water"})

    report = ingester.import_dump(dump(*entries, images=mirror, keeps_without_images=False))

    product = read(lambda store: store.product(KEY))
    assert (report.products_added, report.images_added) == (1, 1)
    assert report.skipped == {"no picture": 1}
    assert [image.sha256 for image in product.images] == [sha256_of("red")]
    assert [
        (claim.kind, claim.value, claim.source) for claim in product.claims if claim.image_id
    ] == [(Fact.LANGUAGE, "sv", "openfoodfacts: pictures")]
    assert product.markets == ["SE"]


def test_a_dump_without_its_mirror_leaves_the_pictures_alone(ingester, dump, mirror, images_of):
    ingester.import_dump(dump({}, images=mirror))

    report = ingester.import_dump(dump({"product_name": "Soap bar"}))

    assert (report.products_updated, report.images_removed) == (1, 0)
    assert images_of(KEY) == ["front_sv.3.400.jpg"]


def test_a_new_revision_in_the_mirror_takes_the_place_of_the_old(ingester, dump, mirror, images_of):
    ingester.import_dump(dump({}, images=mirror))
    folder = mirror / "731" / "086" / "500" / "4703"
    (folder / "front_sv.7.400.jpg").write_bytes(png_bytes("blue"))

    report = ingester.import_dump(dump({}, images=mirror))

    assert (report.images_added, report.images_removed) == (1, 1)
    assert images_of(KEY) == ["front_sv.7.400.jpg"]


def test_products_without_pictures_are_committed_as_they_come(ingester, dump, read):
    entries = [{"code": gtin(f"7300000{number:05d}")} for number in range(600)]
    counts = []

    def tell(event):
        if isinstance(event, ProductDone):
            counts.append(read(lambda store: store.count_products()))

    ingester.import_dump(dump(*entries), tell)

    assert counts[0] == 256
    assert counts[-1] == 600


def test_an_interrupted_import_goes_on_where_it_stopped(ingester, dump, read):
    entries = [{"code": gtin(f"7300000{number:05d}")} for number in range(600)]

    def stop(event):
        if event.progress.done == 300:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingester.import_dump(dump(*entries), stop)
    kept = read(lambda store: store.count_products())
    report = ingester.import_dump(dump(*entries))

    assert kept == 512
    assert (report.products_unchanged, report.products_added) == (512, 88)


def test_the_total_is_estimated_from_the_share_of_the_file(ingester):
    events = []

    ingester.import_dump(Dump(FOLDER / "sample.jsonl", keeps_without_images=True), events.append)

    assert {event.progress.total for event in events if isinstance(event, RowFailed)} <= {1, 2, 3}
    assert events[-1].progress.done == events[-1].progress.total == 15


def test_a_file_that_is_no_dump_changes_nothing(ingester, tmp_path, read):
    path = tmp_path / "dump.jsonl"
    path.write_text("code\tproduct_name\n")

    with pytest.raises(ManifestError, match="lacks countries_tags"):
        ingester.import_dump(Dump(path, keeps_without_images=True))

    assert read(lambda store: store.count_products()) == 0

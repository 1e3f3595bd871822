"""Imports that are killed, meet a full disk or another model, or have others beside them."""

import os
import threading
import time

import pytest

from engine.catalog.fields import ProductFields
from engine.errors import CatalogError, ManifestError, ModelError
from engine.ingest import Ingester, ProductDone, importing
from tests.fakes import MeanColourEncoder
from tests.ingest.conftest import counts, png_bytes, sha256_of, soap

FINGERPRINT = MeanColourEncoder.fingerprint


def test_a_picture_file_that_was_lost_is_kept_again(ingester, manifest, files):
    path = manifest(soap())
    ingester.import_manifest(path)
    files.remove(sha256_of("red"))

    report = ingester.import_manifest(path)

    assert counts(report) == (0, 0, 1)
    assert files.path(sha256_of("red")).read_bytes() == png_bytes("red")


def test_a_picture_that_another_deletes_meanwhile_is_imported_again(
    sessions, files, manifest, read, images_of
):
    class DeletingEncoder(MeanColourEncoder):
        """Plays a second process that deletes the product while the first embeds."""

        def encode_images(self, images):
            if "soap" in read(lambda store: store.product_keys()):
                ingester.delete_product("soap")
            return super().encode_images(images)

    ingester = Ingester(sessions, files, DeletingEncoder())
    ingester.import_manifest(manifest(soap(images="red.png|blue.png")))

    ingester.import_manifest(manifest(soap(images="red.png|blue.png|lime.png")))

    assert images_of("soap") == ["red.png", "blue.png", "lime.png"]
    assert all(files.has(sha256_of(colour)) for colour in ("red", "blue", "lime"))


def test_ctrl_c_loses_the_present_batch_only_and_the_next_run_goes_on(
    ingester, manifest, read, monkeypatch
):
    monkeypatch.setattr(importing, "BATCH_IMAGES", 1)
    path = manifest(*(soap(id=f"p{number}") for number in range(5)))

    def interrupt(event):
        if isinstance(event, ProductDone) and event.id == "p2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingester.import_manifest(path, interrupt)

    assert read(lambda store: store.product_keys()) == {"p0", "p1", "p2"}
    assert counts(ingester.import_manifest(path)) == (2, 0, 3)
    assert [thread for thread in threading.enumerate() if thread.name.startswith("load")] == []


def test_a_full_disk_stops_the_import_with_an_error(ingester, manifest, files, monkeypatch, read):
    def full(*_):
        raise CatalogError("no space left on device")

    monkeypatch.setattr(files, "put", full)

    with pytest.raises(CatalogError, match="no space left"):
        ingester.import_manifest(manifest(soap()))
    assert read(lambda store: store.product_keys()) == set()


def test_pictures_of_two_models_do_not_mix_by_accident(ingester, sessions, files, manifest):
    ingester.import_manifest(manifest(soap()))
    other = MeanColourEncoder("f" * 64)
    other.name = "other"

    with pytest.raises(ModelError, match="searched by the model 'mean-colour', not by 'other'"):
        Ingester(sessions, files, other).import_manifest(manifest(soap()))


def test_the_first_import_chooses_the_model(ingester, manifest, read):
    ingester.import_manifest(manifest(soap()))

    assert read(lambda store: store.model()) == "mean-colour"


def test_a_newer_build_of_the_same_model_embeds_what_it_imports(
    ingester, sessions, files, manifest, read
):
    ingester.import_manifest(manifest(soap()))

    report = Ingester(sessions, files, MeanColourEncoder("f" * 64)).import_manifest(
        manifest(soap())
    )

    assert counts(report) == (0, 0, 1)
    assert read(lambda store: store.count_embeddings("f" * 64)) == 1


def test_a_folder_is_no_manifest(ingester, tmp_path):
    with pytest.raises(ManifestError, match="Is a directory"):
        ingester.import_manifest(tmp_path)


def test_two_imports_at_once_give_the_same_catalog(sessions, files, manifest, read, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_IMAGES", 2)
    path = manifest(*(soap(id=f"p{number}", images="red.png|blue.png") for number in range(20)))
    reports = []

    def run():
        reports.append(Ingester(sessions, files, MeanColourEncoder()).import_manifest(path))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(report.products_added for report in reports) == 20
    assert read(lambda store: store.count_products()) == 20
    assert read(lambda store: store.count_embeddings(FINGERPRINT)) == 40


def test_young_files_of_an_import_under_way_are_not_orphans(ingester, files, manifest):
    ingester.import_manifest(manifest(soap(images="red.png|blue.png")))
    (orphan := files.path(sha256_of("lime"))).parent.mkdir(exist_ok=True, parents=True)
    orphan.write_bytes(png_bytes("lime"))

    assert ingester.remove_unreferenced() == 0
    old = time.time() - 100_000
    for path in files.path("0" * 64).parent.parent.rglob("*"):
        os.utime(path, (old, old))
    assert ingester.remove_unreferenced() == 1
    assert not orphan.exists()
    assert files.has(sha256_of("red"))


def test_a_deleted_product_may_be_imported_again(ingester, manifest, files, read):
    path = manifest(soap())
    ingester.import_manifest(path)
    ingester.delete_product("soap")
    assert not files.has(sha256_of("red"))

    ingester.import_manifest(path)

    assert files.has(sha256_of("red"))
    assert read(lambda store: store.embedding_ids(FINGERPRINT)).tolist() == [2]


def test_a_product_made_by_hand_gets_its_pictures_by_import(ingester, manifest, images_of):
    ingester.create_product(ProductFields("soap", "Soap"))

    assert counts(ingester.import_manifest(manifest(soap()))) == (0, 1, 0)
    assert images_of("soap") == ["red.png"]

import json

import pytest

from engine.catalog import export as export_module
from engine.catalog.database import open_database, session_factory
from engine.catalog.export import export_catalog
from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.files import ImageFiles
from engine.catalog.store import CatalogStore
from engine.errors import CatalogError, ConflictError
from engine.ingest import Ingester
from tests.fakes import MeanColourEncoder
from tests.ingest.conftest import png_bytes, sha256_of


@pytest.fixture
def catalog(ingester, json_manifest):
    """Everything that a catalog can hold."""
    row = {"name": "Soap", "source": "shop", "images": ["red.png", "blue.png"], "family": "soaps"}
    claims = [
        {"country": "JP", "source": "photo", "observed_on": "2024-05-01", "image": "blue.png"},
        {"country": "SE", "observations": 7},
        {"country": "SE", "source": "diary", "observations": 2},
        {"kind": "origin", "country": "PL", "observed_on": "2024-05-01", "is_weak": True},
        {"kind": "language", "language": "pt-br"},
    ]
    full = {
        **row,
        "id": 'söap "🧼" ..',
        "brand": "Bravo",
        "category": "packaging",
        "description": "line one\nline two",
        "gtin": ["7310865004703", "73108658"],
        "markets": ["SE", "NO"],
        "license": "CC0",
        "claims": claims,
    }
    ingester.import_manifest(json_manifest(full, {**row, "id": ".."}))
    ingester.create_product(ProductFields("bare", "Without pictures", markets=("DK",)))
    ingester.add_image("..", png_bytes("yellow"), "photo |1|.png", [ClaimFields("FI", "upload")])


@pytest.fixture
def export(sessions, files, tmp_path):
    def run(folder=tmp_path / "out" / "export"):
        with sessions() as session:
            return export_catalog(session, files, folder), folder

    return run


def contents(sessions):
    """Return all that a catalog says, without numbers and dates of change."""
    with sessions() as session:
        return {
            product.key: {
                "texts": (
                    *(product.name, product.brand, product.category, product.description),
                    *(product.source, product.license),
                ),
                "family": product.family and product.family.key,
                "gtins": [row.gtin for row in product.gtins],
                "images": [
                    (
                        *(image.sha256, image.filename, image.source),
                        *(image.media_type, image.width, image.height),
                    )
                    for image in product.images
                ],
                "claims": {
                    (
                        *(claim.kind, claim.value, claim.source, claim.observed_on),
                        *(claim.observations, claim.is_weak),
                        claim.image and claim.image.sha256,
                    )
                    for claim in product.claims
                },
            }
            for product in CatalogStore(session).all_products()
        }


def test_importing_an_export_makes_the_same_catalog(catalog, export, sessions, tmp_path):
    _, folder = export()
    database = open_database(tmp_path / "second" / "catalog.sqlite3")
    second, files = session_factory(database), ImageFiles(tmp_path / "second" / "images")

    report = Ingester(second, files, MeanColourEncoder()).import_manifest(folder / "catalog.jsonl")

    assert (report.products_added, report.bad_rows, report.bad_images) == (3, [], [])
    assert contents(second) == contents(sessions)
    assert files.path(sha256_of("yellow")).read_bytes() == png_bytes("yellow")
    with second() as session:
        assert CatalogStore(session).count_embeddings(MeanColourEncoder.fingerprint) == 5
    database.dispose()


def test_importing_an_export_where_it_came_from_changes_nothing(catalog, export, ingester):
    _, folder = export()

    report = ingester.import_manifest(folder / "catalog.jsonl")

    assert (report.products_added, report.products_updated, report.products_unchanged) == (0, 0, 3)


def test_the_export_says_everything_in_fields_of_the_manifest(catalog, export):
    report, folder = export()

    rows = [json.loads(line) for line in (folder / "catalog.jsonl").read_text().splitlines()]
    red, blue = (
        f"images/{sha256_of(colour)[:2]}/{sha256_of(colour)}.png" for colour in ("red", "blue")
    )
    assert (report.products, report.images, report.missing_images) == (3, 5, [])
    assert [row["id"] for row in rows] == ['söap "🧼" ..', "..", "bare"]
    assert rows[0]["images"] == [red, blue]
    assert (folder / red).read_bytes() == png_bytes("red")
    assert rows[0]["markets"] == ["SE", "NO"]
    said = [tuple(claim.values()) for claim in rows[0]["claims"]]
    assert said == [
        ("market", "SE", "shop", None, 7, False, None),
        ("market", "JP", "photo", "2024-05-01", 1, False, blue),
        ("market", "SE", "diary", None, 2, False, None),
        ("origin", "PL", "shop", "2024-05-01", 1, True, None),
        ("language", "pt-BR", "shop", None, 1, False, None),
    ]
    assert [("country" in claim, "language" in claim) for claim in rows[0]["claims"]] == [
        *[(True, False)] * 4,
        (False, True),
    ]
    assert rows[2]["has_no_images"] is True


def test_an_export_does_not_overwrite(catalog, export, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")

    with pytest.raises(ConflictError, match="is there already"):
        export(tmp_path / "full")
    with pytest.raises(ConflictError, match="is there already"):
        export(tmp_path / "full" / "thesis.txt")


def test_an_empty_folder_may_be_exported_to(catalog, export, tmp_path):
    (tmp_path / "empty").mkdir()

    report, folder = export(tmp_path / "empty")

    assert (folder / "catalog.jsonl").exists()
    assert report.products == 3


def test_an_export_that_fails_leaves_nothing(catalog, export, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_module.shutil, "copyfile", full)

    with pytest.raises(CatalogError, match="No space left on device"):
        export()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_lost_file_is_reported_and_stops_nothing(catalog, export, files):
    files.remove(sha256_of("red"))

    report, _ = export()

    assert report.missing_images == [sha256_of("red")]


def test_an_empty_catalog_exports_to_an_empty_manifest(export, ingester):
    _, folder = export()

    assert (folder / "catalog.jsonl").read_text() == ""
    assert ingester.import_manifest(folder / "catalog.jsonl").products_added == 0

import pytest

from engine.catalog.fields import ProductFields
from engine.catalog.store import CatalogStore
from engine.ingest import Ingester, reindexing
from tests.fakes import MeanColourEncoder
from tests.ingest.conftest import png_bytes, sha256_of

OLD, NEW = MeanColourEncoder.fingerprint, "f" * 64


@pytest.fixture
def new_encoder():
    encoder = MeanColourEncoder(NEW)
    encoder.name = "new"
    return encoder


@pytest.fixture(autouse=True)
def catalog(ingester, monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH_IMAGES", 2)
    monkeypatch.setattr(reindexing, "PAGE_IMAGES", 3)
    ingester.create_product(ProductFields("soap", "Soap"))
    for colour in ("red", "lime", "blue", "yellow", "white"):
        ingester.add_image("soap", png_bytes(colour), f"{colour}.png")


def test_every_picture_gets_a_vector_of_the_new_model_which_is_then_the_catalogs(
    ingester, new_encoder, read
):
    events = []

    report = ingester.reindex(new_encoder, events.append)

    assert (report.images_embedded, report.bad_images) == (5, [])
    assert read(lambda store: store.model()) == "new"
    assert read(lambda store: store.count_embeddings(NEW)) == 5
    assert read(lambda store: store.count_embeddings(OLD)) == 5
    assert [(event.done, event.total) for event in events] == [(2, 5), (4, 5), (5, 5)]


def test_going_back_embeds_nothing(ingester, encoder, new_encoder, read):
    ingester.reindex(new_encoder)
    seen = encoder.images_seen

    report = ingester.reindex(encoder)

    assert (report.images_embedded, encoder.images_seen) == (0, seen)
    assert read(lambda store: store.model()) == "mean-colour"


def test_an_interrupted_run_is_gone_on_with(ingester, new_encoder, read):
    def interrupt(progress):
        if progress.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingester.reindex(new_encoder, interrupt)
    assert read(lambda store: store.model()) == "mean-colour"

    assert ingester.reindex(new_encoder).images_embedded == 1
    assert read(lambda store: store.model()) == "new"


def test_a_lost_file_is_reported_and_stops_nothing(ingester, new_encoder, files, read):
    files.remove(sha256_of("blue"))

    report = ingester.reindex(new_encoder)

    assert report.images_embedded == 4
    assert [bad.path.name for bad in report.bad_images] == [sha256_of("blue")]
    assert read(lambda store: store.model()) == "new"


def test_a_picture_that_comes_meanwhile_is_embedded_too(
    ingester, new_encoder, sessions, files, read
):
    other = Ingester(sessions, files, MeanColourEncoder())

    def add(progress):
        if progress.done == 5:
            other.add_image("soap", png_bytes("black"))

    report = ingester.reindex(new_encoder, add)

    assert report.images_embedded == 6
    assert read(lambda store: list(store.unseen_images(NEW))) == []


def test_a_picture_that_goes_meanwhile_is_passed_over(ingester, new_encoder, sessions, read):
    def delete(progress):
        if progress.done == 2:
            with sessions.begin() as session:
                CatalogStore(session).delete_image("soap", sha256_of("yellow"))

    report = ingester.reindex(new_encoder, delete)

    assert report.images_embedded == 4
    assert read(lambda store: store.count_embeddings(NEW)) == 4

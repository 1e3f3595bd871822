"""The encoder of the catalog switched by another process while the service runs."""

import pytest

from engine.api.app import create_app
from engine.catalog.database import open_database
from engine.catalog.models import Embedding
from engine.catalog.store import CatalogStore
from engine.wiring import build_parts, open_encoder, open_models
from tests.api.conftest import CheckedClient, form, signed_in, upload
from tests.conftest import add_product, png
from tests.embed.tiny_clip import save_tiny_clip
from tests.fakes import MeanColourEncoder

__all__ = ["add_product"]  # a fixture

NAME = "tiny/random"
COLOURS = ("red", "lime", "blue")


@pytest.fixture
def paints(parts, add_product):
    for colour in COLOURS:
        add_product(colour, colour)


@pytest.fixture
def elsewhere(parts, paints):
    """The same data folder, as another process has it open."""
    database = open_database(parts.settings.database_path)
    yield build_parts(parts.settings, database, MeanColourEncoder())
    database.dispose()


@pytest.fixture
def tiny(parts, tmp_path):
    """A small random CLIP in the models folder."""
    config, checkpoint = save_tiny_clip(tmp_path / "tiny", seed=3)
    open_models(parts.settings).add_local(NAME, config, checkpoint)
    return open_encoder(parts.settings, NAME)


def search(client, colour="red"):
    return client.post("/v1/search", **form(image=upload(png(colour))))


def say_searched_by(parts, model):
    with parts.sessions.begin() as session:
        CatalogStore(session).set_model(model)


def test_a_search_after_a_switch_is_answered_by_the_new_encoder(analyst, elsewhere, tiny):
    before = search(analyst).json
    elsewhere.ingester.reindex(tiny)

    for colour in COLOURS:
        after = search(analyst, colour).json
        assert after["model"] == {"name": NAME, "fingerprint": tiny.fingerprint}
        first = after["results"][0]["candidates"][0]
        assert first["product"]["id"] == colour
        assert first["evidence"][0]["score"] == pytest.approx(1.0, abs=1e-3)
    assert before["model"]["name"] == "mean-colour"


def test_a_picture_that_comes_after_a_switch_is_embedded_by_the_new_encoder_only(
    curator, elsewhere, tiny
):
    elsewhere.ingester.reindex(tiny)

    answer = curator.post("/v1/products/red/images", **form(image=upload(png("#f00001"))))

    with elsewhere.sessions() as session:
        image = session.query(Embedding).order_by(Embedding.id.desc()).first().image
        made_by = [each.fingerprint for each in image.embeddings]
    assert answer.status_code == 201
    assert image.sha256 == answer.json["sha256"]
    assert made_by == [tiny.fingerprint]


def test_switching_back_is_followed_too(analyst, elsewhere, tiny):
    elsewhere.ingester.reindex(tiny)
    search(analyst)
    say_searched_by(elsewhere, "gone/away")
    assert search(analyst).status_code == 503
    say_searched_by(elsewhere, NAME)

    assert search(analyst).json["model"]["name"] == NAME


def test_a_model_that_cannot_be_loaded_is_a_problem_that_says_what_to_do(
    analyst, client, elsewhere
):
    assert client.get("/readyz").status_code == 200
    say_searched_by(elsewhere, "gone/away")

    answer = search(analyst)

    assert answer.status_code == 503
    assert answer.json["title"] == "Model switched"
    assert "'gone/away'" in answer.json["detail"]
    assert "restart the service" in answer.json["detail"]
    assert client.get("/readyz").status_code == 503
    assert analyst.get("/v1/search?q=red").status_code == 503
    assert analyst.get("/v1/products").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_model_that_cannot_be_loaded_is_tried_once(analyst, elsewhere, monkeypatch):
    tried = []
    monkeypatch.setattr(
        "engine.liveparts.open_encoder",
        lambda settings, name: tried.append(name) or open_encoder(settings, name),
    )
    say_searched_by(elsewhere, "gone/away")

    assert [search(analyst).status_code for _ in range(3)] == [503, 503, 503]
    assert tried == ["gone/away"]


def test_an_encoder_that_the_settings_name_stays(parts, elsewhere, tiny, tokens):
    pinned = parts.settings.model_copy(update={"model": "mean-colour"})
    app = create_app(build_parts(pinned, parts.database, parts.encoder))
    app.test_client_class = CheckedClient
    elsewhere.ingester.reindex(tiny)

    answer = search(signed_in(app, tokens["analyst"]))

    assert answer.json["model"]["name"] == "mean-colour"
    assert answer.json["results"][0]["candidates"][0]["product"]["id"] == "red"

"""A catalog switched to an open_clip model: reindexed, and searched by picture and by text."""

import pytest

from engine.catalog.store import CatalogStore
from engine.crops import crop_from_bytes
from engine.wiring import build_parts, open_encoder, open_models
from tests.conftest import png
from tests.embed.tiny_clip import save_tiny_clip

NAME = "tiny/random"


@pytest.fixture
def switched(parts, add_product, tmp_path):
    """Three paints, first embedded by their mean colour, then by a small random CLIP."""
    for colour in ("red", "lime", "blue"):
        add_product(colour, colour, name=f"{colour} paint")
    config, checkpoint = save_tiny_clip(tmp_path, seed=3)
    open_models(parts.settings).add_local(NAME, config, checkpoint)
    encoder = open_encoder(parts.settings, NAME)
    report = parts.ingester.reindex(encoder)
    assert report.images_embedded == 3
    return build_parts(parts.settings, parts.database, encoder)


def test_a_reference_picture_finds_itself(switched):
    for colour in ("red", "lime", "blue"):
        result = switched.searcher.search([crop_from_bytes("crop", png(colour))]).results[0]

        assert result.candidates[0].product.id == colour
        assert result.candidates[0].evidence[0].score == pytest.approx(1.0, abs=1e-3)


def test_the_catalog_remembers_its_model(switched):
    with switched.sessions() as session:
        assert CatalogStore(session).model() == NAME


def test_a_text_is_compared_with_every_look(switched):
    hits = switched.searcher.search_text("something to drink").hits

    assert {hit.product.id for hit in hits} == {"red", "lime", "blue"}
    assert {hit.matched_by for hit in hits} == {"look"}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_the_old_vectors_stay_for_switching_back(switched, parts):
    back = parts.ingester.reindex(parts.encoder)

    result = parts.searcher.search([crop_from_bytes("crop", png("red"))]).results[0]
    assert back.images_embedded == 0
    assert result.candidates[0].product.id == "red"

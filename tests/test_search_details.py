"""A search with details beside the look: what is printed, and what repeats."""

import io

import numpy as np
import pytest
from PIL import Image

from engine import candidates
from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.crops import crop_from_bytes
from engine.embed.features import DetailExtractor
from engine.fusion import signal_matrix
from engine.results import PatternEvidence
from engine.settings import Settings
from engine.wiring import build_parts
from tests.conftest import png
from tests.embed.local.test_geometry import TILTED, warped
from tests.embed.local.test_keypoints import card
from tests.embed.local.test_patterns import part_of, tiling
from tests.fakes import MeanColourEncoder, ReadsNothing


def picture_bytes(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def tilted_card():
    """The first card, grey: its colour leads to the papers, what is printed to the card."""
    grey = card(seed=0).convert("L").convert("RGB")
    return crop_from_bytes("card.png", picture_bytes(warped(grey, TILTED)))


@pytest.fixture
def printed(tmp_path, monkeypatch):
    """Three red cards and two grey papers, and a look that finds two pictures only."""
    monkeypatch.setattr(candidates, "POOL_SIZE", 2)
    settings = Settings(data=tmp_path / "data")
    database = open_database(settings.database_path)
    parts = build_parts(settings, database, MeanColourEncoder(), DetailExtractor(ReadsNothing()))
    markets, categories = ("SE", "FR", "SE"), ("packaging", "packaging", "print")
    for seed, (market, category) in enumerate(zip(markets, categories, strict=True)):
        fields = ProductFields(f"card-{seed}", f"Card {seed}", category=category, markets=(market,))
        parts.ingester.create_product(fields)
        red = np.asarray(card(seed=seed)) * (1.0, 0.3, 0.3)
        parts.ingester.add_image(
            fields.key, picture_bytes(Image.fromarray(red.astype(np.uint8))), "card.png"
        )
    for key, colour in (("paper", "#808080"), ("board", "#818181")):
        fields = ProductFields(key, key, category="packaging", markets=("SE",))
        parts.ingester.create_product(fields)
        parts.ingester.add_image(key, png(colour), "plain.png")
    yield parts
    database.dispose()


def found_by(searcher, **filters):
    result = searcher.search([tilted_card()], limit=100, **filters).results[0]
    return {candidate.product.id for candidate in result.candidates}


def keys_of(weighed):
    return [each.image.product.key for each in weighed.comparisons]


def test_details_find_what_the_look_misses(printed, monkeypatch):
    monkeypatch.setattr(candidates, "N_ALIKE", 1)

    assert found_by(printed.searcher) == {"paper", "board", "card-0"}


def test_candidates_are_told_before_they_are_compared(printed, monkeypatch):
    monkeypatch.setattr(candidates, "N_ALIKE", 1)
    look = printed.searcher.examine(tilted_card()).look

    keys = [each.image.product.key for each in printed.searcher.candidates(look)]

    assert keys[0] == "card-0"
    assert set(keys[1:]) == {"paper", "board"}


def test_details_find_only_what_passes_the_filters(printed, monkeypatch):
    monkeypatch.setattr(candidates, "N_ALIKE", 1)

    assert found_by(printed.searcher, markets=["SE"]) == {"paper", "board", "card-0"}
    assert found_by(printed.searcher, markets=["FR"]) == {"card-1"}
    assert found_by(printed.searcher, categories=["print"]) == {"card-2"}
    assert found_by(printed.searcher, categories=["print"], markets=["FR"]) == set()


def test_a_product_that_details_find_is_struck_as_if_it_had_been_deleted(printed):
    look, before = printed.searcher.look_and_weigh(tilted_card())
    struck = printed.searcher.weigh_without(look, ["card-0"])

    printed.ingester.delete_product("card-0")
    deleted = printed.searcher.look_and_weigh(tilted_card())[1]
    signals, expected = (
        signal_matrix([each.signals for each in weighed.comparisons])
        for weighed in (struck, deleted)
    )
    assert "card-0" in keys_of(before)
    assert keys_of(struck) == keys_of(deleted)
    np.testing.assert_array_equal(signals, expected)
    np.testing.assert_array_equal(struck.posterior.products, deleted.posterior.products)
    assert struck.posterior.unknown == deleted.posterior.unknown


def test_the_next_picture_that_shares_details_takes_the_place_of_a_struck_one(printed, monkeypatch):
    monkeypatch.setattr(candidates, "N_ALIKE", 1)
    look, _ = printed.searcher.look_and_weigh(tilted_card())

    struck = printed.searcher.weigh_without(look, ["card-0"])

    assert len(set(keys_of(struck)) & {"card-1", "card-2"}) == 1


def patterns_of(result):
    """Return the evidence of a pattern of each candidate that has any, by its product."""
    return {
        candidate.product.id: evidence
        for candidate in result.candidates
        for evidence in candidate.evidence
        if isinstance(evidence, PatternEvidence)
    }


def test_what_repeats_in_a_crop_is_told_with_its_size_and_turn(printed):
    printed.ingester.create_product(ProductFields("wallpaper", "Wallpaper", category="decor"))
    printed.ingester.add_image("wallpaper", picture_bytes(tiling(1)), "roll.png")
    crop = picture_bytes(part_of(tiling(1), turn_degrees=30, zoom=1.3))

    result = printed.searcher.search([crop_from_bytes("wall.png", crop)]).results[0]

    found = patterns_of(result)
    others = [each.confirmed for product, each in found.items() if product != "wallpaper"]
    assert found["wallpaper"].confirmed > 5 * max(others, default=0)
    assert found["wallpaper"].scale == pytest.approx(1.3, rel=0.05)
    assert found["wallpaper"].turn_degrees == pytest.approx(30, abs=3)
    assert found["wallpaper"].palette > 0.7


def test_a_crop_that_does_not_repeat_itself_has_no_pattern(printed):
    result = printed.searcher.search([tilted_card()]).results[0]

    assert patterns_of(result) == {}

"""What is asked of a better crop: words of what bears words, and none of a wallpaper."""

import io

import pytest

from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.crops import crop_from_bytes
from engine.embed.features import DetailExtractor
from engine.embed.text.words import Word
from engine.settings import Settings
from engine.wiring import build_parts
from tests.embed.local.test_geometry import TILTED, warped
from tests.embed.local.test_keypoints import card
from tests.embed.local.test_patterns import part_of, tiling
from tests.fakes import MeanColourEncoder, ReadsNothing

BOX = ((0, 0), (50, 0), (50, 10), (0, 10))
WALLPAPER = tiling(1)


class ReadsUprightCards(ReadsNothing):
    """Reads one word in a picture of the cards' size; in crops, of other sizes, none."""

    def read(self, image, *, turned=True):
        return [Word("FRUKT", BOX, 1.0, 0)] if image.size == card(seed=0).size else []


def png_of(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """A card with a word on it, and a wallpaper without any."""
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    database = open_database(settings.database_path)
    extractor = DetailExtractor(ReadsUprightCards())
    parts = build_parts(settings, database, MeanColourEncoder(), extractor)
    for key, image in (("card", card(seed=0)), ("wallpaper", WALLPAPER)):
        parts.ingester.create_product(ProductFields(key, key))
        parts.ingester.add_image(key, png_of(image), f"{key}.png")
    yield parts
    database.dispose()


@pytest.fixture
def judged(parts):
    """Return the first candidate of a crop, and what its quality says."""

    def judge(image):
        crop = crop_from_bytes("crop.png", png_of(image))
        result = parts.searcher.search([crop]).results[0]
        return result.candidates[0].product.id, result.quality.hindrance

    return judge


def test_no_words_are_asked_of_a_wallpaper(judged):
    assert judged(part_of(WALLPAPER, 30, 1.3)) == ("wallpaper", "wordless")


def test_words_are_asked_of_a_card_whose_picture_has_some(judged):
    assert judged(warped(card(seed=0), TILTED)) == ("card", "no words")


def test_figures_of_crops_with_words_are_not_told_of_a_wallpaper(parts):
    crop = crop_from_bytes("crop.png", png_of(part_of(WALLPAPER, 30, 1.3)))

    assert parts.searcher.search([crop]).results[0].quality.expected_hit_rate is None

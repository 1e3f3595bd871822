"""A crop that is read again where it lies straight: small print tells siblings apart there."""

import io

import pytest

from engine import weighing
from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.crops import crop_from_bytes
from engine.embed.features import DetailExtractor
from engine.embed.text.words import Word
from engine.settings import Settings
from engine.wiring import build_parts
from tests.embed.local.test_geometry import TILTED, warped
from tests.embed.local.test_keypoints import card
from tests.fakes import MeanColourEncoder, ReadsNothing


class ReadsStraightPictures(ReadsNothing):
    """Reads one word in upright pictures, and another in what was laid straight."""

    def __init__(self):
        self.straight = []

    def read(self, image, *, turned=True):
        if not turned:
            self.straight.append(image.size)
        (left, top), (right, bottom) = ((image.width * s, image.height * s) for s in (0.4, 0.6))
        box = ((left, top), (right, top), (right, bottom), (left, bottom))
        return [Word("grape" if turned else "smooth", box, 1.0, 0)]


def picture_bytes(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def weigh(tmp_path):
    """Weigh a tilted card; return its likeliest candidate and the pictures laid straight."""
    settings, reader = Settings(data=tmp_path / "data"), ReadsStraightPictures()
    database = open_database(settings.database_path)

    def weigh(**reads):
        extractor = DetailExtractor(reader, **reads)
        parts = build_parts(settings, database, MeanColourEncoder(), extractor)
        parts.ingester.create_product(ProductFields("card", "Card", category="packaging"))
        parts.ingester.add_image("card", picture_bytes(card(seed=0)), "card.png")
        crop = crop_from_bytes("crop.png", picture_bytes(warped(card(seed=0), TILTED)))
        _, weighed = parts.searcher.look_and_weigh(crop)
        return weighed.likeliest(1)[0], reader.straight

    yield weigh
    database.dispose()


def test_the_words_of_the_straight_crop_are_held_against_the_reference(weigh, monkeypatch):
    monkeypatch.setattr(weighing, "DOUBT", (0.0, 1.0))

    likeliest, straight = weigh()

    assert [max(size) for size in straight] == [640]
    (found,) = likeliest.contradictions
    assert (found.word.text, found.reference.text) == ("smooth", "grape")
    assert likeliest.signals.word_contradiction < -0.5


def test_a_crop_that_is_not_in_doubt_is_not_read_again(weigh, monkeypatch):
    monkeypatch.setattr(weighing, "DOUBT", (2.0, 2.0))

    assert weigh()[1] == []


def test_a_crop_that_is_not_to_be_read_is_not_read_again(weigh, monkeypatch):
    monkeypatch.setattr(weighing, "DOUBT", (0.0, 1.0))

    likeliest, straight = weigh(reads_crops=False)

    assert (straight, likeliest.contradictions) == ([], ())

"""What a crop of next to no height still tells: nothing, unless it is a strip of a barcode."""

import io

import numpy as np
import pytest
from PIL import Image

from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.crops import crop_from_bytes
from engine.embed.features import DetailExtractor
from engine.settings import Settings
from engine.wiring import build_parts
from tests.embed.barcodes import draw_code, made_up_ean
from tests.fakes import MeanColourEncoder, ReadsNothing

EAN = made_up_ean(np.random.default_rng(3))
HEIGHT_PX = 12


def png_of(image):
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def answer(tmp_path):
    """Return the answer to a crop, from a catalog of one product that is sold in Sweden."""
    settings = Settings(data=tmp_path)
    database = open_database(settings.database_path)
    extractor = DetailExtractor(ReadsNothing())
    parts = build_parts(settings, database, MeanColourEncoder(), extractor)
    parts.ingester.create_product(ProductFields("milk", "Milk", gtins=[EAN], markets=["SE"]))
    parts.ingester.add_image("milk", png_of(Image.new("RGB", (90, 90), "white")), "milk.png")
    yield lambda image: parts.searcher.search([crop_from_bytes("c.png", png_of(image))]).results[0]
    database.dispose()


def test_a_strip_of_a_barcode_points_to_the_countries_of_its_product(answer):
    strip = Image.fromarray(draw_code(EAN)[150 : 150 + HEIGHT_PX]).convert("RGB")

    result = answer(strip)

    assert result.candidates[0].product.id == "milk"
    assert result.candidates[0].probability > 0.9
    assert result.markets[0].country == "SE"


def test_a_strip_of_nothing_points_to_no_country(answer):
    result = answer(Image.new("RGB", (798, HEIGHT_PX), "white"))

    assert (result.markets, result.undetermined) == ([], 1.0)

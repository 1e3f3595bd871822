import pytest

from engine.catalog.database import open_database
from engine.catalog.demo import generate
from engine.embed.features import DetailExtractor
from engine.settings import Settings
from engine.wiring import build_parts
from tests.fakes import MeanColourEncoder, ReadsNothing

N_PRODUCTS = 6


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Six drawn products, known by their colours and their details, and crops of them."""
    folder = tmp_path_factory.mktemp("filled")
    made = generate(folder, products=N_PRODUCTS, seed=7, crops=6)
    settings = Settings(data=folder / "data")
    database = open_database(settings.database_path)
    parts = build_parts(settings, database, MeanColourEncoder(), DetailExtractor(ReadsNothing()))
    parts.ingester.import_manifest(made.manifest)
    yield parts, made.queries
    database.dispose()

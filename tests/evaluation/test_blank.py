import pytest

from engine.catalog.database import Sessions, open_database
from engine.catalog.store import CatalogStore
from engine.evaluation.blank import blank_copy
from engine.wiring import build_parts
from tests.fakes import MeanColourEncoder


@pytest.fixture
def milk(add_product):
    add_product("milk", "white", name="Mjölk", brand="Havre", gtins=["7350000000016"])


def products(settings):
    database = open_database(settings.database_path)
    with Sessions(database)() as session:
        found = [
            (each.key, each.name, each.brand, each.description, len(each.gtins), len(each.images))
            for each in CatalogStore(session).all_products()
        ]
    database.dispose()
    return found


def test_the_copy_has_the_pictures_and_none_of_the_texts(parts, milk):
    with blank_copy(parts.settings) as blank:
        assert products(blank) == [("milk", "", "", "", 0, 1)]
    assert products(parts.settings) == [("milk", "Mjölk", "Havre", "", 1, 1)]


def test_the_copy_is_searched_and_goes_when_done(parts, milk):
    with blank_copy(parts.settings) as blank:
        database = open_database(blank.database_path)
        encoder = MeanColourEncoder()
        encoder.has_text = False
        copy = build_parts(blank, database, encoder)
        with copy.sessions() as session:
            sha256 = CatalogStore(session).product("milk").images[0].sha256
        assert copy.files.has(sha256)
        assert copy.searcher.search_text("Mjölk").hits == []
        assert [hit.product.id for hit in copy.searcher.search_text("milk").hits] == ["milk"]
        database.dispose()

    assert not blank.data.exists()
    assert parts.files.has(sha256)

"""A catalog of products that are named by their keys, for searches in its texts."""

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from engine.catalog.database import open_database, session_factory
from engine.catalog.models import Claim, Family, Gtin, Product
from engine.catalog.textsearch import search_products


class Shelf:
    """Products that are named by their keys."""

    def __init__(self, database):
        self.database = database
        self.sessions = session_factory(database)

    def add(self, key, name, gtins=(), markets=(), family=None, **fields):
        with self.sessions.begin() as session:
            product = Product(key=key, name=name, **fields)
            product.gtins = [Gtin(gtin=gtin) for gtin in gtins]
            product.claims = [Claim(value=country) for country in markets]
            if family:
                product.family = session.query(Family).filter_by(key=family).one_or_none()
                product.family = product.family or Family(key=family)
            session.add(product)

    def change(self, key, **fields):
        with self.sessions.begin() as session:
            session.execute(update(Product).filter_by(key=key).values(**fields))

    def find(self, text, limit=10, **filters):
        with self.sessions() as session:
            hits = search_products(session, text, limit, **filters)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        return [hit.product.key for hit in hits]

    def scores(self, text):
        with self.sessions() as session:
            return {hit.product.key: hit.score for hit in search_products(session, text, 10)}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("data") / "catalog.sqlite3")
    yield database
    database.dispose()


@pytest.fixture
def shelf(database):
    shelf = Shelf(database)
    yield shelf
    with shelf.sessions.begin() as session:
        for table in ("gtins", "claims", "products", "families"):
            session.execute(sql(f"DELETE FROM {table}"))


@pytest.fixture
def milk(shelf):
    shelf.add("m1", "Oat drink vanilla", brand="Bravo", description="from Swedish oats")
    shelf.add("m2", "Milk chocolate", brand="Oatly", description="a bar")
    shelf.add("m3", "Soap", brand="Lux", description="smells of oat and milk")
    return shelf

from datetime import date

import pytest
from sqlalchemy import text

from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.store import CatalogStore
from engine.catalog.textsearch import search_products
from engine.markets.facts import Fact

PRODUCTS = [
    ProductFields(
        "a",
        name="Havredryck",
        brand="Havre",
        source="shop",
        gtins=("7310865004703", "73108658"),
        markets=("SE", "NO"),
        claims=(
            ClaimFields("SE", "shop", observations=7),
            ClaimFields("FI", "photo", date(2024, 5, 1), is_weak=True),
            ClaimFields("sv", "photo", kind=Fact.LANGUAGE),
        ),
    ),
    ProductFields("b", name="Soap"),
]


def contents(store):
    return [
        (
            *(product.key, product.name, product.brand, product.description, product.source),
            *(product.family, [row.gtin for row in product.gtins], product.images),
            [
                (
                    *(claim.kind, claim.value, claim.source, claim.observed_on),
                    *(claim.observations, claim.is_weak, claim.image_id),
                )
                for claim in product.claims
            ],
        )
        for product in store.all_products()
    ]


@pytest.fixture
def run(sessions):
    """Run a function with a store, and commit."""

    def write(function):
        with sessions.begin() as session:
            return function(CatalogStore(session))

    return write


def test_many_at_once_become_what_they_would_become_one_by_one(run):
    run(lambda store: store.add_products(PRODUCTS))
    at_once = run(contents)
    for key in ("a", "b"):
        run(lambda store, key=key: store.delete_product(key))
    for fields in PRODUCTS:
        run(lambda store, fields=fields: store.upsert_product(fields))

    assert [row[0] for row in at_once] == ["a", "b"]
    assert at_once == run(contents)


def test_products_added_at_once_are_found_by_word_and_number(run, sessions):
    run(lambda store: store.add_products(PRODUCTS))

    with sessions() as session:
        found = [
            [hit.product.key for hit in search_products(session, words, limit=5)]
            for words in ("havre dryck", "7310865004703", "073108658", "soap")
        ]
    assert found == [["a"], ["a"], ["a"], ["b"]]


def test_they_raise_the_version_once_and_break_no_reference(run, sessions):
    run(lambda store: store.add_products(PRODUCTS[:1]))
    run(lambda store: store.add_products(PRODUCTS[1:]))
    run(lambda store: store.add_products([]))

    assert run(lambda store: store.version()) == 2
    with sessions() as session:
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1

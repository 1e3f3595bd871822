from datetime import date

import pytest
from sqlalchemy import text

from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.store import CatalogStore
from engine.errors import InvalidInputError, NotFoundError

# --- version and model -------------------------------------------------------------------------


def test_a_transaction_raises_the_version_once(write, store):
    def change_twice(store):
        store.upsert_product(ProductFields("a", "A"))
        store.upsert_product(ProductFields("b", "B"))
        return store.touch()

    assert write(change_twice) == 1
    assert write(lambda store: store.touch()) == 2
    assert store.version() == 2


def test_a_version_that_was_rolled_back_is_given_again(sessions):
    with sessions.begin() as session:
        nested = session.begin_nested()
        assert CatalogStore(session).touch() == 1
        nested.rollback()
        assert CatalogStore(session).touch() == 1

    with sessions() as session:
        assert CatalogStore(session).version() == 1


def test_setting_the_same_model_changes_nothing(write, store):
    write(lambda store: store.set_model("compact"))
    write(lambda store: store.set_model("ViT-B-32/openai"))
    write(lambda store: store.set_model("ViT-B-32/openai"))

    assert (store.model(), store.version()) == ("ViT-B-32/openai", 1)


# --- products ----------------------------------------------------------------------------------


def test_upserting_the_same_fields_again_changes_nothing(write, store):
    fields = ProductFields(
        key="soap 🧼/".rstrip("/"),
        name="Såpa",
        brand="Grumme",
        category="packaging",
        description="1 l",
        source="shop",
        license="CC0",
        family="grumme",
        gtins=("7310865004703", "73108658"),
        markets=("SE", "NO"),
        claims=(ClaimFields("DK", "photo", date(2024, 5, 1), 3),),
    )
    first = write(lambda store: store.upsert_product(fields)[1])
    again = write(lambda store: store.upsert_product(fields)[1])

    product = store.product("soap 🧼")
    assert (first, again, store.version()) == (True, False, 1)
    assert (product.name, product.brand, product.category) == ("Såpa", "Grumme", "packaging")
    assert (product.description, product.source, product.license) == ("1 l", "shop", "CC0")
    assert product.family.key == "grumme"
    assert [row.gtin for row in product.gtins] == ["7310865004703", "73108658"]
    assert product.markets == ["DK", "NO", "SE"]


def test_fields_that_say_nothing_keep_what_is_there_and_empty_ones_empty_it(add, write, store):
    add("a", brand="Bravo", category="print", gtins=("73108658",), family="f", markets=("SE",))

    write(lambda store: store.upsert_product(ProductFields("a", "A", brand="", gtins=())))

    product = store.product("a")
    assert (product.name, product.brand, product.category) == ("A", "", "print")
    assert (product.gtins, product.family.key, product.markets) == ([], "f", ["SE"])


def test_a_change_raises_the_version_and_dates_the_product(add, write, store):
    add("a")
    before = write(lambda store: store.product("a").updated_at)

    _, changed = write(lambda store: store.upsert_product(ProductFields("a", "New name")))

    product = store.product("a")
    assert changed
    assert (product.name, store.version()) == ("New name", 2)
    assert product.updated_at > before


def test_a_new_product_needs_a_name(write):
    with pytest.raises(InvalidInputError, match="'a' has no name"):
        write(lambda store: store.upsert_product(ProductFields("a")))


def test_a_missing_product_is_named(store):
    with pytest.raises(NotFoundError, match="no product has the id 'Soap'"):
        store.product("Soap")


def test_families_name_their_products(add, store):
    add("b", family="soaps")
    add("a", family="soaps")
    add("c")

    assert store.families() == {"soaps": ["a", "b"]}


def test_a_family_goes_with_its_last_product(add, write, store):
    add("a", family="soaps")
    add("b", family="soaps")

    write(lambda store: store.upsert_product(ProductFields("a", family="")))
    write(lambda store: store.delete_product("b"))

    assert store.families() == {}
    assert store._session.execute(text("SELECT count(*) FROM families")).scalar() == 0


def test_pages_go_by_id_and_filters_are_or_within_and_between(add, store):
    add("c", category="print", markets=("SE",))
    add("a", category="packaging", markets=("SE", "NO"))
    add("b", category="packaging", markets=("DK",))
    add("d", category="Packaging")

    def keys(**asked):
        return [product.key for product in store.products_page(**{"limit": 10, **asked})]

    assert keys() == ["a", "b", "c", "d"]
    assert keys(limit=2, offset=1) == ["b", "c"]
    assert keys(categories=["packaging"]) == ["a", "b"]
    assert keys(categories=["packaging", "print"], markets=["SE"]) == ["a", "c"]
    assert keys(markets=["NO", "DK"]) == ["a", "b"]
    assert store.count_products() == 4
    assert store.count_products(categories=["packaging"], markets=["SE", "NO"]) == 1

from datetime import date

import numpy as np
import pytest
from sqlalchemy import event, select, text

from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.models import Embedding
from engine.catalog.store import CatalogStore
from engine.errors import InvalidInputError, NotFoundError
from engine.markets.facts import Fact
from tests.fakes import MeanColourEncoder

FINGERPRINT = MeanColourEncoder.fingerprint


@pytest.fixture
def write(sessions):
    """Run a function with a store in a transaction of its own."""

    def run(function):
        with sessions.begin() as session:
            return function(CatalogStore(session))

    return run


@pytest.fixture
def store(sessions):
    with sessions() as session:
        yield CatalogStore(session)


@pytest.fixture
def add(write, picture):
    """Add a product with one picture for each colour, embedded as unit vectors."""
    axes = {"red": (1, 0, 0), "lime": (0, 1, 0), "blue": (0, 0, 1)}

    def run(key, *colours, fingerprint=FINGERPRINT, **fields):
        def make(store):
            said = ProductFields(key=key, name=key.title(), **fields)
            product, _ = store.upsert_product(said)
            for colour in colours:
                image = store.add_image(product, picture(colour), f"{colour}.png", "shop")
                store.add_embedding(image, fingerprint, axes[colour])

        write(make)

    return run


def claims_of(store, key):
    return sorted(
        (claim.country, claim.source, str(claim.observed_on or ""), claim.observations)
        for claim in store.product(key).claims
    )


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


# --- claims ------------------------------------------------------------------------------------


def test_markets_replace_the_plain_claims_of_their_own_source_only(add, write, store):
    add(
        "a",
        source="shop",
        markets=("SE", "NO"),
        claims=(
            ClaimFields("FI", "photo"),
            ClaimFields("NO", "shop", date(2024, 1, 2), 4),
        ),
    )

    fields = ProductFields("a", source="shop", markets=("NO", "DK"))
    _, changed = write(lambda store: store.upsert_product(fields))

    assert changed
    assert claims_of(store, "a") == [
        ("DK", "shop", "", 1),
        ("FI", "photo", "", 1),
        ("NO", "shop", "", 1),
        ("NO", "shop", "2024-01-02", 4),
    ]


def test_only_market_claims_are_markets(add, store):
    add(
        "a",
        source="shop",
        markets=("SE",),
        claims=(
            ClaimFields("PL", "pack", kind=Fact.ORIGIN),
            ClaimFields("DE", "pack", kind=Fact.LICENCE),
            ClaimFields("pt-br", "pack", kind=Fact.LANGUAGE),
        ),
    )
    product = store.product("a")

    assert product.markets == ["SE"]
    assert [claim.country for claim in product.claims] == ["SE", "PL", "DE", None]
    assert [claim.language for claim in product.claims] == [None, None, None, "pt-br"]
    assert [store.count_products(markets=[country]) for country in ("SE", "PL", "DE", "pt-br")] == [
        *(1, 0, 0, 0)
    ]


def test_markets_leave_claims_of_other_kinds_alone(add, write, store):
    claims = (ClaimFields("SE", "shop", kind=Fact.ORIGIN),)
    add("a", source="shop", markets=("SE",), claims=claims)

    write(lambda store: store.upsert_product(ProductFields("a", markets=())))

    assert [(claim.kind, claim.value) for claim in store.product("a").claims] == [
        (Fact.ORIGIN, "SE")
    ]


def test_a_claim_may_become_weak_without_becoming_another(add, write, store):
    add("a", source="shop", claims=(ClaimFields("SE", "photo"),))

    said = ProductFields("a", claims=(ClaimFields("SE", "photo", is_weak=True),))
    _, changed = write(lambda store: store.upsert_product(said))
    _, changed_again = write(lambda store: store.upsert_product(said))

    (claim,) = store.product("a").claims
    assert (changed, changed_again) == (True, False)
    assert (claim.value, claim.is_weak) == ("SE", True)


def test_a_catalog_without_dates_knows_no_newest_one(add, store):
    add("a", claims=(ClaimFields("SE", "x"),))

    assert store.newest_observation() is None


def test_the_newest_date_of_any_claim_is_known(add, store):
    add("a", claims=(ClaimFields("SE", "x", date(2024, 5, 1)), ClaimFields("NO", "x")))
    add("b", claims=(ClaimFields("sv", "x", date(2025, 5, 1), kind=Fact.LANGUAGE),))

    assert store.newest_observation() == date(2025, 5, 1)


def test_a_second_source_adds_its_markets_to_those_of_the_first(add, write, store):
    add("a", source="shop", markets=("SE",))

    write(lambda store: store.upsert_product(ProductFields("a", source="web", markets=("NO",))))

    assert claims_of(store, "a") == [("NO", "web", "", 1), ("SE", "shop", "", 1)]


def test_claims_replace_the_other_claims_of_the_sources_that_they_name(add, write, store):
    add(
        "a",
        source="shop",
        markets=("SE",),
        claims=(
            ClaimFields("FI", "photo"),
            ClaimFields("NO", "photo", date(2024, 1, 2)),
            ClaimFields("DK", "diary"),
        ),
    )

    said = ProductFields("a", claims=(ClaimFields("FI", "photo", observations=9),))
    write(lambda store: store.upsert_product(said))

    assert claims_of(store, "a") == [
        ("DK", "diary", "", 1),
        ("FI", "photo", "", 9),
        ("SE", "shop", "", 1),
    ]


def test_a_markets_cell_keeps_the_number_of_observations(add, write, store):
    claims = (ClaimFields("SE", "shop", observations=5),)
    add("a", source="shop", markets=("SE",), claims=claims)

    _, changed = write(lambda store: store.upsert_product(ProductFields("a", markets=("SE",))))

    assert not changed
    assert claims_of(store, "a") == [("SE", "shop", "", 5)]


def test_a_claim_can_be_of_the_pack_on_one_picture(add, write, store, picture):
    add("a", "red", "blue")
    red = picture("red").sha256

    claim = ClaimFields("JP", "photo", image_sha256=red)
    write(lambda store: store.upsert_product(ProductFields("a", claims=(claim,))))

    (claim,) = store.product("a").claims
    assert (claim.country, claim.image.sha256) == ("JP", red)
    assert store.product("a").markets == ["JP"]


# --- pictures and embeddings -------------------------------------------------------------------


def test_a_deleted_picture_takes_its_claims_and_notes_its_embeddings(add, write, store, picture):
    add("a", "red", "blue")
    red = picture("red").sha256
    claims = (ClaimFields("JP", "photo", image_sha256=red), ClaimFields("SE", "photo"))
    write(lambda store: store.upsert_product(ProductFields("a", claims=claims)))

    write(lambda store: store.delete_image("a", red))

    assert [image.filename for image in store.product("a").images] == ["blue.png"]
    assert store.product("a").markets == ["SE"]
    assert store.removed_since(2).tolist() == [1]
    assert store.removed_since(3).tolist() == []
    assert [chunk.ids.tolist() for chunk in store.embeddings_since(FINGERPRINT, -1)] == [[2]]


def test_a_deleted_product_leaves_nothing_but_the_numbers_of_its_embeddings(add, write, store):
    add("a", "red", "blue", gtins=("73108658",), markets=("SE",))
    add("b", "red")

    write(lambda store: store.delete_product("a"))

    assert store.product_keys() == {"b"}
    assert store.removed_since(-1).tolist() == [1, 2]
    counts = {
        table: store._session.execute(text(f"SELECT count(*) FROM {table}")).scalar()
        for table in ("gtins", "claims", "reference_images", "embeddings")
    }
    assert counts == {"gtins": 0, "claims": 0, "reference_images": 1, "embeddings": 1}


def test_the_number_of_a_deleted_embedding_never_comes_back(add, write, store):
    add("a", "red")
    write(lambda store: store.delete_product("a"))
    add("a", "red")

    assert store.embedding_ids(FINGERPRINT).tolist() == [2]


def test_a_missing_picture_is_named(add, store, picture):
    add("a", "red")
    add("b", "blue")

    with pytest.raises(NotFoundError, match="'a' has no picture"):
        store.image("a", picture("blue").sha256)
    with pytest.raises(NotFoundError):
        store.image("nobody", picture("red").sha256)


def test_embeddings_come_as_added_and_only_those_of_one_model(add, store):
    add("a", "red", "lime")
    add("b", "blue")
    add("c", "red", fingerprint="other")

    chunks = list(store.embeddings_since(FINGERPRINT, -1, chunk_size=2))
    later = list(store.embeddings_since(FINGERPRINT, 1))

    assert [chunk.ids.tolist() for chunk in chunks] == [[1, 2], [3]]
    assert chunks[0].vectors.dtype == np.float32
    np.testing.assert_array_equal(chunks[0].vectors, [[1, 0, 0], [0, 1, 0]])
    np.testing.assert_array_equal(chunks[1].vectors, [[0, 0, 1]])
    assert [chunk.ids.tolist() for chunk in later] == [[3]]
    assert store.count_embeddings(FINGERPRINT) == 3
    assert store.count_embeddings("other") == 1


def test_reading_all_embeddings_sorts_nothing(store):
    query = (
        select(Embedding.id, Embedding.vector)
        .where(Embedding.fingerprint == "x", Embedding.version > -1)
        .order_by(Embedding.version, Embedding.id)
    )
    compiled = query.compile(store._session.bind, compile_kwargs={"literal_binds": True})
    plan = store._session.execute(text(f"EXPLAIN QUERY PLAN {compiled}")).all()

    assert [step[3] for step in plan] == [
        "SEARCH embeddings USING INDEX ix_embeddings_fingerprint_version "
        "(fingerprint=? AND version>?)"
    ]


def test_filters_of_embeddings_are_or_within_and_between(add, store):
    add("a", "red", category="packaging", markets=("SE",))
    add("b", "lime", "blue", category="print", markets=("NO", "SE"))
    add("c", "red", category="packaging")

    def ids(**asked):
        return store.embedding_ids(FINGERPRINT, **asked).tolist()

    assert ids() == [1, 2, 3, 4]
    assert ids(categories=["packaging"]) == [1, 4]
    assert ids(categories=["Packaging"]) == []
    assert ids(markets=["SE"]) == [1, 2, 3]
    assert ids(markets=["NO", "DK"]) == [2, 3]
    assert ids(categories=["packaging", "print"], markets=["NO"]) == [2, 3]
    assert store.embedding_ids("other").dtype == np.int64


def lists(groups):
    return [ids.tolist() for ids in groups]


def test_embeddings_of_products_come_in_the_order_in_which_these_are_named(add, store):
    add("a", "red", "lime")
    add("b", "blue")
    add("c", "red", fingerprint="other")
    number = {key: store.product(key).id for key in "abc"}

    groups = store.embeddings_of_products([number["b"], 99, number["c"], number["a"]], FINGERPRINT)

    assert lists(groups) == [[3], [], [], [1, 2]]
    assert {ids.dtype for ids in groups} == {np.dtype(np.int64)}
    assert store.embeddings_of_products([], FINGERPRINT) == []


def test_a_product_that_is_named_twice_has_its_embeddings_once(add, store):
    add("a", "red")
    add("b", "blue")
    first, second = (store.product(key).id for key in "ab")

    assert lists(store.embeddings_of_products([second, first, second], FINGERPRINT)) == [[2], [1]]


def test_embeddings_of_pictures_come_in_the_order_in_which_these_are_named(add, store):
    add("a", "red", "lime")
    add("b", "blue")
    red, lime = (image.id for image in store.product("a").images)
    (blue,) = (image.id for image in store.product("b").images)

    assert lists(store.embeddings_of_images([blue, 99, lime, red], FINGERPRINT)) == [
        *([3], [], [2], [1])
    ]
    assert lists(store.embeddings_of_images([red, blue], "other")) == [[], []]


def test_groups_of_more_numbers_than_a_statement_may_hold_keep_their_order(add, store):
    add("a", "red", "lime")
    first, second = (image.id for image in store.product("a").images)

    groups = store.embeddings_of_images([second, *range(1000, 3000), first], FINGERPRINT)

    assert (lists(groups)[0], lists(groups)[-1], len(groups)) == ([2], [1], 2002)


def test_pictures_without_a_models_embedding_are_read_in_pages(add, store):
    add("a", "red", "lime")
    add("b", "blue", fingerprint="other")
    add("c", "red", fingerprint="other")

    missing = store.unseen_images(FINGERPRINT, page_size=1)

    assert [(image.product.key, image.filename) for image in missing] == [
        ("b", "blue.png"),
        ("c", "red.png"),
    ]


def test_pictures_of_embeddings_come_with_all_that_an_answer_shows(database, add, store):
    for number in range(7):
        add(f"p{number}", "red", gtins=("73108658",), markets=("SE",), family=f"f{number % 2}")
    statements = []
    event.listen(database, "before_cursor_execute", lambda *call: statements.append(call[2]))

    images = store.images_of_embeddings([7, 3, 99])
    shown = {
        number: (image.product.key, image.product.gtins[0].gtin, image.product.markets)
        for number, image in images.items()
    }
    family = images[7].product.family.key

    assert shown == {3: ("p2", "73108658", ["SE"]), 7: ("p6", "73108658", ["SE"])}
    assert family == "f0"
    assert len([line for line in statements if line.startswith("SELECT")]) == 4


def test_more_numbers_than_a_statement_may_hold_are_looked_up(add, store):
    add("a", "red")

    images = store.images_of_embeddings(range(100_000))

    assert {number: image.filename for number, image in images.items()} == {1: "red.png"}


def test_used_files_are_those_that_begin_with_the_digits(add, store, picture):
    add("a", "red", "blue")
    red, blue = picture("red").sha256, picture("blue").sha256

    assert store.used_files(red[:2]) == {red}
    assert store.used_files(blue[:2]) == {blue}
    assert store.used_files("00") == set()


def test_known_pictures_are_those_that_the_model_has_seen(add, store, picture):
    add("a", "red")
    add("b", "blue", fingerprint="other")

    assert store.known_images(["a", "b", "c"], FINGERPRINT) == {"a": {picture("red").sha256}}

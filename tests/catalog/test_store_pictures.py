import numpy as np
import pytest
from sqlalchemy import event, select, text

from engine.catalog.fields import ClaimFields, ProductFields
from engine.catalog.models import Embedding
from engine.errors import NotFoundError
from tests.catalog.conftest import FINGERPRINT


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

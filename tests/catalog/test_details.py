import pytest

from engine.catalog.fields import ProductFields
from engine.catalog.store import CatalogStore
from engine.embed.details import PackedDetails


@pytest.fixture
def store(sessions):
    with sessions() as session:
        yield CatalogStore(session)


@pytest.fixture
def add(sessions, picture):
    """Add a product with one picture; its key in bytes stands for its visual words."""

    def run(key, *, version):
        with sessions.begin() as session:
            store = CatalogStore(session)
            product, _ = store.upsert_product(ProductFields(key, name=key))
            image = store.add_image(product, picture("red"), "red.png")
            store.put_details(image, PackedDetails(version, b"", key.encode(), b"", b""))
            return image.id

    return run


def test_pictures_with_details_of_an_extractor_are_named_in_rising_order(add, store):
    first, _, third = add("a", version="k1"), add("b", version="k2"), add("c", version="k1")

    assert store.detailed_images("k1").tolist() == [first, third]
    assert store.detailed_images("k3").tolist() == []


def test_visual_words_are_read_of_the_pictures_asked_for_and_of_one_extractor(add, store):
    first, other, third = add("a", version="k1"), add("b", version="k2"), add("c", version="k1")

    asked = dict(store.packed_aggregates([third, other, 99], "k1"))

    assert asked == {third: b"c"}
    assert dict(store.packed_aggregates([first, third], "k1")) == {first: b"a", third: b"c"}
    assert list(store.packed_aggregates([], "k1")) == []


def test_visual_words_of_more_pictures_than_a_statement_may_hold_are_read(add, store):
    only = add("a", version="k1")

    assert list(store.packed_aggregates(range(100_000), "k1")) == [(only, b"a")]


def test_details_that_are_put_again_replace_the_older_ones(sessions, add, store, picture):
    number = add("a", version="k1")

    with sessions.begin() as session:
        writing = CatalogStore(session)
        image = writing.image("a", picture("red").sha256)
        writing.put_details(image, PackedDetails("k2", b"", b"new", b"", b""))

    assert store.detailed_images("k1").tolist() == []
    assert list(store.packed_aggregates([number], "k2")) == [(number, b"new")]

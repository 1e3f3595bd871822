"""Pictures whose visual words are written by hand: `rind` and `peel` differ in one word of two."""

import numpy as np
import pytest

from engine.catalog.detaillist import LiveDetails
from engine.catalog.fields import ProductFields
from engine.catalog.store import CatalogStore
from engine.embed.details import PackedDetails
from engine.embed.local.aggregate import Aggregate

VERSION, OTHER_VERSION = "k1", "k2"


def words(*numbers):
    """An aggregate of visual words whose signs are the same in every picture."""
    return Aggregate(np.array(numbers, np.uint16), np.full(len(numbers), 5, np.uint64))


@pytest.fixture
def live():
    return LiveDetails(VERSION)


@pytest.fixture
def add(sessions, picture):
    """Add a product with one picture that shows some visual words; return the picture's number."""

    def run(key, *numbers, version=VERSION):
        with sessions.begin() as session:
            store = CatalogStore(session)
            product, _ = store.upsert_product(ProductFields(key, name=key))
            image = store.add_image(product, picture("red"), "red.png")
            store.put_details(
                image, PackedDetails(version, b"", words(*numbers).to_bytes(), b"", b"")
            )
            return image.id

    return run


@pytest.fixture
def alike(sessions, live):
    """Return the numbers of the pictures that share details with a crop, best first."""

    def run(*numbers, limit=10):
        with sessions() as session:
            return live.list(session).images(words(*numbers), limit).tolist()

    return run


def test_the_picture_that_shares_most_details_comes_first(add, alike):
    rind, peel = add("rind", 7, 8), add("peel", 7, 9)
    add("stone", 1, 2)

    assert alike(7, 9) == [peel, rind]
    assert alike(7, 8) == [rind, peel]
    assert alike(7, 8, limit=1) == [rind]
    assert alike(4095) == []


def test_a_picture_that_was_added_is_found(add, alike):
    rind = add("rind", 7, 8)
    add("stone", 1, 2)
    before = alike(7, 9)

    peel = add("peel", 7, 9)

    assert before == [rind]
    assert alike(7, 9) == [peel, rind]


def test_a_picture_that_was_removed_is_found_no_more(sessions, add, alike):
    rind, peel = add("rind", 7, 8), add("peel", 7, 9)
    add("stone", 1, 2)
    before = alike(7, 9)

    with sessions.begin() as session:
        CatalogStore(session).delete_product("peel")

    assert before == [peel, rind]
    assert alike(7, 9) == [rind]


def test_a_picture_in_the_place_of_another_is_not_taken_for_it(sessions, add, alike):
    rind, peel = add("rind", 7, 8), add("peel", 7, 9)
    stone = add("stone", 1, 2)
    before = alike(1)

    with sessions.begin() as session:
        CatalogStore(session).delete_product("stone")
    pip = add("pip", 3, 4)

    assert before == [stone]
    assert alike(1) == []
    assert alike(3) == [pip]
    assert alike(7, 9) == [peel, rind]


def test_details_of_another_extractor_are_not_read(add, alike):
    rind = add("rind", 7, 8)
    add("stone", 1, 2)
    add("peel", 7, 9, version=OTHER_VERSION)

    assert alike(7, 9) == [rind]
    assert alike(9) == []


def test_an_empty_catalog_shares_nothing_with_any_crop(alike):
    assert alike(7, 8) == []
    assert alike() == []


def test_a_crop_without_details_shares_nothing(add, alike):
    add("rind", 7, 8)
    add("stone", 1, 2)

    assert alike() == []


def test_a_catalog_that_did_not_change_is_not_read_again(sessions, live, add):
    add("rind", 7, 8)
    with sessions() as session:
        first, second = live.list(session), live.list(session)
    add("stone", 1, 2)
    with sessions() as session:
        third = live.list(session)

    assert second is first
    assert third is not first
    assert third.image_ids.tolist() == [*first.image_ids.tolist(), 2]

"""Who sells a pack, and where."""

from collections import Counter

from engine.catalog.demo.gtin import check_digit
from engine.catalog.demo.packs.pack import pack_at
from engine.catalog.demo.packs.tables import EXTRA, MAIN, facts, language_sets

PACKS = [pack_at(3, number) for number in range(600)]


def test_countries_come_up_equally_often():
    counts = Counter(pack.country for pack in PACKS)

    assert {counts[country] for country in MAIN} == {18}
    assert {counts[country] for country in EXTRA} == {10}


def test_a_pack_speaks_as_its_country_does():
    for pack in PACKS:
        assert pack.languages in {choice.languages for choice in language_sets(pack.country)}
        assert pack.markets[0] == pack.country


def test_shared_packs_are_many_in_the_baltic_and_none_in_the_united_states():
    shared = Counter(pack.country for pack in PACKS if len(pack.markets) > 1)

    assert shared["EE"] > 5
    assert shared["US"] == 0


def test_the_name_of_a_brand_does_not_follow_from_the_country():
    neutral = [pack.brand for pack in PACKS if not pack.store]

    assert all(name.isascii() and name.isalpha() for name in neutral)


def test_a_chain_sells_its_own_brand_at_home():
    stores = [pack for pack in PACKS if pack.store]

    assert 15 < len(stores) < 60
    assert all(pack.store.id.split("/")[1] == pack.country for pack in stores)


def test_a_third_of_the_barcodes_were_licensed_elsewhere():
    def is_home(pack):
        first, last = facts()[pack.country].gs1
        return first <= int(pack.product.gtin[:3]) <= last

    assert 0.25 < sum(not is_home(pack) for pack in PACKS) / len(PACKS) < 0.42
    assert all(check_digit(pack.product.gtin[:12]) == pack.product.gtin[12] for pack in PACKS)


def test_the_same_number_is_the_same_pack():
    assert pack_at(3, 17) == PACKS[17]
    assert pack_at(4, 17) != PACKS[17]

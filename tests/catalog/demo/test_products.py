"""What is sold in the made-up world."""

from collections import defaultdict
from itertools import islice

import pycountry
import pytest

from engine.catalog.demo.gtin import check_digit
from engine.catalog.demo.products import absent_siblings, foreign_product, product_at
from engine.catalog.demo.tables import countries, regions


@pytest.fixture(scope="module")
def products():
    return [product_at(7, number) for number in range(160)]


@pytest.fixture(scope="module")
def many():
    return [product_at(7, number) for number in range(3000)]


def test_the_world_of_a_seed_stays_as_it_is(products):
    first, later = products[0], products[100]
    assert first.name == "Dolalieu Limpiacristales Natural 750 ml (MX)"
    assert (first.gtin, first.markets) == ("7500159058097", ("MX",))
    assert later.name == "Veskuinen Lähdevesi Appelsiini 750 ml"
    assert (later.gtin, later.markets) == ("6469400843848", ("FI",))


def test_names_are_unique(many):
    assert len({product.name for product in many}) == len(many)


def test_gtins_are_unique_and_their_check_digits_right(many):
    assert len({product.gtin for product in many}) == len(many)
    for product in many:
        assert len(product.gtin) == 13
        assert product.gtin[-1] == check_digit(product.gtin[:-1])


def test_the_check_digit_is_that_of_a_published_example():
    # GS1's own example: 629104150021 is followed by 3
    assert check_digit("629104150021") == "3"


def test_the_gtin_names_the_country_of_the_brand(products):
    for product in products:
        first, last = countries()[product.family.brand.region.markets[0]].gs1
        assert first <= int(product.gtin[:3]) <= last


def test_markets_are_countries_of_the_region(products):
    for product in products:
        assert 1 <= len(product.markets) <= 30
        assert set(product.markets) <= set(product.region.markets)
        for market in product.markets:
            assert pycountry.countries.get(alpha_2=market), market


def test_every_market_of_a_region_is_described():
    for region in regions():
        assert set(region.markets) <= countries().keys(), region.name


def test_a_catalog_spans_countries_kinds_and_scripts(products):
    assert len({market for product in products for market in product.markets}) >= 40
    kinds = {product.family.article.category for product in products}
    assert kinds == {"packaging", "product", "textile", "decor", "print"}
    scripts = {words.script for product in products for words in product.languages}
    assert scripts == {
        "latin", "greek", "cyrillic", "arabic", "hebrew", "thai", "japanese", "chinese",
        "korean", "georgian", "armenian",
    }  # fmt: skip


def test_some_products_are_sold_in_one_country_and_some_nearly_everywhere(products):
    counts = [len(product.markets) for product in products]

    assert counts.count(1) >= 20
    assert sum(count >= 12 for count in counts) >= 3


def families(products):
    found = defaultdict(list)
    for product in products:
        found[product.family.name].append(product)
    return [members for members in found.values() if len(members) > 1]


def test_siblings_share_brand_and_article_and_differ_by_one_thing(many):
    differences = set()
    for members in families(many):
        assert len({member.family.brand.name for member in members}) == 1
        assert len({member.family.article.name for member in members}) == 1
        differs_by = members[0].family.differs_by
        differences.add(differs_by)
        variants = {(member.variant, member.issue) for member in members}
        languages = {member.region.languages for member in members}
        if differs_by == "market":
            assert len(variants) == 1
            assert len(languages) == len(members)
        else:
            assert len(variants) == len(members)
            assert len(languages) == 1
    assert differences == {"market", "variant"}


def test_a_brand_may_sell_more_than_one_article(products):
    sold = defaultdict(set)
    for product in products:
        sold[product.family.brand.name].add(product.family.article.name)

    assert max(len(articles) for articles in sold.values()) >= 2


def test_foreign_products_have_brands_that_the_catalog_lacks(many):
    brands = {product.family.brand.name for product in many}

    for number in range(500):
        assert foreign_product(7, number).family.brand.name not in brands


def test_absent_siblings_belong_to_families_of_the_catalog_but_not_to_it(products):
    names = {product.name for product in products}
    numbers = {product.family.name for product in products}

    absent = list(islice(absent_siblings(7, len(products)), 20))

    assert len(absent) >= 8
    for product in absent:
        assert product.family.name in numbers
        assert product.name not in names

"""Which crops are taken."""

from engine.catalog.demo.manifest import query_row
from engine.catalog.demo.products import product_at
from engine.catalog.demo.queries import queries_for


def test_every_fourth_crop_is_unknown_by_turns_a_sibling_and_foreign():
    queries = list(queries_for(7, 48, 8))

    kinds = [query.kind for query in queries]
    assert kinds == ["known", "known", "known", "sibling", "known", "known", "known", "foreign"]
    families = {product_at(7, number).family.name for number in range(48)}
    brands = {product_at(7, number).family.brand.name for number in range(48)}
    for query in queries:
        if query.kind == "sibling":
            assert query.product.family.name in families
        if query.kind == "foreign":
            assert query.product.family.brand.name not in brands


def test_known_crops_show_products_of_the_catalog_each_about_equally_often():
    ids = [query.product.id for query in queries_for(7, 3, 6) if query.is_known]

    assert sorted(set(ids)) == ["p000000", "p000001", "p000002"]
    assert max(ids.count(product) for product in ids) <= 2


def test_a_row_names_the_brand_of_every_crop_and_the_product_of_known_ones_alone():
    rows = [(query, query_row(query, "crop.jpg")) for query in queries_for(7, 48, 8)]

    for query, row in rows:
        assert row["brand"] == query.product.family.brand.name
        assert bool(row["product"]) == query.is_known

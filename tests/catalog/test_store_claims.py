from datetime import date

from engine.catalog.fields import ClaimFields, ProductFields
from engine.markets.facts import Fact


def claims_of(store, key):
    return sorted(
        (claim.country, claim.source, str(claim.observed_on or ""), claim.observations)
        for claim in store.product(key).claims
    )


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

from urllib.parse import quote

import pytest

ODD_IDS = [
    "plain",
    "two words",
    "..",
    ".",
    "%2F",
    "50% off?",
    "a#b&c=d;e",
    "ключ-чай ☕",
    "日本語",
    "a\\b",
    '"quoted"',
    "<script>",
    "x" * 200,
    "'; DROP TABLE products; --",
]


def path_of(key):
    """Return a product's path; dots alone are encoded too, or clients would resolve them."""
    return "/v1/products/" + quote(key, safe="").replace(".", "%2E")


def add(curator, key="kettle", **fields):
    return curator.post("/v1/products", json={"id": key, "name": "Red kettle", **fields})


def test_a_product_is_added_and_shown_whole(curator, analyst):
    fields = {
        "brand": "ACME",
        "category": "product",
        "description": "Boils.",
        "gtin": ["4006381333931"],
        "markets": ["se", "FI"],
        "claims": [{"country": "DE", "source": "leaflet", "observed_on": "2026-01-31"}],
        "family": "kettles",
        "source": "shop",
        "license": "CC0",
    }

    response = add(curator, **fields)

    assert response.status_code == 201
    assert response.headers["Location"] == "/v1/products/kettle"
    product = analyst.get("/v1/products/kettle").get_json()
    assert product == response.get_json()
    expected = fields | {"id": "kettle", "name": "Red kettle", "markets": ["DE", "FI", "SE"]}
    assert {name: product[name] for name in expected if name != "claims"} == {
        name: value for name, value in expected.items() if name != "claims"
    }
    assert {
        "kind": "market",
        "country": "DE",
        "language": None,
        "source": "leaflet",
        "observed_on": "2026-01-31",
        "observations": 1,
        "is_weak": False,
        "image": None,
    } in product["claims"]
    assert product["images"] == []
    assert product["created_at"].endswith("Z")


def test_claims_of_other_kinds_are_shown_and_are_no_markets(curator):
    claims = [
        {"kind": "origin", "country": "pl", "source": "pack"},
        {"kind": "language", "language": "pt-br", "source": "pack", "is_weak": True},
    ]

    product = add(curator, claims=claims).get_json()

    assert product["markets"] == []
    assert [
        (claim["kind"], claim["country"], claim["language"], claim["is_weak"])
        for claim in product["claims"]
    ] == [("origin", "PL", None, False), ("language", None, "pt-BR", True)]
    assert product["contradictions"] == []


def test_sources_that_do_not_agree_are_shown(curator):
    claims = [{"country": "NO", "source": "leaflet"}]

    product = add(curator, source="shop", markets=["SE"], claims=claims).get_json()

    assert product["markets"] == ["NO", "SE"]
    assert product["contradictions"] == [
        {"kind": "market", "sources": ["leaflet", "shop"], "detail": "leaflet: NO; shop: SE"}
    ]


@pytest.mark.parametrize("key", ODD_IDS)
def test_an_id_of_any_printable_characters_is_kept_exactly(curator, analyst, key):
    response = add(curator, key)
    assert response.get_json()["id"] == key

    assert analyst.get(path_of(key)).get_json()["id"] == key
    assert curator.patch(path_of(key), json={"name": "Blue"}).get_json()["name"] == "Blue"
    assert analyst.get(f"/v1/products?q={quote(key)}").status_code == 200
    assert curator.delete(path_of(key)).status_code == 204
    assert analyst.get(path_of(key)).status_code == 404


@pytest.mark.parametrize("key", ["", "a/b", "x" * 201, "a\nb", "a\x00b", "\x7f"])
def test_an_id_that_cannot_be_is_422(curator, key):
    response = add(curator, key)

    assert response.status_code == 422
    assert "id" in response.get_json()["detail"].lower()


def test_a_second_product_of_the_same_id_is_409(curator):
    add(curator)

    response = add(curator)

    assert response.status_code == 409
    assert response.get_json()["detail"] == "There is a product with the id 'kettle' already."


def test_only_what_is_given_is_changed(curator):
    before = add(curator, brand="ACME", markets=["SE"], source="shop").get_json()

    after = curator.patch("/v1/products/kettle", json={"name": "Blue kettle"}).get_json()

    assert after | {"updated_at": 0} == before | {"name": "Blue kettle", "updated_at": 0}


def test_a_field_can_be_emptied(curator):
    add(curator, brand="ACME", markets=["SE"])

    after = curator.patch("/v1/products/kettle", json={"brand": "", "markets": []}).get_json()

    assert (after["brand"], after["markets"]) == ("", [])


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_an_unknown_product_is_404(curator, method):
    arguments = {"json": {}} if method == "patch" else {}

    response = getattr(curator, method)("/v1/products/nothing", **arguments)

    assert response.status_code == 404
    assert "'nothing'" in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"gtin": ["123"]}, "GTIN '123'"),
        ({"gtin": ["4006381333932"]}, "check digit"),
        ({"gtin": "4006381333931"}, "'gtin'"),
        ({"markets": ["XX"]}, "'XX' is no country"),
        ({"claims": [{"country": "SE", "observations": 0}]}, "'claims.0.observations'"),
        ({"claims": [{"country": "SE", "kind": "language"}]}, "names a language, not 'SE'"),
        ({"claims": [{"language": "sv"}]}, "names a country, not 'sv'"),
        ({"claims": [{"kind": "maker", "country": "SE"}]}, "'claims.0.kind'"),
        ({"claims": [{"country": "SE", "observed_on": "yesterday"}]}, "'claims.0.observed_on'"),
        ({"brand": "a\x00b"}, "NUL"),
        ({"colour": "red"}, "'colour': there is no such field"),
        ({"brand": 5}, "'brand'"),
    ],
)
def test_a_field_that_cannot_be_true_is_422_and_named(curator, fields, words):
    response = add(curator, **fields)

    assert response.status_code == 422
    assert words in response.get_json()["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"id": "\\ud800", "name": "x"}', 400),
        (b"[]", 422),
        (b"null", 422),
        (b'"{}"', 422),
        (b'{"id": "a", "id": "b", "name": NaN}', 422),
        (b'{"id": "a", "name": "' + b"x" * (1 << 20) + b'"}', 413),
    ],
)
def test_a_body_that_is_no_product_is_refused(curator, body, status):
    response = curator.post("/v1/products", data=body, content_type="application/json")

    assert response.status_code == status


@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", None])
def test_a_body_of_another_type_is_415(curator, media_type):
    response = curator.post("/v1/products", data=b"{}", content_type=media_type)

    assert response.status_code == 415


# --- lists -------------------------------------------------------------------------------------


@pytest.fixture
def shelf(add_product):
    for number, colour in enumerate(("red", "lime", "blue", "yellow", "cyan")):
        markets = ["SE"] if number % 2 else ["DE", "FR"]
        category = "print" if number == 4 else "packaging"
        add_product(f"p{number}", colour, markets=markets, category=category)


def listed(analyst, query=""):
    page = analyst.get(f"/v1/products?{query}").get_json()
    return [product["id"] for product in page["products"]], page["total"]


def test_products_are_listed_by_id_in_pages(shelf, analyst):
    assert listed(analyst) == (["p0", "p1", "p2", "p3", "p4"], 5)
    assert listed(analyst, "limit=2") == (["p0", "p1"], 5)
    assert listed(analyst, "limit=2&offset=4") == (["p4"], 5)
    assert listed(analyst, "offset=100") == ([], 5)


def test_filters_of_a_list_mean_or_within_and_and_between(shelf, analyst):
    assert listed(analyst, "market=SE") == (["p1", "p3"], 2)
    assert listed(analyst, "market=se&market=DE") == (["p0", "p1", "p2", "p3", "p4"], 5)
    assert listed(analyst, "market=DE&category=print") == (["p4"], 1)
    assert listed(analyst, "market=&category=") == (["p0", "p1", "p2", "p3", "p4"], 5)


def test_a_text_finds_the_products_that_have_it(shelf, analyst):
    assert listed(analyst, "q=lime") == (["p1"], 1)
    assert listed(analyst, "q=thing&market=SE") == (["p1", "p3"], 2)
    assert listed(analyst, "q=thing&market=SE&limit=1&offset=1")[1] == 2
    assert listed(analyst, "q=nowhere") == ([], 0)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "offset=-1", "page=2", "market=Sweden", "offset=1e99"],
)
def test_a_bad_list_query_is_422(analyst, query):
    assert analyst.get(f"/v1/products?{query}").status_code == 422


@pytest.mark.parametrize(
    "text",
    ['"', "*", "a AND", "NEAR(", "%", "_", "'", "\x00", "💥", "-", "(", "^x", "name:x", "%ff"],
)
def test_no_text_is_a_syntax_error(shelf, analyst, text):
    assert (
        analyst.get(f"/v1/products?q={text if text == '%ff' else quote(text)}").status_code == 200
    )


def test_a_mistyped_category_is_refused_with_those_that_there_are(analyst, add_product):
    add_product("p", "red", category="packaging")

    response = analyst.get("/v1/products?category=packging")

    assert response.status_code == 422
    assert "packaging" in response.get_json()["detail"]
    assert analyst.get("/v1/products?category=packaging").get_json()["total"] == 1

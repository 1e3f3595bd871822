import io

import pytest

from tests.api.conftest import ROLES, form, signed_in, upload
from tests.conftest import png

OPEN = {
    "/",
    "/assets/<path:name>",
    "/docs",
    "/docs/assets/<path:name>",
    "/healthz",
    "/openapi.json",
    "/readyz",
}
"""What needs no token: health, readiness, the document, and pages that show nothing."""

REQUIRED = {
    ("POST", "/v1/search"): "analyst",
    ("POST", "/v1/scenes"): "analyst",
    ("GET", "/v1/search"): "analyst",
    ("GET", "/v1/me"): "analyst",
    ("GET", "/v1/products"): "analyst",
    ("POST", "/v1/products"): "curator",
    ("GET", "/v1/products/<id>"): "analyst",
    ("PATCH", "/v1/products/<id>"): "curator",
    ("DELETE", "/v1/products/<id>"): "curator",
    ("POST", "/v1/products/<id>/images"): "curator",
    ("GET", "/v1/products/<id>/images/<image>"): "analyst",
    ("DELETE", "/v1/products/<id>/images/<image>"): "curator",
    ("GET", "/v1/products/<id>/images/<image>/clues"): "analyst",
}


def rules(app):
    """Return all (method, rule) of an application, without HEAD."""
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD"}
    }


def call(client, method, rule):
    path = rule.replace("<id>", "red").replace("<image>", "0" * 64).replace("<path:name>", "x")
    response = client.open(path, method=method)
    response.close()
    return response


def test_the_matrix_names_every_route(app):
    guarded = {(method, rule) for method, rule in rules(app) if rule not in OPEN}

    assert guarded == REQUIRED.keys()


def test_every_route_but_the_open_ones_needs_a_token(app, client):
    for method, rule in rules(app):
        response = call(client, method, rule)
        assert (response.status_code == 401) == (rule not in OPEN), (method, rule)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("method", "rule"), REQUIRED)
def test_a_route_lets_its_role_and_higher_ones_in(app, tokens, role, method, rule):
    response = call(signed_in(app, tokens[role]), method, rule)

    needed = REQUIRED[method, rule]
    is_let_in = ROLES.index(role) >= ROLES.index(needed)
    assert (response.status_code != 403) == is_let_in
    assert response.status_code != 401
    if not is_let_in:
        assert response.get_json()["detail"] == (
            f"The token '{role}' has the role {role}; this needs {needed}."
        )


def test_a_view_without_a_mark_needs_an_admin(app, tokens, analyst):
    app.add_url_rule("/forgotten", view_func=lambda: "secret")

    assert analyst.get("/forgotten").status_code == 403
    assert signed_in(app, tokens["admin"]).get("/forgotten").text == "secret"


def test_the_answer_to_a_missing_token_says_how_to_send_one(client):
    response = client.get("/v1/products")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="engine"'
    assert "Authorization: Bearer TOKEN" in response.get_json()["detail"]


@pytest.mark.parametrize(
    "header", ["Bearer wrong", "Bearer ", "Basic YTpi", "Bearer a b", "nonsense", "Bearer \xff"]
)
def test_a_wrong_authorization_is_401(client, header):
    response = client.get("/v1/products", headers={"Authorization": header})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].endswith('error="invalid_token"')


def test_the_scheme_is_read_in_any_case(client, tokens):
    header = {"Authorization": f"bearer  {tokens['analyst']} "}

    assert client.get("/v1/me", headers=header).get_json() == {"name": "analyst", "role": "analyst"}


def test_a_revoked_token_ends_at_once(app, analyst):
    assert analyst.get("/v1/me").status_code == 200

    app.extensions["engine"].tokens.revoke("analyst")

    assert analyst.get("/v1/me").status_code == 401


def test_many_wrong_tokens_are_answered_429_and_a_valid_one_never(client, analyst):
    wrong = {"Authorization": "Bearer engine_wrong"}
    statuses = [client.get("/v1/me", headers=wrong).status_code for _ in range(12)]

    assert statuses == [401] * 10 + [429] * 2
    limited = client.get("/v1/me", headers=wrong)
    assert 0 < int(limited.headers["Retry-After"]) <= 60
    assert analyst.get("/v1/me").status_code == 200


def test_a_request_without_a_token_is_no_failed_sign_in(client):
    statuses = {client.get("/v1/me").status_code for _ in range(20)}

    assert statuses == {401}


class Unread(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = readinto = read1 = read


@pytest.mark.parametrize("path", ["/v1/search", "/v1/products", "/v1/products/red/images"])
def test_no_body_is_read_before_the_token_was_checked(client, path):
    response = client.post(
        path,
        input_stream=Unread(),
        content_type="multipart/form-data; boundary=x",
        content_length=1000,
    )

    assert response.status_code == 401


def test_a_foreign_host_changes_nothing(client, analyst):
    """A name that somebody points at this address reads open routes only, and is not echoed."""
    for host in ("evil.example", "evil.example:8080", "a b", ""):
        assert client.get("/v1/products", headers={"Host": host}).status_code == 401
        response = analyst.get("/nowhere/", headers={"Host": host})
        assert response.status_code == 404
        assert "evil" not in response.text + str(response.headers)


def test_a_full_queue_is_answered_503_with_retry_after(app, analyst):
    gate = app.extensions["engine"].gate
    for _ in range(gate.n_places):
        gate.enter(0)

    response = analyst.post("/v1/search", **form(image=upload()))

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert response.get_json()["title"] == "Busy"
    assert analyst.get("/healthz").get_json() == {"status": "ok"}
    assert analyst.get("/v1/products").status_code == 200


def test_a_place_is_given_back_however_the_request_ends(app, analyst):
    gate = app.extensions["engine"].gate
    ends = {200: upload(), 415: upload(b"no"), 422: upload(png("red")[:50])}
    for _ in range(gate.n_places + 1):
        for status, image in ends.items():
            assert analyst.post("/v1/search", **form(image=image)).status_code == status

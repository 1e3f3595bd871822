import io
import logging

import pytest
from sqlalchemy.exc import OperationalError

from engine.api.problems import sentence, status_of
from engine.errors import (
    BoxOutsideImageError,
    BusyError,
    CatalogError,
    ConflictError,
    ImageTooLargeError,
    NotAnImageError,
    NotFoundError,
    UnreadableImageError,
)
from tests.api.conftest import form, multipart, upload
from tests.conftest import png


def test_an_error_has_the_status_of_its_nearest_ancestor():
    statuses = {
        NotFoundError: 404,
        ConflictError: 409,
        ImageTooLargeError: 413,
        NotAnImageError: 415,
        UnreadableImageError: 422,
        BoxOutsideImageError: 422,
        BusyError: 503,
        CatalogError: 500,
    }

    assert {kind: status_of(kind("x")) for kind in statuses} == statuses


@pytest.mark.parametrize(
    ("text", "expected"), [("a box", "A box."), ("Why?", "Why?"), (" x. ", "X."), ("", ".")]
)
def test_a_detail_is_a_sentence(text, expected):
    assert sentence(text) == expected


def test_an_unknown_path_is_404_in_words(analyst):
    problem = analyst.get("/v2/nothing").get_json()

    assert problem == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at /v2/nothing. "
        "The routes of this service are listed at /docs.",
    }


@pytest.mark.parametrize("path", ["/v1//search", "/v1/search/", "/v1/products/", "/V1/search"])
def test_no_path_is_guessed_and_redirected(analyst, path):
    assert analyst.get(path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_a_method_that_a_route_lacks_is_405(analyst, method):
    response = analyst.open("/v1/search", method=method)

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_bug_is_500_without_its_traceback_which_is_logged(app, analyst, monkeypatch, caplog):
    searcher = app.extensions["engine"].parts.searcher
    monkeypatch.setattr(type(searcher), "search", lambda *_, **__: 1 / 0)

    response = analyst.post("/v1/search", **form(image=upload(name="secret.png")))

    assert response.status_code == 500
    assert "division" not in response.text
    assert "ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text


def test_a_catalog_that_others_write_to_for_too_long_is_503(app, curator, monkeypatch):
    def wait_in_vain(*_):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    ingester = app.extensions["engine"].parts.ingester
    monkeypatch.setattr(type(ingester), "create_product", wait_in_vain)

    response = curator.post("/v1/products", json={"id": "a", "name": "b"})

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"


def test_the_log_names_route_status_and_token_but_no_crop_and_no_query(analyst, caplog):
    caplog.set_level(logging.INFO, logger="engine")

    analyst.get("/v1/search?q=red")
    analyst.post("/v1/search", **form(image=upload(b"x", "secret.png"), category="secret"))
    analyst.get("/v1/products/secret-id?x=secret")

    lines = [record.getMessage() for record in caplog.records if record.name == "engine.access"]
    assert [line.split(" ms ")[1] for line in lines] == ["analyst"] * 3
    assert [line.split()[:3] for line in lines] == [
        ["GET", "/v1/search", "200"],
        ["POST", "/v1/search", "415"],
        ["GET", "/v1/products/<id>", "404"],
    ]
    assert "secret" not in caplog.text
    assert "q=red" not in caplog.text


def test_readiness_tells_when_the_catalog_cannot_be_read(parts, client, monkeypatch):
    assert client.get("/readyz").get_json() == {"status": "ready"}
    parts.database.dispose()
    parts.settings.database_path.write_bytes(b"not a database, but long enough to be one" * 100)
    for suffix in ("-wal", "-shm"):
        parts.settings.database_path.with_name(parts.settings.database_path.name + suffix).unlink(
            missing_ok=True
        )

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "catalog cannot be read" in response.get_json()["detail"]


# --- bodies ------------------------------------------------------------------------------------


def part(headers, content=b"x", boundary=b"XX"):
    return b"--" + boundary + b"\r\n" + headers + b"\r\n\r\n" + content + b"\r\n"


FORM = "multipart/form-data; boundary=XX"
DISPOSITION = b'Content-Disposition: form-data; name="image"; filename="a.png"'
BROKEN_BODIES = {
    "no boundary": (b"x", "multipart/form-data"),
    "empty boundary": (b"x", 'multipart/form-data; boundary=""'),
    "boundary that is not ASCII": (b"x", "multipart/form-data; boundary=\xe9"),
    "another boundary": (part(DISPOSITION, boundary=b"YY") + b"--YY--\r\n", FORM),
    "no closing boundary": (part(DISPOSITION), FORM),
    "garbage": (b"\x00\xff" * 1000, FORM),
    "a part without disposition": (part(b"Content-Type: text/plain") + b"--XX--\r\n", FORM),
    "a part without name": (part(b"Content-Disposition: form-data") + b"--XX--\r\n", FORM),
    "a name that is not UTF-8": (
        part(b'Content-Disposition: form-data; name="\xff"') + b"--XX--\r\n",
        FORM,
    ),
    "a header without end": (b"--XX\r\n" + b"a" * 10_000, FORM),
}


@pytest.mark.parametrize(("body", "media_type"), BROKEN_BODIES.values(), ids=BROKEN_BODIES)
def test_a_form_that_is_not_well_formed_is_400(analyst, body, media_type):
    response = analyst.post("/v1/search", data=body, content_type=media_type)

    assert response.status_code == 400
    assert "multipart" in response.get_json()["detail"]


@pytest.mark.parametrize(
    "fields",
    [
        [("category", None, b"x")] * 10_000,
        [("image", "a.png", b"")] * 10_000,
        [("box", None, b"1" * 500_001)],
        [("box", None, b"1" * 5_000_000)],
    ],
    ids=["10,000 fields", "10,000 files", "a long field", "a very long field"],
)
def test_a_form_beyond_the_limits_is_413(analyst, fields):
    body, media_type = multipart(*fields)

    response = analyst.post("/v1/search", data=body, content_type=media_type)

    assert response.status_code == 413
    assert "256 parts" in response.get_json()["detail"]


def test_a_request_larger_than_allowed_is_413(parts, analyst):
    response = analyst.post(
        "/v1/search",
        input_stream=io.BytesIO(),
        content_type=FORM,
        environ_overrides={"CONTENT_LENGTH": str(parts.settings.max_upload_bytes + 1)},
    )

    assert response.status_code == 413
    assert "104,857,600 bytes" in response.get_json()["detail"]


@pytest.mark.parametrize(
    "media_type", ["application/json", "text/plain", "image/png", "multipart/mixed"]
)
def test_a_crop_that_comes_in_no_form_is_415(analyst, media_type):
    response = analyst.post("/v1/search", data=png("red"), content_type=media_type)

    assert response.status_code == 415
    assert "send multipart/form-data" in response.get_json()["detail"]


def test_a_field_that_looks_like_json_stays_a_text(analyst):
    for category in ("123", "[1]", "null", "NaN", "1e999", "[" * 100_000):
        response = analyst.post("/v1/search", **form(image=upload(), category=category))
        assert response.status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", 5, "one text is wanted"),
        ("name", None, "one text is wanted"),
        ("gtin", "4006381333931", "a list is wanted"),
        ("gtin", [5], "one text is wanted"),
        ("claims", ["SE"], "a JSON object is wanted"),
        ("claims", [{"country": "SE", "observations": 0}], "1 or more is allowed"),
        ("claims", [{"country": "SE", "observations": "{0}"}], "a whole number is wanted"),
        ("claims", [{"country": "SE", "observations": 1.5}], "a whole number is wanted"),
        ("claims", [{"country": "SE", "is_weak": "perhaps"}], "true or false is wanted"),
        ("claims", [{"country": "SE", "observed_on": "soon"}], "a date such as 2026-01-31"),
        ("claims", [{"country": "SE", "kind": "{error}"}], "'market', 'origin', 'licence' or"),
        ("{name}", 1, "there is no such field here"),
    ],
)
def test_a_bad_field_is_told_in_our_words(curator, field, value, words):
    response = curator.post("/v1/products", json={"id": "a", "name": "A", field: value})

    assert response.status_code == 422
    (error,) = response.get_json()["errors"]
    assert error["field"].split(".")[0] == field
    assert error["message"].startswith(words)

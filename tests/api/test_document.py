import json
import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from engine.api.headers import CONTENT_POLICY
from tests.api.test_guard import REQUIRED


@pytest.fixture
def document(client):
    return client.get("/openapi.json").get_json()


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


def test_the_document_describes_every_guarded_route_with_its_token(document):
    described = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation.get("security") == [{"token": []}]
    }

    assert described == {
        (method, rule.replace("<", "{").replace(">", "}")) for method, rule in REQUIRED
    }
    assert document["components"]["securitySchemes"]["token"] == {
        "type": "http",
        "scheme": "bearer",
    }


def test_every_error_of_the_document_is_a_problem(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == ["application/problem+json"]


def test_the_search_form_is_described(document):
    operation = document["paths"]["/v1/search"]["post"]
    reference = operation["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.rpartition("/")[2]]

    assert schema["required"] == ["image"]
    assert schema["properties"]["image"]["items"] == {"type": "string", "format": "binary"}
    assert {"box", "category", "market"} < schema["properties"].keys()
    k = schema["properties"]["k"]
    assert (k["minimum"], k["maximum"], k["default"]) == (1, 100, 10)


def test_every_operation_has_a_summary_and_an_id_of_its_own(document):
    operations = [
        operation for methods in document["paths"].values() for operation in methods.values()
    ]

    assert all(operation["summary"].endswith(".") for operation in operations)
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)


def test_every_reference_of_the_document_leads_somewhere(document):
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))

    assert references <= document["components"]["schemas"].keys()


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_loads_nothing_from_another_host(client, path):
    page = client.get(path)

    assert page.headers["Content-Security-Policy"] == CONTENT_POLICY
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert links
    assert all(link.startswith(("/", "#")) for link in links)
    assert "<style" not in page.text
    assert not re.search(r"<script(?![^>]*src=)", page.text)
    for link in links:
        if "/assets/" in link:
            with client.get(link) as response:
                assert response.status_code == 200


def test_the_documentation_asks_no_validator_on_the_network(client):
    with client.get("/assets/docs.js") as response:
        assert "validatorUrl: null" in response.text


@pytest.mark.parametrize("path", ["/healthz", "/v1/me", "/nothing", "/", "/v1/search"])
def test_every_answer_has_the_headers_that_keep_it_private(analyst, path):
    headers = analyst.get(path).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_no_asset_lies_outside_its_folder(client):
    for name in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "nothing"):
        assert client.get(f"/assets/{name}").status_code == 404
        assert client.get(f"/docs/assets/{name}").status_code == 404

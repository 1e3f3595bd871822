"""The application around the small engine; every answer is held to the OpenAPI document."""

import contextlib
import shutil
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException

from engine.api.app import create_app
from engine.api.server import Listener, finish, make_server
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.settings import Settings
from engine.wiring import build_parts
from tests.conftest import png
from tests.fakes import MeanColourEncoder

ROLES = ("analyst", "curator", "admin")


def upload(data=None, name="crop.png"):
    """Return a file for `form`; a red picture by default."""
    return name, png("red") if data is None else data


def form(**fields):
    """Return the arguments of `client.post` for a form; a list is several parts, a pair a file.

    The test client could encode it too, but writes a large one into a temporary file.
    """
    parts = []
    for name, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            filename, content = value if isinstance(value, tuple) else (None, value.encode())
            parts.append((name, filename, content))
    body, media_type = multipart(*parts)
    return {"data": body, "content_type": media_type}


def multipart(*parts: tuple[str, str | None, bytes], boundary="XX") -> tuple[bytes, str]:
    """Return the body of a form of (name, filename, content), and its Content-Type."""
    lines = b""
    for name, filename, content in parts:
        file = f'; filename="{filename}"' if filename is not None else ""
        lines += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n'.encode()
        lines += b"\r\n" + content + b"\r\n"
    return lines + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


class CheckedClient(FlaskClient):
    """Holds every answer to the application's OpenAPI document, and every error to RFC 9457."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        check_answer(self.application, response)
        return response


def check_answer(app, response):
    document = app.spec_json
    described = operation_of(app, response.request)
    if response.status_code >= 400:
        assert response.content_type == "application/problem+json"
        problem = response.get_json(force=True) if response.request.method != "HEAD" else None
        if problem is not None:
            validator(document, "Problem").validate(problem)
            assert problem["status"] == response.status_code
            assert problem["detail"].endswith((".", "!", "?"))
        assert described is None or str(response.status_code) in described["responses"]
    elif described is not None:
        answer = described["responses"][str(response.status_code)]
        if schema := answer.get("content", {}).get("application/json", {}).get("schema"):
            name = schema["$ref"].rpartition("/")[2]
            validator(document, name).validate(response.get_json())


def validator(document, name):
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return Draft202012Validator(schema)


def operation_of(app, request):
    """Return what the document says of the route that a request went to; None if it has none."""
    with contextlib.suppress(HTTPException):
        rule, _ = app.url_map.bind("").match(request.path, request.method, return_rule=True)
        path = app.spec_json["paths"].get(rule.rule.replace("<", "{").replace(">", "}"), {})
        return path.get(request.method.lower())
    return None


@pytest.fixture(scope="session")
def blank_catalog(tmp_path_factory):
    """A catalog with its tables, to be copied: making it anew takes most of a small test's time."""
    path = tmp_path_factory.mktemp("blank") / "catalog.sqlite3"
    open_database(path).dispose()
    return path


@pytest.fixture
def parts(tmp_path, blank_catalog):
    """An empty catalog in a data folder of its own."""
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    shutil.copyfile(blank_catalog, settings.database_path)
    database = open_database(settings.database_path)
    yield build_parts(settings, database, MeanColourEncoder())
    database.dispose()


@pytest.fixture
def tokens(parts):
    """One token of each role."""
    store = TokenStore(parts.sessions)
    return {role: store.create(role, role) for role in ROLES}


@pytest.fixture
def app(parts):
    app = create_app(parts)
    app.test_client_class = CheckedClient
    return app


@pytest.fixture
def client(app):
    """A client without a token."""
    return app.test_client()


def signed_in(app, token):
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


@pytest.fixture
def analyst(app, tokens):
    return signed_in(app, tokens["analyst"])


@pytest.fixture
def curator(app, tokens):
    return signed_in(app, tokens["curator"])


@dataclass(frozen=True)
class Address:
    """Where a real server listens, and a token that it takes."""

    host: str
    port: int
    token: str

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"

    def request(self, method, path, body=None, headers=(), timeout=20):
        """Send one request on a connection of its own; return status, headers and body."""
        connection = HTTPConnection(self.host, self.port, timeout=timeout)
        with contextlib.closing(connection):
            signed = {"Authorization": f"Bearer {self.token}", **dict(headers)}
            connection.request(method, path, body, signed)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def search(self, data, timeout=20):
        body, media_type = multipart(("image", "crop.png", data))
        return self.request("POST", "/v1/search", body, {"Content-Type": media_type}, timeout)


@contextlib.contextmanager
def listening(app, token):
    """Serve an application on a real socket for a while."""
    server = make_server(app, "127.0.0.1", 0)
    listener = Listener(server)
    listener.start()
    listener.wait_until_bound()
    assert listener.error is None
    try:
        yield Address(*server.bind_addr, token)
    finally:
        finish(server)
        listener.join(10)


@pytest.fixture
def address(app, tokens):
    with listening(app, tokens["analyst"]) as address:
        yield address

"""Requests byte by byte: what a stranger may send to the socket."""

import json
import socket
import time

import pytest

from engine.api.app import create_app
from engine.api.tokens import TokenStore
from engine.api.wire import Body, ChunkedBody
from engine.catalog.database import open_database
from engine.catalog.fields import ProductFields
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.conftest import listening, multipart
from tests.conftest import png
from tests.fakes import MeanColourEncoder


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """One server for all tests of this file, with one red product."""
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    database = open_database(settings.database_path)
    parts = build_parts(settings, database, MeanColourEncoder())
    parts.ingester.create_product(ProductFields("red", name="Red kettle"))
    parts.ingester.add_image("red", png("red"))
    token = TokenStore(parts.sessions).create("anna", "analyst")
    with listening(create_app(parts), token) as address:
        yield address
    database.dispose()


def talk(address, data, *, is_ended=False, timeout=20):
    """Send bytes and return what comes until the server hangs up."""
    with socket.create_connection((address.host, address.port), timeout) as connection:
        connection.sendall(data)
        if is_ended:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while block := connection.recv(65536):
            received += block
    return received


def answer_to(address, data, **how):
    """Return status, headers and body of a single answer."""
    head, _, body = talk(address, data, **how).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), headers, body


def request(address, *headers, method="POST", path="/v1/search", body=b"", is_signed=True):
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *headers]
    if is_signed:
        lines.append(f"Authorization: Bearer {address.token}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunked(data, size):
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


FORM, FORM_TYPE = multipart(("image", "a.png", png("red")))
FORM_HEADER = f"Content-Type: {FORM_TYPE}"

NOT_HTTP = {
    "an address that cannot be split": b"GET //[ HTTP/1.1\r\nHost: x\r\n\r\n",
    "an absolute address": b"GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "TLS": b"\x16\x03\x01\x00\xa5\x01\r\n\r\n",
    "lines that end in LF": b"GET / HTTP/1.1\nHost: x\n\n",
    "a small method": b"get / HTTP/1.1\r\nHost: x\r\n\r\n",
    "no protocol": b"GET /\r\n\r\n",
    "a protocol that is none": b"GET / SPDY/1\r\n\r\n",
    "a header without colon": b"GET / HTTP/1.1\r\nHost x\r\n\r\n",
    "a fragment": b"GET /#x HTTP/1.1\r\nHost: x\r\n\r\n",
    "a path without slash": b"GET x HTTP/1.1\r\nHost: x\r\n\r\n",
    "a negative length": b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    "a length with underscores": b"POST / HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n",
    "a length that is none": b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
}


def test_what_is_not_http_is_400_in_words(address):
    for name, data in NOT_HTTP.items():
        status, headers, body = answer_to(address, data)
        assert status == 400, name
        assert headers["Content-Type"] == "application/problem+json"
        assert headers["Connection"] == "close"
        assert headers["X-Content-Type-Options"] == "nosniff"
        problem = json.loads(body)
        assert problem["detail"].startswith("The request is not well formed HTTP: "), name


def test_headers_and_addresses_are_bounded(address):
    long = b"a" * 100_000

    assert answer_to(address, b"GET / HTTP/1.1\r\nX: " + long + b"\r\n\r\n")[0] == 413
    assert answer_to(address, b"GET /" + long + b" HTTP/1.1\r\n\r\n")[0] == 414


def test_a_chunked_body_is_read_and_its_connection_closed(address):
    for size in (1, 7, 100_000):
        data = request(address, FORM_HEADER, "Transfer-Encoding: chunked", body=chunked(FORM, size))
        status, headers, body = answer_to(address, data)
        assert status == 200
        assert headers["Connection"] == "close"
        assert json.loads(body)["results"][0]["candidates"][0]["product"]["id"] == "red"


BAD_BODIES = {
    "a chunk without length": ("Transfer-Encoding: chunked", b"zz\r\n"),
    "a negative chunk": ("Transfer-Encoding: chunked", b"-5\r\nabcde\r\n0\r\n\r\n"),
    "a chunk longer than it says": ("Transfer-Encoding: chunked", b"3\r\nabcdef\r\n0\r\n\r\n"),
    "an endless chunk line": ("Transfer-Encoding: chunked", b"1" * 5000),
    "a chunk that does not come": ("Transfer-Encoding: chunked", b"ffffffff\r\nab"),
    "a shorter body than told": ("Content-Length: 1000", FORM[:200]),
    "a longer body than told": (f"Content-Length: {len(FORM) - 20}", FORM),
    "no body": ("Content-Length: 0", b""),
    "no length": ("X: y", FORM),
}


@pytest.mark.parametrize(("header", "body"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_body_that_lies_about_its_length_is_400(address, header, body):
    data = request(address, FORM_HEADER, "Connection: close", header, body=body)

    status, headers, answer = answer_to(address, data, is_ended=True)

    assert status == 400
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer)["detail"].startswith("The request cannot be read: ")


def test_another_transfer_coding_is_refused(address):
    data = request(address, FORM_HEADER, "Transfer-Encoding: gzip")

    assert answer_to(address, data)[0] == 501


@pytest.mark.parametrize(
    ("is_signed", "n_bytes", "status"), [(False, 20_000_000, 401), (True, 105_000_000, 413)]
)
def test_a_refused_upload_gets_its_answer_though_the_client_sends_all_first(
    address, is_signed, n_bytes, status
):
    data = request(address, FORM_HEADER, f"Content-Length: {n_bytes}", is_signed=is_signed)

    answer = answer_to(address, data + bytes(n_bytes))

    assert answer[0] == status
    assert answer[1]["Connection"] == "close"


def test_a_chunked_upload_beyond_the_limit_is_413(address):
    start = b'--XX\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
    body = chunked(start + bytes(105_000_000), 1 << 25)
    data = request(address, FORM_HEADER, "Transfer-Encoding: chunked", body=body)

    assert answer_to(address, data)[0] == 413


def test_requests_follow_each_other_on_one_connection(address):
    me = request(address, method="GET", path="/v1/me")
    last = request(address, "Connection: close", method="GET", path="/healthz")

    received = talk(address, me + me + last)

    assert received.count(b"HTTP/1.1 200 OK") == 3
    assert received.endswith(b'{"status":"ok"}\n')


def test_the_body_of_a_refused_request_is_not_taken_for_the_next_request(address):
    hidden = request(address, method="GET", path="/v1/me")
    header = f"Content-Length: {len(hidden)}"

    received = talk(address, request(address, header, is_signed=False, body=hidden))

    assert received.count(b"HTTP/1.1") == 1
    assert b"401" in received.splitlines()[0]


def test_a_client_that_waits_for_100_continue_gets_it(address):
    headers = (FORM_HEADER, "Expect: 100-continue", f"Content-Length: {len(FORM)}")

    received = talk(address, request(address, *headers, "Connection: close", body=FORM))

    assert received.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


def test_the_server_does_not_name_its_software(address):
    _, headers, _ = answer_to(address, b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")

    assert headers["Server"] == "engine"


# --- bodies off the socket ---------------------------------------------------------------------


class Drip:
    """A client that sends one byte at a time."""

    def read1(self, size):
        return b"x"[:size]

    def readline(self, size):
        return b"1\r\n"[:size]


def test_a_body_that_drips_is_given_up_at_its_deadline():
    body = Body(Drip(), 1_000_000, seconds=0.0)
    time.sleep(0.01)

    with pytest.raises(TimeoutError):
        body.read()


def test_a_body_ends_where_it_was_told_to():
    body = Body(Drip(), 3, seconds=10)

    assert [body.read(), body.read(), body.read(), body.read(), body.read(0)] == [
        b"x",
        b"x",
        b"x",
        b"",
        b"",
    ]
    assert body.is_exhausted


def test_a_client_that_hangs_up_is_told_from_the_end_of_the_body():
    class Gone(Drip):
        def read1(self, size):
            return b""

    with pytest.raises(ConnectionAbortedError):
        Body(Gone(), 3, seconds=10).read()


def test_a_chunk_is_bounded_by_its_length_and_by_the_block():
    class Stream(Drip):
        def readline(self, size):
            return b"20000\r\n"

        def read1(self, size):
            return bytes(size)

    body = ChunkedBody(Stream(), seconds=10)

    assert [len(body.read(1 << 20)), len(body.read(1 << 20))] == [65536, 65536]
    assert body.n_left == 0
    assert not body.is_exhausted

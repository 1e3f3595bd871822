import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from engine.api.app import count_working, create_app
from engine.api.server import serve, stop_signals
from engine.api.tokens import TokenStore
from engine.catalog.database import open_database
from engine.errors import InvalidInputError
from engine.settings import Settings
from engine.wiring import build_parts
from tests.api.conftest import Address, listening
from tests.conftest import png
from tests.embed.hostile import encode
from tests.fakes import MeanColourEncoder

ROOT = Path(__file__).parents[2]


def best_of(answer):
    status, _, body = answer
    assert status == 200, body
    return json.loads(body)["results"][0]["candidates"][0]["product"]["id"]


def test_four_clients_at_once_lose_nothing(address, add_product):
    colours = ("red", "lime", "blue", "yellow")
    for colour in colours:
        add_product(colour, colour)

    def ask_five_times(colour):
        return [best_of(address.search(png(colour))) for _ in range(5)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask_five_times, colours))

    assert answers == [[colour] * 5 for colour in colours]


class HeldEncoder(MeanColourEncoder):
    """Looks at pictures only when it is let."""

    def __init__(self):
        super().__init__()
        self.is_let = threading.Event()

    def encode_images(self, images):
        assert self.is_let.wait(20)
        return super().encode_images(images)


def test_a_full_queue_turns_the_next_one_away_and_loses_none_of_its_own(tmp_path):
    settings = Settings(data=tmp_path / "data", max_waiting=3)
    database, encoder = open_database(settings.database_path), HeldEncoder()
    parts = build_parts(settings, database, encoder)
    token = TokenStore(parts.sessions).create("anna", "analyst")
    app = create_app(parts)
    n_places = count_working() + 3
    with listening(app, token) as address, ThreadPoolExecutor(n_places) as pool:
        held = [pool.submit(address.search, png("red")) for _ in range(n_places)]
        wait_until(lambda: app.extensions["engine"].gate.n_free == 0)

        status, headers, body = address.search(png("red"))
        assert (status, headers["Retry-After"]) == (503, "2")
        assert json.loads(body)["title"] == "Busy"
        assert address.request("GET", "/healthz")[0] == 200
        assert address.request("GET", "/readyz")[0] == 200
        assert address.request("GET", "/v1/products")[0] == 200

        encoder.is_let.set()
        assert [future.result(20)[0] for future in held] == [200] * n_places
    database.dispose()


def wait_until(is_so, seconds=20):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_port_in_use_is_an_error_in_words(app):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InvalidInputError, match=rf"127.0.0.1:{port} .* choose another"):
            serve(app, "127.0.0.1", port, on_ready=pytest.fail)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_to_stop_and_its_handler_is_put_back(number):
    before = signal.getsignal(number)
    with stop_signals() as stop:
        assert not stop.is_set()
        os.kill(os.getpid(), number)
        assert stop.wait(5)

    assert signal.getsignal(number) is before


def test_a_second_interrupt_interrupts():
    def interrupt():
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

    with stop_signals():
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()


def test_connections_beyond_the_bound_are_turned_away(app, tokens, monkeypatch):
    def put(self, connection):
        raise queue.Full

    with listening(app, tokens["analyst"]) as address:
        monkeypatch.setattr("cheroot.workers.threadpool.ThreadPool.put", put)
        status, headers, body = address.request("GET", "/healthz")
        monkeypatch.undo()

    assert (status, headers["Retry-After"]) == (503, "2")
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["detail"] == (
        "Too many connections are waiting; try again in a moment."
    )


def test_an_idle_connection_does_not_hold_the_end(app, tokens):
    with listening(app, tokens["analyst"]) as address:
        idle = socket.create_connection((address.host, address.port))
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(15) == b"HTTP/1.1 200 OK"
        begin = time.monotonic()
    assert time.monotonic() - begin < 5
    idle.close()
    with pytest.raises(ConnectionRefusedError):
        address.request("GET", "/healthz")


# --- a process of its own ----------------------------------------------------------------------


@dataclass
class Process:
    popen: subprocess.Popen
    address: Address
    temporary: Path
    data: Path

    def end(self):
        self.popen.terminate()
        out, err = self.popen.communicate(timeout=45)
        return self.popen.returncode, out, err


@pytest.fixture
def process(tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    popen = subprocess.Popen(
        [sys.executable, "-m", "tests.api.slow_server", tmp_path / "data"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        token, url = popen.stdout.readline().strip(), urlsplit(popen.stdout.readline().strip())
        address = Address(url.hostname, url.port, token)
        yield Process(popen, address, temporary, tmp_path / "data")
    finally:
        popen.kill()
        popen.communicate()


def noise_png(n_bytes):
    """Return a picture whose file has about `n_bytes`, for noise cannot be packed."""
    side = int((n_bytes / 3) ** 0.5)
    pixels = np.random.default_rng(1).integers(0, 256, (side, side, 3), dtype=np.uint8)
    return encode(Image.fromarray(pixels), "PNG", compress_level=1)


def test_a_service_keeps_no_crop_and_ends_when_all_is_answered(process):
    """One process for both rules, for it takes a while to start."""
    crop = noise_png(15_000_000)
    assert len(crop) > 15_000_000
    status, _, _ = process.address.search(crop, timeout=60)
    assert status == 200

    with ThreadPoolExecutor(6) as pool:
        running = [pool.submit(process.address.search, png("red"), 40) for _ in range(6)]
        time.sleep(0.7)  # the first have begun, the last wait: each takes half a second
        code, out, err = process.end()
        answers = [future.result() for future in running]

    assert [best_of(answer) for answer in answers] == ["red"] * 6
    assert (code, out) == (0, "stopped\n")
    assert [line for line in err.splitlines() if line.startswith("WRITES")] == []
    assert list(process.temporary.iterdir()) == []
    for file in process.data.rglob("*"):
        assert not file.is_file() or crop[1000:1200] not in file.read_bytes()
    assert "crop.png" not in err

"""The web server: one process, many threads, and an orderly end."""

import logging
import queue
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cheroot.server import HTTPConnection
from cheroot.wsgi import Server
from flask import Flask
from PIL import Image

from engine.api.connection import BoundedConnection, BoundedHTTPRequest
from engine.api.context import KEY, Service
from engine.errors import InvalidInputError

SPARE_THREADS = 8
"""Beside those that search or wait: health, pages and reference images answer all the same."""

MAX_WAITING_CONNECTIONS = 256
MAX_HEADER_BYTES = 1 << 16
IDLE_SECONDS = 20
GRACE_SECONDS = 30

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

log = logging.getLogger(__name__)


class BoundedServer(Server):
    """cheroot's server, with bounds and our log."""

    ConnectionClass = BoundedConnection
    max_request_header_size = MAX_HEADER_BYTES
    keep_alive_conn_limit = MAX_WAITING_CONNECTIONS

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        """Bind the socket, or close it: cheroot would leave it open."""
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_

    def process_conn(self, conn: HTTPConnection) -> None:
        """Hand a connection to a thread; one too many is asked to come back."""
        try:
            self.requests.put(conn)
        except queue.Full:
            BoundedHTTPRequest(self, conn).simple_response("503 Service Unavailable")
            conn.close()

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log what goes wrong on connections."""
        log.log(level, msg, exc_info=traceback)


class Listener(threading.Thread):
    """Runs a server beside the main thread, which waits for signals."""

    def __init__(self, server: Server) -> None:
        # A daemon, and so are the workers that it starts: one that hangs must not hold the process.
        super().__init__(name="listener", daemon=True)
        self.error: Exception | None = None
        self._server = server
        self._is_bound = threading.Event()

    def run(self) -> None:
        """Listen and serve until the server is stopped."""
        try:
            self._server.prepare()
        except OSError as error:
            self.error = error
            return
        finally:
            self._is_bound.set()
        self._server.serve()

    def wait_until_bound(self) -> None:
        """Return when the port is open, or could not be opened."""
        self._is_bound.wait()


def serve(app: Flask, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve the application until SIGTERM or SIGINT; then finish what was asked, and return.

    Parameters
    ----------
    app : flask.Flask
        As `create_app` built it.
    host, port : str, int
        Where to listen; port 0 lets the system choose one.
    on_ready : callable
        Called with the address of the service, when it answers there.

    Raises
    ------
    InvalidInputError
        If the port cannot be opened.
    """
    service: Service = app.extensions[KEY]
    service.parts.encoder.encode_images([Image.new("RGB", (64, 64))])  # the first one takes longer
    server = make_server(app, host, port)
    listener = Listener(server)
    with stop_signals() as stop:
        listener.start()
        listener.wait_until_bound()
        if listener.error is not None:
            raise InvalidInputError(
                f"cannot listen on {host}:{port} ({listener.error}); choose another with --port"
            ) from listener.error
        on_ready(address_of(server))
        while listener.is_alive() and not stop.wait(1.0):
            pass  # woken each second, because Windows delivers no signal to a thread that waits
        finish(server)


def make_server(app: Flask, host: str, port: int) -> BoundedServer:
    """Return a server for the application that does not listen yet."""
    service: Service = app.extensions[KEY]
    return BoundedServer(
        (host, port),
        app,
        numthreads=service.gate.n_places + SPARE_THREADS,
        server_name="engine",
        request_queue_size=MAX_WAITING_CONNECTIONS,
        timeout=IDLE_SECONDS,
        shutdown_timeout=GRACE_SECONDS,
        accepted_queue_size=MAX_WAITING_CONNECTIONS,
        accepted_queue_timeout=0,
    )


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Give an event that SIGTERM and SIGINT set; a second SIGINT interrupts as it always does."""
    stop = threading.Event()

    def ask_to_stop(number: int, _frame: object) -> None:
        stop.set()
        if number == signal.SIGINT:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    before = {number: signal.signal(number, ask_to_stop) for number in STOP_SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def finish(server: Server) -> None:
    """Close the port, let requests that came in be answered, and give up on those that hang."""
    log.info("stopping: no new requests, waiting up to %d s for the running ones", GRACE_SECONDS)
    # In a thread, for cheroot would wait for a hanging request without end.
    stopping = threading.Thread(target=server.stop, name="stopping", daemon=True)
    stopping.start()
    stopping.join(GRACE_SECONDS + 5)
    if stopping.is_alive():
        log.error("some requests did not end within %d s and were given up", GRACE_SECONDS)


def address_of(server: Server) -> str:
    """Return the address that a browser on this machine takes."""
    host, port = server.bind_addr
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

"""Connections of the web server: cheroot's, with bounds on what a stranger may send."""

import json
import re
import time

from cheroot.server import HTTPConnection, HTTPRequest

from engine.api.headers import HEADERS
from engine.api.problems import MEDIA_TYPE, RETRY_AFTER_S
from engine.api.wire import BLOCK_BYTES, Body, ChunkedBody

BODY_SECONDS = 120.0
"""For a whole request body: 100 MB over 7 Mbit/s."""

DISCARD_SECONDS = 10.0
DISCARD_WAIT_SECONDS = 2.0

WORDS = {
    "400": "The request is not well formed HTTP: {reason}",
    "408": "The request took too long to arrive; send it again.",
    "413": "The headers of the request are larger than this service takes.",
    "414": "The address of the request is longer than this service takes.",
    "500": "The service failed; the fault is ours, not the request's. Its log has the details.",
    "503": "Too many connections are waiting; try again in a moment.",
}


class BoundedHTTPRequest(HTTPRequest):
    """One request: strict about framing, with errors in our own form.

    A body is read when the application asks for it, and never held here; cheroot reads all that
    an application left unread into memory, whatever its length and whoever sent it.
    """

    def read_request_line(self) -> bool:
        """Read the first line; an address that `urlsplit` chokes on is a bad request, not a bug."""
        try:
            return bool(super().read_request_line())  # type: ignore[no-untyped-call]
        except ValueError:
            self.simple_response("400 Bad Request", "the address cannot be read.")
            return False

    def read_request_headers(self) -> bool:
        """Read the headers, and refuse a body whose length can be understood in two ways."""
        if not super().read_request_headers():  # type: ignore[no-untyped-call]
            return False
        length = self.inheaders.get(b"Content-Length")
        is_chunked = b"Transfer-Encoding" in self.inheaders
        if length is not None and (is_chunked or not re.fullmatch(rb"[0-9]{1,15}", length)):
            self.simple_response("400 Bad Request", "the length of the body cannot be told.")
            return False
        return True

    def respond(self) -> None:
        """Let the application answer, then take what it left of the body off the socket."""
        n_bytes = int(self.inheaders.get(b"Content-Length", 0))
        source = self.conn.rfile
        self.rfile = (
            ChunkedBody(source, BODY_SECONDS)
            if self.chunked_read
            else Body(source, n_bytes, BODY_SECONDS)
        )
        self.server.gateway(self).respond()
        self.ensure_headers_sent()
        if self.chunked_write:
            self.conn.wfile.write(b"0\r\n\r\n")
        if not self.rfile.is_exhausted:
            self._discard(self.rfile)

    def send_headers(self) -> None:
        """End the connection where the next request could not be told from this one's body."""
        if self.chunked_read or not self.rfile.is_exhausted:
            self.close_connection = True
        super().send_headers()

    def simple_response(self, status: str, msg: str = "") -> None:
        """Answer what cheroot itself refuses with a problem document, and hang up."""
        code, _, title = str(status).partition(" ")
        detail = WORDS.get(code, "The request cannot be served: {reason}").format(
            reason=msg or title
        )
        problem = {"type": "about:blank", "title": title, "status": int(code), "detail": detail}
        body = json.dumps(problem).encode()
        headers = {
            **HEADERS,
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **({"Retry-After": str(RETRY_AFTER_S)} if code == "503" else {}),
        }
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
        self.close_connection = True
        self.conn.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def _discard(self, body: Body) -> None:
        """Read the rest of a refused body for a while, in small blocks, and forget it.

        Many clients read no answer before they sent all; if we hung up on unread bytes, the
        system would reset the connection and the answer with it.
        """
        self.conn.socket.settimeout(DISCARD_WAIT_SECONDS)
        body.deadline = time.monotonic() + DISCARD_SECONDS
        try:
            while body.read(BLOCK_BYTES):
                pass
        except (OSError, ValueError):
            return  # it ended badly or took too long; we hang up in any case


class BoundedConnection(HTTPConnection):
    """A connection whose requests are bounded."""

    RequestHandlerClass = BoundedHTTPRequest
    rbufsize = BLOCK_BYTES

"""A model hub on this machine: the few endpoints that `huggingface_hub` asks for a download."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class LocalHub:
    """Repositories by name; each maps file names to their bytes."""

    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    """Tags to be announced instead of the true ones, by file name."""
    cut_after: dict[str, int] = field(default_factory=dict)
    """Bytes after which a download breaks off, once, by file name."""
    requests: list[str] = field(default_factory=list)
    licence: str | None = "mit"
    has_cards: bool = True
    url: str = ""

    def etag(self, name: str, data: bytes) -> str:
        return self.etags.get(name) or hashlib.sha256(data).hexdigest()


@contextmanager
def serve_hub() -> Iterator[LocalHub]:
    hub = LocalHub()

    class Handler(_Handler):
        served = hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    served: LocalHub
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self._answer(is_head=True)

    def do_GET(self):
        self._answer(is_head=False)

    def log_message(self, *args):
        pass

    def _answer(self, *, is_head):
        path = self.path.partition("?")[0].strip("/")
        self.served.requests.append(f"{self.command} {path}")
        if path.startswith("api/models/"):
            self._answer_api(path.removeprefix("api/models/"))
            return
        repository, _, rest = path.partition("/resolve/")
        name = rest.partition("/")[2]
        files = self.served.repositories.get(repository)
        if files is None:
            self._refuse("RepoNotFound")
        elif name not in files:
            self._refuse("EntryNotFound")
        else:
            self._answer_file(name, files[name], is_head=is_head)

    def _answer_file(self, name, data, *, is_head):
        start = 0
        if asked := self.headers.get("Range"):
            start = int(asked.removeprefix("bytes=").partition("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{self.served.etag(name, data)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("Accept-Ranges", "bytes")
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        if is_head:
            return
        if cut := self.served.cut_after.pop(name, None):
            self.wfile.write(data[start : start + cut])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()
            return
        self.wfile.write(data[start:])

    def _answer_api(self, repository):
        if repository not in self.served.repositories or not self.served.has_cards:
            self._refuse("RepoNotFound")
            return
        card = {"license": self.served.licence} if self.served.licence else None
        body = json.dumps({"id": repository, "sha": COMMIT, "cardData": card}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, code):
        self.send_response(404)
        self.send_header("X-Error-Code", code)
        self.send_header("X-Error-Message", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

"""The access log: who called which route, how it ended and how long it took; nothing else.

Paths are logged as their rule and query strings not at all: names of products and crops are
part of an investigation.
"""

import logging
from time import perf_counter

from flask import Flask, Response, g

from engine.api.context import caller, current_request

log = logging.getLogger("engine.access")


def register_access_log(app: Flask) -> None:
    """Log every request of the application, on one line."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = perf_counter()


def _finish(response: Response) -> Response:
    request, identity = current_request(), caller()
    log.info(
        "%s %s %d %.1f ms %s",
        request.method,
        request.url_rule or "(no route)",
        response.status_code,
        (perf_counter() - g.started) * 1000,
        identity.name if identity else "-",
    )
    return response

"""The application factory: ready parts in, a guarded web application out."""

import os
from typing import TYPE_CHECKING

from flask.json.provider import DefaultJSONProvider
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from engine import __version__
from engine.api import health, identity, images, pages, products, search
from engine.api.access_log import register_access_log
from engine.api.bodies import MAX_FIELD_BYTES, MAX_FORM_PARTS, BoundedRequest
from engine.api.context import KEY, Service
from engine.api.gate import Gate
from engine.api.guard import register_guard
from engine.api.headers import register_headers
from engine.api.problems import Problem, register_error_handlers
from engine.api.signins import FailedSignIns
from engine.api.tokens import TokenStore
from engine.liveparts import LiveParts

if TYPE_CHECKING:
    from engine.wiring import Parts

MAX_WORKING = 4
"""Searches at once: one uses several cores already, more of them only share memory bandwidth."""

BODY_BUDGET = 4
"""How many bodies of the largest allowed size may be in memory at once."""

DESCRIPTION = """Names the product in a crop of an everyday object, and the countries where it \
is sold. Every route below `/v1` needs a token; errors are problem documents (RFC 9457)."""

BLUEPRINTS = tuple(module.routes for module in (search, products, images, identity, health, pages))


class PlainJSON(DefaultJSONProvider):
    """JSON in the order in which answers are written, with letters as they are."""

    sort_keys = False
    ensure_ascii = False


class Application(OpenAPI):
    """A Flask application that reads every request within bounds."""

    request_class = BoundedRequest
    json_provider_class = PlainJSON


def create_app(parts: "Parts") -> Application:
    """Build the web application around the ready parts of the engine."""
    app = Application(
        "engine.api",
        info=Info(title="engine", version=__version__, description=DESCRIPTION),
        security_schemes={"token": {"type": "http", "scheme": "bearer"}},
        validation_error_model=Problem,
        validation_error_status=500,  # described on every route: nothing is added to the others
        doc_ui=False,  # its pages stand at other addresses and need inline scripts
        static_folder=None,
    )
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=parts.settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=MAX_FIELD_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.url_map.merge_slashes = False  # `//` is not redirected but unknown
    app.extensions[KEY] = build_service(parts)
    register_access_log(app)
    register_guard(app)
    register_headers(app)
    register_error_handlers(app)
    for blueprint in BLUEPRINTS:
        app.register_api(blueprint)
    app.generate_spec_json()  # type: ignore[no-untyped-call]  # once, here: the first two requests for it may come together
    return app


def build_service(parts: "Parts") -> Service:
    """Put around the parts what belongs to serving them."""
    settings = parts.settings
    return Service(
        live=LiveParts(parts),
        tokens=TokenStore(parts.sessions),
        gate=Gate(count_working(), settings.max_waiting, BODY_BUDGET * settings.max_upload_bytes),
        failed_sign_ins=FailedSignIns(),
    )


def count_working() -> int:
    """Return how many searches run at once on this machine."""
    return max(2, min(MAX_WORKING, os.cpu_count() or 1))

"""Errors as RFC 9457 problem documents: a title, and a detail that says what to do."""

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import ClientDisconnected, HTTPException

from engine.errors import (
    BusyError,
    ConflictError,
    EngineError,
    ImageTooLargeError,
    InvalidInputError,
    ModelSwitchedError,
    NotAnImageError,
    NotFoundError,
)

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[EngineError], int] = {
    NotFoundError: 404,
    ConflictError: 409,
    ImageTooLargeError: 413,
    NotAnImageError: 415,
    InvalidInputError: 422,
    BusyError: 503,
    ModelSwitchedError: 503,
}
"""By the nearest class of the error's ancestry; an error without a status is our fault: 500."""

RETRY_AFTER_S = 2
"""A search takes well under a second, so the queue has moved on by then."""

DETAILS = {
    400: "The request cannot be read: {reason}",
    404: "There is nothing at {path}. The routes of this service are listed at /docs.",
    405: "{method} is not possible here; the Allow header names the methods that are.",
    413: "The request is larger than this service takes: {reason}",
    415: "The request has the wrong media type: {reason}",
    500: "The service failed; the fault is ours, not the request's. Its log has the details.",
}

BODY_WORDS = "its body ended early, came too slowly, or in chunks that are not well formed"

FIELD_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field here",
    "value_error": "{error}",
    "greater_than_equal": "{ge} or more is allowed",
    "less_than_equal": "{le} or less is allowed",
    "int_type": "a whole number is wanted",
    "int_parsing": "a whole number is wanted",
    "int_parsing_size": "a whole number of fewer digits is wanted",
    "int_from_float": "a whole number is wanted",
    "bool_type": "true or false is wanted",
    "bool_parsing": "true or false is wanted",
    "string_type": "one text is wanted",
    "string_too_short": "it is too short: {min_length} or more characters are wanted",
    "string_too_long": "it is too long: {max_length} characters are allowed",
    "list_type": "a list is wanted",
    "enum": "{expected} is wanted",
    "date_type": "a date such as 2026-01-31 is wanted",
    "date_parsing": "a date such as 2026-01-31 is wanted",
    "date_from_datetime_parsing": "a date such as 2026-01-31 is wanted",
    "date_from_datetime_inexact": "a date such as 2026-01-31 is wanted, without a time",
    "model_type": "a JSON object is wanted",
    "model_attributes_type": "a JSON object is wanted",
}
"""What is wrong with a field, or what is allowed, by pydantic's name for the error."""
MAX_FIELD_ERRORS = 10

log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What went wrong, and what to do about it."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="`about:blank`: the status says what kind of problem it is")
    title: str = Field(description="the kind of problem in a few words")
    status: int = Field(description="the HTTP status, 4xx or 5xx")
    detail: str = Field(description="what was found, and what to do")


def problem(
    status: int,
    title: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **members: Any,  # noqa: ANN401 - RFC 9457 lets a problem carry any further members
) -> Response:
    """Answer with a problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    return Response(
        current_app.json.dumps(body), status, dict(headers or {}), content_type=MEDIA_TYPE
    )


def describe(*statuses: int) -> dict[str | int, Any]:
    """Return what the OpenAPI document says about the problems of a route, and of a bug."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"content": content} for status in (*statuses, 500)}


def status_of(error: EngineError) -> int:
    """Return the HTTP status of an error, by its nearest ancestor that has one."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def register_error_handlers(app: Flask) -> None:
    """Answer every error, ours, Flask's and the unforeseen, with a problem document."""
    app.register_error_handler(EngineError, _engine_error)
    app.register_error_handler(ValidationError, _validation_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _bug)


def _engine_error(error: EngineError) -> Response:
    """Answer in the error's own words."""
    status = status_of(error)
    if status >= 500 and not isinstance(error, BusyError):
        log.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    headers = {"Retry-After": str(RETRY_AFTER_S)} if status == 503 else {}
    return problem(status, error.title, sentence(str(error)), headers)


def _validation_error(error: ValidationError) -> Response:
    """Name each bad field and what is wrong with it; the values stay out, they may be long."""
    found = error.errors(include_url=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        return problem(400, "Bad Request", sentence(f"the body is no JSON: {found[0]['msg']}"))
    errors = [
        {
            "field": ".".join(str(part) for part in item["loc"])[:200],
            "message": _in_words(item),
        }
        for item in found[:MAX_FIELD_ERRORS]
    ]
    detail = "; ".join(f"field {item['field']!r}: {item['message']}" for item in errors)
    return problem(422, InvalidInputError.title, sentence(detail), errors=errors)


def _in_words(found: ErrorDetails) -> str:
    words = FIELD_WORDS.get(found["type"])
    return found["msg"] if words is None else words.format(**found.get("ctx", {}))


def _http_error(error: HTTPException) -> Response:
    """Answer what Flask and Werkzeug refuse."""
    response = error.get_response()
    status = response.status_code
    reason = BODY_WORDS if isinstance(error, ClientDisconnected) else error.description
    detail = DETAILS.get(status, "{reason}").format(
        reason=reason, method=request.method, path=request.path[:200]
    )
    kept = {k: v for k, v in response.headers if k in {"Allow", "Retry-After", "WWW-Authenticate"}}
    return problem(status, error.name, sentence(detail), kept)


def _database_error(error: OperationalError) -> Response:
    """Ask to come back when others, an import perhaps, kept the catalog locked for too long."""
    if "locked" not in str(error.orig):
        return _bug(error)
    return _engine_error(BusyError("others are writing to the catalog; try again in a moment"))


def _bug(error: Exception) -> Response:
    """Keep the traceback for the log and out of the answer."""
    log.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    return problem(500, "Internal error", DETAILS[500])


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    ended = text if text.endswith((".", "!", "?")) else f"{text}."
    return ended[:1].upper() + ended[1:]

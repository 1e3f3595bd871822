"""Who may call, and is there room: asked before a view runs and before a body is read."""

import math

from flask import Flask, Response, current_app, g

from engine.api.context import current_request, service
from engine.api.problems import problem
from engine.api.routes import is_queued, required_role
from engine.api.tokens import Identity, Role

REALM = 'Bearer realm="engine"'


def register_guard(app: Flask) -> None:
    """Guard every route of the application."""
    app.before_request(check_caller)
    app.before_request(take_place)
    app.teardown_request(give_place_back)


def check_caller() -> Response | None:
    """Let a request pass whose token has the role that the route needs."""
    request = current_request()
    if request.endpoint is None:
        return None  # no such route: the answer is 404 or 405
    role = required_role(current_app.view_functions[request.endpoint])
    if role is None:
        return None
    header = request.headers.get("Authorization", "")
    if not header:
        return _unauthorized("This route needs a token: send `Authorization: Bearer TOKEN`.", REALM)
    scheme, _, token = header.partition(" ")
    identity = service().tokens.check(token.strip()) if scheme.lower() == "bearer" else None
    if identity is None:
        return _refuse_sign_in(request.remote_addr or "")
    g.caller = identity
    return None if identity.role.includes(role) else _forbidden(identity, role)


def take_place() -> None:
    """Take a place at the gate for a request to a queued view; BusyError when it is full."""
    request = current_request()
    if request.endpoint and is_queued(current_app.view_functions[request.endpoint]):
        service().gate.enter(request.max_body_bytes)
        g.held_bytes = request.max_body_bytes


def give_place_back(_error: BaseException | None) -> None:
    """Give the place back, however the request ended."""
    n_bytes: int | None = g.pop("held_bytes", None)
    if n_bytes is not None:
        service().gate.leave(n_bytes)


def _refuse_sign_in(address: str) -> Response:
    wait_s = service().failed_sign_ins.record(address)
    if not wait_s:
        return _unauthorized(
            "This token is unknown or was revoked; ask an admin for another.",
            f'{REALM}, error="invalid_token"',
        )
    seconds = math.ceil(wait_s)
    return problem(
        429,
        "Too many failed sign-ins",
        f"Too many wrong tokens came from this address; try again in {seconds} seconds.",
        {"Retry-After": str(seconds)},
    )


def _unauthorized(detail: str, challenge: str) -> Response:
    return problem(401, "Not signed in", detail, {"WWW-Authenticate": challenge})


def _forbidden(identity: Identity, role: Role) -> Response:
    return problem(
        403,
        "Not allowed",
        f"The token {identity.name!r} has the role {identity.role}; this needs {role}.",
    )

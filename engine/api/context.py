"""What a view may reach: the ready parts of the engine, the gate, who asks, and the request."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from flask import current_app, g, request

from engine.api.bodies import BoundedRequest
from engine.api.gate import Gate
from engine.api.signins import FailedSignIns
from engine.api.tokens import Identity, TokenStore

if TYPE_CHECKING:
    from engine.liveparts import LiveParts
    from engine.wiring import Parts

KEY = "engine"


@dataclass(frozen=True)
class Service:
    """The parts of the engine, and what belongs to serving them."""

    live: "LiveParts"
    tokens: TokenStore
    gate: Gate
    failed_sign_ins: FailedSignIns

    @property
    def parts(self) -> "Parts":
        """The parts in use."""
        return self.live.parts


def service() -> Service:
    """Return the service that the present request came to."""
    return cast(Service, current_app.extensions[KEY])


def parts() -> "Parts":
    """Return the parts of the engine that the present request came to.

    Their encoder may be one that the catalog has left: `parts_to_search` looks.
    """
    return service().parts


def parts_to_search() -> "Parts":
    """Return the parts of the encoder that the catalog is searched by now.

    Raises
    ------
    ModelSwitchedError
        If that cannot be loaded.
    """
    return service().live.follow()


def current_request() -> BoundedRequest:
    """Return the present request, as the class that the application was given."""
    return cast(BoundedRequest, request)


def caller() -> Identity | None:
    """Return who asks; None on the open routes."""
    return cast(Identity | None, g.get("caller"))

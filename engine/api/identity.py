"""Who am I: what a page asks after signing in."""

from typing import Any

from flask_openapi3.models.tag import Tag
from pydantic import RootModel

from engine.api.context import caller
from engine.api.problems import describe
from engine.api.routes import Routes, needs
from engine.api.tokens import Identity, Role

routes = Routes(
    "identity",
    __name__,
    abp_tags=[Tag(name="identity")],
    abp_security=[{"token": []}],
    abp_responses=describe(401, 403, 429),
)


class Me(RootModel[Identity]):
    """Name and role of the token."""


@routes.get("/v1/me", operation_id="whoAmI", responses={200: Me})
@needs(Role.ANALYST)
def who_am_i() -> dict[str, Any]:
    """Name the bearer of the token and its role."""
    identity = caller()
    assert identity is not None  # the guard lets nobody else in
    return {"name": identity.name, "role": identity.role.value}

"""Tells whether the service is alive, and whether it can answer."""

import logging

from flask import Response
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from engine.api.context import parts_to_search
from engine.api.problems import describe, problem
from engine.api.routes import Routes, open_to_all

log = logging.getLogger(__name__)

routes = Routes("health", __name__, abp_tags=[Tag(name="health")], abp_responses=describe())


class Health(BaseModel):
    """What the service says of itself."""

    status: str


@routes.get("/healthz", operation_id="health", responses={200: Health})
@open_to_all
def health() -> dict[str, str]:
    """Tell that the process lives."""
    return {"status": "ok"}


@routes.get("/readyz", operation_id="readiness", responses={200: Health, **describe(503)})
@open_to_all
def readiness() -> dict[str, str] | Response:
    """Tell that the catalog can be read, and the model that it is searched by is loaded.

    It was loaded and tried before the port opened; here one that came later is.
    """
    try:
        with parts_to_search().sessions() as session:
            session.execute(text("SELECT 1 FROM catalog_state"))
    except SQLAlchemyError:
        log.exception("the catalog cannot be read")
        return problem(503, "Not ready", "The catalog cannot be read; see the service's log.")
    return {"status": "ready"}

"""The page at `/`, the documentation at `/docs`, and their files: all from this machine."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template, send_from_directory
from pydantic import BaseModel

from engine import __version__
from engine.api.routes import Routes, open_to_all

STATIC = Path(__file__).parent / "static"
SWAGGER = Path(str(files("flask_openapi3_swagger"))) / "templates" / "swagger"

routes = Routes("pages", __name__, doc_ui=False)


class FilePath(BaseModel):
    """A file below the folder of a page."""

    name: str


@routes.get("/")
@open_to_all
def page() -> str:
    """Show the page where analysts search."""
    return render_template("page.html", version=__version__)


@routes.get("/assets/<path:name>")
@open_to_all
def page_file(path: FilePath) -> Response:
    """Send a style sheet, script or icon of our own pages."""
    return _send(STATIC, path.name)


@routes.get("/docs")
@open_to_all
def docs() -> str:
    """Show the documentation of the API."""
    return render_template("docs.html")


@routes.get("/docs/assets/<path:name>")
@open_to_all
def docs_file(path: FilePath) -> Response:
    """Send a file of Swagger UI, which lies in its package."""
    return _send(SWAGGER, path.name)


@routes.get("/openapi.json")
@open_to_all
def document() -> dict[str, Any]:
    """Show the OpenAPI document."""
    spec: dict[str, Any] = current_app.spec_json  # type: ignore[attr-defined]
    return spec


def _send(folder: Path, name: str) -> Response:
    response = send_from_directory(folder, name)
    response.cache_control.no_cache = True  # revalidated, so that an update shows at once
    return response

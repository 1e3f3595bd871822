"""Reference images of a product: added, sent and deleted."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from flask import Response, send_file
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from engine.api.context import parts, parts_to_search, service
from engine.api.fields import Input, Markets, Upload
from engine.api.problems import describe
from engine.api.routes import Answer, Routes, needs, queued
from engine.api.schemas import ImageView, PrintedView
from engine.api.tokens import Role
from engine.catalog.fields import ClaimFields
from engine.catalog.store import CatalogStore
from engine.errors import NotFoundError
from engine.ingest import UPLOAD

if TYPE_CHECKING:
    from engine.wiring import Parts

PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""A picture that a browser opens on its own may do nothing, whatever its bytes pretend to be."""

routes = Routes(
    "images",
    __name__,
    abp_tags=[Tag(name="images", description="Reference images of products.")],
    abp_security=[{"token": []}],
    abp_responses=describe(401, 403, 404, 422, 429, 503),
)


class ImagesPath(BaseModel):
    """The images of a product."""

    id: str = Field(description="the product's id")


class ImagePath(ImagesPath):
    """An image of a product."""

    image: str = Field(description="SHA-256 of the image's bytes")


class ImageForm(Input):
    """A picture, and where its very pack was seen."""

    image: Upload
    market: Markets = Field(default=[], description="countries where the pack on it is sold")
    source: str = Field(default=UPLOAD, max_length=500, description="who says so")


class ImageQuery(Input):
    """Which rendition to send."""

    size: Literal["original", "thumbnail"] = "original"


PICTURE = {"content": {"image/*": {"schema": {"type": "string", "format": "binary"}}}}


@routes.post(
    "/v1/products/<id>/images",
    operation_id="addImage",
    responses={201: ImageView, **describe(400, 413, 415)},
)
@needs(Role.CURATOR)
@queued
def add_image(path: ImagesPath, form: ImageForm) -> Answer:
    """Add a reference image; searches find it from the moment of the answer.

    The same bytes again add their market claims and change nothing else.
    """
    add = partial(
        parts_to_search().ingester.add_image,
        path.id,
        form.image.stream.read(),
        _printable(form.image.filename or ""),
        [ClaimFields(country, form.source) for country in form.market],
        form.source,
    )
    image = service().gate.run(add)
    view = ImageView.of(image)
    return view.model_dump(mode="json"), 201, {"Location": view.url}


@routes.get(
    "/v1/products/<id>/images/<image>",
    operation_id="showImage",
    responses={200: PICTURE, 304: None},
)
@needs(Role.ANALYST)
def show_image(path: ImagePath, query: ImageQuery) -> Response:
    """Send the original bytes of an image, or a small JPEG of it."""
    with parts().sessions() as session:
        image = CatalogStore(session).image(path.id, path.image)
    files, is_small = parts().files, query.size == "thumbnail"
    file = files.thumbnail_path(image.sha256) if is_small else files.path(image.sha256)
    if not file.is_file():
        raise NotFoundError(f"the file of picture {image.sha256} is gone from the data folder")
    response = send_file(
        file.resolve(),  # Flask would look for a relative path beside its own code
        mimetype="image/jpeg" if is_small else image.media_type,
        download_name=_printable(image.filename) or image.sha256,
        etag=f"{image.sha256}-{query.size}",
    )
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.get(
    "/v1/products/<id>/images/<image>/clues",
    operation_id="showImageClues",
    responses={200: PrintedView},
)
@needs(Role.ANALYST)
@queued
def show_image_clues(path: ImagePath) -> dict[str, Any]:
    """Say where the pack on an image says that it is sold, and whether that fits the claims."""
    return service().gate.run(partial(clues_of, parts(), path))


def clues_of(parts: "Parts", path: ImagePath) -> dict[str, Any]:
    """Hear the words of an image as if it were a crop."""
    with parts.sessions() as session:
        return asdict(parts.pack_reader.of_image(session, path.id, path.image))


@routes.delete(
    "/v1/products/<id>/images/<image>", operation_id="deleteImage", responses={204: None}
)
@needs(Role.CURATOR)
def delete_image(path: ImagePath) -> Answer:
    """Delete an image with the market claims that it shows."""
    parts().ingester.delete_image(path.id, path.image)
    return "", 204, {}


def _printable(name: str) -> str:
    """Return a file name that fits a header."""
    return "".join(character if character.isprintable() else "_" for character in name)[:200]

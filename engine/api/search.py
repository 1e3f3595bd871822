"""Search by crops, and by text."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Response
from flask_openapi3.models.tag import Tag
from pydantic import Field, RootModel

from engine import results
from engine.api.context import parts_to_search, service
from engine.api.crops import BadCropError, read_crops
from engine.api.fields import Categories, Count, Input, Markets, Upload
from engine.api.problems import describe, problem, sentence, status_of
from engine.api.routes import Routes, needs, queued
from engine.api.tokens import Role
from engine.catalog.filters import check_categories

if TYPE_CHECKING:
    from engine.wiring import Parts

routes = Routes(
    "search",
    __name__,
    abp_tags=[Tag(name="search", description="Crops and words in, products and countries out.")],
    abp_security=[{"token": []}],
    abp_responses=describe(401, 403, 422, 429, 503),
)


class SearchForm(Input):
    """Crops, and what to look for."""

    image: list[Upload] = Field(min_length=1, description="a crop; up to 16 in one request")
    box: list[str] = Field(
        default=[],
        description="`x,y,width,height` in pixels of the upright picture: the part that shows "
        "the object. One for each image, in order, or none; an empty one is the whole picture",
    )
    k: Count = Field(default=10, description="candidates to name for each crop")
    category: Categories = Field(default=[])
    market: Markets = Field(default=[])


class SceneForm(Input):
    """Crops of one scene."""

    image: list[Upload] = Field(min_length=1, description="a crop; up to 16 in one request")
    box: list[str] = Field(
        default=[],
        description="as for a search; crops of one picture may come as that picture several "
        "times, each with the box of one object",
    )
    k: Count = Field(default=10, description="candidates to name for each crop")


class TextQuery(Input):
    """Words or a barcode number."""

    q: str = Field(min_length=1, max_length=500, description="words, a brand or a barcode number")
    k: Count = Field(default=10, description="products to name")


class SearchAnswer(RootModel[results.SearchResult]):
    """A result for each crop, in order."""


class SceneAnswer(RootModel[results.SceneResult]):
    """A result for each crop, in order, and one for all together."""


class TextAnswer(RootModel[results.TextResult]):
    """The products that a text found."""


@routes.post(
    "/v1/search",
    operation_id="search",
    responses={200: SearchAnswer, **describe(400, 413, 415)},
)
@needs(Role.ANALYST)
@queued
def search(form: SearchForm) -> dict[str, Any]:
    """Name the products that crops show, and the countries where those are sold.

    Crops are searched in memory and forgotten: neither stored nor logged.
    """
    return asdict(service().gate.run(partial(decode_and_search, parts_to_search(), form)))


@routes.post(
    "/v1/scenes",
    operation_id="searchScene",
    responses={200: SceneAnswer, **describe(400, 413, 415)},
)
@needs(Role.ANALYST)
@queued
def search_scene(form: SceneForm) -> dict[str, Any]:
    """Name the countries where the objects of one scene were bought, taken together.

    Each crop is also answered by itself. `scene.objects` says which object carries the weight and
    which disagrees. Crops are searched in memory and forgotten: neither stored nor logged.
    """
    return asdict(service().gate.run(partial(decode_and_search_scene, parts_to_search(), form)))


@routes.get("/v1/search", operation_id="searchText", responses={200: TextAnswer})
@needs(Role.ANALYST)
@queued
def search_text(query: TextQuery) -> dict[str, Any]:
    """Find products by the catalog's words and numbers, and by look where the model reads text."""
    search_now = partial(parts_to_search().searcher.search_text, query.q, limit=query.k)
    return asdict(service().gate.run(search_now))


def decode_and_search(parts: "Parts", form: SearchForm) -> results.SearchResult:
    """Turn the form into crops, and the crops into a result."""
    with parts.sessions() as session:
        check_categories(session, form.category)
    crops = read_crops(form.image, form.box, parts.limits, parts.settings.max_images_per_request)
    return parts.searcher.search(crops, limit=form.k, categories=form.category, markets=form.market)


def decode_and_search_scene(parts: "Parts", form: SceneForm) -> results.SceneResult:
    """Turn the form into crops, and the crops into one joint result."""
    crops = read_crops(form.image, form.box, parts.limits, parts.settings.max_images_per_request)
    return parts.searcher.search_scene(crops, limit=form.k)


@routes.errorhandler(BadCropError)
def name_bad_crop(error: BadCropError) -> Response:
    """Name the crop; a single one has the status of its own error, one of several 422."""
    status = status_of(error.cause) if error.is_only_one else 422
    image = {"index": error.index, "name": error.name}
    reason = sentence(str(error.cause))
    return problem(status, error.title, sentence(str(error)), image=image, reason=reason)

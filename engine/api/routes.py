"""Blueprints whose views name their input in their signature, and who may call them."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, get_origin

from flask.typing import ResponseReturnValue
from flask_openapi3.blueprint import APIBlueprint
from pydantic import BaseModel

from engine.api.bodies import BoundedRequest
from engine.api.context import current_request
from engine.api.tokens import Role

Answer = tuple[dict[str, Any] | str, int, dict[str, str]]
"""Body, status and headers of a view that answers with another status than 200."""

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def open_to_all(view: View) -> View:
    """Let a view be called without a token; a view without a mark asks for an admin's."""
    view.role = None  # type: ignore[attr-defined]
    return view


def needs(role: Role) -> Callable[[View], View]:
    """Let a view be called with a token of this role, or of one that includes it."""

    def mark(view: View) -> View:
        view.role = role  # type: ignore[attr-defined]
        return view

    return mark


def queued(view: View) -> View:
    """Let a view run only when the gate has a place for it, taken before its body is read."""
    view.is_queued = True  # type: ignore[attr-defined]
    return view


def required_role(view: Callable[..., Any] | None) -> Role | None:
    """Return the role that a view asks for; None lets everybody in."""
    role: Role | None = getattr(view, "role", Role.ADMIN)
    return role


def is_queued(view: Callable[..., Any] | None) -> bool:
    """Tell whether a view needs a place at the gate."""
    return getattr(view, "is_queued", False)


class Routes(APIBlueprint):
    """Documents views by the types of their `path`, `query`, `form` and `body`, and reads these.

    The library documents them and could read them too, but guesses: a form field that looks
    like JSON becomes a number or a list, a body that is none counts as empty, and a deeply
    nested one is a server error.
    """

    @staticmethod
    def create_view_func(
        func: Callable[..., ResponseReturnValue],
        header: type[BaseModel] | None,  # noqa: ARG004 - the library's signature
        cookie: type[BaseModel] | None,  # noqa: ARG004
        path: type[BaseModel] | None,
        query: type[BaseModel] | None,
        form: type[BaseModel] | None,
        body: type[BaseModel] | None,
        *_: Any,  # noqa: ANN401
        **__: Any,  # noqa: ANN401
    ) -> Callable[..., ResponseReturnValue]:
        """Return the view that Flask calls."""

        @wraps(func)
        def view(**path_values: str) -> ResponseReturnValue:
            request = current_request()
            inputs: dict[str, BaseModel] = {}
            if path:
                inputs["path"] = path.model_validate(path_values)
            if query:
                inputs["query"] = read_query(request, query)
            if form:
                inputs["form"] = form.model_validate(unlist(form, request.read_parts()))
            if body:
                inputs["body"] = body.model_validate_json(request.read_json())
            return func(**inputs)

        return view


def read_query(request: BoundedRequest, model: type[BaseModel]) -> BaseModel:
    """Return the query string as `model`."""
    return model.model_validate(unlist(model, request.args.to_dict(flat=False)))


def unlist(model: type[BaseModel], values: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Take single values out of their lists; one that came twice stays a list, and is refused."""
    lists = {name for name, field in model.model_fields.items() if _is_list(field.annotation)}
    return {
        name: found[0] if len(found) == 1 and name not in lists else found
        for name, found in values.items()
    }


def _is_list(annotation: Any) -> bool:  # noqa: ANN401 - any type can be annotated
    return get_origin(annotation) is list

"""Types of the fields that several routes take."""

from typing import Annotated, Any

from flask_openapi3.models.file import FileStorage
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import FileStorage as UploadedFile

from engine.catalog.fields import check_country


class Input(BaseModel):
    """What a caller sends; an unknown field is refused, for a misspelt filter filters nothing."""

    model_config = ConfigDict(extra="forbid")


def _require_file(value: object) -> object:
    if not isinstance(value, UploadedFile):
        raise ValueError("send a file part, one with a filename")
    return value


def _drop_empty(values: Any) -> Any:  # noqa: ANN401 - anything may come before validation
    """Drop the empty filters that an untouched form sends."""
    return [value for value in values if value != ""] if isinstance(values, list) else values


MAX_NAMED = 100
"""Candidates or products that one answer names at most."""


def _say_what_is_allowed(value: object, check: ValidatorFunctionWrapHandler) -> int:
    """Name the whole range in one sentence, whichever end of it was missed."""
    try:
        number: int = check(value)
    except ValidationError as error:
        raise PydanticCustomError(
            "count", "send one whole number from 1 to {most}", {"most": MAX_NAMED}
        ) from error
    return number


Count = Annotated[int, Field(ge=1, le=MAX_NAMED), WrapValidator(_say_what_is_allowed)]
Upload = Annotated[FileStorage, AfterValidator(_require_file)]
Country = Annotated[str, AfterValidator(check_country)]
Categories = Annotated[
    list[str],
    BeforeValidator(_drop_empty),
    Field(description="only products of this category; repeat it for one of several"),
]
Markets = Annotated[
    list[Country],
    BeforeValidator(_drop_empty),
    Field(
        description="only products sold in this country (ISO 3166-1 alpha-2); "
        "repeat it for one of several"
    ),
]

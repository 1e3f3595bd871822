"""JSON Lines: one object a line, with the fields of the CSV header as its keys."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.catalog.fields import check_text
from engine.catalog.lines import BadRow, Lines
from engine.errors import InvalidInputError


@dataclass(frozen=True)
class JsonRecord:
    """One object; `null` counts as absent."""

    line: int
    values: Mapping[str, object]

    def text(self, field: str) -> str | None:
        """Return a string."""
        return read_text(self.values, field)

    def several(self, field: str) -> tuple[str, ...] | None:
        """Return an array of strings, without empty ones."""
        values = self._array(field, "strings")
        if values is None:
            return None
        for value in values:
            if not isinstance(value, str):
                raise InvalidInputError(f"{field} must be an array of strings")
            check_text(field, value)
        return tuple(str(value) for value in values if value)

    def objects(self, field: str) -> tuple[Mapping[str, object], ...] | None:
        """Return an array of objects."""
        values = self._array(field, "objects")
        if values is None:
            return None
        if not all(isinstance(value, dict) for value in values):
            raise InvalidInputError(f"{field} must be an array of objects")
        return tuple(value for value in values if isinstance(value, dict))

    def flag(self, field: str) -> bool:
        """Tell whether the field is `true`."""
        return self.values.get(field) is True

    def _array(self, field: str, content: str) -> list[object] | None:
        value = self.values.get(field)
        if value is not None and not isinstance(value, list):
            raise InvalidInputError(f"{field} must be an array of {content}")
        return value


def read_text(values: Mapping[str, object], field: str) -> str | None:
    """Return a string of an object; None if it is absent or `null`."""
    value = values.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidInputError(f"{field} must be a string")
    return check_text(field, value)


def read_json_lines(lines: Lines) -> Iterator[JsonRecord | BadRow]:
    """Yield the objects of the lines; empty lines are passed over."""
    for line in lines:
        try:
            text = line.decode()
            if text.strip():
                yield JsonRecord(line.number, _parse(text))
        except InvalidInputError as error:
            yield BadRow(line.number, str(error))


def _parse(text: str) -> Mapping[str, object]:
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise InvalidInputError("the JSON is nested too deeply") from error
    except ValueError as error:  # also for a number of thousands of digits
        raise InvalidInputError(f"the line is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InvalidInputError("the line is not a JSON object")
    return value

"""Request bodies: kept in memory, bounded, and whole or refused."""

import io
from typing import IO, Any

from flask import Request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.formparser import FormDataParser

MAX_JSON_BYTES = 1 << 20
MAX_FORM_PARTS = 256
MAX_FIELD_BYTES = 500_000


class BoundedRequest(Request):
    """A request whose body never touches a disk."""

    @property
    def max_body_bytes(self) -> int:
        """The most that the body can have; a chunked one does not tell, so all that is allowed."""
        allowed = self.max_content_length or 0
        if "Transfer-Encoding" in self.headers:
            return allowed
        return min(self.content_length or 0, allowed)

    def read_parts(self) -> dict[str, list[str | FileStorage]]:
        """Return the values of a multipart form by field, in the order in which they came.

        Raises
        ------
        UnsupportedMediaType, BadRequest, RequestEntityTooLarge
            If the body is of another type, not well formed, or too large.
        """
        if self.mimetype in {"", "application/x-www-form-urlencoded"}:
            return {}  # a form without files, as clients send one that was given none
        self._require_type("multipart/form-data")
        try:
            fields: list[tuple[str | None, list[Any]]] = [*self.form.lists(), *self.files.lists()]
        except ValueError as error:
            raise BadRequest(
                "the multipart body is not well formed; "
                "check its boundary, its closing boundary and the headers of its parts"
            ) from error
        except RequestEntityTooLarge as error:
            raise RequestEntityTooLarge(
                f"{self.max_content_length:,} bytes, {MAX_FORM_PARTS} parts and "
                f"{MAX_FIELD_BYTES:,} bytes in a text field are allowed"
            ) from error
        parts: dict[str, list[str | FileStorage]] = {}
        for name, values in fields:
            if name is None:
                raise BadRequest("a part of the multipart body has no name")
            parts.setdefault(name, []).extend(values)
        return parts

    def read_json(self) -> bytes:
        """Return the bytes of a JSON body, unparsed."""
        self._require_type("application/json")
        self.max_content_length = MAX_JSON_BYTES
        try:
            return self.get_data(cache=False)
        except RequestEntityTooLarge as error:
            raise RequestEntityTooLarge(f"{MAX_JSON_BYTES:,} bytes of JSON are allowed") from error

    def make_form_data_parser(self) -> FormDataParser:
        """Parse strictly: by default a broken form counts as an empty one."""
        parser = super().make_form_data_parser()
        parser.silent = False
        return parser

    def _require_type(self, media_type: str) -> None:
        if self.mimetype != media_type:
            found = self.mimetype[:80] or "a body without a type"
            raise UnsupportedMediaType(f"send {media_type}, not {found}")

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:  # noqa: ANN401 - as Werkzeug's
        """Keep an upload in memory: Werkzeug writes one of more than 500 kB to a disk."""
        return io.BytesIO()

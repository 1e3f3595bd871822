"""One entry of a dump, whichever file it stood in; nothing in it can be relied on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

BROKEN = re.compile("[\0-\x1f\x7f\ud800-\udfff]+")
"""Control characters, and halves of surrogate pairs that JSON can hold: people paste anything."""


@dataclass(frozen=True)
class Entry:
    """The fields of a product: JSON values, or the cells of a CSV row, which are all texts."""

    line: int
    values: Mapping[str, object]

    def text(self, field: str) -> str:
        """Return a text or number on one line, empty where there is none."""
        value = self.values.get(field)
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            return ""
        return _cleaned(str(value))

    def several(self, field: str) -> list[str]:
        """Return the texts of an array, or those that commas separate."""
        value = self.values.get(field)
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list):
            return []
        texts = [_cleaned(part) for part in parts if isinstance(part, str)]
        return list(dict.fromkeys(text for text in texts if text))

    def mapping(self, field: str) -> Mapping[str, object]:
        """Return an object, which CSV cannot have."""
        value = self.values.get(field)
        return value if isinstance(value, dict) else {}

    def day(self, field: str) -> date | None:
        """Return the day of a Unix time; None for none, and for one that cannot be."""
        text = self.text(field).removesuffix(".0")
        if not (text.isascii() and text.isdigit()) or not 0 < len(text) <= 10:
            return None
        day = datetime.fromtimestamp(int(text), UTC).date()
        return day if FOUNDED <= day <= date.today() else None


FOUNDED = date(2012, 5, 19)
"""Open Food Facts opened; what is older is a clock that was not set."""


def _cleaned(text: str) -> str:
    return BROKEN.sub(" ", text).strip()

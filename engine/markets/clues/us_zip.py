"""ZIP codes: each state of the United States has its own range of first digits.

`CA 32346` is a Canadian dealer's number and `ID 10400` an article's: neither is of that state.
"""

from functools import cache

from engine.markets.clues.table import read_table

_PREFIX_LETTERS = 3


def is_zip_of_state(text: str) -> bool:
    """Say whether a state and five digits, such as `IL 60606`, belong together."""
    state, _, digits = " ".join(text.split()).partition(" ")
    ranges = _prefixes().get(state, ())
    return any(first <= digits[:_PREFIX_LETTERS] <= last for first, last in ranges)


@cache
def _prefixes() -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        row["state"]: tuple(_bounds(part) for part in row["prefixes"].split())
        for row in read_table("us_zip")
    }


def _bounds(part: str) -> tuple[str, str]:
    first, _, last = part.partition("-")
    return first, last

"""Wording: numbers and lists as people read them, the same in tables and in pictures."""

from collections.abc import Sequence

MINUTE_S = 60
HOUR_S = 60 * MINUTE_S


def percent(probability: float) -> str:
    """Return a probability for people: `87 %`, and never `0 %` or `100 %` for what is neither."""
    if 0 < probability < 0.01:  # one percent
        return "< 1 %"
    if 0.99 < probability < 1:  # ninety-nine percent
        return "> 99 %"
    return f"{probability:.0%}".replace("%", " %")


def one_line(text: str, longest: int) -> str:
    """Return text without line breaks and control characters, cut after `longest` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number of things: `1 product`, `2 products`."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def duration(seconds: float) -> str:
    """Return roughly how long something takes: `about 40 seconds`, `about 2 minutes`."""
    if seconds < 10:
        return "a few seconds"
    if seconds < MINUTE_S:
        return f"about {10 * round(seconds / 10)} seconds"
    if seconds < 2 * HOUR_S:
        return f"about {counted(round(seconds / MINUTE_S), 'minute')}"
    return f"about {counted(round(seconds / HOUR_S), 'hour')}"


def enumerated(names: Sequence[str], most: int) -> str:
    """Return names as one list, `a, b and c`; of more than `most` the rest as a number."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most:,} more")
    parts = (", ".join(shown[:-1]), "".join(shown[-1:]))
    return " and ".join(part for part in parts if part)

"""Wording: numbers and lists as people read them, the same in tables and in pictures."""


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

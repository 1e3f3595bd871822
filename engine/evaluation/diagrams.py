"""Diagrams of a report, as SVG that stands in the page: no script, no file beside it."""

from collections.abc import Sequence
from math import sqrt

from markupsafe import Markup

from engine.metrics import Estimate, ReliabilityBin

SIDE = 260
_LEFT, _TOP, _BARS = 44, 12, 56
_STYLE = """<style>
.reliability { font: 11px system-ui, sans-serif; fill: #5b6b7d; }
.reliability .plot { fill: #fafbfd; stroke: #dfe5ec; }
.reliability .rule { stroke: #e9edf2; }
.reliability .ideal { stroke: #94a3b5; stroke-dasharray: 4 4; }
.reliability .gap { stroke: #d98b86; stroke-width: 1.5; }
.reliability .dot { fill: #1f5fbf; fill-opacity: .82; }
.reliability .count { fill: #c9d7ea; }
.reliability .small { font-size: 9.5px; }
.reliability .axis { font-size: 12px; }
</style>"""
_DOT_MAX = 11.0


def reliability_diagram(bins: Sequence[ReliabilityBin], what: str) -> Markup:
    """Draw share right over the probability of `what`: a dot and a bar a bin.

    `what` is text of ours, never of a crop.
    """
    most = max((each.count for each in bins), default=0)
    parts = [
        _grid(what),
        *(_dot(each, most) for each in bins),
        *(_bar(each, most) for each in bins),
    ]
    width, height = _LEFT + SIDE + 16, _TOP + SIDE + _BARS + 44
    return Markup(  # noqa: S704 - numbers only
        f'<svg xmlns="http://www.w3.org/2000/svg" class="reliability" width="{width}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="Reliability diagram">'
        f"{_STYLE}{''.join(parts)}</svg>"
    )


def _x(value: float) -> float:
    return round(_LEFT + value * SIDE, 1)


def _y(value: float) -> float:
    return round(_TOP + (1 - value) * SIDE, 1)


def _grid(what: str) -> str:
    lines = [
        f'<rect x="{_LEFT}" y="{_TOP}" width="{SIDE}" height="{SIDE}" class="plot"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" class="ideal"/>',
    ]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        lines.append(
            f'<line x1="{_x(0)}" y1="{_y(tick)}" x2="{_x(1)}" y2="{_y(tick)}" class="rule"/>'
            f'<text x="{_LEFT - 7}" y="{_y(tick) + 4}" text-anchor="end">{tick:.0%}</text>'
            f'<text x="{_x(tick)}" y="{_TOP + SIDE + _BARS + 16}" '
            f'text-anchor="middle">{tick:.0%}</text>'
        )
    middle = _TOP + SIDE / 2
    lines.append(
        f'<text x="{_x(0.5)}" y="{_TOP + SIDE + _BARS + 36}" text-anchor="middle" '
        f'class="axis">probability of the {what}</text>'
        f'<text x="10" y="{middle}" text-anchor="middle" class="axis" '
        f'transform="rotate(-90 10 {middle})">share right</text>'
    )
    return "".join(lines)


def _dot(each: ReliabilityBin, most: int) -> str:
    if each.share_right is None or each.mean_probability is None:
        return ""
    radius = max(_DOT_MAX * sqrt(each.count / most), 2.5)
    return (
        f'<line x1="{_x(each.mean_probability)}" y1="{_y(each.mean_probability)}" '
        f'x2="{_x(each.mean_probability)}" y2="{_y(each.share_right)}" class="gap"/>'
        f'<circle cx="{_x(each.mean_probability)}" cy="{_y(each.share_right)}" r="{radius:.1f}" '
        f'class="dot"><title>{each.count} crops: probability {each.mean_probability:.2f}, '
        f"right {each.share_right:.2f}</title></circle>"
    )


def _bar(each: ReliabilityBin, most: int) -> str:
    if not each.count:
        return ""
    height = round((_BARS - 16) * each.count / most, 1)
    base = _TOP + SIDE + _BARS
    left, wide = _x(each.low) + 2, SIDE * (each.high - each.low) - 4
    return (
        f'<rect x="{left:.1f}" y="{base - height:.1f}" width="{wide:.1f}" height="{height}" '
        f'class="count"/><text x="{left + wide / 2:.1f}" y="{base - height - 3:.1f}" '
        f'text-anchor="middle" class="small">{each.count}</text>'
    )


def interval_bar(estimate: Estimate, *, signed: bool = False) -> Markup:
    """Draw a share on a track from 0 to 1 (`signed`: -1 to 1), with its interval as a band."""
    low, value, high = (
        round(100 * ((number + 1) / 2 if signed else number), 2)
        for number in (estimate.low, estimate.value, estimate.high)
    )
    zero = '<line x1="50" x2="50" y1="1" y2="13" class="zero"/>' if signed else ""
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="interval" viewBox="-3 0 106 14" preserveAspectRatio="none" '
        f'aria-hidden="true"><line x1="0" x2="100" y1="7" y2="7" class="track"/>{zero}'
        f'<line x1="{low}" x2="{max(high, low + 0.5)}" y1="7" y2="7" class="band"/>'
        f'<line x1="{value}" x2="{value}" y1="2" y2="12" class="value"/></svg>'
    )

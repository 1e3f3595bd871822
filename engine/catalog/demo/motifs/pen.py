"""The pen that motifs are drawn with."""

import math
from dataclasses import dataclass

from PIL import ImageDraw

from engine.catalog.demo.palette import Colour, darker

Point = tuple[float, float]
LEAF_GREEN: Colour = (86, 142, 62)
STALK: Colour = (104, 78, 48)


@dataclass(frozen=True)
class Pen:
    """Draws in units of a motif's radius around its centre, turned by an angle."""

    draw: ImageDraw.ImageDraw
    centre: Point
    radius: float
    degrees: float = 0.0

    def place(self, x: float, y: float) -> Point:
        """Return where a point of the motif lies in the picture."""
        turn = math.radians(self.degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        left, top = x * cos - y * sin, x * sin + y * cos
        return (
            round(self.centre[0] + left * self.radius),
            round(self.centre[1] + top * self.radius),
        )

    def shape(self, points: list[Point], fill: Colour) -> None:
        """Fill a polygon."""
        self.draw.polygon([self.place(*point) for point in points], fill=fill)

    def line(self, points: list[Point], fill: Colour, width: float) -> None:
        """Draw a line through points."""
        pixels = max(1, round(width * self.radius))
        self.draw.line([self.place(*point) for point in points], fill, pixels, joint="curve")

    def oval(
        self, x: float, y: float, wide: float, high: float, fill: Colour, degrees: float = 0.0
    ) -> None:
        """Fill an ellipse given by its half axes."""
        turn = math.radians(degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        points = []
        for step in range(32):
            across, along = wide * COSINES[step], high * COSINES[(step + 24) % 32]
            points.append((x + across * cos - along * sin, y + across * sin + along * cos))
        self.shape(points, fill)

    def leaf(self, x: float, y: float, long: float, degrees: float, fill: Colour) -> None:
        """Draw a leaf that grows from a point."""
        turn = math.radians(degrees)
        cos, sin = math.cos(turn), math.sin(turn)
        outline = [(step / 8, 0.28 * math.sin(math.pi * step / 8)) for step in range(9)]
        outline += [(along, -across) for along, across in reversed(outline)]
        points = [
            (x + long * (a * cos - b * sin), y + long * (a * sin + b * cos)) for a, b in outline
        ]
        self.shape(points, fill)
        tip = (x + 0.85 * long * cos, y + 0.85 * long * sin)
        self.line([(x, y), tip], darker(fill, 25), 0.03)


COSINES = [math.cos(2 * math.pi * step / 32) for step in range(32)]


def ring(number: int, radius: float, start: float = -90.0) -> list[tuple[float, float, float]]:
    """Return points on a circle, each with its angle in degrees."""
    angles = [start + 360 * step / number for step in range(number)]
    return [
        (radius * math.cos(math.radians(a)), radius * math.sin(math.radians(a)), a) for a in angles
    ]

"""Small drawings: what a pack holds, what it tastes of, what decorates it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from engine.catalog.demo.palette import WHITE, Colour, darker, lighter, mixed

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


def apple(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw an apple with a leaf."""
    for x in (-0.3, 0.3):
        pen.oval(x, 0.15, 0.6, 0.75, deep)
    for x in (-0.3, 0.26):
        pen.oval(x, 0.12, 0.54, 0.68, main)
    pen.oval(-0.42, -0.12, 0.12, 0.26, lighter(main, 45), 25)
    pen.line([(0, -0.45), (0.08, -0.9)], STALK, 0.09)
    pen.leaf(0.08, -0.7, 0.6, -25, LEAF_GREEN)


def strawberry(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a strawberry with its seeds."""
    outline = [(-0.72, -0.3), (-0.6, 0.15), (-0.32, 0.62), (0, 0.92), (0.32, 0.62), (0.6, 0.15)]
    pen.shape([*outline, (0.72, -0.3), (0.4, -0.62), (-0.4, -0.62)], main)
    pen.shape([(0.2, 0.76), (0.32, 0.62), (0.6, 0.15), (0.72, -0.3), (0.5, -0.5), (0.4, 0.2)], deep)
    for x, y in ((-0.4, -0.2), (0, -0.25), (0.4, -0.2), (-0.25, 0.15), (0.2, 0.15), (0, 0.5)):
        pen.oval(x, y, 0.05, 0.09, (255, 226, 140))
    for degrees in (200, 235, 270, 305, 340):
        pen.leaf(0, -0.55, 0.55, degrees, LEAF_GREEN)


def blueberry(pen: Pen, main: Colour, deep: Colour) -> None:
    """Three berries."""
    for x, y in ((-0.42, 0.3), (0.45, 0.3), (0.02, -0.3)):
        pen.oval(x, y, 0.5, 0.5, deep)
        pen.oval(x - 0.04, y - 0.04, 0.45, 0.45, main)
        pen.oval(x - 0.18, y - 0.2, 0.12, 0.1, lighter(main, 50))
        pen.oval(x + 0.06, y - 0.02, 0.14, 0.12, darker(deep, 35))
    pen.leaf(0.1, -0.6, 0.7, -30, LEAF_GREEN)


def lemon(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a lemon with a tip at both ends."""
    pen.oval(0, 0, 0.92, 0.64, deep, -20)
    pen.shape([(0.7, -0.42), (1.02, -0.4), (0.8, -0.08)], deep)
    pen.shape([(-0.7, 0.42), (-1.02, 0.4), (-0.8, 0.08)], deep)
    pen.oval(-0.02, -0.04, 0.86, 0.57, main, -20)
    pen.oval(-0.3, -0.16, 0.26, 0.12, lighter(main, 60), -25)
    pen.leaf(0.55, -0.5, 0.6, -80, LEAF_GREEN)


def orange(pen: Pen, main: Colour, deep: Colour) -> None:
    """Half an orange."""
    pen.oval(0, 0, 0.92, 0.92, deep)
    pen.oval(0, 0, 0.84, 0.84, lighter(main, 75))
    for x, y, degrees in ring(8, 0.42):
        pen.oval(x, y, 0.34, 0.17, main, degrees)
        pen.oval(x * 1.1, y * 1.1, 0.16, 0.06, lighter(main, 30), degrees)


def flower(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a flower of six petals."""
    for x, y, degrees in ring(6, 0.55):
        pen.oval(x, y, 0.42, 0.26, main, degrees)
        pen.line([(x * 0.5, y * 0.5), (x * 1.3, y * 1.3)], mixed(main, deep, 50), 0.035)
    pen.oval(0, 0, 0.26, 0.26, deep)
    pen.oval(-0.04, -0.04, 0.16, 0.16, lighter(deep, 35))


def daisy(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a flower of twelve thin petals."""
    for x, y, degrees in ring(12, 0.58):
        pen.oval(x, y, 0.38, 0.12, main, degrees)
    pen.oval(0, 0, 0.27, 0.27, deep)


def rose(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a rose seen from above."""
    for degrees in (35, 150, 265):
        pen.leaf(0, 0, 1.08, degrees, LEAF_GREEN)
    for step, size in enumerate((0.78, 0.62, 0.46, 0.3, 0.15)):
        shade = mixed(main, deep, 22 * step)
        for x, y, _ in ring(5, size * 0.25, 31.0 * step):
            pen.oval(x, y, size * 0.8, size * 0.8, shade)


def lavender(pen: Pen, main: Colour, deep: Colour) -> None:
    """Three stems."""
    for lean in (-0.42, 0.0, 0.42):
        pen.line([(0, 0.95), (lean, -0.4)], LEAF_GREEN, 0.05)
        for step in range(6):
            y = -0.92 + 0.19 * step
            x = lean * (0.95 - y) / 1.35
            for side in (-0.1, 0.1):
                pen.oval(x + side, y, 0.12, 0.1, main if side < 0 else deep, 30 * side * 10)


def leaf(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a sprig."""
    pen.line([(0, 0.95), (0, -0.5)], deep, 0.06)
    for y, long in ((0.55, 0.75), (0.1, 0.8), (-0.3, 0.62)):
        pen.leaf(0, y, long, -35, main)
        pen.leaf(0, y, long, -145, mixed(main, deep, 35))
    pen.leaf(0, -0.35, 0.65, -90, main)


def bean(pen: Pen, main: Colour, deep: Colour) -> None:
    """Two roasted beans."""
    for x, y, degrees in ((-0.32, 0.2, -35), (0.36, -0.18, 30)):
        pen.oval(x, y, 0.42, 0.62, deep, degrees)
        pen.oval(x - 0.03, y - 0.03, 0.37, 0.56, main, degrees)
        turn = math.radians(degrees)
        dx, dy = math.sin(turn) * 0.5, -math.cos(turn) * 0.5
        pen.line([(x + dx, y + dy), (x + 0.05, y), (x - dx, y - dy)], deep, 0.07)


def hazelnut(pen: Pen, main: Colour, deep: Colour) -> None:
    """Two nuts."""
    for x, y, size in ((-0.35, -0.05, 0.56), (0.35, 0.22, 0.6)):
        pen.oval(x, y, size, size, deep)
        pen.oval(x - 0.03, y + 0.05, size * 0.9, size * 0.85, main)
        pen.oval(x, y - size * 0.62, size * 0.62, size * 0.32, lighter(main, 45))
        pen.oval(x - 0.18, y + 0.1, 0.08, 0.2, lighter(main, 30), 20)
    pen.leaf(0.1, -0.5, 0.7, -60, LEAF_GREEN)


def cup(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a steaming cup."""
    pen.oval(0.72, 0.12, 0.3, 0.27, main)
    pen.oval(0.7, 0.12, 0.16, 0.14, lighter(main, 70))
    pen.shape([(-0.75, -0.25), (0.75, -0.25), (0.52, 0.6), (-0.52, 0.6)], main)
    pen.oval(0, -0.25, 0.75, 0.16, deep)
    pen.oval(0, -0.23, 0.62, 0.1, (94, 58, 32))
    pen.oval(0, 0.74, 0.95, 0.13, mixed(main, deep, 40))
    for x in (-0.25, 0.05, 0.35):
        wave = [(x + 0.07 * math.sin(step), -0.45 - 0.09 * step) for step in range(7)]
        pen.line(wave, lighter(main, 55), 0.05)


def biscuit(pen: Pen, _main: Colour, deep: Colour) -> None:
    """Draw a round biscuit."""
    for x, y, _ in ring(16, 0.8):
        pen.oval(x, y, 0.17, 0.17, (190, 132, 66))
    pen.oval(0, 0, 0.84, 0.84, (214, 160, 92))
    pen.oval(0, 0, 0.62, 0.62, (228, 180, 116))
    for x, y, _ in (*ring(5, 0.36), *ring(3, 0.1)):
        pen.oval(x, y, 0.1, 0.09, deep)


def wheat(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw an ear."""
    pen.line([(0, 1.0), (0, -0.6)], deep, 0.05)
    for step in range(6):
        y = 0.35 - 0.23 * step
        pen.oval(-0.22, y, 0.24, 0.1, main, 50)
        pen.oval(0.22, y, 0.24, 0.1, mixed(main, deep, 30), -50)
    pen.oval(0, -0.98, 0.1, 0.22, main)


def bowl(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a filled bowl."""
    for x, y, _ in (*ring(9, 0.5), *ring(4, 0.2)):
        pen.oval(x * 1.2, y * 0.5 - 0.18, 0.2, 0.15, lighter(main, 25))
    outline = [(0.9 * COSINES[step], 0.05 + 0.85 * COSINES[(step + 24) % 32]) for step in range(17)]
    pen.shape(outline, deep)
    pen.oval(0, 0.05, 0.9, 0.14, mixed(main, deep, 30))
    pen.oval(0, 0.02, 0.78, 0.1, main)


def drop(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a drop."""
    pen.oval(0, 0.3, 0.62, 0.62, deep)
    pen.shape([(0, -0.95), (0.53, 0.02), (-0.53, 0.02)], deep)
    pen.oval(0, 0.3, 0.54, 0.54, main)
    pen.shape([(0, -0.76), (0.44, 0.02), (-0.44, 0.02)], main)
    pen.oval(-0.22, 0.38, 0.1, 0.24, lighter(main, 65), 20)


def sun(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a sun with its rays."""
    for x, y, degrees in ring(12, 0.8):
        pen.oval(x, y, 0.2, 0.07, deep, degrees)
    pen.oval(0, 0, 0.56, 0.56, main)
    pen.oval(-0.1, -0.1, 0.34, 0.34, lighter(main, 30))


def star(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a star of five points."""
    points = []
    for (x, y, _), (u, v, _) in zip(ring(5, 0.95), ring(5, 0.42, -54), strict=True):
        points += [(x, y), (u, v)]
    pen.shape(points, main)
    for i in range(0, 10, 2):
        pen.shape([(0, 0), points[i], points[i + 1]], mixed(main, deep, 45))


def heart(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a heart."""
    for x in (-0.4, 0.4):
        pen.oval(x, -0.25, 0.46, 0.46, main)
    pen.shape([(-0.8, -0.02), (0.8, -0.02), (0, 0.9)], main)
    pen.oval(0, 0.05, 0.4, 0.3, main)
    pen.oval(-0.45, -0.35, 0.14, 0.1, lighter(main, 55), -35)
    pen.line([(0.15, 0.7), (0.74, 0.02)], mixed(main, deep, 60), 0.06)


def wave(pen: Pen, main: Colour, deep: Colour) -> None:
    """Three waves."""
    for row, shade in enumerate((main, mixed(main, deep, 50), deep)):
        y = -0.45 + 0.42 * row
        top = [
            (-1 + step / 12, y + 0.16 * math.sin(step * math.pi / 4 + row)) for step in range(25)
        ]
        pen.line(top, shade, 0.16)


def mountain(pen: Pen, main: Colour, deep: Colour) -> None:
    """Two peaks with snow."""
    pen.oval(0.52, -0.52, 0.22, 0.22, (250, 214, 120))
    pen.shape([(-0.3, 0.7), (0.38, -0.25), (1.0, 0.7)], mixed(main, deep, 30))
    pen.shape([(-1.0, 0.7), (-0.25, -0.75), (0.5, 0.7)], deep)
    pen.shape([(-0.25, -0.75), (0.5, 0.7), (-0.1, 0.7)], darker(deep, 20))
    pen.shape([(-0.5, -0.28), (-0.25, -0.75), (-0.01, -0.28), (-0.18, -0.4), (-0.3, -0.2)], WHITE)


def bee(pen: Pen, _main: Colour, _deep: Colour) -> None:
    """Draw a bee."""
    for x, degrees in ((-0.12, -35), (0.3, 20)):
        pen.oval(x, -0.52, 0.26, 0.44, (224, 236, 242), degrees)
    pen.oval(0, 0.1, 0.78, 0.48, (245, 190, 40))
    for x in (-0.32, 0.02, 0.36):
        pen.oval(x, 0.1, 0.1, 0.46, (58, 40, 24))
    pen.oval(0.74, 0.02, 0.28, 0.28, (58, 40, 24))
    pen.oval(0.84, -0.05, 0.06, 0.06, WHITE)


def square(pen: Pen, main: Colour, deep: Colour) -> None:
    """Pieces of chocolate."""
    brown, dark = mixed(main, (96, 56, 32), 70), mixed(deep, (60, 34, 18), 75)
    for x, y in ((-0.45, -0.45), (0.45, -0.45), (-0.45, 0.45), (0.45, 0.45)):
        pen.shape(
            [
                (x - 0.42, y - 0.42),
                (x + 0.42, y - 0.42),
                (x + 0.42, y + 0.42),
                (x - 0.42, y + 0.42),
            ],
            dark,
        )
        pen.shape(
            [(x - 0.3, y - 0.3), (x + 0.3, y - 0.3), (x + 0.3, y + 0.3), (x - 0.3, y + 0.3)], brown
        )


def cone(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw an ice cream."""
    pen.shape([(-0.45, 0.05), (0.45, 0.05), (0, 1.0)], (214, 160, 92))
    for x in (-0.2, 0.0, 0.2):
        pen.line([(x - 0.2, 0.05), (x + 0.08, 0.6)], (180, 122, 60), 0.035)
    for x, y, size in ((-0.27, -0.1, 0.36), (0.27, -0.1, 0.36), (0, -0.5, 0.42)):
        pen.oval(x, y, size, size, mixed(main, deep, 25))
        pen.oval(x - 0.05, y - 0.06, size * 0.8, size * 0.78, main)


def tomato(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a tomato."""
    pen.oval(0, 0.12, 0.88, 0.76, deep)
    pen.oval(-0.04, 0.08, 0.8, 0.68, main)
    pen.oval(-0.42, -0.12, 0.14, 0.22, lighter(main, 45), 30)
    for degrees in (-15, -60, -105, -150, -195):
        pen.leaf(0, -0.52, 0.48, degrees + 15, LEAF_GREEN)


def mushroom(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a mushroom."""
    pen.oval(0, 0.45, 0.3, 0.48, (240, 228, 206))
    pen.oval(0.1, 0.5, 0.14, 0.36, (222, 206, 180))
    cap = [
        (0.9 * COSINES[(step + 16) % 32], -0.75 * COSINES[(step + 24) % 32 - 16])
        for step in range(17)
    ]
    pen.shape([(x, -abs(y)) for x, y in cap], main)
    pen.oval(0, 0.0, 0.9, 0.16, deep)
    pen.oval(-0.35, -0.42, 0.16, 0.1, lighter(main, 45), -25)


def onion(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw an onion."""
    pen.shape([(-0.2, -0.45), (-0.06, -0.98), (0.08, -0.98), (0.2, -0.45)], deep)
    pen.oval(0, 0.18, 0.82, 0.7, main)
    for wide, shade in ((0.56, 30), (0.3, 45), (0.08, 60)):
        pen.oval(0, 0.18, wide, 0.68, mixed(main, deep, shade))
        pen.oval(0, 0.18, wide - 0.05, 0.66, mixed(main, deep, shade - 25))
    for x in (-0.12, 0.0, 0.12):
        pen.line([(0, 0.86), (x, 1.0)], STALK, 0.04)


def carrot(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a carrot."""
    for degrees in (-50, -75, -100, -128):
        pen.leaf(0, -0.42, 0.6, degrees, LEAF_GREEN)
    pen.shape([(-0.4, -0.4), (0.4, -0.4), (0.06, 0.98), (-0.06, 0.98)], main)
    pen.oval(0, -0.4, 0.4, 0.16, main)
    pen.shape([(0.18, -0.38), (0.4, -0.4), (0.06, 0.98)], mixed(main, deep, 60))
    for y, wide in ((-0.15, 0.22), (0.15, 0.16), (0.45, 0.1)):
        pen.line([(-wide - 0.1, y), (0, y + 0.03)], deep, 0.04)


MOTIFS: dict[str, Callable[[Pen, Colour, Colour], None]] = {
    "apple": apple, "strawberry": strawberry, "blueberry": blueberry, "lemon": lemon,
    "orange": orange, "vanilla": daisy, "cocoa": square, "mint": leaf, "hazelnut": hazelnut,
    "lavender": lavender, "rose": rose, "sea": wave, "cup": cup, "leaf": leaf, "bean": bean,
    "biscuit": biscuit, "wheat": wheat, "bowl": bowl, "drop": drop, "flower": flower,
    "sun": sun, "star": star, "heart": heart, "wave": wave, "mountain": mountain, "bee": bee,
    "square": square, "cone": cone, "daisy": daisy,
    "tomato": tomato, "mushroom": mushroom, "onion": onion, "carrot": carrot,
}  # fmt: skip


def draw_motif(
    image: Image.Image,
    name: str,
    centre: tuple[int, int],
    radius_px: int,
    colours: tuple[Colour, Colour],
    degrees: float = 0.0,
) -> None:
    """Draw a motif into a picture."""
    pen = Pen(ImageDraw.Draw(image), centre, radius_px, degrees)
    MOTIFS[name](pen, *colours)

"""Drops, stars, waves and other plain signs."""

import math

from engine.catalog.demo.motifs.pen import Pen, ring
from engine.catalog.demo.palette import WHITE, Colour, darker, lighter, mixed


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

"""What is on the table."""

import math

from engine.catalog.demo.motifs.pen import COSINES, Pen, ring
from engine.catalog.demo.palette import Colour, lighter, mixed


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


def bowl(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw a filled bowl."""
    for x, y, _ in (*ring(9, 0.5), *ring(4, 0.2)):
        pen.oval(x * 1.2, y * 0.5 - 0.18, 0.2, 0.15, lighter(main, 25))
    outline = [(0.9 * COSINES[step], 0.05 + 0.85 * COSINES[(step + 24) % 32]) for step in range(17)]
    pen.shape(outline, deep)
    pen.oval(0, 0.05, 0.9, 0.14, mixed(main, deep, 30))
    pen.oval(0, 0.02, 0.78, 0.1, main)


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

"""Flowers, leaves and ears."""

from engine.catalog.demo.motifs.pen import LEAF_GREEN, Pen, ring
from engine.catalog.demo.palette import Colour, lighter, mixed


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


def wheat(pen: Pen, main: Colour, deep: Colour) -> None:
    """Draw an ear."""
    pen.line([(0, 1.0), (0, -0.6)], deep, 0.05)
    for step in range(6):
        y = 0.35 - 0.23 * step
        pen.oval(-0.22, y, 0.24, 0.1, main, 50)
        pen.oval(0.22, y, 0.24, 0.1, mixed(main, deep, 30), -50)
    pen.oval(0, -0.98, 0.1, 0.22, main)

"""Fruit, nuts and vegetables."""

import math

from engine.catalog.demo.motifs.pen import COSINES, LEAF_GREEN, STALK, Pen, ring
from engine.catalog.demo.palette import Colour, darker, lighter, mixed


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


def hazelnut(pen: Pen, main: Colour, deep: Colour) -> None:
    """Two nuts."""
    for x, y, size in ((-0.35, -0.05, 0.56), (0.35, 0.22, 0.6)):
        pen.oval(x, y, size, size, deep)
        pen.oval(x - 0.03, y + 0.05, size * 0.9, size * 0.85, main)
        pen.oval(x, y - size * 0.62, size * 0.62, size * 0.32, lighter(main, 45))
        pen.oval(x - 0.18, y + 0.1, 0.08, 0.2, lighter(main, 30), 20)
    pen.leaf(0.1, -0.5, 0.7, -60, LEAF_GREEN)


def bean(pen: Pen, main: Colour, deep: Colour) -> None:
    """Two roasted beans."""
    for x, y, degrees in ((-0.32, 0.2, -35), (0.36, -0.18, 30)):
        pen.oval(x, y, 0.42, 0.62, deep, degrees)
        pen.oval(x - 0.03, y - 0.03, 0.37, 0.56, main, degrees)
        turn = math.radians(degrees)
        dx, dy = math.sin(turn) * 0.5, -math.cos(turn) * 0.5
        pen.line([(x + dx, y + dy), (x + 0.05, y), (x - dx, y - dy)], deep, 0.07)


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

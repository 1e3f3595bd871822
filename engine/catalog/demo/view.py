"""How a thing stands before the camera: turned in space, seen in perspective."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """Where the corners of a flat thing lie in the picture, and how large the picture is."""

    corners: tuple[Point, Point, Point, Point]  # from the upper left, clockwise
    size: tuple[int, int]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The part of the picture that shows the thing: x, y, width, height."""
        columns, rows = [x for x, _ in self.corners], [y for _, y in self.corners]
        left, top = max(0, round(min(columns))), max(0, round(min(rows)))
        right = min(self.size[0], round(max(columns)))
        bottom = min(self.size[1], round(max(rows)))
        return left, top, right - left, bottom - top


def view_of(
    size: tuple[int, int], difficulty: float, is_close: bool, rng: random.Random, longest_px: int
) -> View:
    """Turn a thing before the camera, the further the more difficult, and frame it.

    Parameters
    ----------
    size : tuple of int
        Width and height of the thing, px.
    difficulty : float
        From 0, straight on, to 1, far aslant.
    is_close : bool
        Whether the thing is larger than the picture, as wallpaper is.
    rng : random.Random
        Chooses the angles.
    longest_px : int
        Longest side of the picture, px.
    """
    yaw = signed(rng, 4 + 46 * difficulty)
    pitch = signed(rng, 3 + 24 * difficulty)
    roll = signed(rng, 2 + 22 * difficulty) + (
        rng.choice((90, 180, 270)) if rng.random() < 0.1 * difficulty else 0
    )
    corners = projected(size, yaw, pitch, roll)
    columns, rows = [x for x, _ in corners], [y for _, y in corners]
    wide, high = max(columns) - min(columns), max(rows) - min(rows)
    least, most = (-0.3, -0.12) if is_close else (-0.1 * difficulty, 0.22)
    left, right, top, bottom = (rng.uniform(least, most) for _ in range(4))
    scale = longest_px / max(wide * (1 + left + right), high * (1 + top + bottom))
    x0, y0 = min(columns) - left * wide, min(rows) - top * high
    frame = round(wide * (1 + left + right) * scale), round(high * (1 + top + bottom) * scale)
    first, second, third, fourth = (((x - x0) * scale, (y - y0) * scale) for x, y in corners)
    return View((first, second, third, fourth), frame)


def signed(rng: random.Random, most: float) -> float:
    """Return an angle to either side."""
    return rng.uniform(-most, most)


def projected(
    size: tuple[int, int], yaw_deg: float, pitch_deg: float, roll_deg: float
) -> list[Point]:
    """Turn a rectangle in space and look at it from 2.4 times its length."""
    wide, high = size
    away = 2.4 * max(size)
    yaw, pitch, roll = (math.radians(angle) for angle in (yaw_deg, pitch_deg, roll_deg))
    corners = []
    for x, y in (
        (-wide / 2, -high / 2),
        (wide / 2, -high / 2),
        (wide / 2, high / 2),
        (-wide / 2, high / 2),
    ):
        u, v = x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)
        u, depth = u * math.cos(yaw), u * math.sin(yaw)
        v, z = (
            v * math.cos(pitch) - depth * math.sin(pitch),
            v * math.sin(pitch) + depth * math.cos(pitch),
        )
        corners.append((u * away / (away + z), v * away / (away + z)))
    return corners


def seen(body: Image.Image, view: View) -> Image.Image:
    """Return a thing as it stands in the picture, on a transparent ground."""
    wide, high = body.size
    flat = ((0.0, 0.0), (float(wide), 0.0), (float(wide), float(high)), (0.0, float(high)))
    return body.transform(
        view.size, Image.Transform.PERSPECTIVE, homography(view.corners, flat),
        Image.Resampling.BICUBIC,
    )  # fmt: skip


def homography(source: Sequence[Point], target: Sequence[Point]) -> list[float]:
    """Return the eight numbers that take four points to four others, as Pillow wants them."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return solved(rows)


def solved(rows: list[list[float]]) -> list[float]:
    """Solve a linear system, one equation a row, by elimination.

    In plain Python, so that the last bit does not depend on a linear algebra library.
    """
    count = len(rows)
    for step in range(count):
        pivot = max(range(step, count), key=lambda row: abs(rows[row][step]))
        rows[step], rows[pivot] = rows[pivot], rows[step]
        for row in range(count):
            if row != step:
                share = rows[row][step] / rows[step][step]
                rows[row] = [a - share * b for a, b in zip(rows[row], rows[step], strict=True)]
    return [rows[i][count] / rows[i][i] for i in range(count)]

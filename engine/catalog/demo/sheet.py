"""Puts pictures side by side on one sheet, as for a README."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

GROUND = (246, 246, 244)


def contact_sheet(
    paths: Sequence[Path], columns: int, *, cell_px: int = 180, gap_px: int = 10
) -> Image.Image:
    """Return the pictures row by row, each fitted into a square of `cell_px`."""
    rows = -(-len(paths) // columns)
    step = cell_px + gap_px
    sheet = Image.new("RGB", (columns * step + gap_px, rows * step + gap_px), GROUND)
    for place, path in enumerate(paths):
        with Image.open(path) as opened:
            picture = fitted(opened.convert("RGB"), cell_px)
        left = gap_px + place % columns * step + (cell_px - picture.width) // 2
        top = gap_px + place // columns * step + (cell_px - picture.height) // 2
        sheet.paste(picture, (left, top))
    return sheet


def fitted(picture: Image.Image, side_px: int) -> Image.Image:
    """Return a picture whose longest side is `side_px`."""
    scale = side_px / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)

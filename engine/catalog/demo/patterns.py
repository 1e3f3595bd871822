"""Patterns that repeat: wallpaper, textiles, tiles."""

import random
from collections.abc import Callable

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, Colour, darker, lighter, mixed

Four = tuple[Colour, Colour, Colour, Colour]
Cell = Callable[[Image.Image, Artwork, random.Random, Four], None]


def repeated(art: Artwork, wide_px: int, high_px: int, cell_px: int) -> Image.Image:
    """Fill a picture with the pattern of a family, in the colours of the product."""
    cell = pattern_cell(art, 400)
    cell = cell.resize((cell_px, cell_px * cell.height // cell.width), Image.Resampling.LANCZOS)
    image = Image.new("RGB", (wide_px, high_px))
    for x in range(0, wide_px, cell.width):
        for y in range(0, high_px, cell.height):
            image.paste(cell, (x, y))
    return image


def pattern_cell(art: Artwork, side_px: int) -> Image.Image:
    """Draw what repeats."""
    rng = art.rng("pattern")
    main, deep = art.accents
    grounds = (lighter(main, 82), art.palette.light, lighter(deep, 8), mixed(main, WHITE, 55))
    ground = grounds[rng.randrange(len(grounds))]
    ink = lighter(main, 55) if ground == lighter(deep, 8) else deep
    colours = (ground, main if ground != mixed(main, WHITE, 55) else deep, ink, art.palette.second)
    cell = Image.new("RGB", (side_px, side_px), ground)
    CELLS[rng.randrange(len(CELLS))](cell, art, rng, colours)
    return cell


def drops(cell: Image.Image, art: Artwork, rng: random.Random, colours: Four) -> None:
    """Motifs in rows, every second one shifted by half."""
    side = cell.width
    tilt = rng.randint(-25, 25)
    for x, y in ((0, 0), (side, 0), (0, side), (side, side), (side // 2, side // 2)):
        draw_motif(cell, art.subject, (x, y), side * 24 // 100, colours[1:3], tilt)
    draw = ImageDraw.Draw(cell)
    for x, y in ((side // 2, 0), (0, side // 2), (side // 2, side), (side, side // 2)):
        size = side // 28
        draw.ellipse((x - size, y - size, x + size, y + size), fill=colours[3])


def damask(cell: Image.Image, art: Artwork, _rng: random.Random, colours: Four) -> None:
    """Ogees of leaves around a motif, as in an old drawing room."""
    side = cell.width
    tone = mixed(colours[0], colours[1], 45)
    for x, y in ((side // 2, side // 2), (0, 0), (side, 0), (0, side), (side, side)):
        for degrees in range(0, 360, 45):
            draw_motif(
                cell,
                "leaf",
                spoke(x, y, side * 21 // 100, degrees),
                side * 10 // 100,
                (tone, colours[1]),
                degrees + 90,
            )
        draw_motif(cell, art.subject, (x, y), side * 12 // 100, (colours[1], colours[2]))
    draw = ImageDraw.Draw(cell)
    for x, y in ((side // 2, 0), (0, side // 2), (side // 2, side), (side, side // 2)):
        size = side // 22
        draw.polygon([(x - size, y), (x, y - size), (x + size, y), (x, y + size)], fill=tone)


def spoke(x: int, y: int, reach: int, degrees: int) -> tuple[int, int]:
    """Return a point around another; eight directions are all that is needed."""
    steps = ((0, -100), (71, -71), (100, 0), (71, 71), (0, 100), (-71, 71), (-100, 0), (-71, -71))
    dx, dy = steps[degrees // 45 % 8]
    return x + reach * dx // 100, y + reach * dy // 100


def trail(cell: Image.Image, art: Artwork, rng: random.Random, colours: Four) -> None:
    """Motifs of two sizes thrown at random, wrapping around the edges."""
    side = cell.width
    other = ("leaf", "flower", "daisy", "drop")[rng.randrange(4)]
    spots = [(20, 22, 17), (66, 14, 11), (45, 50, 18), (88, 46, 14), (14, 74, 13), (62, 84, 17)]
    for i, (x, y, size) in enumerate(spots):
        name = art.subject if i % 2 == 0 else other
        tint = colours[1:3] if i % 2 == 0 else (colours[3], darker(colours[3], 30))
        turn = (
            rng.randrange(360)
            if name in ("leaf", "flower", "daisy", "star")
            else rng.randint(-30, 30)
        )
        for dx in (-side, 0, side):
            for dy in (-side, 0, side):
                at = (side * x // 100 + dx, side * y // 100 + dy)
                if -side < 2 * at[0] - side < 2 * side and -side < 2 * at[1] - side < 2 * side:
                    draw_motif(cell, name, at, side * size // 100, (tint[0], tint[1]), turn)


def banded(cell: Image.Image, art: Artwork, _rng: random.Random, colours: Four) -> None:
    """Stripes with a row of motifs between."""
    side = cell.width
    draw = ImageDraw.Draw(cell)
    draw.rectangle((0, 0, side * 30 // 100, side), fill=colours[1])
    draw.rectangle((side * 33 // 100, 0, side * 36 // 100, side), fill=colours[2])
    draw.rectangle((side * 94 // 100, 0, side * 97 // 100, side), fill=colours[2])
    for y in (side // 4, side * 3 // 4):
        draw_motif(cell, art.subject, (side * 65 // 100, y), side * 17 // 100, colours[1:3])


def checked(cell: Image.Image, art: Artwork, _rng: random.Random, colours: Four) -> None:
    """Draw a woven check with a motif in every second field."""
    side = cell.width
    draw = ImageDraw.Draw(cell)
    pale, full = mixed(colours[0], colours[1], 40), mixed(colours[0], colours[1], 80)
    half = side // 2
    draw.rectangle((0, 0, half, side), fill=pale)
    draw.rectangle((0, 0, side, half), fill=pale)
    draw.rectangle((0, 0, half, half), fill=full)
    for at in (side // 8, side * 3 // 8):
        draw.line([(at, 0), (at, side)], fill=colours[0], width=side // 70)
        draw.line([(0, at), (side, at)], fill=colours[0], width=side // 70)
    draw_motif(cell, art.subject, (side * 3 // 4, side * 3 // 4), side * 16 // 100, colours[1:3])


def scales(cell: Image.Image, _art: Artwork, _rng: random.Random, colours: Four) -> None:
    """Fans that overlap like roof tiles."""
    side = cell.width
    draw = ImageDraw.Draw(cell)
    radius = side // 4
    for row in range(-1, 6):
        shift = radius if row % 2 else 0
        for column in range(-1, 4):
            x, y = column * 2 * radius + shift, row * side // 4
            for share, shade in (
                (100, colours[1]),
                (86, colours[0]),
                (66, colours[2]),
                (52, colours[0]),
                (30, colours[1]),
            ):
                size = radius * share // 100
                draw.ellipse((x - size, y - size, x + size, y + size), fill=shade)


CELLS: tuple[Cell, ...] = (drops, damask, trail, trail, banded, checked, scales)

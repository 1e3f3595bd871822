"""Made-up rooms: what is around and behind a thing in a photograph."""

import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import PALETTES, VARIANTS, Colour, darker, lighter, mixed

WOODS: tuple[Colour, ...] = (
    (168, 120, 78),
    (120, 82, 54),
    (206, 172, 128),
    (92, 66, 50),
    (196, 186, 172),
)
WALLS: tuple[Colour, ...] = (
    (214, 206, 192),
    (188, 198, 196),
    (226, 220, 210),
    (160, 150, 142),
    (204, 190, 176),
    (132, 146, 152),
)
STONES: tuple[Colour, ...] = ((150, 148, 146), (74, 74, 78), (198, 192, 186), (112, 104, 98))


def scene(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Return a background, drawn small and brought to size, as it is out of focus anyway."""
    small = max(size[0] // 2, 8), max(size[1] // 2, 8)
    image = Image.new("RGB", small)
    SCENES[rng.randrange(len(SCENES))](image, rng)
    image = image.filter(ImageFilter.GaussianBlur(rng.choice((0.6, 1.2, 2.4))))
    return image.resize(size, Image.Resampling.BICUBIC)


def table(image: Image.Image, rng: random.Random) -> None:
    """Draw a wooden table before a wall."""
    wall(image, rng)
    edge = image.height * rng.randint(35, 70) // 100
    boards = planks(image.width, image.height - edge, rng)
    image.paste(boards, (0, edge))
    line = (0, edge, image.width, edge + max(1, image.height // 90))
    ImageDraw.Draw(image).rectangle(line, fill=(60, 44, 34))


def floor(image: Image.Image, rng: random.Random) -> None:
    """Boards seen from above."""
    turned = rng.random() < 0.5
    size = image.size if not turned else (image.height, image.width)
    boards = planks(*size, rng)
    image.paste(boards.transpose(Image.Transpose.ROTATE_90) if turned else boards)


def planks(wide: int, high: int, rng: random.Random) -> Image.Image:
    """Draw wood with its grain."""
    wood = WOODS[rng.randrange(len(WOODS))]
    image = Image.new("RGB", (wide, high), wood)
    draw = ImageDraw.Draw(image)
    step = max(12, high // rng.randint(3, 7))
    for top in range(0, high, step):
        tone = mixed(wood, darker(wood, 30), rng.randrange(70))
        draw.rectangle((0, top, wide, top + step), fill=tone)
        for _ in range(step // 2):
            y, left = top + rng.randrange(step), rng.randrange(-wide // 2, wide)
            reach = rng.randrange(wide // 4, wide + 2)
            draw.line(
                [(left, y), (left + reach, y + rng.randint(-2, 2))],
                fill=darker(tone, rng.randrange(4, 16)),
            )
        draw.line([(0, top), (wide, top)], fill=darker(wood, 50))
    return image


def wall(image: Image.Image, rng: random.Random) -> None:
    """Draw a painted wall, perhaps with a frame or a socket."""
    wide, high = image.size
    paint = WALLS[rng.randrange(len(WALLS))]
    image.paste(paint, (0, 0, wide, high))
    draw = ImageDraw.Draw(image)
    if rng.random() < 0.5:
        left, top = rng.randrange(-wide // 5, wide), rng.randrange(-high // 4, high // 3)
        box = (left, top, left + wide // rng.randint(2, 4), top + high // rng.randint(2, 4))
        tint = PALETTES[rng.randrange(len(PALETTES))]
        draw.rectangle(box, fill=tint.ground, outline=tint.ink, width=max(2, wide // 60))
    draw.rectangle((0, high * 92 // 100, wide, high), fill=lighter(paint, 35))


def shelf(image: Image.Image, rng: random.Random) -> None:
    """Shelves with boxes and jars side by side."""
    wide, high = image.size
    back = WOODS[rng.randrange(len(WOODS))]
    image.paste(darker(back, 45), (0, 0, wide, high))
    draw = ImageDraw.Draw(image)
    rows = rng.randint(1, 3)
    for row in range(1, rows + 1):
        board = high * row // rows - high // 40
        left = rng.randrange(-wide // 6, 0)
        while left < wide:
            across = wide // rng.randint(5, 11) + 4
            top = board - high // rows * rng.randint(45, 85) // 100
            tint = PALETTES[rng.randrange(len(PALETTES))]
            draw.rectangle((left, top, left + across, board), fill=tint.ground)
            draw.rectangle(
                (left, top + (board - top) // 3, left + across, top + (board - top) // 2),
                fill=tint.light,
            )
            draw.line(
                [(left + across, top), (left + across, board)],
                fill=darker(tint.ground, 40),
                width=2,
            )
            left += across + rng.randrange(6)
        draw.rectangle((0, board, wide, board + high // 40), fill=back)


def fabric(image: Image.Image, rng: random.Random) -> None:
    """Draw a sofa, a carpet or a bedspread with a pattern of its own."""
    wide, high = image.size
    tint = PALETTES[rng.randrange(len(PALETTES))]
    ground = mixed(tint.ground, (128, 122, 116), 35)
    image.paste(ground, (0, 0, wide, high))
    draw = ImageDraw.Draw(image)
    for y in range(0, high, 3):
        draw.line([(0, y), (wide, y + 6)], fill=mixed(ground, tint.light, 8))
    if rng.random() < 0.5:
        motif = rng.choice(("flower", "leaf", "star", "daisy", "drop"))
        step = max(18, wide // rng.randint(4, 8))
        colours = (mixed(ground, tint.second, 55), mixed(ground, tint.ink, 35))
        for row, y in enumerate(range(0, high + step, step)):
            for x in range((row % 2) * step // 2, wide + step, step):
                draw_motif(image, motif, (x, y), step // 3, colours, rng.randrange(30))
    else:
        step = max(10, wide // rng.randint(6, 14))
        for x in range(0, wide, 2 * step):
            draw.rectangle((x, 0, x + step, high), fill=mixed(ground, tint.second, 25))


def kitchen(image: Image.Image, rng: random.Random) -> None:
    """Tiles above a worktop."""
    wide, high = image.size
    glaze = lighter(WALLS[rng.randrange(len(WALLS))], 30)
    image.paste(glaze, (0, 0, wide, high))
    draw = ImageDraw.Draw(image)
    step = max(14, wide // rng.randint(4, 9))
    for x in range(rng.randrange(step), wide, step):
        draw.line([(x, 0), (x, high)], fill=darker(glaze, 18), width=2)
    for y in range(rng.randrange(step), high, step):
        draw.line([(0, y), (wide, y)], fill=darker(glaze, 18), width=2)
    edge = high * rng.randint(50, 80) // 100
    stone = STONES[rng.randrange(len(STONES))]
    draw.rectangle((0, edge, wide, high), fill=stone)
    for _ in range(wide):
        x, y = rng.randrange(wide), rng.randrange(edge, high)
        draw.point((x, y), fill=lighter(stone, rng.randrange(30)))
    draw.rectangle((0, edge, wide, edge + high // 50), fill=lighter(stone, 25))


def window(image: Image.Image, rng: random.Random) -> None:
    """Against the light of a window."""
    wide, high = image.size
    image.paste((96, 88, 84), (0, 0, wide, high))
    draw = ImageDraw.Draw(image)
    left, right = wide * rng.randint(5, 30) // 100, wide * rng.randint(65, 95) // 100
    draw.rectangle((left, 0, right, high * 70 // 100), fill=(222, 230, 236))
    for x in (left, (left + right) // 2, right):
        draw.rectangle((x - wide // 60, 0, x + wide // 60, high * 70 // 100), fill=(236, 234, 230))
    draw.rectangle((0, high * 70 // 100, wide, high), fill=(176, 168, 160))
    colours = list(VARIANTS.values())
    for _ in range(3):
        at = (rng.randrange(wide), high * 66 // 100)
        draw_motif(
            image, "leaf", at, high // 6, ((70, 110, 62), (48, 82, 48)), rng.randint(-30, 30)
        )
        draw_motif(image, "flower", at, high // 16, colours[rng.randrange(len(colours))])


SCENES: tuple[Callable[[Image.Image, random.Random], None], ...] = (
    table, table, floor, wall, shelf, fabric, kitchen, window,
)  # fmt: skip

"""Wallpaper and tiles: a pattern of unknown scale that fills the picture."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.light import shaded
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, darker, lighter, mixed
from engine.catalog.demo.patterns import repeated


def wallpaper(art: Artwork) -> Image.Image:
    """Show a sheet of wallpaper."""
    cell = art.rng("size").choice((170, 230, 310, 400))
    sheet = repeated(art, 820, 980, cell)
    return shaded(sheet, ((0, 258), (0.5, 258), (1, 250))).convert("RGBA")


def tile(art: Artwork) -> Image.Image:
    """Lay tiles with their joints."""
    number = art.rng("size").choice((2, 3, 4))
    side = 900 // number
    one = glazed(art, side)
    image = Image.new("RGB", (side * number, side * number), (214, 210, 202))
    for row in range(number):
        for column in range(number):
            turned = one.rotate(90 * ((row + column) % 2 + 2 * (row % 2)))
            image.paste(turned, (column * side + 4, row * side + 4))
    return shaded(image, ((0, 262), (1, 246)), ((0, 262), (1, 248))).convert("RGBA")


def glazed(art: Artwork, side: int) -> Image.Image:
    """Paint one tile: a motif in the middle, quarter rounds at the corners."""
    rng = art.rng("tile")
    high = 440
    main, deep = art.accents
    ground = (lighter(main, 86), WHITE, mixed(art.palette.light, WHITE, 40))[rng.randrange(3)]
    image = Image.new("RGB", (high, high), ground)
    draw = ImageDraw.Draw(image)
    reach = high * rng.choice((24, 32, 40)) // 100
    corners = ((0, 0), (high, 0), (0, high), (high, high))
    for share, shade in (
        (100, deep),
        (88, ground),
        (70, main),
        (48, art.palette.second),
        (26, deep),
    ):
        size = reach * share // 100
        for x, y in corners[: 4 if rng.random() < 2 else 2]:
            draw.ellipse((x - size, y - size, x + size, y + size), fill=shade)
    middle = (high // 2, high // 2)
    if rng.random() < 0.6:
        for degrees in range(0, 360, 45):
            at = (
                middle[0] + round(high * 0.24 * UNIT[degrees // 45][0]),
                middle[1] + round(high * 0.24 * UNIT[degrees // 45][1]),
            )
            draw_motif(image, "drop", at, high // 11, (main, deep), degrees)
    draw_motif(image, art.subject, middle, high * 17 // 100, (main, deep))
    draw.rectangle((0, 0, high - 1, high - 1), outline=darker(ground, 10), width=5)
    return image.resize((side - 8, side - 8), Image.Resampling.LANCZOS)


UNIT = ((0, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7))

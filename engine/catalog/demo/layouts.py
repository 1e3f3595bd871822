"""Designs of a pack's front; a family keeps its design, the flavour changes colours and words."""

import math
from collections.abc import Callable

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.lettering import draw_chip, draw_line, draw_logo, draw_title
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import (
    WHITE,
    Colour,
    darker,
    legible,
    lighter,
    luma,
    mixed,
)

Layout = Callable[[Image.Image, Artwork], None]


def front(art: Artwork, wide_px: int, high_px: int) -> Image.Image:
    """Draw the front of a pack, flat."""
    image = Image.new("RGB", (wide_px, high_px), art.palette.ground)
    sector = art.product.family.article.sector
    if wide_px * 10 > high_px * 13:
        choices: tuple[Layout, ...] = LANDSCAPE
    else:
        choices = UPRIGHT[sector] if sector in UPRIGHT else UPRIGHT["home"]
    choices[art.rng("layout").randrange(len(choices))](image, art)
    return image


# --- upright -------------------------------------------------------------------------------------


def medallion(image: Image.Image, art: Artwork) -> None:
    """Draw a picture in a round window between the logo and the title."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    ground, accent = art.palette.ground, art.accents[0]
    draw.ellipse((-wide // 3, -high // 3, wide * 4 // 3, high * 26 // 100), fill=art.palette.light)
    draw_logo(image, part(image, 14, 4, 86, 18), art, art.palette.light)
    middle, radius = (wide // 2, high * 44 // 100), min(wide * 33, high * 24) // 100
    disc(image, middle, radius + radius // 9, accent)
    disc(image, middle, radius, art.palette.light)
    heap(image, art, middle, radius)
    ink = legible(ground, art.palette.light, art.palette.ink)
    end = draw_title(image, part(image, 7, 68, 93, 83), art.titles[0], art.title, ink)
    others(image, art, end, ink)
    band = part(image, 0, 90, 100, 100)
    draw.rectangle(band, fill=accent)
    footer(image, art, band, accent)


def diagonal(image: Image.Image, art: Artwork) -> None:
    """Two fields parted by a slanted edge, the title large at the left."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    accent = art.accents[0]
    lean = high * (6 + art.rng("lean").randrange(12)) // 100
    edge = high * 56 // 100
    draw.polygon([(0, edge + lean), (wide, edge - lean), (wide, high), (0, high)], fill=accent)
    band = mixed(accent, WHITE, 70)
    draw.line([(0, edge + lean), (wide, edge - lean)], band, width=high // 60)
    draw_logo(image, part(image, 6, 4, 64, 17), art, art.palette.ground)
    ink = legible(art.palette.ground, art.palette.light, art.palette.ink)
    end = draw_title(image, part(image, 7, 20, 93, 42), art.titles[0], art.title, ink, "l")
    others(image, art, end, ink, "l")
    heap(image, art, (wide * 66 // 100, high * 71 // 100), min(wide * 32, high * 22) // 100)
    footer(image, art, part(image, 3, 91, 97, 99), accent, variant_at="l")


def vintage(image: Image.Image, art: Artwork) -> None:
    """Paper with a double frame, as an old grocer would have had it printed."""
    wide, high = image.size
    paper, ink = art.palette.light, art.palette.ground
    if luma(ink) > 150:
        ink = art.palette.ink
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, wide, high), fill=paper)
    for inset, width in ((wide // 28, wide // 70), (wide // 18, wide // 160)):
        draw.rectangle((inset, inset, wide - inset, high - inset), outline=ink, width=width)
    for x in (wide // 18, wide - wide // 18):
        for y in (wide // 18, high - wide // 18):
            disc(image, (x, y), wide // 24, paper)
            draw_motif(image, "flower", (x, y), wide // 30, (ink, art.accents[0]))
    draw_logo(image, part(image, 16, 8, 84, 23), art, paper)
    ornament(image, (wide // 2, high * 26 // 100), wide // 3, ink)
    heap(image, art, (wide // 2, high * 43 // 100), min(wide, high) * 24 // 100)
    end = draw_title(image, part(image, 13, 61, 87, 77), art.titles[0], art.title, art.palette.ink)
    others(image, art, end, art.palette.ink)
    at = (wide // 2, high * 865 // 1000)
    draw_chip(
        image, at, art.variants[0], art.bold, high // 24, art.accents[1], wide_px=wide * 8 // 10
    )
    draw_line(image, part(image, 30, 91, 70, 94.5), art.quantity, art.bold, art.palette.ink)


def modern(image: Image.Image, art: Artwork) -> None:
    """Much paper, one picture that runs off the edge, text at the left."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    paper = art.palette.light
    draw.rectangle((0, 0, wide, high), fill=paper)
    draw.rectangle(part(image, 0, 0, 100, 45), fill=art.accents[0])
    radius = min(wide * 42, high * 30) // 100
    colours = (mixed(art.accents[0], WHITE, 55), mixed(art.accents[1], art.accents[0], 40))
    draw_motif(image, art.taste, (wide * 62 // 100, high * 22 // 100), radius, colours, -8)
    draw.rectangle(part(image, 0, 45, 100, 100), fill=paper)
    draw_logo(image, part(image, 7, 48, 66, 58), art, paper)
    ink = art.palette.ink
    end = draw_title(image, part(image, 7, 61, 93, 79), art.titles[0], art.title, ink, "l")
    others(image, art, end, ink, "l")
    draw.line(
        [part(image, 7, 88, 0, 0)[:2], part(image, 93, 88, 0, 0)[:2]], ink, max(2, wide // 250)
    )
    footer(image, art, part(image, 4, 89, 96, 98), paper, variant_at="l")


def burst(image: Image.Image, art: Artwork) -> None:
    """Rays from behind the logo, pictures heaped at the bottom."""
    wide, high = image.size
    base = art.accents[0]
    rays(image, (wide // 2, high * 36 // 100), base, mixed(base, WHITE, 28), 20)
    draw_logo(image, part(image, 8, 5, 92, 26), art, base)
    ink = legible(base, WHITE, art.palette.ink)
    plate = part(image, 6, 31, 94, 53)
    ImageDraw.Draw(image).rounded_rectangle(plate, wide // 18, fill=art.palette.ground)
    title_ink = legible(art.palette.ground, WHITE, art.palette.ink)
    draw_title(image, part(image, 10, 33, 90, 51), art.titles[0], art.title, title_ink)
    others(image, art, high * 545 // 1000, ink)
    heap(image, art, (wide // 2, high * 75 // 100), min(wide, high) * 30 // 100)
    footer(image, art, part(image, 3, 91, 97, 99), base, variant_at="l")


def plate(image: Image.Image, art: Artwork) -> None:
    """Draw a pattern all over, and a plate that carries the words."""
    wide, high = image.size
    ground = mixed(art.palette.ground, art.accents[0], 25)
    image.paste(ground, (0, 0, wide, high))
    scatter(
        image,
        art.taste,
        max(wide // 9, 20),
        (lighter(ground, 30), mixed(ground, art.accents[1], 50)),
    )
    box = part(image, 9, 22, 91, 80)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle(box, wide // 14, fill=art.palette.light)
    inset = wide // 45
    inner = (box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset)
    draw.rounded_rectangle(inner, wide // 18, outline=art.accents[0], width=max(3, wide // 160))
    draw_logo(image, part(image, 16, 26, 84, 38), art, art.palette.light)
    draw_motif(
        image, art.subject, (wide // 2, high * 47 // 100), min(wide, high) * 75 // 1000, art.accents
    )
    ink = art.palette.ink
    end = draw_title(image, part(image, 14, 55.5, 86, 67), art.titles[0], art.title, ink)
    others(image, art, end, ink)
    at = (wide // 2, high * 74 // 100)
    draw_chip(
        image, at, art.variants[0], art.bold, high // 28, art.accents[1], wide_px=wide * 7 // 10
    )
    at = (wide // 2, high * 91 // 100)
    draw_chip(
        image, at, art.quantity, art.bold, high // 26, art.palette.light, wide_px=wide * 8 // 10
    )


def waves(image: Image.Image, art: Artwork) -> None:
    """Draw a calm fade with waves below: for what is put on the skin."""
    wide, high = image.size
    top, bottom = lighter(art.palette.ground, 75), art.palette.light
    fade(image, top, bottom)
    phase = art.rng("phase").random() * 6
    for row, share in enumerate((62, 70, 79)):
        wavy(
            image,
            high * share // 100,
            high // 28,
            phase + row * 1.7,
            mixed(art.accents[0], WHITE, 62 - 31 * row),
        )
    draw_logo(image, part(image, 10, 6, 90, 20), art, top)
    ink = art.palette.ink
    end = draw_title(image, part(image, 10, 25, 90, 42), art.titles[0], art.title, ink)
    others(image, art, end, ink)
    slogan(image, art, part(image, 12, 51, 88, 56), ink)
    draw_motif(
        image, art.taste, (wide // 2, high * 72 // 100), min(wide, high) * 20 // 100, art.accents
    )
    footer(image, art, part(image, 3, 91, 97, 99), art.accents[0])


def stripes(image: Image.Image, art: Artwork) -> None:
    """Stripes from top to bottom with an oval in the middle."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    number = 7 + 2 * art.rng("stripes").randrange(3)
    pale = lighter(art.accents[0], 82)
    for i in range(number):
        stripe = (wide * i // number, 0, wide * (i + 1) // number, high)
        draw.rectangle(stripe, fill=art.accents[0] if i % 2 == 0 else pale)
    draw.ellipse(part(image, 5, 16, 95, 82), fill=art.palette.ground)
    draw.ellipse(part(image, 7, 17.5, 93, 80.5), fill=art.palette.light)
    draw_logo(image, part(image, 19, 24, 81, 37), art, art.palette.light)
    ink = art.palette.ink
    end = draw_title(image, part(image, 13, 39, 87, 54), art.titles[0], art.title, ink)
    others(image, art, end, ink)
    heap(image, art, (wide // 2, high * 69 // 100), min(wide, high) * 14 // 100)
    at = (wide // 2, high * 87 // 100)
    draw_chip(
        image, at, art.variants[0], art.bold, high // 24, art.accents[1], wide_px=wide * 9 // 10
    )
    at = (wide // 2, high * 945 // 1000)
    draw_chip(image, at, art.quantity, art.bold, high // 30, art.palette.light)


def blocks(image: Image.Image, art: Artwork) -> None:
    """Coloured fields like a poster of the fifties."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    colours = (art.palette.ground, art.palette.second, art.accents[0], art.palette.light)
    cells = [(0, 0, 60, 30), (60, 0, 100, 42), (0, 30, 60, 62), (60, 42, 100, 62)]
    order = art.rng("blocks").randrange(4)
    for i, cell in enumerate(cells):
        draw.rectangle(part(image, *cell), fill=colours[(i + order) % 4])
    motifs = (art.taste, art.subject, art.taste, art.subject)
    for i, (left, top, right, bottom) in enumerate(cells):
        fill = colours[(i + order) % 4]
        at = (wide * (left + right) // 200, high * (top + bottom) // 200)
        radius = min(wide * (right - left), high * (bottom - top)) * 42 // 10000
        tints = (
            legible(fill, *art.accents, WHITE),
            legible(fill, art.palette.ink, art.palette.light),
        )
        draw_motif(image, motifs[i], at, radius, tints, 12 * i - 15)
    draw.rectangle(part(image, 0, 62, 100, 100), fill=art.palette.light)
    draw_logo(image, part(image, 6, 64, 60, 73), art, art.palette.light)
    end = draw_title(
        image, part(image, 6, 74, 94, 86), art.titles[0], art.title, art.palette.ink, "l"
    )
    others(image, art, end, art.palette.ink, "l")
    footer(image, art, part(image, 3, 93, 97, 99), art.palette.light, variant_at="l")


# --- landscape -----------------------------------------------------------------------------------


def sides(image: Image.Image, art: Artwork) -> None:
    """Words at the left, pictures at the right behind a curve."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    draw.ellipse((wide * 52 // 100, -high // 2, wide * 3 // 2, high * 3 // 2), fill=art.accents[0])
    heap(image, art, (wide * 79 // 100, high * 48 // 100), min(high * 40, wide * 19) // 100)
    draw_logo(image, part(image, 4, 8, 50, 34), art, art.palette.ground)
    ink = legible(art.palette.ground, art.palette.light, art.palette.ink)
    draw_title(image, part(image, 5, 38, 50, 72), art.titles[0], art.title, ink, "l")
    draw_line(image, part(image, 5, 74, 50, 82), art.languages_line, art.text, ink, "l")
    at = (wide * 5 // 100, high * 90 // 100)
    draw_chip(image, at, art.variants[0], art.bold, high // 16, art.accents[1], "l", wide // 3)
    at = (wide * 97 // 100, high * 92 // 100)
    draw_chip(image, at, art.quantity, art.bold, high // 20, art.palette.light, "r", wide // 3)


def banner(image: Image.Image, art: Artwork) -> None:
    """Draw a band across carries title and logo, pictures repeat behind it."""
    wide, high = image.size
    ground = mixed(art.accents[0], WHITE, 30)
    image.paste(ground, (0, 0, wide, high))
    scatter(image, art.taste, high // 7, art.accents)
    draw = ImageDraw.Draw(image)
    draw.rectangle(part(image, 0, 22, 100, 78), fill=art.palette.ground)
    draw.rectangle(part(image, 0, 22, 100, 24), fill=art.palette.light)
    draw.rectangle(part(image, 0, 76, 100, 78), fill=art.palette.light)
    draw_logo(image, part(image, 4, 29, 38, 71), art, art.palette.ground)
    ink = legible(art.palette.ground, art.palette.light, art.palette.ink)
    draw_title(image, part(image, 42, 28, 96, 60), art.titles[0], art.title, ink)
    draw_line(image, part(image, 42, 63, 96, 73), art.languages_line or art.slogan, art.text, ink)
    at = (wide * 69 // 100, high * 885 // 1000)
    draw_chip(image, at, art.variants[0], art.bold, high // 14, art.accents[1], "m", wide // 2)
    at = (wide * 4 // 100, high * 885 // 1000)
    draw_chip(image, at, art.quantity, art.bold, high // 16, art.palette.light, "l", wide // 3)


def calm(image: Image.Image, art: Artwork) -> None:
    """Paper, a coloured end, a picture in a window."""
    wide, high = image.size
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, wide, high), fill=art.palette.light)
    draw.rectangle(part(image, 0, 0, 34, 100), fill=art.accents[0])
    disc(image, (wide * 34 // 100, high // 2), high * 36 // 100, art.palette.light)
    heap(image, art, (wide * 34 // 100, high // 2), high * 30 // 100)
    draw_logo(image, part(image, 56, 8, 96, 30), art, art.palette.light)
    ink = art.palette.ink
    draw_title(image, part(image, 56, 34, 96, 66), art.titles[0], art.title, ink)
    draw_line(image, part(image, 56, 68, 96, 76), art.languages_line or art.slogan, art.text, ink)
    at = (wide * 76 // 100, high * 86 // 100)
    draw_chip(image, at, art.variants[0], art.bold, high // 16, art.accents[1], "m", wide * 4 // 10)
    at = (wide * 3 // 100, high * 92 // 100)
    draw_chip(image, at, art.quantity, art.bold, high // 20, art.palette.light, "l", wide // 4)


UPRIGHT: dict[str, tuple[Layout, ...]] = {
    "food": (medallion, diagonal, vintage, modern, burst, plate, stripes, blocks),
    "care": (waves, modern, medallion, diagonal, vintage, plate),
    "clean": (burst, waves, diagonal, stripes, medallion),
    "home": (modern, plate, diagonal, blocks, waves),
}
LANDSCAPE: tuple[Layout, ...] = (sides, banner, calm)


# --- parts ---------------------------------------------------------------------------------------


def part(
    image: Image.Image, left: float, top: float, right: float, bottom: float
) -> tuple[int, int, int, int]:
    """Return a box given in hundredths of the picture."""
    wide, high = image.size
    return (
        int(wide * left / 100),
        int(high * top / 100),
        int(wide * right / 100),
        int(high * bottom / 100),
    )


def others(image: Image.Image, art: Artwork, top: int, ink: Colour, anchor: str = "m") -> None:
    """Write the title in the other languages of the pack below the first."""
    high = image.height
    if art.languages_line:
        left, _, right, _ = part(image, 8, 0, 92, 0)
        box = (left, top, right, top + high * 5 // 100)
        draw_title(image, box, art.languages_line, art.text, ink, anchor, 2 if high > 500 else 1)


def slogan(image: Image.Image, art: Artwork, box: tuple[int, int, int, int], ink: Colour) -> None:
    """Write the slogan."""
    draw_line(image, box, art.slogan, art.text, ink)


def footer(
    image: Image.Image,
    art: Artwork,
    box: tuple[int, int, int, int],
    ground: Colour,
    variant_at: str = "l",
) -> None:
    """Write flavour and quantity on the lowest band."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    pad = wide * 4 // 100
    ink = legible(ground, WHITE, art.palette.ink)
    inner = (left + pad, top + high // 7, left + wide * 62 // 100, bottom - high // 10)
    draw_line(image, inner, " · ".join(art.variants[:2]), art.bold, ink, variant_at)
    inner = (left + wide * 68 // 100, top + high // 5, right - pad, bottom - high // 7)
    draw_line(image, inner, art.quantity, art.bold, ink, "r")


def heap(image: Image.Image, art: Artwork, middle: tuple[int, int], radius: int) -> None:
    """Arrange pictures of flavour and article around a point."""
    rng = art.rng("heap")
    x, y = middle
    design = rng.randrange(4)
    own = (darker(art.palette.second, 5), darker(art.palette.second, 35))
    if art.subject == art.taste or design == 0:
        draw_motif(image, art.taste, middle, radius * 85 // 100, art.accents, rng.randint(-12, 12))
    elif design == 1:
        draw_motif(image, art.subject, (x, y - radius // 6), radius * 70 // 100, own)
        for dx in (-55, 0, 55):
            at = (x + radius * dx // 100, y + radius * (55 - abs(dx) // 4) // 100)
            draw_motif(image, art.taste, at, radius * 34 // 100, art.accents, dx // 3)
    elif design == 2:
        at = (x - radius * 35 // 100, y - radius // 6)
        draw_motif(image, art.subject, at, radius * 58 // 100, own, -8)
        at = (x + radius * 38 // 100, y + radius // 5)
        draw_motif(image, art.taste, at, radius * 60 // 100, art.accents, 10)
    else:
        for dx, dy, size in ((-45, -20, 46), (42, -28, 42), (0, 35, 56)):
            at = (x + radius * dx // 100, y + radius * dy // 100)
            draw_motif(image, art.taste, at, radius * size // 100, art.accents, dx)


def scatter(image: Image.Image, motif: str, step_px: int, colours: tuple[Colour, Colour]) -> None:
    """Repeat a motif over the picture, every second row shifted."""
    wide, high = image.size
    tile = Image.new("RGB", (4 * step_px, 4 * step_px), image.getpixel((0, 0)))
    for x, y, degrees in ((1, 1, -20), (3, 3, 25)):
        draw_motif(tile, motif, (x * step_px, y * step_px), step_px * 7 // 10, colours, degrees)
    for left in range(0, wide, tile.width):
        for top in range(0, high, tile.height):
            image.paste(tile, (left, top))


def disc(image: Image.Image, middle: tuple[int, int], radius: int, fill: Colour) -> None:
    """Fill a circle."""
    x, y = middle
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def rays(
    image: Image.Image, middle: tuple[int, int], one: Colour, other: Colour, number: int
) -> None:
    """Fill the picture with rays of two colours."""
    image.paste(one, (0, 0, *image.size))
    draw = ImageDraw.Draw(image)
    reach = image.width + image.height
    for i in range(number):
        points = [middle]
        for turn in (2 * i, 2 * i + 1):
            angle = math.pi * turn / number
            points.append(
                (
                    middle[0] + round(reach * math.cos(angle)),
                    middle[1] + round(reach * math.sin(angle)),
                )
            )
        draw.polygon(points, fill=other)


def fade(image: Image.Image, top: Colour, bottom: Colour) -> None:
    """Fill the picture with a gradient."""
    strip = Image.new("RGB", (1, 64))
    for y in range(64):
        strip.putpixel((0, y), mixed(top, bottom, y * 100 // 63))
    image.paste(strip.resize(image.size, Image.Resampling.BILINEAR))


def wavy(image: Image.Image, level: int, amplitude: int, phase: float, fill: Colour) -> None:
    """Fill everything below a wave."""
    wide, high = image.size
    points = [
        (wide * step // 40, level + round(amplitude * math.sin(phase + step * math.pi / 14)))
        for step in range(41)
    ]
    ImageDraw.Draw(image).polygon([(0, high), *points, (wide, high)], fill=fill)


def ornament(image: Image.Image, middle: tuple[int, int], wide: int, fill: Colour) -> None:
    """Draw a thin line with a diamond in its middle."""
    x, y = middle
    draw = ImageDraw.Draw(image)
    draw.line([(x - wide, y), (x + wide, y)], fill, max(2, wide // 90))
    size = wide // 18
    draw.polygon([(x - size, y), (x, y - size), (x + size, y), (x, y + size)], fill=fill)

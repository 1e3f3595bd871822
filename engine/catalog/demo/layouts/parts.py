"""What layouts are made of: fields, rays, waves, heaps of pictures, lines of words."""

import math

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.lettering import draw_line, draw_title
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, Colour, darker, legible, mixed


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

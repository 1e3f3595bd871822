"""Cartons and boxes: a front seen straight on, and a little of a side."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts import front
from engine.catalog.demo.layouts.parts import fade, scatter
from engine.catalog.demo.lettering import draw_line, draw_logo
from engine.catalog.demo.light import blank, shaded
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import Colour, darker, legible, lighter, mixed


def carton(art: Artwork) -> Image.Image:
    """Stand a carton upright."""
    rng = art.rng("size")
    wide, high = 560 + 2 * rng.randrange(70), 840 + 2 * rng.randrange(90)
    deep = rng.choice((0, 50, 70, 90))
    return (
        with_right_side(front(art, wide, high), side(art, deep, high))
        if deep
        else plain(front(art, wide, high))
    )


def box(art: Artwork) -> Image.Image:
    """Lay a box so that its front and a little of its top show."""
    rng = art.rng("size")
    wide, high = 880 + 2 * rng.randrange(60), 480 + 2 * rng.randrange(90)
    return with_top(front(art, wide, high), art.palette.ground, rng.choice((50, 70, 90)))


def tubebox(art: Artwork) -> Image.Image:
    """Lay the long box of a tube."""
    return with_top(front(art, 1040, 270), art.palette.ground, 46)


def puzzle(art: Artwork) -> Image.Image:
    """Draw the flat box of a puzzle: its picture and a bar with the words."""
    image = Image.new("RGB", (900, 680), art.palette.ground)
    scene = landscape(art, 900, 540, has_peak=True)
    image.paste(scene, (0, 0))
    pieces(image, art)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 540, 900, 680), fill=art.palette.ground)
    draw.rectangle((0, 540, 900, 550), fill=art.accents[0])
    draw_logo(image, (24, 572, 330, 662), art, art.palette.ground)
    ink = legible(art.palette.ground, art.palette.light, art.palette.ink)
    draw_line(image, (360, 560, 640, 660), art.titles[0], art.title, ink)
    draw_line(image, (670, 575, 876, 655), art.quantity, art.bold, ink, "r")
    return with_top(image, art.palette.ground, 60)


def landscape(art: Artwork, wide: int, high: int, *, has_peak: bool = False) -> Image.Image:
    """Paint hills, a sky and what lives there."""
    image = Image.new("RGB", (wide, high))
    accent = art.accents[0]
    fade(image, mixed(accent, (120, 180, 230), 60), mixed(accent, (255, 244, 214), 75))
    rng = art.rng("landscape")
    draw_motif(
        image,
        "sun",
        (wide * rng.randint(15, 85) // 100, high * 44 // 100),
        high // 9,
        ((255, 214, 92), (244, 160, 60)),
    )
    draw = ImageDraw.Draw(image)
    for row in range(3):
        shade = mixed(art.accents[1], (70, 130, 80), 30 + 25 * row)
        shade = lighter(shade, 40 - 18 * row)
        for _ in range(3):
            x, size = rng.randrange(wide), wide // 2 + rng.randrange(wide // 3)
            y = high * (62 + 14 * row) // 100 + rng.randrange(high // 12)
            draw.ellipse((x - size, y, x + size, y + size), fill=shade)
    for _ in range(9):
        at = (rng.randrange(wide), high * rng.randint(70, 95) // 100)
        draw_motif(
            image, art.subject, at, high // rng.randint(10, 18), art.accents, rng.randint(-20, 20)
        )
    if has_peak:
        at = (wide * rng.randint(30, 70) // 100, high * 58 // 100)
        draw_motif(image, "mountain", at, high // 4, (art.palette.second, art.palette.ground))
    return image


def pieces(image: Image.Image, art: Artwork) -> None:
    """Scratch the outlines of puzzle pieces over the lower right of the picture."""
    draw = ImageDraw.Draw(image)
    line: Colour = lighter(art.accents[0], 70)
    step = 90
    for x in range(540, 900, step):
        for y in range(270, 540, step):
            draw.rectangle((x, y, x + step, y + step), outline=line, width=2)
            draw.ellipse((x + 33, y - 16, x + 57, y + 8), outline=line, width=2)
            draw.ellipse((x - 16, y + 33, x + 8, y + 57), outline=line, width=2)


def gable(art: Artwork) -> Image.Image:
    """Stand a drink carton with its folded roof, and perhaps a screw cap."""
    rng = art.rng("size")
    wide, high, deep = 460 + 2 * rng.randrange(30), 700 + 2 * rng.randrange(40), 90
    roof = 150
    body = with_right_side(front(art, wide, high), side(art, deep, high))
    out = blank(wide + deep, high + roof + 70)
    out.paste(body, (0, out.height - body.height), body)
    draw = ImageDraw.Draw(out)
    top = out.height - body.height
    edge = top + deep * 45 // 100
    colour = art.palette.ground
    draw.polygon([(0, edge), (wide, edge), (wide - 30, 62), (30, 62)], fill=lighter(colour, 12))
    draw.polygon([(wide, edge), (wide + deep, top), (wide - 30, 62)], fill=darker(colour, 28))
    draw.rectangle((30, 8, wide - 30, 66), fill=darker(colour, 8))
    draw.rectangle((30, 60, wide - 30, 66), fill=darker(colour, 30))
    if rng.random() < 0.6:
        middle = (wide // 2, (edge + 66) // 2 + 4)
        cap = art.accents[1]
        draw.ellipse(
            (middle[0] - 62, middle[1] - 40, middle[0] + 62, middle[1] + 46), fill=darker(cap, 30)
        )
        draw.ellipse((middle[0] - 62, middle[1] - 48, middle[0] + 62, middle[1] + 34), fill=cap)
        draw.ellipse(
            (middle[0] - 46, middle[1] - 38, middle[0] + 46, middle[1] + 22), fill=lighter(cap, 18)
        )
    return out


def side(art: Artwork, deep: int, high: int) -> Image.Image:
    """Draw the narrow side of a carton, with the brand running upwards."""
    image = Image.new("RGB", (high, max(deep * 2, 1)), art.palette.ground)
    if art.rng("side").random() < 0.4:
        scatter(image, art.taste, deep // 2, art.accents)
    ink = legible(art.palette.ground, art.palette.light, art.palette.ink)
    inner = (high // 8, deep // 2, high * 5 // 8, deep * 3 // 2)
    draw_line(image, inner, art.brand, art.logo, ink, "l")
    return image.rotate(90, expand=True).resize((deep, high), Image.Resampling.BOX)


def plain(face: Image.Image) -> Image.Image:
    """Return a face with a hint of light from above."""
    lit = shaded(face, ((0, 252), (0.4, 262), (1, 242)))
    return lit.convert("RGBA")


def with_right_side(face: Image.Image, flank: Image.Image) -> Image.Image:
    """Put a side to the right of a front, seen at a slant."""
    wide, high = face.size
    deep = flank.width
    rise = deep * 45 // 100
    out = blank(wide + deep, high + rise)
    lit = shaded(flank, ((0, 205), (1, 165)))
    lit.putalpha(255)
    # every column of the side stands a little higher than the one to its left
    slanted = lit.transform(
        (deep, high + rise), Image.Transform.AFFINE, (1, 0, 0, rise / deep, 1, -rise),
        Image.Resampling.BILINEAR,
    )  # fmt: skip
    out.paste(slanted, (wide, 0), slanted)
    out.paste(plain(face), (0, rise))
    top = ImageDraw.Draw(out)
    colour = lit.getpixel((deep // 2, 4))
    assert isinstance(colour, tuple)
    shade = lighter((colour[0], colour[1], colour[2]), 35)
    top.polygon([(0, rise), (wide, rise), (wide + deep - 1, 0), (deep, 0)], fill=shade)
    return out


def with_top(face: Image.Image, colour: Colour, deep: int) -> Image.Image:
    """Put a lid above a front, seen from a little above."""
    wide, high = face.size
    lean = deep * 60 // 100
    out = blank(wide, high + deep)
    draw = ImageDraw.Draw(out)
    draw.polygon([(0, deep), (lean, 0), (wide - lean, 0), (wide, deep)], fill=lighter(colour, 30))
    draw.line([(0, deep), (wide, deep)], fill=lighter(colour, 55), width=4)
    out.paste(plain(face), (0, deep))
    return out

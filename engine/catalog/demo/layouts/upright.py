"""Designs for fronts that stand upright."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts.parts import (
    disc,
    fade,
    footer,
    heap,
    ornament,
    others,
    part,
    rays,
    scatter,
    slogan,
    wavy,
)
from engine.catalog.demo.lettering import draw_chip, draw_line, draw_logo, draw_title
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, legible, lighter, luma, mixed


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

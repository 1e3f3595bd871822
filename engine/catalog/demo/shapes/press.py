"""Magazines, books and leaflets."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.barcode import draw_barcode
from engine.catalog.demo.layouts.parts import heap, rays
from engine.catalog.demo.lettering import draw_chip, draw_line, draw_logo, draw_title
from engine.catalog.demo.light import shaded
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, darker, legible, lighter, luma, mixed
from engine.catalog.demo.shapes.boxes import landscape
from engine.catalog.demo.typeface import draw_paragraph

MODULE_PX = 4


def magazine(art: Artwork) -> Image.Image:
    """Print a cover: title, picture, headlines, price field with the barcode."""
    wide, high = 760, 1000
    cover = backdrop(art, wide, high)
    ground = art.accents[0]
    ImageDraw.Draw(cover).rectangle((0, 0, wide, 214), fill=ground)
    ink = legible(ground, WHITE, art.palette.ink)
    draw_line(cover, (30, 22, wide - 30, 168), art.titles[0], art.title, ink)
    draw_line(cover, (34, 174, 400, 206), art.brand, art.bold, ink, "l")
    draw_line(cover, (420, 174, wide - 34, 206), art.variants[0], art.bold, ink, "r")
    heap(cover, art, (wide * 58 // 100, high * 47 // 100), 210)
    headlines(cover, art, (40, 250, wide * 60 // 100, 620))
    if art.languages_line:
        at = (wide // 2, high * 76 // 100)
        draw_chip(cover, at, art.languages_line, art.bold, 28, art.palette.light, wide_px=wide - 80)
    code = draw_barcode(art.product.gtin, MODULE_PX, 150)
    cover.paste(code, (wide - code.width - 32, high - code.height - 32))
    at = (40, high - 90)
    draw_chip(cover, at, art.languages[0].phrases["new"], art.bold, 40, art.accents[1], "l", 220)
    return bound(cover)


def backdrop(art: Artwork, wide: int, high: int) -> Image.Image:
    """Fill a cover with a landscape, with rays, or with one large motif."""
    design = art.rng("backdrop").randrange(3)
    if design == 0:
        return landscape(art, wide, high)
    pale = lighter(art.accents[0], 72)
    cover = Image.new("RGB", (wide, high), pale)
    if design == 1:
        rays(cover, (wide // 2, high * 55 // 100), pale, lighter(pale, 45), 18)
    else:
        shade = (mixed(pale, art.accents[0], 25), mixed(pale, art.accents[0], 40))
        draw_motif(cover, art.subject, (wide * 3 // 10, high * 7 // 10), wide * 6 // 10, shade, -14)
    return cover


def headlines(cover: Image.Image, art: Artwork, box: tuple[int, int, int, int]) -> None:
    """Write what the issue is about, each line on a strip of colour."""
    left, top, right, bottom = box
    words = art.languages[0]
    nouns = list(words.nouns.values())
    rng = art.own_rng("headlines")
    for phrase in ("home", "tasty", "gentle"):
        text = f"{words.phrases[phrase]}: {nouns[rng.randrange(len(nouns))]}"
        strip = art.palette.light if phrase != "tasty" else art.palette.ground
        draw_chip(cover, (left, top + 22), text, art.bold, 25, strip, "l", right - left + 240)
        top += 62
    draw_paragraph(cover, (left, bottom, right, bottom), "", art.text, 20, art.palette.ink)


def book(art: Artwork) -> Image.Image:
    """Bind a book: title, picture, author."""
    rng = art.rng("book")
    wide, high = 720, 940 + 2 * rng.randrange(30)
    design = rng.randrange(3)
    cover = Image.new("RGB", (wide, high), art.palette.ground)
    if design == 0:
        cover = landscape(art, wide, high)
    elif design == 1:
        rays(cover, (wide // 2, high * 55 // 100), art.accents[0], lighter(art.accents[0], 22), 16)
    else:
        draw = ImageDraw.Draw(cover)
        draw.rectangle((44, 44, wide - 45, high - 45), outline=art.palette.second, width=8)
    ground = cover.getpixel((wide // 2, 120))
    assert isinstance(ground, tuple)
    ink = legible((ground[0], ground[1], ground[2]), WHITE, art.palette.ink)
    end = draw_title(cover, (70, 80, wide - 70, 330), art.titles[0], art.title, ink)
    draw_line(cover, (80, end, wide - 80, end + 40), art.languages_line, art.text, ink)
    middle = (wide // 2, high * 60 // 100)
    colours = art.accents if design != 1 else (art.palette.second, darker(art.palette.second, 35))
    draw_motif(cover, art.subject, middle, wide * 26 // 100, colours)
    lower = cover.getpixel((wide // 2, high - 70))
    assert isinstance(lower, tuple)
    plate = mixed((lower[0], lower[1], lower[2]), art.palette.ink, 70)
    draw = ImageDraw.Draw(cover)
    draw.rectangle((0, high - 140, wide, high - 60), fill=plate)
    draw_logo(cover, (60, high - 132, wide * 62 // 100, high - 68), art, plate)
    number = art.variants[0]
    draw_line(
        cover,
        (wide * 66 // 100, high - 124, wide - 60, high - 76),
        number,
        art.bold,
        legible(plate, WHITE, art.palette.ink),
        "r",
    )
    return bound(cover)


def leaflet(art: Artwork) -> Image.Image:
    """Fold a leaflet: a headline and a grid of offers."""
    wide, high = 700, 980
    paper = Image.new("RGB", (wide, high), art.palette.light)
    draw = ImageDraw.Draw(paper)
    ground = art.palette.ground
    draw.rectangle((0, 0, wide, 250), fill=ground)
    ink = legible(ground, WHITE, art.palette.ink)
    draw_logo(paper, (30, 24, 380, 96), art, ground)
    draw_title(paper, (34, 108, wide - 34, 240), art.titles[0], art.title, ink, "l")
    draw_chip(paper, (wide - 36, 62), art.variants[0], art.bold, 34, art.accents[0], "r")
    offers(paper, art)
    draw.rectangle((0, high - 64, wide, high), fill=art.accents[0])
    foot = legible(art.accents[0], WHITE, art.palette.ink)
    line = art.languages_line or f"www.{art.product.family.brand.slug}-info"
    draw_line(paper, (34, high - 50, wide - 34, high - 14), line, art.bold, foot)
    folds = ((0, 240), (0.02, 256), (0.49, 262), (0.5, 218), (0.52, 246), (1, 258))
    return shaded(paper, folds).convert("RGBA")


def offers(paper: Image.Image, art: Artwork) -> None:
    """Draw six offers, each with picture, name and price."""
    draw = ImageDraw.Draw(paper)
    rng = art.own_rng("offers")
    nouns = art.languages[0].nouns
    pictures = {
        "coffee": "bean",
        "tea": "cup",
        "juice": "orange",
        "jam": "strawberry",
        "honey": "bee",
        "chocolate": "cocoa",
        "biscuits": "biscuit",
        "icecream": "cone",
        "muesli": "wheat",
        "soup": "bowl",
        "mug": "cup",
        "soap": "drop",
    }
    chosen = rng.sample(list(pictures), 6)
    for i, noun in enumerate(chosen):
        left, top = 34 + (i % 2) * 322, 272 + (i // 2) * 212
        draw.rounded_rectangle(
            (left, top, left + 308, top + 196),
            18,
            fill=WHITE if luma(art.palette.light) < 250 else (244, 242, 238),
        )
        draw_motif(paper, pictures[noun], (left + 84, top + 84), 62, art.accents)
        price = f"{rng.randrange(1, 30)},{rng.choice((49, 79, 95, 99))}"
        draw_line(
            paper,
            (left + 160, top + 40, left + 296, top + 120),
            price,
            art.title,
            (200, 30, 40),
            "r",
        )
        draw_line(
            paper,
            (left + 16, top + 152, left + 292, top + 188),
            nouns[noun],
            art.bold,
            art.palette.ink,
            "l",
        )


def bound(cover: Image.Image) -> Image.Image:
    """Return a cover with the light along its spine."""
    spine = ((0, 205), (0.012, 256), (0.03, 268), (0.045, 228), (0.07, 256), (1, 256))
    return shaded(cover, spine).convert("RGBA")

"""Cans, jars and tubs: a label around a round body."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts import front
from engine.catalog.demo.light import (
    GLOSSY,
    METAL,
    ROUND,
    around_cylinder,
    blank,
    cut_out,
    mask_of,
    rounded_mask,
    shaded,
    widened,
)
from engine.catalog.demo.palette import WHITE, Colour, darker, lighter, mixed

STEEL: Colour = (196, 200, 204)
GLASS: Colour = (226, 234, 234)


def can(art: Artwork) -> Image.Image:
    """Stand a can: tall and slim for drinks, short and wide for food."""
    rng = art.rng("size")
    is_drink = "ml" in art.quantity
    wide, high = (420, 760) if is_drink else (560, 700 + 2 * rng.randrange(50))
    rim = 44
    sag = 34
    label = around_cylinder(wrapped(art, wide, high), wide, sag)
    out = blank(wide, high + 2 * rim + sag)
    inset = 26 if is_drink else 6
    steel = Image.new("RGB", (wide, rim * 2), STEEL)
    foot = shaded(around_cylinder(steel, wide - 2 * inset, sag), METAL)
    out.paste(foot, (inset, high - 10), foot)
    body = shaded(label, GLOSSY)
    out.paste(body, (0, rim + 8), body)
    draw = ImageDraw.Draw(out)
    if is_drink:
        neck = shaded(Image.new("RGB", (wide, 60), STEEL), METAL).convert("RGBA")
        neck = cut_out(neck, mask_of(neck.size, [(40, 0), (wide - 40, 0), (wide, 60), (0, 60)]))
        out.paste(neck, (0, 20), neck)
        draw.ellipse((38, 0, wide - 38, 46), fill=(214, 217, 220), outline=(150, 154, 158), width=4)
        draw.ellipse((64, 9, wide - 64, 37), fill=(176, 180, 184))
    else:
        draw.ellipse(
            (0, 8, wide, 8 + 2 * rim), fill=(206, 210, 213), outline=(140, 144, 148), width=5
        )
        draw.ellipse((26, 20, wide - 26, 2 * rim - 6), fill=(184, 188, 192))
        draw.ellipse((52, 28, wide - 52, 2 * rim - 14), outline=(150, 154, 158), width=4)
    return out


def jar(art: Artwork) -> Image.Image:
    """Stand a glass jar with a lid: the contents show above and below the label."""
    rng = art.rng("size")
    wide, high = 560, 640 + 2 * rng.randrange(40)
    content = art.accents[0] if art.product.family.article.sector == "food" else art.palette.light
    body = shaded(Image.new("RGB", (wide, high), mixed(content, GLASS, 12)), GLOSSY).convert("RGBA")
    body = cut_out(body, rounded_mask(body.size, 84))
    label_high = high * 66 // 100
    label = shaded(around_cylinder(wrapped(art, wide, label_high), wide, 14), ROUND)
    body.paste(label, (0, high * 20 // 100), label)
    out = blank(wide, high + 120)
    out.paste(body, (0, 120), body)
    shine(out, (54, 150, 80, 120 + high * 18 // 100))
    lid(out, (36, 0, wide - 36, 138), art.palette.ground if rng.random() < 0.6 else (205, 176, 104))
    return out


def tub(art: Artwork) -> Image.Image:
    """Stand a plastic tub that narrows downwards, with a flat lid."""
    rng = art.rng("size")
    wide, high = 640, 480 + 2 * rng.randrange(110)
    taper = 30 + rng.randrange(40)
    label = shaded(around_cylinder(wrapped(art, wide, high), wide, 20), ROUND)
    tall = label.height
    # the lower edge is narrower than the upper
    corners = (
        0,
        0,
        -taper * wide // (wide - 2 * taper),
        tall,
        wide + taper * wide // (wide - 2 * taper),
        tall,
        wide,
        0,
    )
    body = label.transform(label.size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)
    out = blank(wide + 40, tall + 60)
    out.paste(body, (20, 60), body)
    lid(out, (0, 0, wide + 40, 92), lighter(art.accents[0], 10 if rng.random() < 0.5 else 85))
    return out


def wrapped(art: Artwork, wide: int, high: int) -> Image.Image:
    """Draw a label that runs around a body, its words where they can be seen."""
    return widened(front(art, wide, high), wide * 130 // 100)


def candle(art: Artwork) -> Image.Image:
    """Stand a candle in a glass with a label and a flame."""
    wide, high = 520, 600
    wax = mixed(art.accents[0], WHITE, 45)
    body = shaded(Image.new("RGB", (wide, high), wax), GLOSSY).convert("RGBA")
    body = cut_out(body, rounded_mask(body.size, 60))
    label = shaded(front(art, 340, 380), ((0, 240), (0.3, 268), (1, 225)))
    body.paste(label, (90, 150))
    out = blank(wide, high + 170)
    out.paste(body, (0, 170), body)
    draw = ImageDraw.Draw(out)
    draw.ellipse((4, 140, wide - 4, 214), fill=lighter(wax, 35), outline=lighter(wax, 70), width=6)
    middle = wide // 2
    draw.line([(middle, 182), (middle, 128)], fill=(60, 46, 40), width=6)
    for size, shade in ((40, (255, 190, 80)), (26, (255, 226, 140)), (13, (255, 248, 220))):
        draw.ellipse(
            (middle - size * 6 // 10, 126 - 2 * size, middle + size * 6 // 10, 134), fill=shade
        )
    shine(out, (46, 230, 66, high + 80))
    return out


def lid(out: Image.Image, box: tuple[int, int, int, int], colour: Colour) -> None:
    """Put a round lid, seen from a little above."""
    left, top, right, bottom = box
    high = bottom - top
    plate = shaded(Image.new("RGB", (right - left, high), colour), ROUND, ((0, 262), (1, 215)))
    edge = cut_out(plate, rounded_mask(plate.size, high // 4))
    out.paste(edge, (left, top), edge)
    draw = ImageDraw.Draw(out)
    draw.rounded_rectangle(
        (left, top, right - 1, top + high // 3), high // 5, fill=lighter(colour, 22)
    )
    draw.line(
        [(left + 8, bottom - high // 5), (right - 8, bottom - high // 5)], darker(colour, 30), 4
    )


def shine(out: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Lay a pale reflection over glass."""
    light = Image.new("L", out.size, 0)
    ImageDraw.Draw(light).rounded_rectangle(box, (box[2] - box[0]) // 2, fill=110)
    out.paste((255, 255, 255, 255), (0, 0), light)

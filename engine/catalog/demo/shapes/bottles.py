"""Bottles: for the bath and the sink, for drinks, and the one with a trigger."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts import front
from engine.catalog.demo.light import (
    GLOSSY,
    ROUND,
    blank,
    blurred,
    cut_out,
    mask_of,
    rounded_mask,
    shaded,
)
from engine.catalog.demo.palette import WHITE, Colour, darker, lighter, luma, mixed
from engine.catalog.demo.shapes.rounds import shine

PAD = 60
# half widths from the shoulder down, in hundredths of the body's, at hundredths of its height
OUTLINES = (
    ((0, 26), (6, 60), (14, 90), (24, 100), (92, 100), (100, 90)),
    ((0, 40), (3, 80), (9, 100), (96, 98), (100, 88)),
    ((0, 26), (10, 34), (26, 62), (40, 94), (52, 100), (94, 100), (100, 92)),
    ((0, 30), (5, 70), (13, 96), (40, 96), (58, 84), (76, 96), (94, 100), (100, 90)),
    ((0, 50), (10, 94), (18, 100), (90, 82), (100, 74)),
)


def bottle(art: Artwork) -> Image.Image:
    """Stand a bottle: clear with a label for drinks, coloured for the bath and the sink."""
    rng = art.rng("bottle")
    if art.product.family.article.sector == "food":
        return drink(art)
    outline = rng.choice((0, 1, 3, 4))
    wide, high = 440 + 2 * rng.randrange(40), 820
    ground = (
        art.palette.ground if rng.random() < 0.5 else lighter(art.accents[0], rng.choice((0, 80)))
    )
    out = blank(wide, high + 150)
    out.paste(body_of(ground, wide, high, OUTLINES[outline]), (0, 150))
    label_on(
        out,
        art,
        (wide * 9 // 100, 150 + high * 24 // 100, wide * 91 // 100, 150 + high * 90 // 100),
    )
    cap(out, wide // 2, rng.choice((86, 120, 160)), 162, cap_colour(art, ground))
    return out


def drink(art: Artwork) -> Image.Image:
    """Stand a clear bottle, filled."""
    rng = art.rng("bottle")
    wide, high = 380, 960
    name = art.product.family.article.name
    content: Colour = {"water": (196, 226, 240), "milk": (246, 244, 238)}.get(
        name, lighter(art.accents[0], 18)
    )
    outline = OUTLINES[rng.choice((0, 2))]
    out = blank(wide, high + 60)
    out.paste(body_of(content, wide, high, outline), (0, 60))
    shine(out, (40, 360, 58, 960))
    band = (0, 60 + high * 46 // 100, wide, 60 + high * 88 // 100)
    label = front(art, wide, band[3] - band[1])
    label = shaded(label, ROUND).convert("RGBA")
    out.paste(label, band[:2])
    out.putalpha(body_mask(out.size, wide, high, outline, 60))
    cap(out, wide // 2, 104, 84, art.accents[1])
    return out


def spray(art: Artwork) -> Image.Image:
    """Stand a cleaner's bottle with its trigger."""
    wide, high = 440, 700
    content = lighter(art.accents[0], 25)
    out = blank(wide + 60, high + 300)
    out.paste(body_of(content, wide, high, OUTLINES[2]), (0, 300))
    label_on(out, art, (26, 300 + high * 40 // 100, wide - 26, 300 + high * 95 // 100))
    head = art.palette.ground if luma(art.palette.ground) < 200 else art.accents[1]
    trigger = art.accents[0] if head != art.accents[1] else art.palette.second
    draw = ImageDraw.Draw(out)
    middle = wide // 2
    draw.rectangle((middle - 62, 214, middle + 62, 322), fill=darker(head, 12))
    for x in range(middle - 58, middle + 62, 16):
        draw.line([(x, 218), (x, 320)], fill=darker(head, 28), width=4)
    draw.polygon(
        [
            (middle - 180, 60),
            (middle + 60, 30),
            (middle + 150, 90),
            (middle + 70, 214),
            (middle - 60, 214),
            (middle - 60, 150),
            (middle - 180, 140),
        ],
        fill=head,
    )
    draw.polygon(
        [(middle - 180, 60), (middle + 60, 30), (middle + 90, 54), (middle - 180, 84)],
        fill=lighter(head, 28),
    )
    draw.rectangle(
        (middle - 206, 66, middle - 178, 132), fill=trigger, outline=darker(trigger, 20), width=3
    )
    draw.polygon(
        [
            (middle - 108, 150),
            (middle - 62, 150),
            (middle - 70, 240),
            (middle - 118, 262),
            (middle - 132, 244),
            (middle - 100, 216),
        ],
        fill=trigger,
        outline=darker(trigger, 20),
    )
    return out


def body_of(
    colour: Colour, wide: int, high: int, outline: tuple[tuple[int, int], ...]
) -> Image.Image:
    """Return the body of a bottle in one colour, lit."""
    lit = shaded(Image.new("RGB", (wide, high), colour), GLOSSY, ((0, 262), (1, 236)))
    return cut_out(lit, body_mask((wide, high), wide, high, outline, 0))


def body_mask(
    size: tuple[int, int], wide: int, high: int, outline: tuple[tuple[int, int], ...], top: int
) -> Image.Image:
    """Return a mask of a body whose shoulder lies at `top`."""
    right = [(wide * (100 + half) // 200, top + high * down // 100) for down, half in outline]
    left = [(wide - x, y) for x, y in reversed(right)]
    points = [(min(x, wide - 1), min(y, size[1] - 1)) for x, y in right + left]
    # blurred and made hard again, so that corners become round
    mask = mask_of((size[0] + 2 * PAD, size[1] + 2 * PAD), [(x + PAD, y + PAD) for x, y in points])
    mask = blurred(mask, 60).point([min(255, max(0, (value - 112) * 8)) for value in range(256)])
    return mask.crop((PAD, PAD, PAD + size[0], PAD + size[1]))


def label_on(out: Image.Image, art: Artwork, box: tuple[int, int, int, int]) -> None:
    """Stick a label with round corners onto a body."""
    wide, high = box[2] - box[0], box[3] - box[1]
    label = shaded(front(art, wide, high), ROUND)
    radius = art.rng("label").choice((8, 36, 60))
    label = cut_out(label, rounded_mask(label.size, radius))
    out.paste(label, box[:2], label)


def cap(out: Image.Image, middle: int, wide: int, high: int, colour: Colour) -> None:
    """Screw a cap onto a bottle."""
    lit = shaded(Image.new("RGB", (wide, high), colour), ROUND, ((0, 275), (0.1, 256), (1, 226)))
    lit = cut_out(lit, rounded_mask(lit.size, 14))
    out.paste(lit, (middle - wide // 2, 0), lit)
    draw = ImageDraw.Draw(out)
    left = middle - wide // 2
    for x in range(left + 10, left + wide - 6, 14):
        draw.line([(x, high // 3), (x, high - 14)], fill=darker(colour, 24), width=3)


def cap_colour(art: Artwork, ground: Colour) -> Colour:
    """Return a colour for the cap that differs from the bottle."""
    if ground == art.palette.ground:
        return mixed(art.accents[0], WHITE, 10)
    return art.palette.ground

"""Things for the home that carry a drawing: mugs, lamps, toys."""

import numpy as np
from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts.parts import scatter
from engine.catalog.demo.lettering import draw_line
from engine.catalog.demo.light import (
    ROUND,
    around_cylinder,
    blank,
    cut_out,
    lit_by,
    mask_of,
    rounded_mask,
    shaded,
)
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, Colour, darker, legible, lighter, mixed
from engine.catalog.demo.patterns import repeated


def mug(art: Artwork) -> Image.Image:
    """Stand a mug with a print."""
    rng = art.rng("mug")
    wide, high = 600, 600
    ground: Colour = rng.choice(
        (WHITE, lighter(art.accents[0], 80), art.accents[1], art.palette.light)
    )
    out = blank(wide + 190, high + 86)
    draw = ImageDraw.Draw(out)
    draw.ellipse((wide - 110, 130, wide + 180, 480), fill=darker(ground, 18))
    draw.ellipse((wide - 60, 186, wide + 118, 424), fill=(0, 0, 0, 0))
    draw.arc((wide - 104, 136, wide + 170, 474), 290, 40, fill=lighter(ground, 30), width=10)
    body = shaded(around_cylinder(printed(art, ground, wide * 126 // 100, high), wide, 42), ROUND)
    body = cut_out(body, rounded_mask(body.size, 50))
    out.paste(body, (0, 42), body)
    rim = ImageDraw.Draw(out)
    rim.ellipse((0, 0, wide - 1, 84), fill=lighter(ground, 25), outline=darker(ground, 12), width=4)
    rim.ellipse((18, 10, wide - 19, 78), fill=darker(mixed(ground, WHITE, 40), 22))
    return out


def printed(art: Artwork, ground: Colour, wide: int, high: int) -> Image.Image:
    """Draw what runs around a mug."""
    rng = art.rng("print")
    image = Image.new("RGB", (wide, high), ground)
    design = rng.randrange(4)
    main, deep = art.accents
    if ground == deep:
        main, deep = lighter(main, 70), lighter(main, 35)
    if design == 0:
        scatter(image, art.subject, 62, (main, deep))
    elif design == 1:
        image.paste(repeated(art, wide, high * 55 // 100, 170), (0, high * 24 // 100))
    else:
        draw_motif(
            image, art.subject, (wide // 2, high * 44 // 100), high * 26 // 100, (main, deep)
        )
    if design >= 2:
        ink = legible(ground, art.palette.ink, WHITE)
        words = art.languages[0].titles["book"]
        text = words[rng.randrange(len(words))] if design == 2 else art.brand
        draw_line(
            image,
            (wide * 24 // 100, high * 74 // 100, wide * 76 // 100, high * 86 // 100),
            text,
            art.logo,
            ink,
        )
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, high - 26, wide, high - 14), fill=main)
    return image


def lamp(art: Artwork) -> Image.Image:
    """Stand a table lamp: a lit shade on a foot."""
    rng = art.rng("lamp")
    wide, high = 620, 960
    out = blank(wide, high)
    draw = ImageDraw.Draw(out)
    foot: Colour = rng.choice(((176, 130, 86), (60, 62, 68), (205, 176, 104), art.palette.ground))
    outlines = (
        [(292, 400), (328, 400), (340, 900), (280, 900)],
        [
            (290, 400),
            (330, 400),
            (400, 620),
            (430, 760),
            (390, 900),
            (230, 900),
            (190, 760),
            (220, 620),
        ],
        [
            (290, 400),
            (330, 400),
            (330, 520),
            (420, 590),
            (330, 660),
            (430, 740),
            (330, 830),
            (330, 900),
            (290, 900),
            (290, 830),
            (190, 740),
            (290, 660),
            (200, 590),
            (290, 520),
        ],
    )
    stem = shaded(
        Image.new("RGB", (wide, high), foot),
        ((0, 256), (0.35, 215), (0.45, 300), (0.65, 190), (1, 180)),
    )
    stem = cut_out(stem, mask_of((wide, high), rng.choice(outlines)))
    out.paste(stem, (0, 0), stem)
    draw.rounded_rectangle((170, 890, 450, 940), 22, fill=darker(foot, 12))
    draw.rounded_rectangle((176, 890, 444, 906), 8, fill=lighter(foot, 25))
    shade = repeated(art, wide, 420, rng.choice((110, 150, 200)))
    shade = shaded(
        shade,
        ((0, 170), (0.25, 268), (0.5, 310), (0.75, 262), (1, 160)),
        ((0, 240), (0.6, 285), (1, 250)),
    )
    top = rng.choice((60, 130, 190))
    shade = cut_out(shade, mask_of((wide, 420), [(top, 0), (wide - top, 0), (wide, 419), (0, 419)]))
    out.paste(shade, (0, 0), shade)
    draw.line([(top, 4), (wide - top, 4)], fill=lighter(art.accents[0], 60), width=8)
    draw.line([(0, 416), (wide, 416)], fill=lighter(art.accents[0], 60), width=8)
    return out


def toy(art: Artwork) -> Image.Image:
    """Seat a soft toy: a bear, a rabbit, a cat or a mouse by its ears."""
    rng = art.rng("toy")
    wide, high = 680, 900
    fur = art.accents[0]
    pale, dark = lighter(fur, 55), darker(fur, 22)
    out = blank(wide, high)
    draw = ImageDraw.Draw(out)
    ears(draw, rng.randrange(4), fur, pale)
    for box in ((60, 470, 260, 720), (420, 470, 620, 720)):
        draw.ellipse(box, fill=dark)
    draw.ellipse((140, 420, 540, 840), fill=fur)
    draw.ellipse((210, 520, 470, 820), fill=pale)
    for left in (90, 370):
        draw.ellipse((left, 700, left + 220, 890), fill=dark)
        draw.ellipse((left + 50, 750, left + 170, 860), fill=pale)
    draw.ellipse((130, 110, 550, 480), fill=fur)
    draw.ellipse((250, 300, 430, 450), fill=pale)
    for x in (250, 430):
        draw.ellipse((x - 26, 226, x + 26, 282), fill=(30, 24, 22))
        draw.ellipse((x - 14, 234, x + 2, 250), fill=WHITE)
    draw.ellipse((310, 312, 370, 356), fill=(50, 36, 34))
    draw.arc((300, 330, 340, 400), 0, 140, fill=(50, 36, 34), width=6)
    draw.arc((340, 330, 380, 400), 40, 180, fill=(50, 36, 34), width=6)
    draw_motif(
        out, art.subject, (340, 650), 80, (art.palette.second, darker(art.palette.second, 30))
    )
    scarf(draw, art.palette.ground, art.palette.second)
    return plush(out)


def ears(draw: ImageDraw.ImageDraw, kind: int, fur: Colour, pale: Colour) -> None:
    """Draw the ears that tell one animal from another."""
    for x, side in ((210, -1), (470, 1)):
        if kind == 0:
            draw.ellipse((x - 80, 60, x + 80, 220), fill=fur)
            draw.ellipse((x - 44, 98, x + 44, 190), fill=pale)
        elif kind == 1:
            draw.ellipse((x - 58, 0, x + 58, 270), fill=fur)
            draw.ellipse((x - 28, 30, x + 28, 230), fill=pale)
        elif kind == 2:
            draw.polygon([(x - 70, 220), (x + side * 50, 30), (x + 70, 200)], fill=fur)
            draw.polygon([(x - 34, 190), (x + side * 38, 80), (x + 36, 186)], fill=pale)
        else:
            draw.ellipse((x - 110 + 40 * side, 40, x + 110 + 40 * side, 250), fill=fur)
            draw.ellipse((x - 70 + 40 * side, 80, x + 70 + 40 * side, 214), fill=pale)


def scarf(draw: ImageDraw.ImageDraw, colour: Colour, stripe: Colour) -> None:
    """Tie a striped scarf."""
    draw.rounded_rectangle((190, 436, 490, 500), 30, fill=colour)
    draw.polygon([(420, 470), (490, 470), (510, 640), (430, 650)], fill=colour)
    for x in range(220, 470, 60):
        draw.rectangle((x, 438, x + 18, 498), fill=stripe)
    draw.polygon([(426, 600), (505, 592), (508, 616), (428, 624)], fill=stripe)


def plush(out: Image.Image) -> Image.Image:
    """Let the fur look soft: light from above left and a fine nap."""
    x = np.linspace(0.0, 1.0, out.width)[None, :]
    y = np.linspace(0.0, 1.0, out.height)[:, None]
    light = 282 - 70 * np.sqrt((x - 0.38) ** 2 + (y - 0.3) ** 2)
    rng = np.random.Generator(np.random.PCG64(out.width))
    nap = rng.integers(-13, 14, (out.height // 2, out.width // 2)).repeat(2, 0).repeat(2, 1)
    return lit_by(out, np.rint(light).astype(np.int32) + nap.astype(np.int32))

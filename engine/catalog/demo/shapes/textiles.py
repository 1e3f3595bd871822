"""Bed linen, blankets, curtains and towels."""

import numpy as np
from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.lettering import draw_chip, draw_line, draw_logo
from engine.catalog.demo.light import blank, cut_out, lit_by, rounded_mask, shaded
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import darker, lighter, mixed
from engine.catalog.demo.patterns import repeated


def bedding(art: Artwork) -> Image.Image:
    """Spread a duvet over a bed, with two pillows."""
    rng = art.rng("size")
    wide, high = 900, 800
    cell = rng.choice((120, 160, 210))
    out = blank(wide, high)
    draw = ImageDraw.Draw(out)
    wood = rng.choice(((176, 130, 86), (108, 78, 56), (222, 216, 206), (70, 74, 82)))
    draw.rounded_rectangle((20, 0, wide - 20, 300), 24, fill=wood)
    draw.rectangle((20, 250, wide - 20, 330), fill=darker(wood, 25))
    draw.rounded_rectangle((0, 210, wide - 1, 380), 40, fill=(240, 240, 238))
    for left in (60, 480):
        pillow = cloth(repeated(art, 360, 210, cell), 30, 0.8)
        pillow = cut_out(pillow, rounded_mask(pillow.size, 54))
        out.paste(pillow, (left, 120), pillow)
    duvet = cloth(repeated(art, wide, 480, cell), 44, 1.0)
    duvet = cut_out(duvet, rounded_mask(duvet.size, 36))
    out.paste(duvet, (0, 320), duvet)
    fold = cloth(Image.new("RGB", (wide, 74), mixed(art.accents[0], (255, 255, 255), 35)), 30, 0.6)
    fold = cut_out(fold, rounded_mask(fold.size, 34))
    out.paste(fold, (0, 306), fold)
    return out


def cloth(image: Image.Image, folds: int, strength: float) -> Image.Image:
    """Let light fall on soft creases that run aslant."""
    x = np.linspace(0.0, 1.0, image.width)[None, :]
    y = np.linspace(0.0, 1.0, image.height)[:, None]
    waves = np.sin(9 * x + 5 * y + 2 * np.sin(6 * y + folds)) + 0.6 * np.sin(
        17 * x - 11 * y + folds
    )
    edge = 60 * np.clip(y - 0.85, 0, 1) / 0.15 + 50 * np.clip(np.abs(x - 0.5) - 0.44, 0, 1) / 0.06
    return lit_by(image, np.rint(252 + 17 * strength * waves - edge).astype(np.int32))


def folded(art: Artwork) -> Image.Image:
    """Lay a folded cloth with a paper band that carries the words."""
    rng = art.rng("size")
    wide, high = 840, 640
    cell = rng.choice((130, 180, 240))
    stack = cloth(repeated(art, wide, high, cell), rng.randrange(60), 0.7)
    stack = shaded(stack, (), ((0, 285), (0.05, 256), (0.9, 250), (1, 190)))
    stack = cut_out(stack, rounded_mask(stack.size, 46))
    draw = ImageDraw.Draw(stack)
    for y in (high - 96, high - 52):
        draw.line([(14, y), (wide - 14, y + 4)], fill=darker(art.accents[1], 35), width=7)
        draw.line([(14, y + 8), (wide - 14, y + 12)], fill=lighter(art.accents[0], 35), width=4)
    band = paper_band(art, 300, high)
    stack.paste(shaded(band, ((0, 240), (0.5, 262), (1, 236))), (wide // 2 - 150, 0))
    return stack


def paper_band(art: Artwork, wide: int, high: int) -> Image.Image:
    """Print the band around a folded cloth."""
    band = Image.new("RGB", (wide, high), art.palette.light)
    draw = ImageDraw.Draw(band)
    draw.rectangle((0, 0, wide, high * 26 // 100), fill=art.palette.ground)
    draw.rectangle((0, high * 26 // 100, wide, high * 28 // 100), fill=art.accents[0])
    draw_logo(band, (20, high * 7 // 100, wide - 20, high * 20 // 100), art, art.palette.ground)
    ink = art.palette.ink
    draw_line(
        band, (20, high * 32 // 100, wide - 20, high * 44 // 100), art.titles[0], art.title, ink
    )
    draw_line(
        band, (20, high * 44 // 100, wide - 20, high * 50 // 100), art.languages_line, art.text, ink
    )
    draw_motif(band, art.subject, (wide // 2, high * 62 // 100), wide // 5, art.accents)
    at = (wide // 2, high * 79 // 100)
    draw_chip(band, at, art.variants[0], art.bold, 30, art.accents[1], wide_px=wide - 30)
    draw_line(
        band, (30, high * 85 // 100, wide - 30, high * 91 // 100), art.quantity, art.bold, ink
    )
    return band


def curtain(art: Artwork) -> Image.Image:
    """Hang two panels from a rod."""
    rng = art.rng("size")
    wide, high = 760, 960
    cell = rng.choice((120, 160, 200))
    out = blank(wide, high)
    panel = repeated(art, wide // 2 - 30, high - 50, cell)
    places = np.linspace(0.0, 1.0, panel.width)[None, :]
    down = np.linspace(0.0, 1.0, panel.height)[:, None]
    waves = np.sin(2 * np.pi * (5 * places + 0.25 * np.sin(2.2 * down)))
    lit = lit_by(panel, np.rint(238 + 44 * waves).astype(np.int32)).convert("RGBA")
    out.paste(lit, (20, 50))
    out.paste(lit.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (wide // 2 + 10, 50))
    draw = ImageDraw.Draw(out)
    rod = rng.choice(((90, 70, 54), (180, 184, 188), (40, 40, 44)))
    draw.rounded_rectangle((0, 18, wide - 1, 44), 12, fill=rod)
    draw.line([(8, 23), (wide - 8, 23)], fill=lighter(rod, 45), width=5)
    for x in (*range(40, wide // 2 - 10, 52), *range(wide // 2 + 30, wide - 20, 52)):
        draw.ellipse((x - 14, 10, x + 14, 62), outline=darker(rod, 20), width=6)
    return out


def towel(art: Artwork) -> Image.Image:
    """Hang a towel over a bar."""
    rng = art.rng("size")
    wide, high = 520, 900
    out = blank(wide + 120, high)
    base = mixed(art.accents[0], (255, 255, 255), rng.choice((0, 40, 70)))
    cloth_image = Image.new("RGB", (wide, high - 20), base)
    draw = ImageDraw.Draw(cloth_image)
    for y in range(0, high, 5):
        draw.line([(0, y), (wide, y)], fill=lighter(base, 10))
    top = high * 60 // 100
    border = repeated(art, wide, 170, rng.choice((120, 170)))
    cloth_image.paste(border, (0, top))
    for y in (top - 26, top - 14, top + 178, top + 190):
        draw.line([(0, y), (wide, y)], fill=art.accents[1], width=6)
    for x in range(3, wide, 9):
        draw.line([(x, high - 60), (x, high - 22)], fill=darker(base, 22), width=3)
    lit = shaded(
        cloth_image,
        ((0, 215), (0.12, 262), (0.35, 246), (0.55, 270), (0.8, 250), (1, 205)),
        ((0, 275), (0.05, 256), (1, 240)),
    )
    out.paste(lit.convert("RGBA"), (60, 20))
    bar = ImageDraw.Draw(out)
    bar.rounded_rectangle((0, 8, wide + 119, 34), 12, fill=(176, 180, 184))
    bar.line([(6, 13), (wide + 110, 13)], fill=(232, 234, 236), width=5)
    patch = cloth_image.crop((0, 0, wide, 34)).convert("RGBA")
    out.paste(shaded(patch, ((0, 240), (0.5, 285), (1, 235))), (60, 2))
    return out

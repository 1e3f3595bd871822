"""Designs for fronts that are wider than high."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.layouts.parts import disc, heap, part, scatter
from engine.catalog.demo.lettering import draw_chip, draw_line, draw_logo, draw_title
from engine.catalog.demo.palette import WHITE, legible, mixed


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

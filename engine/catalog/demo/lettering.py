"""Blocks of display text: titles that fill their place, chips, logos."""

from PIL import Image, ImageDraw

from engine.catalog.demo.artwork import Artwork
from engine.catalog.demo.motifs import draw_motif
from engine.catalog.demo.palette import WHITE, Colour, legible, mixed
from engine.catalog.demo.typeface import Style, draw_text, fitting_px, pieces, width_px

Box = tuple[int, int, int, int]  # left, top, right, bottom


def draw_title(
    image: Image.Image,
    box: Box,
    text: str,
    style: Style,
    colour: Colour,
    anchor: str = "m",
    lines: int = 2,
) -> int:
    """Draw a text as large as the box allows, in up to `lines` lines; return where it ended."""
    left, top, right, bottom = box
    size, chosen = best_break(text, style, right - left, bottom - top, lines)
    step = size * 6 // 5
    y = top + size
    x = {"l": left, "m": (left + right) // 2, "r": right}[anchor]
    for line in chosen:
        draw_text(image, (x, y), line, style, size, colour, anchor)
        y += step
    return y - step + size // 3


def best_break(
    text: str, style: Style, wide_px: int, high_px: int, lines: int
) -> tuple[int, list[str]]:
    """Return the size and the lines with which a text becomes largest."""
    parts = pieces(text)
    choices = [[text]]
    if lines >= 2:
        for cut in range(1, len(parts)):
            choices.append(["".join(parts[:cut]).strip(), "".join(parts[cut:]).strip()])
    sizes = [
        min(
            int(high_px * 5 / 6 / (1 + 1.2 * (len(choice) - 1))),
            *(fitting_px(line, style, wide_px, 400) for line in choice),
        )
        for choice in choices
    ]
    largest = max(range(len(choices)), key=lambda i: sizes[i])
    return max(sizes[largest], 8), choices[largest]


def draw_line(
    image: Image.Image, box: Box, text: str, style: Style, colour: Colour, anchor: str = "m"
) -> int:
    """Draw a text on one line that fills the box; return where it ended."""
    return draw_title(image, box, text, style, colour, anchor, lines=1)


def draw_chip(
    image: Image.Image,
    at: tuple[int, int],
    text: str,
    style: Style,
    size_px: int,
    ground: Colour,
    anchor: str = "m",
    wide_px: int = 9999,
) -> None:
    """Draw a text on a rounded plate whose middle line is at `at`."""
    size_px = fitting_px(text, style, wide_px - size_px * 2, size_px)
    pad = size_px * 3 // 4
    width = width_px(text, style, size_px) + 2 * pad
    left = at[0] - {"l": 0, "m": width // 2, "r": width}[anchor]
    high = size_px * 17 // 10
    top = at[1] - high // 2
    box = (left, top, left + width, top + high)
    ImageDraw.Draw(image).rounded_rectangle(box, high // 2, fill=ground)
    ink = legible(ground, WHITE, (34, 26, 22))
    draw_text(image, (left + pad, top + high * 7 // 10), text, style, size_px, ink)


def draw_logo(image: Image.Image, box: Box, art: Artwork, ground: Colour) -> None:
    """Draw the brand's mark and name, in the one design that the brand has."""
    rng = art.brand_rng("logo")
    design = LOGOS[rng.randrange(len(LOGOS))]
    ink = legible(ground, art.palette.light, art.palette.ink)
    design(image, box, art, ground, ink)


def plain_logo(image: Image.Image, box: Box, art: Artwork, _ground: Colour, ink: Colour) -> None:
    """Write the name alone."""
    draw_line(image, box, art.brand, art.logo, ink)


def underlined_logo(
    image: Image.Image, box: Box, art: Artwork, ground: Colour, ink: Colour
) -> None:
    """Write the name over a bar."""
    left, top, right, bottom = box
    high = bottom - top
    end = draw_line(image, (left, top, right, bottom - high // 6), art.brand, art.logo, ink)
    wide = (right - left) // 6
    middle = (left + right) // 2
    bar = (middle - wide, end, middle + wide, end + max(3, high // 16))
    ImageDraw.Draw(image).rectangle(bar, fill=stamp_colour(art, ground))


def oval_logo(image: Image.Image, box: Box, art: Artwork, ground: Colour, _ink: Colour) -> None:
    """Write the name in an ellipse with a rim."""
    left, top, right, bottom = box
    stamp = stamp_colour(art, ground)
    draw = ImageDraw.Draw(image)
    rim = max(4, (bottom - top) // 14)
    draw.ellipse(box, fill=legible(stamp, WHITE, art.palette.ink))
    draw.ellipse((left + rim, top + rim, right - rim, bottom - rim), fill=stamp)
    wide, high = (right - left) // 7, (bottom - top) // 4
    inner = (left + wide, top + high, right - wide, bottom - high)
    draw_line(image, inner, art.brand, art.logo, legible(stamp, WHITE, art.palette.ink))


def plate_logo(image: Image.Image, box: Box, art: Artwork, ground: Colour, _ink: Colour) -> None:
    """Write the name on a rounded plate."""
    left, top, right, bottom = box
    stamp = stamp_colour(art, ground)
    ImageDraw.Draw(image).rounded_rectangle(box, (bottom - top) // 5, fill=stamp)
    wide, high = (right - left) // 14, (bottom - top) // 6
    inner = (left + wide, top + high, right - wide, bottom - high)
    draw_line(image, inner, art.brand, art.logo, legible(stamp, WHITE, art.palette.ink))


def ribbon_logo(image: Image.Image, box: Box, art: Artwork, ground: Colour, _ink: Colour) -> None:
    """Write the name on a ribbon with notched ends."""
    left, top, right, bottom = box
    stamp = stamp_colour(art, ground)
    notch, high = (right - left) // 14, (bottom - top) // 8
    middle = (top + bottom) // 2
    upper = [(left, top + high), (right, top + high), (right - notch, middle)]
    lower = [(right, bottom - high), (left, bottom - high), (left + notch, middle)]
    ImageDraw.Draw(image).polygon(upper + lower, fill=stamp)
    inner = (left + 2 * notch, top + 2 * high, right - 2 * notch, bottom - 2 * high)
    draw_line(image, inner, art.brand, art.logo, legible(stamp, WHITE, art.palette.ink))


def crested_logo(image: Image.Image, box: Box, art: Artwork, ground: Colour, ink: Colour) -> None:
    """Draw a small mark before the name."""
    left, top, right, bottom = box
    marks = ("sun", "leaf", "star", "mountain", "flower", "drop", "heart", "bee")
    rng = art.brand_rng("mark")
    mark = marks[rng.randrange(len(marks))]
    radius = min((bottom - top) * 2 // 5, (right - left) // 10)
    width = width_px(art.brand, art.logo, 100)
    room = right - left - 5 * radius // 2
    size = min(fitting_px(art.brand, art.logo, room, 400), (bottom - top) * 4 // 5)
    start = (left + right - width * size // 100 - 5 * radius // 2) // 2
    stamp = stamp_colour(art, ground)
    draw_motif(
        image, mark, (start + radius, (top + bottom) // 2), radius, (stamp, mixed(stamp, ink, 40))
    )
    at = (start + 5 * radius // 2, (top + bottom) // 2 + size * 7 // 20)
    draw_text(image, at, art.brand, art.logo, size, ink)


LOGOS = (plain_logo, underlined_logo, oval_logo, plate_logo, ribbon_logo, crested_logo)


def stamp_colour(art: Artwork, ground: Colour) -> Colour:
    """Return a colour of the palette that stands out from the ground, for plates and marks."""
    stamps = (art.palette.second, art.palette.ground, art.palette.ink, (196, 32, 44), WHITE)
    start = art.brand_rng("stamp").randrange(2)
    for stamp in stamps[start:]:
        if sum(abs(a - b) for a, b in zip(stamp, ground, strict=True)) > 160:
            return stamp
    return art.palette.ink

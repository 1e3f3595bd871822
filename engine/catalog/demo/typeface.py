"""Draws text in the fonts of this package: the same pixels with or without libraqm."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from engine.catalog.demo.script import drawn, is_rightward, script_of

Colour = tuple[int, int, int]
MEASURE_PX = 100
# the European faces, each with its companions in the other scripts
LOOKS = (
    "sans", "sans-bold", "serif-bold", "serif-italic", "round-bold", "geometric-black",
    "narrow-bold", "script-bold",
)  # fmt: skip
# faces of the other scripts that go with a European face, by the ending of their names
COMPANIONS = {"sans": "", "serif-bold": "-serif", "serif-italic": "-serif"}
OTHER_NAMES = {"arabic-serif": "arabic-naskh", "kana": "japanese", "han": "japanese"}
TONES = tuple("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
UPPER_VOWELS = tuple("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e4d")
SARA_AM = "\u0e33"


@dataclass(frozen=True)
class Style:
    """A European face, and whether the characters of China are drawn in their Chinese form."""

    face: str = "sans-bold"
    is_chinese: bool = False


@cache
def characters(face: str) -> frozenset[int]:
    """Return the codes of the characters that a face can draw."""
    runs = [run.partition("-") for run in faces()[face]["characters"].split(" ")]
    return frozenset(
        code for first, _, last in runs for code in range(int(first, 16), int(last, 16) + 1)
    )


@cache
def faces() -> dict[str, dict[str, str]]:
    """Return every face with its file, its source and what it can draw."""
    table: dict[str, dict[str, str]] = json.loads((folder() / "faces.json").read_text("utf-8"))
    return table


@cache
def folder() -> Path:
    """Return where the fonts lie."""
    with as_file(files(__package__) / "fonts") as path:
        return path


@lru_cache(maxsize=160)
def font(face: str, size_px: int) -> ImageFont.FreeTypeFont:
    """Open a face at a size."""
    path = folder() / faces()[face]["file"]
    return ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)


def face_for(char: str, style: Style) -> str:
    """Return the face that draws a character in a style."""
    script = script_of(char)
    if script == "european":
        return style.face if ord(char) in characters(style.face) else fallback(style.face)
    name = "chinese" if style.is_chinese and script in ("han", "kana") else script
    name = OTHER_NAMES.get(name, name) + COMPANIONS.get(style.face, "-bold")
    return OTHER_NAMES.get(name, name)


def fallback(face: str) -> str:
    """Return the face that draws what a decorative one lacks."""
    return "sans" if face == "sans" else "serif-bold" if "serif" in face else "sans-bold"


@lru_cache(maxsize=8192)
def runs_of(text: str, style: Style) -> tuple[tuple[str, str], ...]:
    """Return the text in drawing order, cut into runs of one face each."""
    ordered = drawn(text)
    faces = {face_for(char, style) for char in ordered if script_of(char) == "european"}
    if len(faces) > 1:
        # a word half in one design and half in another looks broken
        style = Style(fallback(style.face), style.is_chinese)
    runs = groupby(ordered, key=lambda char: face_for(char, style))
    return tuple((face, "".join(chars)) for face, chars in runs)


@lru_cache(maxsize=16384)
def width_at_measure(text: str, style: Style) -> float:
    """Return the width of a text at 100 px."""
    return sum(font(face, MEASURE_PX).getlength(run) for face, run in runs_of(text, style))


def width_px(text: str, style: Style, size_px: int) -> int:
    """Return about how wide a text becomes."""
    return round(width_at_measure(text, style) * size_px / MEASURE_PX)


def fitting_px(text: str, style: Style, wide_px: int, most_px: int) -> int:
    """Return the largest size, up to `most_px`, at which a text is not wider than `wide_px`."""
    width = width_at_measure(text, style)
    return max(6, min(most_px, int(wide_px * MEASURE_PX / max(width, 1.0))))


def draw_text(
    image: Image.Image,
    at: tuple[int, int],
    text: str,
    style: Style,
    size_px: int,
    colour: Colour,
    anchor: str = "l",
) -> int:
    """Draw a text with its baseline at `at`; return its width."""
    draw = ImageDraw.Draw(image)
    width = width_px(text, style, size_px)
    x = at[0] - {"l": 0, "m": width // 2, "r": width}[anchor]
    left = float(x)
    for face, run in runs_of(text, style):
        opened = font(face, size_px)
        plain, raised = without_stacked_tones(run)
        draw.text((round(left), at[1]), plain, fill=colour, font=opened, anchor="ls")
        for place, tone in raised:
            x = round(left + opened.getlength(plain[:place]))
            draw.text((x, at[1] - size_px // 5), tone, fill=colour, font=opened, anchor="ls")
        left += opened.getlength(run)
    return width


def without_stacked_tones(run: str) -> tuple[str, list[tuple[int, str]]]:
    """Take out the Thai tone marks that stand above another mark, with their places.

    A font lifts them by its layout tables, which basic drawing does not read.
    """
    plain, raised = "", []
    for i, char in enumerate(run):
        is_stacked = run[i - 1 : i] in UPPER_VOWELS or run[i + 1 : i + 2] == SARA_AM
        if char in TONES and is_stacked:
            raised.append((len(plain), char))
        else:
            plain += char
    return plain, raised


def draw_paragraph(
    image: Image.Image,
    box: tuple[int, int, int, int],
    text: str,
    style: Style,
    size_px: int,
    colour: Colour,
    anchor: str = "l",
) -> int:
    """Draw a text in lines inside of `box` (left, top, right, bottom); return where it ended."""
    left, top, right, bottom = box
    rightward = is_rightward(text) and anchor == "l"
    step = size_px * 5 // 4
    y = top + size_px
    for line in broken(text, style, size_px, right - left):
        if y > bottom:
            break
        x = {"l": left, "m": (left + right) // 2, "r": right}["r" if rightward else anchor]
        draw_text(image, (x, y), line, style, size_px, colour, "r" if rightward else anchor)
        y += step
    return y - size_px


def broken(text: str, style: Style, size_px: int, wide_px: int) -> list[str]:
    """Break a text into lines: at spaces, or anywhere where the script has none."""
    lines = [""]
    for piece in pieces(text):
        longer = lines[-1] + piece
        if lines[-1].strip() and width_px(longer.rstrip(), style, size_px) > wide_px:
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.strip() for line in lines]


def pieces(text: str) -> list[str]:
    """Return the parts of a text between which a line may end."""
    parts: list[str] = []
    for word in text.split(" "):
        if any(script_of(char) in ("han", "kana") for char in word):
            parts += list(word)
            parts[-1] += " "
        else:
            parts.append(word + " ")
    return parts

"""Colours that go together, and the colours that flavours are known by."""

import random
from dataclasses import dataclass

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True)
class Palette:
    """The colours of a family: what is printed all over, beside it, the paper, the text."""

    ground: Colour
    second: Colour
    light: Colour
    ink: Colour


def colour(code: str) -> Colour:
    """Read `0B3C5D`."""
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


PALETTES = tuple(
    Palette(*(colour(code) for code in line.split()))
    for line in """
    0B3C5D D9B310 F6EFDD 14202B
    7A1F2B E8C07D FBF3E4 2B1114
    1F4D3A E4B363 F5F1E3 12261D
    E4572E 17BEBB FFF6EC 2E282A
    F2B134 ED553B FFF7E0 3B2A1A
    2D3047 E0A458 FFFDF7 1B1D2E
    84A98C 354F52 F3F6F2 22333B
    5F0F40 FB8B24 FFF4E6 27061B
    006D77 FFDDD2 EDF6F9 0A3B40
    BC4B51 F4A259 F9F4EC 3A1E20
    264653 E9C46A FAF6EA 15282F
    3D5A80 EE6C4D EFF6FB 1F2D40
    D62839 1D3557 F4F7F8 1A1A2A
    4A7C59 C8D5B9 FAF3DD 20382A
    F7CAD0 D0487A FFF5F7 5A1F38
    CDE7F0 2374AB F7FCFE 123B57
    FFD23F 3BCEAC FFFBEA 2B3A4A
    6A4C93 F9C74F F7F2FC 2A1B40
    E9E3D5 A44A3F FBF9F3 3A2C26
    101820 F2AA4C F7F4EE 101820
    A3C9A8 50808E F6FAF5 26404A
    0081A7 FED9B7 FDFCF2 02394A
    C1666B 48A9A6 FBF5EF 3A2A35
    8D5B4C F0C987 FAF4EA 33201A
    F4F1EA 1B998B FFFFFF 1F2A30
    EDEFF2 D7263D FFFFFF 1B1B2B
    2E4057 66A182 F6F8F4 1B2735
    0F4C3A F25C54 FBF7F0 0B2A21
    """.strip().splitlines()
)
VARIANTS = {
    name: (colour(main), colour(deep))
    for name, main, deep in (
        line.split()
        for line in """
        original C9A227 8C6A12
        apple 7CB518 4B7A0C
        strawberry E63946 9E1B2A
        blueberry 4361B8 27387A
        lemon F7D21E C99A00
        orange F58A1F C25A00
        vanilla F3D98B BF9540
        cocoa 7B4A2B 4A2A15
        mint 4CC9A0 1B8A68
        hazelnut B07D4B 7A4F25
        lavender 9B7EDE 5E3FA8
        rose F28CA8 C2436B
        sea 3BA7DB 14648F
        tomato E4432F 9C2418
        mushroom B89A7A 7C6248
        onion C98A4B 8A4F63
        carrot F0832A B85A12
        blue 2F6DB5 173E73
        green 3E9B5F 1E5E38
        red D03A3A 8A1C1C
        grey 9AA3AB 5C656E
        yellow F2C230 B98A00
        """.strip().splitlines()
    )
}
ISSUES = ("rose", "sea", "lemon", "mint", "orange", "lavender", "green", "red", "blue", "apple")


def mixed(one: Colour, other: Colour, percent: int) -> Colour:
    """Return a colour between two, `percent` of the way from `one`."""
    red, green, blue = (
        (a * (100 - percent) + b * percent) // 100 for a, b in zip(one, other, strict=True)
    )
    return red, green, blue


def lighter(one: Colour, percent: int) -> Colour:
    """Return a colour nearer to white."""
    return mixed(one, WHITE, percent)


def darker(one: Colour, percent: int) -> Colour:
    """Return a colour nearer to black."""
    return mixed(one, (0, 0, 0), percent)


def luma(one: Colour) -> int:
    """Return how light a colour looks, 0 to 255 (ITU-R BT.601)."""
    return (299 * one[0] + 587 * one[1] + 114 * one[2]) // 1000


def legible(ground: Colour, *choices: Colour) -> Colour:
    """Return the choice that stands out most from its ground."""
    return max(choices, key=lambda choice: abs(luma(choice) - luma(ground)))


def palette_of(rng: random.Random) -> Palette:
    """Choose a palette."""
    return PALETTES[rng.randrange(len(PALETTES))]

"""Draws EAN-13 codes, every bar a whole number of pixels wide."""

from PIL import Image, ImageDraw

from engine.catalog.demo.typeface import Style, draw_text

# GS1 General Specifications, figure 5.2.1-3: the left-hand digits with odd parity
ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
    "0110111", "0001011",
)  # fmt: skip
# which of the left-hand digits have even parity tells the first digit
PARITY = (
    "OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO",
    "OEEOEO",
)  # fmt: skip
INVERTED = str.maketrans("01", "10")
QUIET = 11  # modules left and right; the standard asks for 11 and 7
MODULES = 95 + 2 * QUIET


def modules_of(gtin: str) -> str:
    """Return the 95 modules of a code, 1 where there is a bar."""
    left = "".join(
        pattern(int(digit), parity)
        for digit, parity in zip(gtin[1:7], PARITY[int(gtin[0])], strict=True)
    )
    right = "".join(ODD[int(digit)].translate(INVERTED) for digit in gtin[7:])
    return f"101{left}01010{right}101"


def pattern(digit: int, parity: str) -> str:
    """Return the modules of a left-hand digit."""
    odd = ODD[digit]
    return odd if parity == "O" else odd.translate(INVERTED)[::-1]


def draw_barcode(gtin: str, module_px: int, high_px: int) -> Image.Image:
    """Draw a code with its quiet zone and its digits below, dark on white."""
    image = Image.new("RGB", (MODULES * module_px, high_px), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    size = 8 * module_px
    foot = high_px - size * 5 // 4
    for i, module in enumerate(modules_of(gtin)):
        if module == "1":
            x = (QUIET + i) * module_px
            is_guard = i < 3 or 45 <= i < 50 or i >= 92
            bottom = foot + (size // 2 if is_guard else 0)
            draw.rectangle((x, 2 * module_px, x + module_px - 1, bottom - 1), fill=(16, 16, 16))
    draw_digits(image, gtin, module_px, size)
    return image


def draw_digits(image: Image.Image, gtin: str, module_px: int, size_px: int) -> None:
    """Write the digits below the bars."""
    y = image.height - size_px // 4
    for i, digit in enumerate(gtin):
        modules = QUIET - 7 if i == 0 else QUIET + 5 + 7 * (i - 1) + (4 if i > 6 else 0)
        at = (modules * module_px + module_px, y)
        draw_text(image, at, digit, Style("sans"), size_px, (16, 16, 16), "m")

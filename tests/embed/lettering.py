"""Pictures of made-up labels."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import engine.catalog.demo

FONTS = Path(engine.catalog.demo.__file__).parent / "fonts"


def label(*lines, font="sans-bold.ttf", size_px=40, width=500):
    """Write lines below each other, black on white, the first at (20, 20)."""
    face = ImageFont.truetype(str(FONTS / font), size_px)
    image = Image.new("RGB", (width, 40 + round(1.75 * size_px) * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((20, 20 + row * round(1.75 * size_px)), line, font=face, fill=(20, 20, 20))
    return image

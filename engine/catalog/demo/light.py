"""Light on things: shading of round and folded surfaces, shadows, studio backgrounds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Gains = Sequence[tuple[float, int]]  # where along the axis (0 to 1), and how bright (256 = as is)
# light from the upper left on an upright round body, with the edge of a softbox
ROUND: Gains = (
    (0, 120),
    (0.07, 190),
    (0.2, 262),
    (0.3, 285),
    (0.4, 262),
    (0.7, 225),
    (0.9, 160),
    (1, 105),
)
GLOSSY: Gains = (
    (0, 130), (0.06, 200), (0.12, 320), (0.2, 320), (0.22, 268), (0.5, 256), (0.8, 205),
    (0.93, 150), (0.97, 190), (1, 120),
)  # fmt: skip
METAL: Gains = (
    (0, 110), (0.1, 250), (0.18, 330), (0.28, 240), (0.5, 205), (0.7, 265), (0.8, 315), (0.9, 200),
    (1, 95),
)  # fmt: skip


def profile(gains: Gains, length_px: int) -> NDArray[np.int32]:
    """Return a gain for every pixel along an axis."""
    places = np.linspace(0.0, 1.0, length_px)
    values = np.interp(places, [place for place, _ in gains], [gain for _, gain in gains])
    return np.rint(values).astype(np.int32)


def shaded(image: Image.Image, across: Gains = (), down: Gains = ()) -> Image.Image:
    """Return the picture lit by gains along one or both axes; transparency stays."""
    pixels = np.asarray(image.convert("RGB")).astype(np.int32)
    if across:
        pixels = pixels * profile(across, image.width)[None, :, None] >> 8
    if down:
        pixels = pixels * profile(down, image.height)[:, None, None] >> 8
    lit = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if image.mode == "RGBA":
        lit.putalpha(image.getchannel("A"))
    return lit


def lit_by(image: Image.Image, gains: NDArray[np.int32]) -> Image.Image:
    """Return the picture lit by a gain for every pixel (256 = as is); transparency stays."""
    pixels = np.asarray(image.convert("RGB")).astype(np.int32) * gains[:, :, None] >> 8
    lit = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if image.mode == "RGBA":
        lit.putalpha(image.getchannel("A"))
    return lit


def around_cylinder(label: Image.Image, wide_px: int, sag_px: int = 0) -> Image.Image:
    """Return a label as it looks on a round body seen from the front.

    Parameters
    ----------
    label : PIL.Image.Image
        Flat, RGB.
    wide_px : int
        How wide the body is, px; the label reaches 75 degrees to either side.
    sag_px : int
        How far the middle of a level line hangs below its ends, px: the view from above.

    Returns
    -------
    PIL.Image.Image
        RGBA, `wide_px` wide and `sag_px` higher than the label.
    """
    sine = np.linspace(-1.0, 1.0, wide_px) * np.sin(np.radians(75.0))
    across = np.arcsin(sine) / np.radians(150.0) + 0.5
    columns = np.minimum((across * label.width).astype(np.int64), label.width - 1)
    pixels = np.asarray(label.convert("RGB"))[:, columns]
    out = np.zeros((label.height + sag_px, wide_px, 4), np.uint8)
    drops = np.rint(sag_px * np.sqrt(1.0 - np.linspace(-1.0, 1.0, wide_px) ** 2)).astype(np.int64)
    rows = np.arange(label.height)[:, None] + drops[None, :]
    out[rows, np.arange(wide_px)[None, :], :3] = pixels
    out[rows, np.arange(wide_px)[None, :], 3] = 255
    return Image.fromarray(out)


def widened(label: Image.Image, wide_px: int) -> Image.Image:
    """Return a label as the middle of a wider one, whose sides go on as its edges are."""
    margin = (wide_px - label.width) // 2
    out = Image.new("RGB", (wide_px, label.height))
    for left, column in ((0, 0), (margin + label.width - 1, label.width - 1)):
        edge = label.crop((column, 0, column + 1, label.height))
        out.paste(edge.resize((margin + 2, label.height), Image.Resampling.NEAREST), (left, 0))
    out.paste(label, (margin, 0))
    return out


def blank(wide_px: int, high_px: int) -> Image.Image:
    """Return an empty picture."""
    return Image.new("RGBA", (wide_px, high_px), (0, 0, 0, 0))


def cut_out(image: Image.Image, mask: Image.Image) -> Image.Image:
    """Return the picture where the mask is light."""
    out = image.convert("RGBA")
    out.putalpha(ImageChops.multiply(out.getchannel("A"), mask))
    return out


def mask_of(size: tuple[int, int], points: Sequence[tuple[float, float]]) -> Image.Image:
    """Return a mask that is light inside of a polygon."""
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).polygon(list(points), fill=255)
    return mask


def rounded_mask(size: tuple[int, int], radius_px: int) -> Image.Image:
    """Return a mask that is light inside of a rounded rectangle as large as the picture."""
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius_px, fill=255)
    return mask


def blurred(mask: Image.Image, radius_px: int) -> Image.Image:
    """Return a soft version of a mask, made at a quarter of the size to be quick."""
    small = mask.resize((max(1, mask.width // 4), max(1, mask.height // 4)), Image.Resampling.BOX)
    soft = small.filter(ImageFilter.BoxBlur(max(1, radius_px // 6)))
    soft = soft.filter(ImageFilter.BoxBlur(max(1, radius_px // 6)))
    return soft.resize(mask.size, Image.Resampling.BILINEAR)


def on_studio(body: Image.Image, tone: int, is_flat: bool = False) -> Image.Image:
    """Return a thing as a shop photographs it: on a bright ground, with a soft shadow.

    `tone` is the brightness of the lower ground; `is_flat` is for what lies and casts none.
    """
    margin = max(body.size) // 32 * 2  # even, so that barcodes stay on the pixel grid
    size = (body.width + 2 * margin, body.height + 2 * margin)
    ground = Image.new("L", (1, 3))
    ground.putdata([255, (255 + tone) // 2, tone])
    image = ground.resize(size, Image.Resampling.BILINEAR).convert("RGB")
    alpha = body.getchannel("A")
    shadow = Image.new("L", size, 0)
    if is_flat:
        shadow.paste(alpha, (margin + margin // 6, margin + margin // 4))
    else:
        foot = alpha.crop((0, body.height * 9 // 10, body.width, body.height))
        foot = foot.resize((body.width, max(8, margin)), Image.Resampling.BOX)
        shadow.paste(foot, (margin, margin + body.height - margin * 6 // 10))
    soft = blurred(shadow, margin * 3 // 4).point([value * 45 // 100 for value in range(256)])
    image.paste((38, 36, 40), (0, 0), soft)
    image.paste(body, (margin, margin), body)
    return image

"""Any pixel format to 8-bit sRGB: profiles, CMYK, Lab, palettes, transparency, deep greys."""

import io
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
_PROFILED_MODES = frozenset({"L", "RGB", "CMYK"})
_DEEP_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
_STRIP_PIXELS = 1 << 20
_WHITES = (255.0, 2.0**16 - 1, 2.0**31 - 1, 2.0**32 - 1)


def to_srgb(image: Image.Image) -> Image.Image:
    """Return the picture as RGB of 8 bits, in sRGB, on white where it is transparent."""
    if image.mode in _DEEP_MODES:
        return _scale_to_8_bit(image).convert("RGB")
    if image.mode == "LAB":
        return _convert_profile(image, _LAB) or Image.new("RGB", image.size)
    if image.has_transparency_data:
        return _lay_on_white(image.convert("RGBA"), image.info.get("icc_profile"))
    icc_profile = image.info.get("icc_profile")
    if image.mode not in _PROFILED_MODES:
        image = image.convert("RGB")
    return _apply_profile(image, icc_profile)


def _lay_on_white(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Composite an RGBA picture on white, as a web page would show it."""
    page = Image.new("RGB", image.size, "white")
    page.paste(_apply_profile(image.convert("RGB"), icc_profile), mask=image.getchannel("A"))
    return page


def _apply_profile(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """Convert to sRGB by the picture's own profile; one that is broken or misfits is ignored."""
    if icc_profile:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile))
        except (OSError, TypeError, ValueError):
            return image.convert("RGB")
        return _convert_profile(image, profile) or image.convert("RGB")
    return image.convert("RGB")


def _convert_profile(image: Image.Image, profile: ImageCms.ImageCmsProfile) -> Image.Image | None:
    """Convert to sRGB; None when the profile does not fit the picture."""
    try:
        return ImageCms.profileToProfile(image, profile, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _scale_to_8_bit(image: Image.Image) -> Image.Image:
    """Scale grey of 16 or 32 bits, or of floats, so that its white becomes 255."""
    white = _find_white(image)
    scaled = Image.new("L", image.size)
    for top, numbers in _read_strips(image):
        scaled.paste(Image.fromarray((numbers * (255.0 / white)).astype(np.uint8)), (0, top))
    return scaled


def _find_white(image: Image.Image) -> float:
    """Guess the value of white, which such files do not tell: the least usual one that fits."""
    if image.mode.startswith("I;16"):
        return _WHITES[1]
    brightest = max(float(numbers.max()) for _, numbers in _read_strips(image))
    whites = (1.0, *_WHITES) if image.mode == "F" else _WHITES
    return next((white for white in whites if brightest <= white), brightest)


def _read_strips(image: Image.Image) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield the top row and the numbers of one strip after another, to need little memory."""
    rows = max(_STRIP_PIXELS // image.width, 1)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        numbers = np.asarray(strip).astype(np.float32)
        yield top, np.nan_to_num(numbers, nan=0.0, posinf=0.0, neginf=0.0).clip(min=0.0)

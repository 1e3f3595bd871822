"""What light, lens, sensor and network do to a picture."""

import random

import numpy as np
from PIL import Image, ImageFilter

from engine.catalog.demo.light import lit_by
from engine.catalog.demo.seeds import noise_for


def under_light(image: Image.Image, difficulty: float, rng: random.Random) -> Image.Image:
    """Light a picture unevenly, in a colour, and darken its corners."""
    x = np.linspace(-1.0, 1.0, image.width)[None, :]
    y = np.linspace(-1.0, 1.0, image.height)[:, None]
    slope = rng.uniform(10, 30 + 70 * difficulty)
    across, down = rng.uniform(-1, 1), rng.uniform(-1, 1)
    level = rng.uniform(238, 266) - rng.uniform(0, 64) * difficulty
    vignette = rng.uniform(0, 20 + 40 * difficulty) * (x * x + y * y) / 2
    lamp = rng.uniform(0, 90) * difficulty if rng.random() < 0.4 else 0.0
    far = (x - rng.uniform(-0.7, 0.7)) ** 2 + (y - rng.uniform(-0.7, 0.7)) ** 2
    gains = level + slope * (x * across + y * down) - vignette + lamp / (1 + 14 * far)
    return tinted(lit_by(image, np.rint(gains).astype(np.int32)), difficulty, rng)


def tinted(image: Image.Image, difficulty: float, rng: random.Random) -> Image.Image:
    """Give a picture the colour of its light."""
    warmth = rng.uniform(-0.6, 1.0) * (0.04 + 0.11 * difficulty)
    green = rng.uniform(-0.5, 0.5) * 0.08 * difficulty
    lift = rng.uniform(0, 26) * difficulty
    bands = []
    for band, gain in zip(image.split(), (1 + warmth, 1 + green, 1 - warmth), strict=True):
        table = [
            min(255, max(0, round(lift + value * gain * (255 - lift) / 255)))
            for value in range(256)
        ]
        bands.append(band.point(table))
    return Image.merge("RGB", bands)


def out_of_focus(image: Image.Image, difficulty: float, rng: random.Random) -> Image.Image:
    """Blur a picture: by the lens, or by a hand that moved."""
    strength = max(image.size) * difficulty * rng.uniform(0.0, 0.0075)
    if strength < 0.4:
        return image
    if rng.random() < 0.65:
        return image.filter(ImageFilter.GaussianBlur(strength))
    return moved(
        image, round(2.2 * strength) + 1, rng.choice(((1, 0), (0, 1), (1, 1), (1, -1), (2, 1)))
    )


def moved(image: Image.Image, steps: int, direction: tuple[int, int]) -> Image.Image:
    """Return the mean of a picture and its shifted copies."""
    pixels = np.asarray(image).astype(np.int32)
    total = np.zeros_like(pixels)
    for step in range(steps):
        total += np.roll(pixels, (step * direction[1], step * direction[0]), (0, 1))
    return Image.fromarray((total // steps).astype(np.uint8))


def with_noise(image: Image.Image, difficulty: float, rng: random.Random) -> Image.Image:
    """Add the grain of a small sensor."""
    reach = round(2 + 16 * difficulty * rng.random())
    noise = noise_for(rng)
    shape = (image.height, image.width)
    grain = noise.integers(-reach, reach + 1, shape) + noise.integers(-reach, reach + 1, shape)
    colour = noise.integers(-reach // 2, reach // 2 + 1, (*shape, 3))
    pixels = np.asarray(image).astype(np.int32) + grain[:, :, None] + colour
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))

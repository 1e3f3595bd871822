"""Makes a photograph of a product, from easy to hardly recognisable."""

import random
from dataclasses import dataclass

from PIL import Image

from engine.catalog.demo.artwork import artwork_of
from engine.catalog.demo.camera import out_of_focus, under_light, with_noise
from engine.catalog.demo.light import blurred
from engine.catalog.demo.obstacles import clear, hold, put_before
from engine.catalog.demo.pictures import back_view, has_back
from engine.catalog.demo.products import Product, product_at
from engine.catalog.demo.scenes import scene
from engine.catalog.demo.seeds import random_for
from engine.catalog.demo.shapes import body_of, shape_of
from engine.catalog.demo.view import View, seen, view_of

FRAME_PX = 640
FILLS_THE_PICTURE = ("wallpaper", "tile")


@dataclass(frozen=True)
class Photo:
    """A picture as a camera and a network left it."""

    image: Image.Image
    box: tuple[int, int, int, int]  # x, y, width, height of the product, px
    jpeg_quality: int


def photograph(product: Product, name: str, *, difficulty: float | None = None) -> Photo:
    """Photograph a product.

    Parameters
    ----------
    product : Product
        What is photographed.
    name : str
        Chooses the circumstances: the same name gives the same photograph.
    difficulty : float or None
        From 0, a clear picture, to 1, a bad one; None leaves it to the name.

    Returns
    -------
    Photo
        200 to 600 px at its longest side.
    """
    rng = random_for(product.family.seed, "photo", product.id, name)
    hard = rng.random() if difficulty is None else difficulty
    body, is_close = subject_of(product, rng)
    return taken(body, is_close, product.family.seed, hard, rng)


def taken(body: Image.Image, is_close: bool, seed: int, hard: float, rng: random.Random) -> Photo:
    """Photograph something that is cut out.

    Parameters
    ----------
    body : PIL.Image.Image
        RGBA, flat.
    is_close : bool
        Whether it is larger than the picture.
    seed : int
        Chooses what stands beside it.
    hard : float
        From 0, a clear picture, to 1, a bad one.
    rng : random.Random
        Chooses the circumstances.

    Returns
    -------
    Photo
        200 to 600 px at its longest side.
    """
    view = view_of(body.size, hard, is_close, rng, FRAME_PX)
    image = composed(body, view, seed, hard, rng)
    image = under_light(image, hard, rng)
    image = out_of_focus(image, hard, rng)
    image, scale = shrunk(image, hard, rng)
    image = with_noise(image, hard, rng)
    x, y, wide, high = view.box
    left, top = round(x * scale), round(y * scale)
    right = min(image.width, round((x + wide) * scale))
    bottom = min(image.height, round((y + high) * scale))
    box = (left, top, right - left, bottom - top)
    if rng.random() < 0.3 * hard:
        clear(image, box, rng)
    return Photo(image, box, round(85 - 45 * hard * rng.random()))


def subject_of(product: Product, rng: random.Random) -> tuple[Image.Image, bool]:
    """Return the thing to photograph, cut out, and whether it is larger than the picture."""
    art = artwork_of(product)
    if has_back(art) and rng.random() < 0.15:
        return back_view(art).convert("RGBA"), False
    shape = shape_of(art)
    is_close = shape in FILLS_THE_PICTURE
    is_close = is_close or (shape in ("bedding", "curtain") and rng.random() < 0.4)
    return body_of(art).reduce(2), is_close


def composed(
    body: Image.Image, view: View, seed: int, hard: float, rng: random.Random
) -> Image.Image:
    """Put the thing into a room, with what stands beside and before it."""
    image = scene(view.size, rng)
    if rng.random() < 0.12 + 0.25 * hard:
        put_neighbour(image, seed, view, rng)
    thing = seen(body, view)
    put_shadow(image, thing, rng)
    image.paste(thing, (0, 0), thing)
    luck = rng.random()
    if luck < 0.3 * hard:
        hold(image, view.box, rng)
    elif luck < 0.55 * hard:
        put_before(image, view.box, rng)
    return image


def put_shadow(image: Image.Image, thing: Image.Image, rng: random.Random) -> None:
    """Let the thing throw a soft shadow to one side."""
    reach = max(image.size) // 40
    strength = rng.randint(30, 60)
    alpha = blurred(thing.getchannel("A"), reach * 2)
    shadow = alpha.point([value * strength // 100 for value in range(256)])
    image.paste((24, 20, 20), (rng.randint(-reach, reach), rng.randint(0, reach)), shadow)


def put_neighbour(image: Image.Image, seed: int, view: View, rng: random.Random) -> None:
    """Stand another product behind, at one side."""
    other = artwork_of(product_at(seed, rng.randrange(160)))
    body = body_of(other).reduce(2)
    x, y, wide, high = view.box
    size = max(wide, high) * rng.randint(50, 90) // 100
    body.thumbnail((size, size), Image.Resampling.BOX)
    turned = body.rotate(rng.randint(-12, 12), Image.Resampling.BILINEAR, expand=True)
    left = x - turned.width * 2 // 3 if rng.random() < 0.5 else x + wide - turned.width // 3
    image.paste(turned, (left, y + high - turned.height - rng.randrange(high // 4 + 1)), turned)


def shrunk(image: Image.Image, hard: float, rng: random.Random) -> tuple[Image.Image, float]:
    """Bring a picture to the size in which it was passed on; return by how much it shrank."""
    longest = rng.randint(round(420 - 220 * hard), round(600 - 250 * hard))
    scale = longest / max(image.size)
    size = (max(16, round(image.width * scale)), max(16, round(image.height * scale)))
    return image.resize(
        size, Image.Resampling.BOX if hard > 0.5 else Image.Resampling.LANCZOS
    ), scale

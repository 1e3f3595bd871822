"""Two pictures side by side, and what is drawn over them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from engine.catalog.demo.typeface import Style, draw_text, width_px

Colour = tuple[int, int, int]
Place = tuple[float, float]

PANEL_PX = 640
"""Side of the square that each picture is fitted into."""
GAP_PX = 72
MARGIN_PX = 40
_ZOOM_MAX = 6.0
"""A crop of 40 px is not blown up to a blur of 640."""
_FINE = 2
"""Pixels of the overlay along each one of the picture: Pillow draws lines without smoothing."""

_CASING: Colour = (16, 20, 28)


@dataclass(frozen=True)
class Panel:
    """A picture on the canvas."""

    picture: Image.Image
    left: int
    top: int
    zoom: float

    @classmethod
    def fitted(cls, picture: Image.Image, left: int, top: int) -> "Panel":
        """Return the picture as large as its square lets it be, in the middle of it."""
        zoom = min(PANEL_PX / max(picture.size), _ZOOM_MAX)
        width, height = (max(round(side * zoom), 1) for side in picture.size)
        resized = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        left += (PANEL_PX - width) // 2
        return cls(resized, left, top + (PANEL_PX - height) // 2, zoom)

    def at(self, point: Place) -> Place:
        """Return where a pixel of the picture lies on the canvas."""
        return self.left + point[0] * self.zoom, self.top + point[1] * self.zoom


class Overlay:
    """Lines and boxes over the canvas, smooth; those in a panel end at its border."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._layer = Image.new("RGBA", (size[0] * _FINE, size[1] * _FINE), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self._layer)

    def line(self, start: Place, end: Place, colour: Colour, alpha: int = 190) -> None:
        """Join two places of the canvas, with a dot on each."""
        ends = _fine((start, end))
        self._draw.line(ends, (*colour, alpha), 3)
        for x, y in ends:
            dot = (x - 7, y - 7, x + 7, y + 7)
            self._draw.ellipse(dot, (*colour, 255), (255, 255, 255, 255), 2)

    def polygon(self, panel: Panel, corners: Sequence[Place], colour: Colour, width: int) -> None:
        """Draw a closed line round an area of a panel's picture, with a dark casing."""
        inside = [((x * panel.zoom), (y * panel.zoom)) for x, y in corners]
        ring = _fine([*inside, inside[0], inside[1]])
        width_px, height_px = panel.picture.size
        clipped = Image.new("RGBA", (width_px * _FINE, height_px * _FINE), (0, 0, 0, 0))
        draw = ImageDraw.Draw(clipped)
        draw.line(ring, (*_CASING, 150), _FINE * width + 4, joint="curve")
        draw.line(ring, (*colour, 255), _FINE * width, joint="curve")
        self._layer.alpha_composite(clipped, (panel.left * _FINE, panel.top * _FINE))

    def number(self, panel: Panel, corner: Place, number: int, colour: Colour) -> None:
        """Put a number on a corner of a panel's picture."""
        x, y = panel.at(corner)
        x = min(max(x, panel.left), panel.left + panel.picture.width)
        y = min(max(y, panel.top), panel.top + panel.picture.height)
        (x, y), size = _fine([(x, y)])[0], 26
        disc = (x - 18, y - 18, x + 18, y + 18)
        self._draw.ellipse(disc, (*colour, 255), (255, 255, 255, 255), 3)
        style, text = Style("sans-bold"), str(number)
        at = (round(x - width_px(text, style, size) / 2), round(y + 9))
        draw_text(self._layer, at, text, style, size, (255, 255, 255))

    def put_on(self, canvas: Image.Image) -> None:
        """Lay everything onto the canvas."""
        small = self._layer.resize(canvas.size, Image.Resampling.BOX)
        canvas.paste(small, (0, 0), small)


def _fine(places: Sequence[Place]) -> list[Place]:
    return [(x * _FINE, y * _FINE) for x, y in places]

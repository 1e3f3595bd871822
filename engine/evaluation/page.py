"""The report as one page that needs neither network nor script: figures, diagrams, mistakes."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL.Image import Image

from engine.embed.image import thumbnail
from engine.errors import EngineError
from engine.evaluate import Evaluation
from engine.evaluation.diagrams import interval_bar, reliability_diagram
from engine.evaluation.mistakes import Mistake, Named

PICTURE_PX = 380
"""Longer side of a picture in the page: twice its size on the screen, for dense ones."""


@dataclass(frozen=True)
class Pictures:
    """Where the pictures of a mistake come from."""

    crop: Callable[[Mistake], Image]
    reference: Callable[[Named], Image | None]


@dataclass(frozen=True)
class ShownMistake:
    """A mistake with its pictures as data URIs; empty where there is none."""

    mistake: Mistake
    crop_uri: str
    first_uri: str
    right_uri: str


@dataclass(frozen=True)
class Heading:
    """What the figures are of."""

    title: str
    catalog_products: int
    catalog_version: int
    day: date


def render_page(evaluations: Sequence[Evaluation], heading: Heading, pictures: Pictures) -> str:
    """Return the page.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        The first is told in full, the others are compared with it.
    heading : Heading
        What was measured.
    pictures : Pictures
        For the mistakes; one that cannot be read is left out.

    Returns
    -------
    str
        HTML.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report.html")
    return template.render(
        evaluations=evaluations,
        title=heading.title,
        catalog_products=heading.catalog_products,
        catalog_version=heading.catalog_version,
        day=heading.day.isoformat(),
        mistakes=[_shown(each, pictures) for each in evaluations[0].mistakes],
        bar=interval_bar,
        reliability=reliability_diagram,
    )


def _shown(mistake: Mistake, pictures: Pictures) -> ShownMistake:
    return ShownMistake(
        mistake,
        _uri(lambda: pictures.crop(mistake)),
        _reference_uri(mistake.first, pictures),
        _reference_uri(mistake.right, pictures),
    )


def _reference_uri(named: Named | None, pictures: Pictures) -> str:
    return _uri(lambda: pictures.reference(named) if named else None)


def _uri(load: Callable[[], Image | None]) -> str:
    """Return a picture as small JPEG in a data URI; empty where there is none to read."""
    try:
        image = load()
    except (EngineError, OSError):
        return ""
    if image is None:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(thumbnail(image, PICTURE_PX)).decode()

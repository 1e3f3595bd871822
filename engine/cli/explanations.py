"""Pictures that explain an answer, as files; nothing that is not one of them is overwritten."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from engine import __version__
from engine.errors import InvalidInputError

if TYPE_CHECKING:
    from PIL.Image import Image

    from engine.crops import Crop
    from engine.results import Candidate, SceneResult, SearchResult
    from engine.wiring import Parts

SOFTWARE = "Software"
"""Keyword of PNG (ISO/IEC 15948, 11.3.3.2) by which a picture is known as one of ours."""


def targets(out: Path, n_crops: int) -> list[Path]:
    """Return where the picture of each crop goes: OUT, or OUT-1, OUT-2 ... of several.

    Raises
    ------
    InvalidInputError
        If a file of something else, a crop perhaps, is there, or the folder is not.
    """
    if out.suffix.lower() != ".png":
        raise click.UsageError(f"--explain writes a PNG: {out} does not end in .png")
    if not out.parent.is_dir():
        raise InvalidInputError(f"{out.parent} is no folder: make it first")
    names = [out.with_stem(f"{out.stem}-{place}") for place in range(1, n_crops + 1)]
    paths = [out] if n_crops == 1 else names
    for path in paths:
        if path.exists() and not is_ours(path):
            raise InvalidInputError(
                f"{path} is there and is no explanation of this engine: name another file"
            )
    return paths


def is_ours(path: Path) -> bool:
    """Tell whether a file is a picture that this engine drew."""
    from PIL import Image, PngImagePlugin, UnidentifiedImageError

    try:
        with Image.open(path, formats=["PNG"]) as picture:
            assert isinstance(picture, PngImagePlugin.PngImageFile)
            return str(picture.text.get(SOFTWARE, "")).startswith("engine ")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return False


def write_explanations(
    paths: Sequence[Path],
    crops: Mapping[int, "Crop"],
    answer: "SearchResult | SceneResult",
    rank: int,
    parts: "Parts",
) -> bool:
    """Draw each crop beside the candidate of a rank; report what could not be written.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        From `targets`.
    crops : mapping of int to Crop
        Those that were searched, by their place among the paths.
    answer : SearchResult or SceneResult
        With a result for each of them, in order.
    rank : int
        Of the candidate, from 1.
    parts : Parts
        The engine that answered.

    Returns
    -------
    bool
        Whether all were written.
    """
    from engine.explain import explain

    is_all_written = True
    for (place, crop), result in zip(crops.items(), answer.results, strict=True):
        candidate = next((each for each in result.candidates if each.rank == rank), None)
        reference = _reference(candidate, parts) if candidate else None
        picture = explain(
            crop.picture.image, reference, result, candidate, answer.model, answer.catalog
        )
        is_all_written &= _write(picture, paths[place])
    return is_all_written


def _reference(candidate: "Candidate", parts: "Parts") -> "Image | None":
    """Return the candidate's picture; a file that was taken away is reported."""
    from engine.embed.image import read_picture
    from engine.errors import EngineError

    sha256 = candidate.reference_image.rpartition("/")[2]
    try:
        return read_picture(parts.files.path(sha256), parts.limits).image
    except (EngineError, OSError) as error:
        click.echo(f"{candidate.product.id}: {error}", err=True)
        return None


def _write(picture: "Image", path: Path) -> bool:
    """Write a picture whole or not at all."""
    from PIL.PngImagePlugin import PngInfo

    note = PngInfo()
    note.add_text(SOFTWARE, f"engine {__version__}")
    unfinished = path.with_name(f".{uuid4().hex}.part")
    try:
        picture.save(unfinished, "PNG", pnginfo=note, optimize=True)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        click.echo(f"{path} cannot be written: {error.strerror or error}", err=True)
        return False
    click.echo(f"explained in {path}", err=True)
    return True

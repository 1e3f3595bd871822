"""`engine search`: crops in, candidates and countries out."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.crops import Crop
    from engine.embed.image import DecodeLimits
    from engine.results import SceneResult, SearchResult
    from engine.wiring import Parts


@click.command()
@click.argument("crops", nargs=-1, type=click.Path(path_type=Path))
@click.option("--text", help="Find products by words, brand or GTIN instead of by a picture.")
@click.option("--box", help="x,y,width,height of the object, in pixels; one crop only.")
@click.option(
    "--scene",
    "is_scene",
    is_flag=True,
    help="The crops are of one place: also answer all together.",
)
@click.option("-k", "limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--category", "categories", multiple=True, help="Only this category; repeatable.")
@click.option("--market", "markets", multiple=True, help="Only sold here (ISO code); repeatable.")
@click.option(
    "--explain",
    "explain_to",
    metavar="OUT.png",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw crop and candidate side by side; of several crops OUT-1.png, OUT-2.png ...",
)
@click.option(
    "--explain-rank",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    help="The candidate to draw.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the document that the API answers.")
@click.pass_obj
def search(
    settings: ReadSettings,
    crops: tuple[Path, ...],
    text: str | None,
    box: str | None,
    is_scene: bool,
    limit: int,
    categories: tuple[str, ...],
    markets: tuple[str, ...],
    explain_to: Path | None,
    explain_rank: int,
    as_json: bool,
) -> None:
    """Name the product in each CROP and the countries where it is sold.

    A bad crop is reported and the others are answered; the exit code is then 1.
    """
    if (text is None) == (not crops):
        raise click.UsageError("give one or more crops, or --text, and not both")
    if box is not None and len(crops) != 1:
        raise click.UsageError("--box goes with exactly one crop")
    if is_scene and (text is not None or categories or markets):
        raise click.UsageError("--scene goes with crops alone, without filters")
    if explain_to is not None and text is not None:
        raise click.UsageError("--explain goes with crops")
    from engine.catalog.fields import check_country
    from engine.cli.explanations import targets, write_explanations
    from engine.cli.output import print_json
    from engine.cli.tables import print_result, print_scene, print_text_result
    from engine.wiring import open_engine

    paths = targets(explain_to, len(crops)) if explain_to else []
    countries = [check_country(market) for market in markets]
    with open_engine(settings()) as parts:
        _check_catalog(parts, categories)
        if text is not None:
            hits = parts.searcher.search_text(text, limit=limit)
            print_json(hits) if as_json else print_text_result(hits)
            return
        searched = _read_crops(crops, box, parts.limits)
        readable = list(searched.values())
        answer: SearchResult | SceneResult
        if is_scene:
            answer = scene = parts.searcher.search_scene(readable, limit=limit)
            print_json(scene) if as_json else print_scene(scene)
        else:
            answer = result = parts.searcher.search(
                readable, limit=limit, categories=categories, markets=countries
            )
            print_json(result) if as_json else print_result(result)
        is_done = len(readable) == len(crops)
        if paths:
            is_done &= write_explanations(paths, searched, answer, explain_rank, parts)
    if not is_done:
        sys.exit(1)


def _check_catalog(parts: "Parts", categories: Sequence[str]) -> None:
    """Refuse a mistyped category; say that nothing can be found, as in a mistyped folder."""
    from engine.catalog.filters import check_categories
    from engine.catalog.store import CatalogStore

    with parts.sessions() as session:
        check_categories(session, categories)
        if CatalogStore(session).count_products() == 0:
            folder = parts.settings.data
            click.echo(f"the catalog in {folder} is empty: import a manifest first", err=True)


def _read_crops(
    paths: Sequence[Path], box: str | None, limits: "DecodeLimits"
) -> dict[int, "Crop"]:
    """Decode the crops, by their place; a bad one is reported on stderr and left out."""
    from engine.crops import crop_from_file
    from engine.embed.image import Box
    from engine.errors import ImageError

    area: Box | None = Box.parse(box) if box else None
    crops = {}
    for place, path in enumerate(paths):
        try:
            crops[place] = crop_from_file(path, limits, area)
        except (ImageError, OSError) as error:
            click.echo(f"{path}: {error}", err=True)
    return crops

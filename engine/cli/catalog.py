"""`engine import`, `engine export`, `engine reindex`: the curator's commands."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.ingest import ImportReport
    from engine.wiring import Parts


@click.command("import")
@click.argument("manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document at the end.")
@click.pass_obj
def import_manifest(settings: ReadSettings, manifest: Path, as_json: bool) -> None:
    """Add or update the products and reference images of MANIFEST (CSV or JSON Lines).

    Safe to repeat, safe to interrupt. A product is in the catalog for good once its line is
    printed. Bad rows are reported with their line; the exit code is then 1.
    """


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: ReadSettings, folder: Path) -> None:
    """Write the whole catalog to FOLDER as a manifest with its images.

    `engine import FOLDER/catalog.jsonl` makes the same catalog again.
    """


@click.command()
@click.option("--model", "name", help="Switch to this encoder; see `engine model list`.")
@click.pass_obj
def reindex(settings: ReadSettings, name: str | None) -> None:
    """Embed all reference images that the encoder has not seen, and search with it from now on."""

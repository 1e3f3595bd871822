"""`engine import`, `engine export`, `engine reindex`: the curator's commands."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.ingest import ImportEvent, ImportReport
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
    from engine.cli.output import print_json
    from engine.wiring import open_engine

    with open_engine(settings()) as parts:
        report = run_import(parts, manifest, is_quiet=as_json)
    if as_json:
        print_json(report)
    click.echo(sum_up(report), err=True)
    if report.bad_rows:
        sys.exit(1)


def run_import(parts: "Parts", manifest: Path, *, is_quiet: bool = False) -> "ImportReport":
    """Import with a progress bar on a terminal; bad rows and pictures go to stderr at once."""
    from engine.cli.output import progress_bar

    with progress_bar("Importing", "products") as progress:
        task = progress.add_task("", total=None)

        def update(done: int, total: int | None) -> None:
            progress.update(task, completed=done, total=total)

        return parts.ingester.import_manifest(manifest, _teller(update, is_quiet=is_quiet))


def _teller(
    update: Callable[[int, int | None], None], *, is_quiet: bool
) -> "Callable[[ImportEvent], None]":
    """Return a function that shows the events of an import."""
    from engine.ingest import ImageFailed, ProductDone, RowFailed

    def tell(event: "ImportEvent") -> None:
        if isinstance(event, ImageFailed):
            bad = event.image
            click.echo(f"line {bad.line}: {bad.path}: {bad.reason}", err=True)
            return
        if isinstance(event, RowFailed):
            click.echo(f"line {event.row.line}: {event.row.reason}", err=True)
        elif isinstance(event, ProductDone) and not is_quiet:
            click.echo(f"{event.outcome}\t{event.id}")
        update(event.progress.done, event.progress.total)

    return tell


def sum_up(report: "ImportReport") -> str:
    """Return what an import did on one line."""
    parts = [
        f"{report.products_added} products added, {report.products_updated} updated, "
        f"{report.products_unchanged} unchanged",
        f"{report.images_added} images added, {report.images_removed} removed",
        f"{len(report.bad_rows)} bad rows, {len(report.bad_images)} bad images",
    ]
    return "; ".join(parts) + f"; {report.seconds:.1f} s"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(settings: ReadSettings, folder: Path) -> None:
    """Write the whole catalog to FOLDER as a manifest with its images.

    `engine import FOLDER/catalog.jsonl` makes the same catalog again.
    """
    from engine.catalog.export import export_catalog
    from engine.catalog.files import ImageFiles
    from engine.wiring import open_catalog

    chosen = settings()
    with open_catalog(chosen) as sessions, sessions() as session:
        report = export_catalog(session, ImageFiles(chosen.images_dir), folder)
    click.echo(f"{report.products} products, {report.images} images in {folder}", err=True)
    if report.missing_images:
        click.echo(f"{len(report.missing_images)} picture files are lost:", err=True)
        for path in report.missing_images:
            click.echo(path, err=True)
        sys.exit(1)


@click.command()
@click.option("--model", "name", help="Switch to this encoder; see `engine model list`.")
@click.pass_obj
def reindex(settings: ReadSettings, name: str | None) -> None:
    """Embed all reference images that the encoder has not seen, and search with it from now on.

    Picture files that a crash left behind, and that no product has, are removed on the way.
    """
    from engine.cli.output import progress_bar
    from engine.wiring import open_encoder, open_engine

    with (
        open_engine(settings()) as parts,
        progress_bar("Embedding", "images") as progress,
    ):
        encoder = parts.encoder if name is None else open_encoder(parts.settings, name)
        task = progress.add_task("", total=None)
        report = parts.ingester.reindex(
            encoder, lambda now: progress.update(task, completed=now.done, total=now.total)
        )
        n_removed = parts.ingester.remove_unreferenced()
    for bad in report.bad_images:
        click.echo(f"{bad.path}: {bad.reason}", err=True)
    if n_removed:
        click.echo(f"{n_removed} files of no product removed", err=True)
    click.echo(
        f"{report.images_embedded} images embedded in {report.seconds:.1f} s; "
        f"the catalog is now searched with {encoder.name}",
        err=True,
    )
    if report.bad_images:
        sys.exit(1)

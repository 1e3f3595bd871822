"""`engine import`, `engine export`, `engine reindex`: the curator's commands."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.ingest import ImportBegan, ImportEvent, ImportReport
    from engine.wiring import Parts


SECONDS_AN_IMAGE = 0.35
"""To import a picture with its details: 219 took 66 to 82 s on two cores (`engine demo`)."""
SECONDS_A_PLAIN_IMAGE = 0.1
"""The same where only the look is compared."""
N_SHOWN = 8
"""Names in a summary; `--json` has all."""
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("import")
@click.argument("manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["manifest", "openfoodfacts"]),
    default="manifest",
    help="A manifest, or a dump of Open Food, Beauty, Pet Food or Products Facts.",
)
@click.option("--images", type=FOLDER, help="Mirror of a dump's pictures.")
@click.option(
    "--without-images", is_flag=True, help="Keep the products of a dump that have no picture too."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document at the end.")
@click.pass_obj
def import_manifest(
    settings: ReadSettings,
    manifest: Path,
    file_format: str,
    images: Path | None,
    without_images: bool,
    as_json: bool,
) -> None:
    """Add or update the products and reference images of MANIFEST (CSV or JSON Lines).

    Safe to repeat, safe to interrupt. A product is in the catalog for good once its line is
    printed. Bad rows are reported with their line; the exit code is then 1.
    """
    from engine.cli.output import print_json
    from engine.wiring import open_engine

    is_dump = file_format == "openfoodfacts"
    if not is_dump and (images or without_images):
        raise click.UsageError("--images and --without-images belong to --format openfoodfacts")
    if is_dump and not (images or without_images):
        raise click.UsageError(
            "give the folder of the pictures as --images, or keep products without any picture "
            "by --without-images"
        )
    with open_engine(settings()) as parts:
        if is_dump:
            report = run_dump(parts, manifest, images, without_images, is_quiet=as_json)
        else:
            report = run_import(parts, manifest, is_quiet=as_json)
    if as_json:
        print_json(report)
    click.echo(sum_up(report), err=True)
    if report.bad_rows:
        sys.exit(1)


def run_import(parts: "Parts", manifest: Path, *, is_quiet: bool = False) -> "ImportReport":
    """Import a manifest with a progress bar on a terminal; what is bad goes to stderr at once."""
    with _telling(parts, is_quiet=is_quiet) as tell:
        return parts.ingester.import_manifest(manifest, tell)


def run_dump(
    parts: "Parts", dump: Path, images: Path | None, without_images: bool, *, is_quiet: bool
) -> "ImportReport":
    """Import a dump of Open Food Facts with a progress bar on a terminal."""
    from engine.catalog.openfoodfacts import Dump

    with _telling(parts, is_quiet=is_quiet) as tell:
        return parts.ingester.import_dump(
            Dump(dump, images, keeps_without_images=without_images), tell
        )


@contextmanager
def _telling(parts: "Parts", *, is_quiet: bool) -> "Iterator[Callable[[ImportEvent], None]]":
    """Give a function that shows the events of an import beside a progress bar."""
    from engine.cli.output import progress_bar

    seconds_an_image = SECONDS_AN_IMAGE if parts.extractor else SECONDS_A_PLAIN_IMAGE
    with progress_bar("Importing", "products") as progress:
        task = progress.add_task("", total=None)

        def update(done: int, total: int | None) -> None:
            progress.update(task, completed=done, total=total)

        yield _teller(update, seconds_an_image, is_quiet=is_quiet)


def _teller(
    update: Callable[[int, int | None], None], seconds_an_image: float, *, is_quiet: bool
) -> "Callable[[ImportEvent], None]":
    """Return a function that shows the events of an import."""
    from engine.ingest import ImageFailed, ImportBegan, ProductDone, RowFailed

    bad_images: dict[int, list[str]] = defaultdict(list)

    def tell(event: "ImportEvent") -> None:
        match event:
            case ImportBegan():
                click.echo(_announce(event, seconds_an_image), err=True)
                return
            case ImageFailed(image=bad):
                bad_images[bad.line].append(f"line {bad.line}: {bad.path}: {bad.reason}")
                return
            case RowFailed(row=row):
                bad_images.pop(row.line, None)  # the row's own reason names them
                click.echo(f"line {row.line}: {row.reason}", err=True)
            case ProductDone():
                for line in bad_images.pop(event.line, ()):
                    click.echo(line, err=True)
                if not is_quiet:
                    click.echo(f"{event.outcome}\t{event.id}")
        update(event.progress.done, event.progress.total)

    return tell


def _announce(began: "ImportBegan", seconds_an_image: float) -> str:
    """Say what will be done, and how long that takes at most."""
    from engine.wording import counted, duration

    seconds = began.images * seconds_an_image
    return (
        f"Importing {counted(began.rows, 'product')} with {counted(began.images, 'picture')}: "
        f"{duration(seconds)}, less where they are in the catalog already."
    )


def sum_up(report: "ImportReport") -> str:
    """Return what an import did on one line."""
    from engine.wording import counted

    parts = [
        f"{counted(report.products_added, 'product')} added, {report.products_updated:,} updated, "
        f"{report.products_unchanged:,} unchanged",
        f"{counted(report.images_added, 'image')} added, {report.images_removed:,} removed",
        f"{counted(len(report.bad_rows), 'bad row')}, "
        f"{counted(len(report.bad_images), 'bad image')}",
    ]
    if report.skipped:
        parts.append(f"passed over: {_counts(report.skipped)}")
    if report.unresolved:
        parts.append(f"no countries: {_counts(report.unresolved)}")
    return "; ".join(parts) + f"; {report.seconds:.1f} s"


def _counts(counts: Mapping[str, int]) -> str:
    """Return the most frequent names with their counts."""
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{count} {name}" for name, count in best[:N_SHOWN])
    return shown + (f" and {len(best) - N_SHOWN} more" if len(best) > N_SHOWN else "")


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
    from engine.wording import counted

    chosen = settings()
    with open_catalog(chosen) as sessions, sessions() as session:
        report = export_catalog(session, ImageFiles(chosen.images_dir), folder)
    click.echo(
        f"{counted(report.products, 'product')}, {counted(report.images, 'image')} in {folder}",
        err=True,
    )
    if report.missing_images:
        click.echo(f"Lost: {counted(len(report.missing_images), 'picture file')}:", err=True)
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
    from engine.wording import counted

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
        click.echo(f"{counted(n_removed, 'file')} of no product removed", err=True)
    click.echo(
        f"{counted(report.images_embedded, 'image')} embedded in {report.seconds:.1f} s; "
        f"the catalog is now searched with {encoder.name}",
        err=True,
    )
    if report.bad_images:
        sys.exit(1)

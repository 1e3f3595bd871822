"""`engine demo`: a made-up catalog, imported and searched, in a folder of its own."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.catalog.demo import DemoCatalog
    from engine.catalog.manifest import QueryRow
    from engine.results import CropResult
    from engine.settings import Settings

N_KNOWN_SHOWN = 8
N_UNKNOWN_SHOWN = 4
N_PACKS = 600
SECONDS_A_PRODUCT = 0.6
"""To draw one with its crops and import its pictures, 1.4 on average, on two cores."""
SECONDS_TO_SEARCH = 20
"""Loading the models included."""


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="engine-demo, or engine-packs",
    help="Where pictures, manifest and data folder go.",
)
@click.option("--products", type=click.IntRange(1), default=160, show_default=True)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed, other goods.")
@click.option("--generate-only", is_flag=True, help="Draw the pictures, import nothing.")
@click.option(
    "--packs",
    type=click.IntRange(1),
    is_flag=False,
    flag_value=N_PACKS,
    metavar="[CROPS]",
    help="Draw crops of packs bought in 36 countries instead, 600 unless told, and stop there.",
)
@click.pass_obj
def demo(
    settings: ReadSettings,
    folder: Path | None,
    products: int,
    seed: int,
    generate_only: bool,
    packs: int | None,
) -> None:
    """Draw a made-up catalog, import it, search crops of it, and say how to open the service."""
    from engine.cli.output import own_command
    from engine.wording import counted, duration

    if packs is not None:
        _generate_packs(folder or Path("engine-packs"), packs, seed)
        return
    folder = folder or Path("engine-demo")
    if not generate_only:
        click.echo(
            f"Making {counted(products, 'product')} up in {folder}, importing them and searching "
            f"crops of them: {duration(products * SECONDS_A_PRODUCT + SECONDS_TO_SEARCH)}.",
            err=True,
        )
    made = _generate(folder, products, seed)
    click.echo(
        f"{counted(made.products, 'product')} and {counted(made.crops, 'labelled crop')} "
        f"in {folder}",
        err=True,
    )
    if generate_only:
        return
    data = folder / "data"
    chosen = settings().model_copy(update={"data": data})
    _import(chosen, made)
    _search(chosen, made)
    engine = f"{own_command()} --data {shlex.quote(str(data))}"
    click.echo(
        "\nOpen the service:\n"
        f"  {engine} token create me --role analyst    # prints a token to sign in with\n"
        f"  {engine} serve                             # then open the address that it prints"
    )


def _generate(folder: Path, products: int, seed: int) -> "DemoCatalog":
    from engine.catalog.demo import generate
    from engine.cli.output import progress_bar

    with progress_bar("Drawing", "pictures") as progress:
        task = progress.add_task("", total=None)
        return generate(
            folder,
            products=products,
            seed=seed,
            progress=lambda done, total: progress.update(task, completed=done, total=total),
        )


def _rules_know(text: str) -> bool:
    """Say whether a rule reads more in a text than its language."""
    from engine.markets.clues.all import read_clues
    from engine.markets.clues.pack import PackText
    from engine.markets.facts import Fact

    return any(clue.fact is not Fact.LANGUAGE for clue in read_clues(PackText.of_lines(text)))


def _generate_packs(folder: Path, crops: int, seed: int) -> None:
    from engine.catalog.demo.packs import generate_packs
    from engine.cli.output import own_command, progress_bar

    with progress_bar("Drawing", "crops") as progress:
        task = progress.add_task("", total=crops)
        made = generate_packs(
            folder,
            crops=crops,
            seed=seed,
            progress=lambda done, _total: progress.update(task, completed=done),
            knows=_rules_know,
        )
    click.echo(f"{made.crops} labelled crops of packs in {folder}", err=True)
    engine = f"{own_command()} --data {shlex.quote(str(folder / 'data'))}"
    click.echo(f"  {engine} import {shlex.quote(str(made.manifest))}", err=True)
    click.echo(f"  {engine} eval {shlex.quote(str(made.queries))}", err=True)
    click.echo(f"  {made.sidecar} tells what each crop shows", err=True)


def _import(settings: "Settings", made: "DemoCatalog") -> None:
    from engine.cli.catalog import run_import, sum_up
    from engine.wiring import open_engine

    with open_engine(settings) as parts:
        report = run_import(parts, made.manifest, is_quiet=True)
    click.echo(sum_up(report), err=True)


def _search(settings: "Settings", made: "DemoCatalog") -> None:
    """Search some of the crops, easy and hard, known and unknown, and print a row for each."""
    from engine.catalog.manifest import QueryRow, read_queries
    from engine.crops import crop_from_file
    from engine.wiring import open_engine
    from engine.wording import counted

    rows = [row for row in read_queries(made.queries) if isinstance(row, QueryRow)]
    known = [row for row in rows if row.product]
    unknown = [row for row in rows if not row.product]
    shown = _spread(known, N_KNOWN_SHOWN) + _spread(unknown, N_UNKNOWN_SHOWN)
    click.echo(f"Searching {counted(len(shown), 'crop')} ...", err=True)
    with open_engine(settings) as parts:
        results = [
            parts.searcher.search([crop_from_file(row.image, parts.limits, row.box)]).results[0]
            for row in shown
        ]
    _print_table(shown, results)


def _spread(rows: Sequence["QueryRow"], count: int) -> list["QueryRow"]:
    """Return so many rows, evenly from beginning to end."""
    return list(rows[:: max(1, len(rows) // count)][:count])


def _print_table(rows: Sequence["QueryRow"], results: Sequence["CropResult"]) -> None:
    from rich.table import Table

    from engine.cli.output import open_console
    from engine.cli.tables import countries_in_short
    from engine.wording import percent

    table = Table(title="Crops of the demo", title_justify="left", title_style="bold")
    for column in ("crop", "first candidate", "", "probability", "unknown", "market countries"):
        table.add_column(column)
    for row, result in zip(rows, results, strict=True):
        first = result.candidates[0]
        table.add_row(
            row.image.name,
            first.product.name,
            _verdict(row, result),
            percent(first.probability),
            percent(result.unknown),
            countries_in_short(result),
        )
    open_console().print(table)
    open_console().print(
        "[green]right[/green]: the product the crop shows. "
        "[dim]not there[/dim]: the crop's product is not in the catalog, so nothing can be right."
    )


def _verdict(row: "QueryRow", result: "CropResult") -> str:
    if not row.product:
        return "[dim]not there[/dim]"
    if result.candidates[0].product.id == row.product:
        return "[green]right[/green]"
    return "[red]wrong[/red]"

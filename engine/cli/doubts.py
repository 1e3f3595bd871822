"""`engine doubts`: what a curator should look at."""

from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.doubts import Doubt, PackReader

LONGEST = 400
"""Characters of a cell: names and sources come from outside, and may be anything."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def doubts(settings: ReadSettings, as_json: bool) -> None:
    """List products whose pack contradicts their markets, or whose sources disagree.

    The words on each reference picture are heard as those of a crop: a pack that points to other
    countries than the catalog claims is another pack, or the claim is wrong. Nothing is changed.
    """
    from engine.cli.output import print_json
    from engine.wiring import open_packs
    from engine.wording import counted, one_line

    with open_packs(settings()) as (sessions, packs), sessions() as session:
        n_unread = packs.count_unread(session)
        n_products, found = find_doubts(session, packs)
    if as_json:
        print_json({"doubts": found})
    else:
        for doubt in found:
            cells = (doubt.product, doubt.filename, doubt.reason)
            click.echo("\t".join(one_line(cell, LONGEST) for cell in cells))
    click.echo(
        f"{counted(len(found), 'doubt')} about {counted(n_products, 'product')} of the catalog",
        err=True,
    )
    if n_unread:
        click.echo(
            f"{counted(n_unread, 'picture')} could not be heard: `engine reindex` reads the words",
            err=True,
        )


def find_doubts(session: "Session", packs: "PackReader") -> "tuple[int, list[Doubt]]":
    """Return how many products there are and all doubts, with a progress bar on a terminal."""
    from engine.catalog.store import CatalogStore
    from engine.cli.output import progress_bar

    found: list[Doubt] = []
    total = CatalogStore(session).count_products()
    with progress_bar("Reading packs", "products") as progress:
        task = progress.add_task("", total=total)
        for done, some in enumerate(packs.doubts(session), start=1):
            found += some
            progress.update(task, completed=done)
    return total, found

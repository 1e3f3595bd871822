"""`engine token`: who may use the service."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.api.tokens import TokenStore


@click.group()
def token() -> None:
    """Create, list and revoke the tokens that people sign in with."""


@token.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["analyst", "curator", "admin"]),
    required=True,
    help="analyst: search; curator: also change the catalog; admin: everything.",
)
@click.pass_obj
def create(settings: ReadSettings, name: str, role: str) -> None:
    """Make a token for NAME and print it alone: it is shown this once."""
    with _open_tokens(settings) as tokens:
        click.echo(tokens.create(name, role))


@token.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def list_tokens(settings: ReadSettings, as_json: bool) -> None:
    """List names, roles and dates; the tokens themselves are not kept."""
    with _open_tokens(settings) as tokens:
        rows = tokens.list()
    if as_json:
        from engine.cli.output import print_json  # rich, a tenth of a second

        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        state = f"revoked {row.revoked_at:%Y-%m-%d}" if row.revoked_at else "valid"
        click.echo(f"{row.name}\t{row.role}\t{row.created_at:%Y-%m-%d}\t{state}")


@token.command()
@click.argument("name")
@click.pass_obj
def revoke(settings: ReadSettings, name: str) -> None:
    """End NAME's access at once."""
    with _open_tokens(settings) as tokens:
        tokens.revoke(name)
    click.echo(f"revoked {name}", err=True)


@contextmanager
def _open_tokens(settings: ReadSettings) -> Iterator["TokenStore"]:
    """Open the token table without loading an encoder."""
    from engine.api.tokens import TokenStore
    from engine.catalog.database import Sessions, open_database

    database = open_database(settings().database_path)
    try:
        yield TokenStore(Sessions(database))
    finally:
        database.dispose()

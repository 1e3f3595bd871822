"""`engine model`: the encoders on this machine, and fetching another."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.settings import ReadSettings

if TYPE_CHECKING:
    from engine.embed.models.store import ModelStore


@click.group()
def model() -> None:
    """List, show, pull and add encoders; `engine reindex --model NAME` switches to one."""


@model.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def list_models(settings: ReadSettings, as_json: bool) -> None:
    """List the encoders on this machine."""
    from engine.cli.output import print_json

    cards = _open_store(settings).list()
    if as_json:
        print_json([asdict(card) for card in cards])
        return
    for card in cards:
        click.echo(f"{card.name}\t{card.source}\t{card.licence or 'licence unknown'}")


@model.command()
@click.argument("name")
@click.pass_obj
def show(settings: ReadSettings, name: str) -> None:
    """Show where encoder NAME came from, its licence and the hashes of its files."""
    from engine.cli.output import print_json

    card = _open_store(settings).get(name)
    print_json(asdict(card) | {"fingerprint": card.fingerprint if card.files else None})


@model.command()
@click.argument("name")
@click.argument("pretrained", required=False)
@click.pass_obj
def pull(settings: ReadSettings, name: str, pretrained: str | None) -> None:
    """Fetch the open_clip model NAME with the weights PRETRAINED from its hub.

    The only command that uses the network. Weights, configuration and tokenizer are stored in
    the data folder and pinned by SHA-256; the folder may be copied to a machine without network.
    """
    store = _open_store(settings)
    card = store.pull(name, pretrained, _tell_file)
    click.echo(card.name)
    click.echo(
        f"stored in {store.folder}; `engine reindex --model {card.name}` switches to it", err=True
    )


@model.command()
@click.argument("name")
@click.argument("config")
@click.argument("checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--tokenizer",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the tokenizer's files, where the model needs some.",
)
@click.option("--licence", help="Terms of the weights, to be kept with them.")
@click.pass_obj
def add(
    settings: ReadSettings,
    name: str,
    config: str,
    checkpoint: Path,
    tokenizer: Path | None,
    licence: str | None,
) -> None:
    """Add an encoder of your own as NAME.

    CONFIG is a model of open_clip's registry or a model config file, CHECKPOINT its weights.
    """
    source = Path(config) if Path(config).is_file() else config
    card = _open_store(settings).add_local(name, source, checkpoint, tokenizer, licence)
    click.echo(card.name)


def _tell_file(name: str, size_bytes: int) -> None:
    click.echo(f"fetching {name} ({size_bytes / 1e6:.1f} MB)", err=True)


def _open_store(settings: ReadSettings) -> "ModelStore":
    from engine.wiring import open_models

    return open_models(settings())

"""What commands print: results on stdout, all else on stderr."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

WIDTH_OFF_TERMINAL = 160
"""Columns of a table that goes into a file or a pipe, where nothing says how wide it may be."""


def open_console() -> Console:
    """Return a console on stdout."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH_OFF_TERMINAL)


def print_json(document: object) -> None:
    """Print dataclasses and plain data as one JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    """Return what JSON has no word for in plain data."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)  # paths and dates


class RateColumn(ProgressColumn):
    """Things done a second."""

    def render(self, task: Task) -> Text:
        """Return the present rate."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="dim")


@contextmanager
def progress_bar(label: str, unit: str) -> Iterator[Progress]:
    """Show a bar with count, rate and time left on stderr, if that is a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        RateColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield progress

"""What commands print: results on stdout, all else on stderr."""

import json
import shlex
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from engine.wording import duration

WIDTH_OFF_TERMINAL = 160
"""Columns of a table that goes into a file or a pipe, where nothing says how wide it may be."""

PAUSE_S = 10.0
"""Between two lines about the progress where no bar can be drawn, as in a log."""


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


class ProgressLines(Progress):
    """Says how far the work is in a line now and then, where no bar can be drawn."""

    def __init__(self, label: str, unit: str) -> None:
        super().__init__(disable=True, get_time=time.monotonic)
        self._label, self._unit = label, unit
        self._next = time.monotonic() + PAUSE_S

    def update(self, task_id: TaskID, **changes: Any) -> None:  # noqa: ANN401 - as rich's
        """Note progress; print a line if the last one is some time ago."""
        super().update(task_id, **changes)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + PAUSE_S
            click.echo(self._line(self._tasks[task_id]), err=True)

    def _line(self, task: Task) -> str:
        total = "" if task.total is None else f" of {task.total:,.0f}"
        left = task.time_remaining
        rest = "" if left is None else f", {duration(left)} left"
        return f"{self._label}: {task.completed:,.0f}{total} {self._unit}{rest}"


@contextmanager
def progress_bar(label: str, unit: str) -> Iterator[Progress]:
    """Show on stderr a bar with count, rate and time left, or lines if that is no terminal."""
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
    is_drawn = console.is_terminal
    with Progress(*columns, console=console) if is_drawn else ProgressLines(label, unit) as shown:
        yield shown


def own_command() -> str:
    """Return what to type for `engine` here: its name, or its path if the shell finds no such."""
    script = Path(sys.executable).with_name("engine")
    found = shutil.which("engine")
    if found and Path(found).resolve() == script.resolve():
        return "engine"
    if not script.is_file():
        return f"{shlex.quote(sys.executable)} -m engine"
    is_below = script.is_relative_to(Path.cwd())
    return shlex.quote(str(script.relative_to(Path.cwd()) if is_below else script))

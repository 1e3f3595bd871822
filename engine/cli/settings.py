"""Settings of a command: the environment, then the options."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

if TYPE_CHECKING:
    from engine.settings import Settings

ReadSettings: TypeAlias = "Callable[[], Settings]"
"""What `main` hands to each command: settings are read when a command runs, not for its help."""


def read_settings(data: Path | None) -> "Settings":
    """Read the `ENGINE_...` variables; `--data` goes before `ENGINE_DATA`.

    Raises
    ------
    click.UsageError
        If a variable's value cannot mean anything.
    """
    from pydantic import ValidationError

    from engine.settings import Settings

    try:
        return Settings() if data is None else Settings(data=data)
    except ValidationError as error:
        problems = "; ".join(
            f"ENGINE_{str(problem['loc'][0]).upper()}: {problem['msg']}"
            for problem in error.errors()
        )
        raise click.UsageError(problems) from error

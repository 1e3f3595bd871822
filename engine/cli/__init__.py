"""The command line: each command parses, calls and shows.

Commands live in modules of their own and are imported when they are run or listed, and what they
need is imported inside them: `engine --help` and `engine token` must not wait for torch.
"""

import logging
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from engine import __version__
from engine.errors import EngineError

COMMANDS: Mapping[str, str] = {
    "import": "engine.cli.catalog:import_manifest",
    "export": "engine.cli.catalog:export",
    "doubts": "engine.cli.doubts:doubts",
    "reindex": "engine.cli.catalog:reindex",
    "search": "engine.cli.search:search",
    "serve": "engine.cli.serve:serve",
    "eval": "engine.cli.evaluation:evaluate",
    "calibrate": "engine.cli.calibration:calibrate",
    "bench": "engine.cli.bench:bench",
    "token": "engine.cli.token:token",
    "model": "engine.cli.model:model",
    "demo": "engine.cli.demo:demo",
}


class EngineGroup(click.Group):
    """Imports a command when it is asked for, and ends on an engine error in its own words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which people meet them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # what click returns
        """Run the command; an engine error is printed, a bug keeps its traceback."""
        try:
            return super().invoke(ctx)
        except EngineError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=EngineGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Data folder; made if missing. [env: ENGINE_DATA]",
)
@click.option("-v", "--verbose", "is_verbose", is_flag=True, help="Show the log on stderr too.")
@click.version_option(__version__, prog_name="engine")
@click.pass_context
def main(ctx: click.Context, data: Path | None, is_verbose: bool) -> None:
    """Name the product in a crop, and the countries where it is sold."""
    from engine.cli.logs import show_logs
    from engine.cli.settings import read_settings

    show_logs(logging.INFO if is_verbose else logging.WARNING)
    ctx.obj = lambda: read_settings(data)

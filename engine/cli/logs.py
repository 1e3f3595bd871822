"""What the engine logs, shown on stderr."""

import logging

import click

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class EchoHandler(logging.Handler):
    """Writes to what stderr is at that moment, which tests and progress bars exchange."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        click.echo(self.format(record), err=True)


def show_logs(level: int = logging.INFO) -> None:
    """Show the engine's log from this level on; other libraries' from warnings on."""
    root = logging.getLogger()
    if not any(isinstance(handler, EchoHandler) for handler in root.handlers):
        handler = EchoHandler()
        handler.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(handler)
    logging.getLogger("engine").setLevel(level)

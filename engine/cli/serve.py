"""`engine serve`: the API and the web pages."""

from ipaddress import ip_address

import click

from engine.cli.settings import ReadSettings


@click.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 picks one. [default: 8080]")
@click.pass_obj
def serve(settings: ReadSettings, host: str | None, port: int | None) -> None:
    """Serve the API and the web pages; print the address when ready.

    Ends cleanly on SIGTERM and Ctrl-C: what was asked is answered first.
    """
    from engine.api.app import create_app
    from engine.api.server import serve as run_server
    from engine.cli.logs import show_logs
    from engine.markets.clues.all import load_tables
    from engine.wiring import open_engine

    show_logs()  # who asked for what belongs to a service, warnings alone do not tell it
    chosen = settings()
    host = host or chosen.host
    if not _is_loopback(host):
        click.echo(
            f"Listening on {host}: tokens and crops travel unencrypted unless a proxy adds TLS.",
            err=True,
        )
    with open_engine(chosen) as parts:
        load_tables()  # the first crop need not wait for them
        run_server(
            create_app(parts), host, chosen.port if port is None else port, on_ready=click.echo
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

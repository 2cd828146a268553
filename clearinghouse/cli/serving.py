"""`serve`: the web site."""

from __future__ import annotations

import click

from clearinghouse.cli.base import example, opened


@click.command(epilog=example("clearinghouse serve", "clearinghouse serve --host 0.0.0.0 --port 80"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--debug", is_flag=True, help="For developers only: show errors, load changes, serve one machine.")
def serve(host: str, port: int, debug: bool) -> None:
    """Serve the library to visitors until stopped with Ctrl-C.

    Put it behind a web server that speaks HTTPS when visitors come from outside; the README shows how.
    """
    from clearinghouse import serving

    with opened() as library:
        serving.serve(library, host, port, debug=debug, say=click.echo)


COMMANDS = {"serve": serve}

"""`python -m service`: the store for programs, over HTTP."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from store.errors import UsageError, WrongSetting
from store.logs import configure_logs
from store.settings import settings


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store", type=click.Path(file_okay=False, path_type=Path), help="Folder of the store (default: MINGZHANG_STORE, else var/store)."
)
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(1, 65535), default=8502, show_default=True)
@click.pass_context
def main(context: click.Context, store: Path | None, address: str, port: int) -> None:
    """Answers, records, findings and pages for programs, read only: over HTTP, until it is stopped."""
    try:
        chosen = settings()
    except WrongSetting as error:
        raise click.UsageError(str(error)) from error
    configure_logs(chosen.log_format, chosen.log_level)
    if context.invoked_subcommand is None:
        from service.serving import serve
        from service.shelf import Shelf
        from service.web import create_app

        try:
            serve(create_app(chosen, Shelf(store or chosen.store, chosen.canary)), address, port)
        except UsageError as error:
            raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m service"))

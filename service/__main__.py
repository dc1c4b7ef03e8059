"""`python -m service`: the store for programs, over HTTP; `python -m service mcp`: for an AI client."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from store.errors import UsageError
from store.logs import configure_logs
from store.settings import Settings, settings

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _store_option(command: _Command) -> _Command:
    folder = click.Path(file_okay=False, path_type=Path)
    return click.option("--store", "folder", type=folder, help="Folder of the store (default: MINGZHANG_STORE, else var/store).")(command)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@_store_option
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(1, 65535), default=8502, show_default=True)
@click.pass_context
def main(context: click.Context, folder: Path | None, address: str, port: int) -> None:
    """Answers, records, findings and pages for programs, read only: over HTTP, until it is stopped."""
    if context.invoked_subcommand is not None:
        return
    chosen = _settings(folder)
    from service.serving import serve
    from service.shelf import Shelf
    from service.web import create_app

    try:
        serve(create_app(chosen, Shelf(chosen.store, chosen.canary)), address, port)
    except UsageError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@_store_option
def mcp(folder: Path | None) -> None:
    """Offers the same to one AI client, over standard input and output (Model Context Protocol)."""
    chosen = _settings(folder)
    from service.shelf import Shelf
    from service.tools import create_tools

    create_tools(Shelf(chosen.store)).run("stdio")


def _settings(folder: Path | None) -> Settings:
    """The settings, logs configured by them; the store is the one that the command names, where it names one."""
    try:
        chosen = settings()
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    configure_logs(chosen.log_format, chosen.log_level)
    return chosen if folder is None else chosen.model_copy(update={"store": folder})


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m service"))

"""python -m chat feedback | questions: what readers thought of answers, and what was asked."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from chat.journal import FILE, Asked, Feedback, Journal
from store.errors import MingzhangError
from store.settings import settings

_STORE = click.option(
    "--store",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: settings().store,
    help="Folder of the store (default: MINGZHANG_STORE, else var/store).",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One object a line, as JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """What the chat has noted beside the records."""


@main.command("feedback")
@click.option("--unhelpful", is_flag=True, help="Only what did not help.")
@_JSON
@_STORE
def feedback_command(unhelpful: bool, as_json: bool, folder: Path) -> None:
    """Lists what readers thought of answers, the oldest first."""
    for told in _journal(folder).feedback():
        if not (unhelpful and told.helpful):
            click.echo(_as_json(told) if as_json else _feedback_line(told))


@main.command("questions")
@_JSON
@_STORE
def questions_command(as_json: bool, folder: Path) -> None:
    """Lists the questions that were asked, the oldest first. It names nobody."""
    for asked in _journal(folder).questions():
        click.echo(_as_json(asked) if as_json else _question_line(asked))


def _journal(folder: Path) -> Journal:
    if not (folder / FILE).is_file():
        raise click.ClickException(f"Nothing is noted at {folder}: no chat has run on this store yet, or name another with --store")
    try:
        return Journal(folder)
    except MingzhangError as error:
        raise click.ClickException(str(error)) from error


def _as_json(noted: Feedback | Asked) -> str:
    return json.dumps(asdict(noted), ensure_ascii=False)


def _feedback_line(told: Feedback) -> str:
    thumb = "👍" if told.helpful else "👎"
    return f"{_time(told.given)} {thumb} {_plain(' → '.join(told.questions))} | {_plain(told.reason) or '-'} | {_plain(told.answer[:120])}"


def _question_line(asked: Asked) -> str:
    return f"{_time(asked.at)} {asked.status} {asked.ms:.0f} ms {_plain(asked.question)} | {'、'.join(asked.documents) or '-'}"


def _plain(text: str) -> str:
    """What a reader typed, fit for a line of a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m chat"))

"""python -m store: what the store holds, checked and exported (CONTRACT.md), and its index made anew."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from store.across import check_across
from store.checks import finding_to_json, finding_to_line
from store.database import Store
from store.errors import MingzhangError, UsageError
from store.export import Format, export, format_of
from store.model import Verdict
from store.settings import settings, told

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _store_option(command: _Command) -> _Command:
    folder = click.Path(file_okay=False, path_type=Path)
    text = "Folder of the store (default: MINGZHANG_STORE, else var/store)."
    return click.option("--store", "folder", type=folder, default=lambda: settings().store, help=text)(command)


def _document_option(command: _Command) -> _Command:
    return click.option("--document", metavar="NAME", help="Only this document, by its file name.")(command)


@contextmanager
def _told() -> Iterator[None]:
    """Our errors become messages and exit codes: 2 for wrong usage, else 1."""
    try:
        yield
    except UsageError as error:
        raise click.UsageError(str(error)) from error
    except MingzhangError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _opened(folder: Path, document: str | None) -> Iterator[tuple[Store, list[str]]]:
    """The store and the documents that are meant."""
    with _told():
        store = Store.open(folder)
        held = [disclosure.document for disclosure in store.disclosures()]
        if document is not None and document not in held:
            raise UsageError(f"The store at {folder} holds no document named {document}; it holds: {'、'.join(held) or 'none'}")
        yield store, held if document is None else [document]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """What the store holds of the disclosures taken in: checked, exported, saved and restored; and the settings."""


@main.command()
@_document_option
@click.option("--json", "as_json", is_flag=True, help="One Check a line, as JSON.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Also a workbook (XLSX) with pictures of the pages beside it.")
@_store_option
def check(document: str | None, as_json: bool, out: Path | None, folder: Path) -> None:
    """Prints how the accounting identities came out: whether the disclosures' figures agree with each other."""
    with _opened(folder, document) as (store, documents):
        found = [finding for name in documents for finding in (*store.findings(name), *check_across(store, name))]
        if out is not None:
            from store.workbook import pictures_of, write_findings  # costs openpyxl's and Pillow's import

            drawn = write_findings(found, pictures_of(store), out)
            click.echo(f"{len(found)} findings written to {out}, {drawn} pictures beside it", err=True)
    for finding in found:
        if not as_json:
            click.echo(finding_to_line(finding))
        elif finding.verdict is not Verdict.NOT_RUN:
            click.echo(json.dumps(finding_to_json(finding), ensure_ascii=False))
    counted = Counter(finding.verdict for finding in found)
    click.echo(
        f"{len(documents)} documents, {len(found) - counted[Verdict.NOT_RUN]} checks: {counted[Verdict.HOLDS]} hold, "
        f"{counted[Verdict.ROUNDING]} differ by rounding, {counted[Verdict.VIOLATED]} are violated; "
        f"{counted[Verdict.NOT_RUN]} could not be run",
        err=True,
    )


@main.command("export")
@_document_option
@click.option(
    "--format", "form", type=click.Choice([str(form) for form in Format]), help="Default: what --out ends in; csv where it has no ending."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@_store_option
def export_command(document: str | None, form: str | None, out: Path, folder: Path) -> None:
    """Writes the structured records to a file, a row for each printed cell."""
    with _opened(folder, document) as (store, documents):
        written = export(store, documents, Format(form) if form else format_of(out), out)
    click.echo(f"{written} records of {len(documents)} documents written to {out}", err=True)


@main.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@_store_option
def backup(out: Path, folder: Path) -> None:
    """Writes the whole store to one file, while others read and write it."""
    from store.backup import back_up

    with _told():
        saved = back_up(folder, out)
    click.echo(f"{saved.documents} documents, {saved.originals} originals, {saved.bytes} bytes written to {out}", err=True)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_store_option
def restore(file: Path, folder: Path) -> None:
    """Makes a backup a store again, in a folder that holds none."""
    from store.backup import restore as put_back
    from store.index import refresh

    with _told():
        restored = put_back(file, folder)
        with closing(Store.open(folder)) as store:
            passages = refresh(store)
    click.echo(f"{restored.documents} documents, {restored.originals} originals, {passages} passages restored to {folder}", err=True)


@main.command("settings")
@click.option("--json", "as_json", is_flag=True, help="One object a line, as JSON.")
def settings_command(*, as_json: bool) -> None:
    """Prints each setting: its value as it counts here, where that comes from, and what it is. Keys are masked."""
    with _told():
        chosen = settings()
    for one in told(chosen):
        click.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else f"{one.variable}={one.value}  # {one.source}: {one.meaning}")


@main.command()
@_store_option
def index(folder: Path) -> None:
    """Makes the index of passages anew from the records: for one that is damaged or was deleted."""
    with _opened(folder, None) as (store, documents):
        from store.index import rebuild  # takes seconds to import

        written = rebuild(store)
    click.echo(f"{written} passages of {len(documents)} documents indexed", err=True)


if __name__ == "__main__":
    sys.exit(main(prog_name="python -m store"))

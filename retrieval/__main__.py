"""`python -m retrieval "QUESTION"`: one answer; `--batch IN --out OUT`: many in one process (CONTRACT.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from retrieval.answer import Answer, Status, answer_to_json
from retrieval.asking import ask
from retrieval.library import Library
from store.errors import MingzhangError
from store.settings import settings


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
@click.option("--history", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON list of earlier questions.")
@click.option(
    "--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help='JSON lines {"id", "question", "conversation"}.'
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the batch's answers go, a JSON line each.")
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), default=None, help="Folder of the store.")
def main(question: str | None, as_json: bool, history: Path | None, batch: Path | None, out: Path | None, store: Path | None) -> None:
    """Answers a question about the disclosures in the store, with the page that proves it."""
    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise click.UsageError("Give a QUESTION, or --batch IN.jsonl with --out OUT.jsonl")
    try:
        library = Library.open(store or settings().store)
        if batch is not None and out is not None:
            _batch(library, batch, out)
        elif question is not None:
            _print(ask(question, _earlier(history), library), as_json=as_json)
    except MingzhangError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


def _earlier(history: Path | None) -> list[str]:
    if history is None:
        return []
    try:
        earlier = json.loads(history.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{history} is no JSON: {error}") from error
    if not isinstance(earlier, list) or not all(isinstance(q, str) for q in earlier):
        raise click.UsageError(f"{history} must hold a JSON list of earlier questions")
    return earlier


def _batch(library: Library, batch: Path, out: Path) -> None:
    with out.open("w", encoding="utf-8") as lines:
        for identifier, question, conversation in _questions(batch):
            answer = ask(question, conversation, library)
            lines.write(json.dumps(answer_to_json(answer, identifier), ensure_ascii=False) + "\n")


def _questions(batch: Path) -> Iterator[tuple[str, str, list[str]]]:
    with batch.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                asked = json.loads(line)
                yield str(asked["id"]), str(asked["question"]), [str(q) for q in asked.get("conversation") or []]
            except (ValueError, KeyError, TypeError) as error:
                raise click.UsageError(f"{batch} line {number} is no question: {error!r}") from error


def _print(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(answer_to_json(answer), ensure_ascii=False, indent=1))
        return
    click.echo(answer.text)
    for warning in answer.warnings:
        click.echo(f"⚠ {warning}")
    if answer.status is Status.ANSWERED and answer.derivation is not None:
        click.echo(f"算式：{answer.derivation.formula}")
    for c in answer.citations:
        printed = f"（页码{c.printed_page}）" if c.printed_page else ""
        click.echo(f"  [{c.document} 第{c.page}页{printed}] {c.table} {c.row} {c.column} “{c.quote}”")


if __name__ == "__main__":
    main()

"""Measures answering on gold questions: the grader's table, the retriever's recall, latency; fails below the floors.

    python -m benchmarks.evaluate [--shared ../shared] [--store var/eval]

Gold questions and disclosures lie beside the project (`../shared/eval`), not in it: without them this says so and ends
with success, so that CI runs anywhere. Documents are ingested once; unchanged ones cost nothing the next time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ingest.pipeline import ingest_paths
from retrieval.answer import answer_to_json
from retrieval.asking import ask
from retrieval.library import Library
from store.settings import ROOT, settings

FLOORS = Path(__file__).with_name("floors.json")
NARRATIVE = frozenset({"reason", "definition"})  # kinds whose answer is a passage


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold question: what is asked, and the pages of which any one proves the answer, by document."""

    id: str
    kind: str
    question: str
    conversation: tuple[str, ...]
    pages: dict[str, frozenset[int]]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--shared", type=click.Path(file_okay=False, path_type=Path), default=ROOT.parent / "shared")
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "var" / "eval")
@click.option("--failures", default=0, help="Print this many questions that were not right.")
def main(shared: Path, store: Path, failures: int) -> None:
    """Ingests the eval disclosures, asks the gold questions, grades the answers and holds them against the floors."""
    questions = shared / "eval" / "questions.jsonl"
    if not questions.is_file():
        click.echo(f"No gold questions at {questions}: nothing is measured")
        return
    ingest_paths([shared / "corpus", shared / "eval" / "documents"], store, workers=2)
    library = Library.open(store)
    golds = list(_read(questions))
    answers = store / "answers.jsonl"
    with answers.open("w", encoding="utf-8") as lines:
        for gold in golds:
            answer = ask(gold.question, gold.conversation, library)
            lines.write(json.dumps(answer_to_json(answer, gold.id), ensure_ascii=False) + "\n")
    grader = [sys.executable, str(shared / "eval" / "grade.py"), str(questions), str(answers)]
    click.echo(subprocess.run([*grader, "--failures", str(failures)], check=True, capture_output=True, text=True).stdout)
    summary = json.loads(subprocess.run([*grader, "--json"], check=True, capture_output=True, text=True).stdout)
    recall = {name: _recall(golds, library, weight) for name, weight in (("default", settings().vector_weight), ("BM25 alone", 0.0))}
    for name, (found, asked) in recall.items():
        click.echo(f"recall@5 of the proving page on {asked} narrative questions, {name}: {found / max(1, asked):.3f}")
    _hold(summary, recall["default"])


def _read(questions: Path) -> Iterable[Gold]:
    with questions.open(encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            pages: dict[str, set[int]] = {}
            for source in gold.get("sources") or []:
                pages.setdefault(source["document"], set()).update(source["pages"])
            proving = {document: frozenset(numbers) for document, numbers in pages.items()}
            yield Gold(gold["id"], gold["kind"], gold["question"], tuple(gold.get("conversation") or ()), proving)


def _recall(golds: Sequence[Gold], library: Library, weight: float) -> tuple[int, int]:
    """Of the narrative questions, how many have a proving page among the retriever's first five passages."""
    from store.search import passage_retriever  # noqa: PLC0415 - llama-index costs seconds, and only recall needs it

    held = {d.document for d in library.disclosures()}
    asked = [g for g in golds if g.kind in NARRATIVE and g.pages and set(g.pages) <= held]
    found = 0
    for gold in asked:
        hits = passage_retriever(library.store, list(gold.pages), weight).retrieve(gold.question, 5)
        found += any(set(hit.passage.pages) & gold.pages[hit.document] for hit in hits)
    return found, len(asked)


def _hold(summary: dict[str, float], recall: tuple[int, int]) -> None:
    """Ends with failure where a figure is below its floor (or, for wrong answers, above)."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    reached = {**summary, "recall_pct": round(100 * recall[0] / max(1, recall[1]), 1)}
    broken = [f"{name} {reached[name]} < {least}" for name, least in floors["least"].items() if reached[name] < least]
    broken += [f"{name} {reached[name]} > {most}" for name, most in floors["most"].items() if reached[name] > most]
    for failure in broken:
        click.echo(f"below the floor: {failure}", err=True)
    if broken:
        sys.exit(1)


if __name__ == "__main__":
    main()

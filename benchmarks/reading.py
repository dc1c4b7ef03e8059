"""Measures reading against plain pdfplumber: pages a second and core, and the cells that both find.

    python -m benchmarks.reading [--documents ../shared/eval/documents] [--sample N] [--out benchmarks/results/reading.json]

Reading is from the file to the lines of its prose and the cells of its tables, plain pdfplumber is `extract_text` and
`extract_tables`; both on the same pages in the same run, in processor seconds, scanned documents left out.

A page's cells are the same where both find the same texts equally often, spaces apart; pdfplumber's without the tables that it
sees in white areas. pdfplumber deals out letters one by one, so that words that overflow a cell are torn; hence a page counts
a second time, with pdfplumber's own cells and its own words, each whole where its middle is. Pages that differ are listed with
what only one of the two finds and why (`Why`): who is right is for a reader to say.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from time import process_time

import click

from ingest.grids import GridCell
from ingest.leaves import Leaf, pages_to_leaves
from ingest.readers.pdf import read_pages
from ingest.readers.plumber import ReferenceCell, letters_of, read_plainly, reference_tables
from store.errors import UnreadableFile
from store.model import Box
from store.settings import ROOT
from store.text import fold

LEAST_RATIO = 8.0  # times as many pages a second as pdfplumber
SHOWN = 4  # texts of a differing page
OUT = ROOT / "benchmarks" / "results" / "reading.json"

Cells = Counter[str]


class Why(StrEnum):
    """Why the two find different cells on a page, as far as it can be told without looking."""

    TORN = "pdfplumber tears words at rules, or prints what is off the page: its whole words on the page are in the same cells"
    OPEN = "the page's edge cuts a table off, and pdfplumber has no cell where a side is not ruled"
    TOUCHING = "the same letters, dealt out otherwise: words of two cells touch or overlap"
    UNSEEN = "pdfplumber has letters that the page does not show"
    OTHER = "different cells"


@dataclass(frozen=True, slots=True)
class Difference:
    """A page on which the two find different cells, with the first few that only one of them has."""

    document: str
    page: int
    why: Why
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one document: processor seconds for its pages with text, and the pages that differ."""

    pages: int
    ours: float
    theirs: float
    differences: tuple[Difference, ...]

    def __add__(self, other: Measured) -> Measured:
        return Measured(
            self.pages + other.pages, self.ours + other.ours, self.theirs + other.theirs, (*self.differences, *other.differences)
        )


NOTHING = Measured(0, 0.0, 0.0, ())


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--documents", type=click.Path(file_okay=False, path_type=Path), default=ROOT.parent / "shared" / "eval" / "documents")
@click.option("--sample", default=0, help="Measure only every n-th document, so that this many are left (0: all, about two minutes).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=OUT)
def main(documents: Path, sample: int, out: Path) -> None:
    """Reads the PDFs of a folder both ways, writes and prints how they compare."""
    files = sorted(documents.glob("*.pdf")) or sorted((ROOT / "corpus").glob("*.pdf"))
    chosen = files[:: max(1, len(files) // sample)][:sample] if sample else files
    total = NOTHING
    for path in chosen:
        click.echo(path.name, err=True)
        total += measure(path)
    result = summary(total, chosen)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for line in to_lines(total, len(chosen)):
        click.echo(line)
    sys.exit(ratio(total) < LEAST_RATIO)


def measure(path: Path) -> Measured:
    """One document, read both ways; a broken or scanned one counts as nothing."""
    started = process_time()
    try:
        leaves = list(pages_to_leaves(read_pages(path)))
    except UnreadableFile as error:
        click.echo(str(error), err=True)
        return NOTHING
    read = process_time()
    if all(leaf.info.source in ("unread", "blank") for leaf in leaves):
        return NOTHING
    for _ in read_plainly(path):
        pass
    plain = process_time()
    theirs = {number: [cell for cells in tables for cell in cells] for number, tables in reference_tables(path)}
    return Measured(len(leaves), read - started, plain - read, tuple(_differences(path.name, leaves, theirs)))


def _texts(texts: Iterable[str]) -> Cells:
    return Counter(text for printed in texts if (text := fold(printed)))


def _differences(document: str, leaves: Iterable[Leaf], theirs: dict[int, list[ReferenceCell]]) -> Iterator[Difference]:
    for leaf in leaves:
        number, mine = leaf.info.number, [cell for grid in leaf.grids for cell in grid.cells]
        ours, plain = _texts(cell.text for cell in mine), _texts(cell.text for cell in theirs[number])
        if leaf.info.source != "unread" and ours != plain:
            yield Difference(document, number, why(mine, theirs[number]), _first(ours - plain), _first(plain - ours))


def why(ours: Sequence[GridCell], theirs: Sequence[ReferenceCell]) -> Why:
    """Why the cells of a page differ."""
    mine, whole = _letters(letters_of(cell.text) for cell in ours), _letters(cell.whole for cell in theirs)
    only_mine, only_theirs = mine - whole, whole - mine
    if not only_mine and not only_theirs:
        return Why.TORN
    if not only_theirs:
        apart = [cell for cell in ours if letters_of(cell.text) in only_mine]
        return Why.OPEN if any(not _is_covered(cell.box, theirs) for cell in apart) else Why.OTHER
    if not only_mine:
        return Why.UNSEEN
    return Why.TOUCHING if Counter("".join(only_mine.elements())) == Counter("".join(only_theirs.elements())) else Why.OTHER


def _letters(texts: Iterable[str]) -> Cells:
    return Counter(filter(None, texts))


def _is_covered(box: Box, theirs: Sequence[ReferenceCell]) -> bool:
    """Whether the middle of a cell is in one of pdfplumber's."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return any(cell.box.x0 <= x <= cell.box.x1 and cell.box.top <= y <= cell.box.bottom for cell in theirs)


def _first(cells: Cells) -> tuple[str, ...]:
    return tuple(text[:60] for text in list(cells.elements())[:SHOWN])


def ratio(total: Measured) -> float:
    """How many times as many pages a second we read."""
    return total.theirs / total.ours if total.ours else 0.0


def summary(total: Measured, files: Sequence[Path]) -> dict[str, object]:
    """The result as it is kept: machine, speeds, and every page that differs."""
    return {
        "machine": {"processor": _processor(), "cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()},
        "documents": len(files),
        "pages": total.pages,
        "pages_per_second": {"ours": round(total.pages / (total.ours or 1), 1), "pdfplumber": round(total.pages / (total.theirs or 1), 1)},
        "ratio": round(ratio(total), 2),
        "same_cells_pct": _percent_same(total, total.differences),
        "same_cells_whole_words_pct": _percent_same(total, apart(total)),
        "differences": [asdict(difference) for difference in total.differences],
    }


def apart(total: Measured) -> tuple[Difference, ...]:
    """The pages whose cells differ with whole words, too."""
    return tuple(difference for difference in total.differences if difference.why is not Why.TORN)


def _percent_same(total: Measured, differences: Sequence[Difference]) -> float:
    return round(100 * (1 - len(differences) / max(1, total.pages)), 2)


def _processor() -> str:
    """The processor's name, as Linux tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def to_lines(total: Measured, documents: int) -> Iterator[str]:
    """The result for a reader, the pages that differ last."""
    for difference in total.differences:
        yield f"differs: {difference.document}, page {difference.page}: {difference.why.value}"
        yield f"    only ours:       {' | '.join(difference.ours) or '-'}"
        yield f"    only pdfplumber: {' | '.join(difference.theirs) or '-'}"
    reasons = Counter(difference.why for difference in total.differences)
    for reason, pages in reasons.most_common():
        yield f"{pages} pages: {reason.value}"
    yield f"{documents} documents, {total.pages} pages with text, on {_processor()} ({os.cpu_count()} cores)"
    yield f"pages a second and core: {total.pages / (total.ours or 1):.1f} ours, {total.pages / (total.theirs or 1):.1f} plain pdfplumber"
    yield f"{ratio(total):.2f} times as fast (at least {LEAST_RATIO:.0f} wanted)"
    plain, whole = total.pages - len(total.differences), total.pages - len(apart(total))
    yield f"the same cells on {plain} of {total.pages} pages letter by letter, on {whole} with pdfplumber's words whole"


if __name__ == "__main__":
    main()

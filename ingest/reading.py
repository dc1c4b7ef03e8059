"""One file becomes a reading: format → layout → tables and passages → identities checked. This is what worker processes import.

Nothing of the store is needed for it, nor imported: what opens the store takes half a second that every process would pay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from ingest.continued import Sectioned, grid_blocks
from ingest.halves import put_together
from ingest.layout import Layout, read_layout
from ingest.owners import block_owners, owned
from ingest.papers import layout_to_paper
from ingest.parts import own_part
from ingest.passages import layout_to_passages
from ingest.readers.formats import format_of
from ingest.recognition import identify, refuse_others
from ingest.subtotals import mark_groups
from ingest.tables import Setting, block_to_tables, body_names, continue_forms, inherit_units
from ingest.turned import turned_back
from ingest.unpaged import with_places
from ingest.workers import Failed
from store.books.checking import check
from store.errors import IngestError, NotADisclosure, Overrun
from store.model import Disclosure, Finding, Kind, Reading, Table
from store.originals import sha256_of
from store.stages import Listener, Part, listening, tell, unheard

READER = "27"  # raised whenever reading changes what it makes of the same file, so that files are read anew
_LONGEST_CAUSE = 120  # characters of an error's own words

Reader = Callable[[Path], Reading]


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker sends back: the reading, how its identities came out, and the seconds that it took."""

    reading: Reading
    findings: tuple[Finding, ...]
    seconds: float


def read_file(path: Path) -> Reading:
    """The whole reading of one file. IngestError where it is broken, of an unknown format or no disclosure."""
    return _disclosure_of(read_layout(path), path)


def read_any(path: Path) -> Reading:
    """The same, but a file that is no disclosure is read as plain text. IngestError where it is broken or has no text."""
    layout = read_layout(path)
    try:
        return _disclosure_of(layout, path)
    except NotADisclosure:
        paper = layout_to_paper(layout, path.name, sha256_of(path))
        if not paper.passages:
            raise
        return with_places(turned_back(paper, layout.turns), format_of(path))


def _disclosure_of(layout: Layout, path: Path) -> Reading:
    disclosure = identify(layout, path.name, sha256_of(path))
    layout, left_out = own_part(layout, disclosure)
    tell(Part.TABLES)
    tables = layout_to_tables(layout, disclosure)
    refuse_others(layout, tables, path.name)
    passages = layout_to_passages(layout, disclosure)
    reading = turned_back(Reading(disclosure, layout.pages, tables, passages), layout.turns)
    reading = with_places(reading, format_of(path))
    return replace(reading, warnings=left_out + table_warnings(reading.tables))


def layout_to_tables(layout: Layout, disclosure: Disclosure) -> tuple[Table, ...]:
    """The document's tables. Read twice: the units that the first reading finds tell rows of units in the second."""
    names = (disclosure.body, *disclosure.aliases)
    setting = Setting(disclosure.kind, disclosure.year, names)
    blocks = tuple(grid_blocks(put_together(layout.blocks)))
    owners = block_owners(blocks, disclosure.body)
    first = tuple(_tables(blocks, owners, setting))
    units = tuple(dict.fromkeys((*names, *body_names(first))))
    tables = first if units == names else tuple(_tables(blocks, owners, replace(setting, bodies=units)))
    return mark_groups(inherit_units(tuple(continue_forms(tables))))


def _tables(blocks: Iterable[Sectioned], owners: Iterable[str], setting: Setting) -> Iterator[Table]:
    ordinal = 0
    for group, ((section, block), owner) in enumerate(zip(blocks, owners, strict=True), 1):
        for table in block_to_tables(block, ordinal + 1, group, section, setting):
            ordinal += 1
            yield owned(table, owner)


def table_warnings(tables: Sequence[Table]) -> tuple[str, ...]:
    """What was not understood, for the reading report."""
    unknown = [table for table in tables if not table.kind]
    nameless = [
        table for table in tables if len(table.rows) > 1 and not any(row.path for row in table.rows) and any(c.value for c in table.cells)
    ]
    return (
        *(f"第{table.pages[0]}页的表“{table.title or '无题'}”未能归入标准报表" for table in unknown if table.pages),
        *(f"第{table.pages[0]}页的表各行没有名称，可能是前页宽表的右半部分，但未能与之对齐" for table in nameless if table.pages),
    )


# In a worker --------------------------------------------------------------------------------------------------------


def read_and_check(path: Path, reader: Reader, listener: Listener = unheard) -> Read | Failed:
    """What a worker does with a file. Anything a broken file can raise ends here, named with its file."""
    started = perf_counter()
    try:
        with listening(listener):
            reading, findings = _read_and_checked(path, reader)
    except (MemoryError, Overrun):
        raise  # the process is worn out: `ingest.workers` says so, and starts another
    except IngestError as error:
        return Failed(str(error), perf_counter() - started)
    except OSError as error:
        if error.errno is None:  # no trouble of the disk, but a library's with what it read
            return _malformed(path, error, started)
        return Failed(f"{path.name} 打不开（{error.strerror}）：请检查路径、权限和磁盘", perf_counter() - started)
    except RecursionError:
        return Failed(f"{path.name} 的内容嵌套过深，无法读取：请另存为 PDF 后再导入", perf_counter() - started)
    except Exception as error:  # noqa: BLE001 — a file must never take the others down with it
        return _malformed(path, error, started)
    return Read(reading, findings, perf_counter() - started)


def _read_and_checked(path: Path, reader: Reader) -> tuple[Reading, tuple[Finding, ...]]:
    reading = reader(path)
    if reading.disclosure.kind is Kind.OTHER:
        return reading, ()
    tell(Part.CHECKS)
    return reading, check(reading.disclosure, reading.tables, reading.passages)


def _malformed(path: Path, error: Exception, started: float) -> Failed:
    return Failed(f"{path.name} 的内容不合规范，读不下去（{_cause(error)}）：请重新下载，或另存为 PDF 后再导入", perf_counter() - started)


def _cause(error: Exception) -> str:
    """An error that nobody foresaw, in a few words."""
    said = str(error).partition("\n")[0][:_LONGEST_CAUSE]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__

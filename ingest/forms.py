"""Forms: tables of key | value pairs without a header, as performance targets are printed (DOMAIN.md §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.captions import Caption, find_unit
from ingest.cells import body_cells, column_texts, to_cell
from ingest.grids import GridCell
from ingest.headers import Matrix, header_end, header_paths, label_text, read_columns
from ingest.kinds import recognise_kind
from ingest.raw import split_code
from ingest.records import read_rows
from store.amounts import parse_amount
from store.model import Cell, Column, ColumnKind, Row, Table
from store.text import bare, clean
from store.vocabulary.kinds import KIND_BY_ID, TableKind

_KEY = re.compile(
    r"^(?:(?:专项)?(?:项目|政策|专项|任务)(?:（?专项）?)?名称|(?:预算)?主管(?:预算)?部门(?:及代码|名称)?|(?:预算|实施|填报|申报|项目|项目实施|项目申报)?单位(?:名称|编码)?|部门(?:单位)?名称|部门名称|项目(?:属性|类型|类别|编码|负责人|期|期限|资金|概况|立项依据|概述|金额|总额|代码|概要|内容|起止时间|实施期|实施周期|设立必要性|实施计划|申报(?:单位|理由))|"
    r"(?:专项)?资金(?:总额|情况|金额|来源|用途)|专项资金情况|年度(?:资金|预算)?(?:资金)?(?:总额|目标|绩效目标|总体目标)|(?:实施期|年度|中长期|总体|绩效|长期|当年)(?:总体)?(?:绩效)?目标|立项(?:依据|必要性)|联系(?:人|电话)|起(?:始|止)时间|备注|预算(?:执行率|执行情况|金额|资金|数)|(?:基本|项目)支出总额|负责人|经办人|填报(?:日期|人)|年度主要任务|主要任务|任务名称|保证项目实施的制度措施|分管(?:处室|领导)|计划(?:开始|完成)(?:日期|时间)|用款单位|政策依据|支出(?:方向|内容|政策)|基本信息|其他说明|评价|整体绩效目标|部门职[责能])(?:万元|元)?$"
)
_MONEY_KEY = re.compile(r"资金|金额|预算|拨款|总额|自筹|支出|经费|其中")
_INDICATOR = re.compile(r"^[一二三]级指标$|^指标(?:名称|值)$")
_NAME_KEY = re.compile(r"^(?:专项)?(?:项目|政策|专项|任务|资金)名称$")
_MEASURE = re.compile(r"^(?:(?:年初|全年|调整后?)?预算数|(?:全年|实际)?执行数|执行率|分值|得分)")  # as self-evaluations head their figures
_RATED = re.compile(r"^(?:执行率|分值|得分)")
_LEADING = 10  # rows in which a form shows itself
_LEAST_KEYS = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value: `path` the labels from the outermost group in, and the value's cell."""

    path: tuple[str, ...]
    key: GridCell
    value: GridCell


@dataclass(frozen=True, slots=True)
class Form:
    """A form's pairs and what they say of all of it."""

    pairs: tuple[Pair, ...]
    kind: TableKind
    unit: str
    project: str
    body: str


@lru_cache(maxsize=4096)
def _is_key(text: str) -> bool:
    return bool(_KEY.match(bare(re.sub(r"[(（].*?[)）]", "", clean(text)))) or _KEY.match(bare(text)))


def is_form(matrix: Matrix, start: int) -> bool:
    """Whether a grid is pairs of keys and values from this row on."""
    rows = matrix.grid.rows
    keyed = 0
    for row in range(start, min(rows, start + _LEADING)):
        texts = matrix.texts(row)
        if any(_INDICATOR.match(bare(text)) for text in texts):
            break
        if texts and _is_key(texts[0]) and sum(_is_key(text) for text in texts) * 2 <= max(2, len(texts)):
            keyed += 1
    return keyed >= _LEAST_KEYS


def grid_to_tables(matrix: Matrix, start: int, caption: Caption, notes: tuple[str, ...], numbers: tuple[int, int]) -> tuple[Table, ...]:
    """The tables of a grid that holds one form or several one below the other (numbers: ordinal, group)."""
    starts = [start, *(row for row in range(start + _LEAST_KEYS, matrix.grid.rows) if _opens_form(matrix, row))]
    tables: list[Table] = []
    for first, end in zip(starts, [*starts[1:], matrix.grid.rows], strict=True):
        tables += form_to_tables(matrix, first, end, caption, notes, (numbers[0] + len(tables), numbers[1]))
    return tuple(tables)


def _opens_form(matrix: Matrix, row: int) -> bool:
    """Whether a row opens another form: 项目名称 again, with other keys below it."""
    texts = matrix.texts(row)
    return (
        bool(texts)
        and bool(_NAME_KEY.match(bare(texts[0])))
        and any((below := matrix.texts(next_row)) and _is_key(below[0]) for next_row in range(row + 1, min(row + 3, matrix.grid.rows)))
    )


def _is_indicator_header(matrix: Matrix, row: int) -> bool:
    return sum(bool(_INDICATOR.match(bare(text))) for text in matrix.texts(row)) >= 2


def form_to_tables(
    matrix: Matrix, start: int, stop: int, caption: Caption, notes: tuple[str, ...], numbers: tuple[int, int]
) -> tuple[Table, ...]:
    """A form's pairs as a table of rows (path = labels), and the indicators below them as another of the same group."""
    end = next((row for row in range(start, stop) if _is_indicator_header(matrix, row)), stop)
    form = read_form(matrix, start, end, caption)
    pages = tuple(sorted({matrix.grid.row_pages[row] for row in range(start, max(end, start + 1))}))
    table = replace(_pairs_to_table(form, caption), ordinal=numbers[0], group=numbers[1], pages=pages, notes=notes)
    if end >= stop:
        return (table,)
    indicators = _indicator_table(matrix, (end, stop), table, form)
    return (table, indicators) if indicators.rows else (table,)


def read_form(matrix: Matrix, start: int, end: int, caption: Caption) -> Form:
    """The pairs in these rows, and the project, unit and body that they name."""
    pairs = tuple(_all_pairs(matrix, start, end))
    return Form(
        pairs,
        recognise_kind(caption.title, "项目", ()) or KIND_BY_ID["project_targets"],
        caption.unit or next((unit for pair in pairs for label in pair.path if (unit := find_unit(label))), ""),
        _value_of(pairs, r"^(?:项目|专项|政策|任务|专项资金)名称$"),
        _value_of(pairs, r"(?:实施|填报|预算|申报)单位|^单位名称|^部门单位名称|^部门名称"),
    )


def _all_pairs(matrix: Matrix, start: int, end: int) -> Iterator[Pair]:
    """The pairs of these rows; where a row heads figures below it (年初预算数 | 全年执行数 | 执行率), a pair for each of these."""
    heads: dict[int, str] = {}
    for row in range(start, end):
        if found := _measures(matrix, row):
            heads = found
            continue
        under = list(_under_heads(matrix, row, heads)) if heads else []
        heads = heads if under else {}
        yield from under or _pairs(matrix, row)


def _measures(matrix: Matrix, row: int) -> dict[int, str]:
    """What a row heads the figures below with, by column; nothing where it heads none."""
    found = {cell.column: label for cell in matrix.own(row) if _MEASURE.match(bare(label := label_text(cell.text)))}
    figures = any(parse_amount(cell.text)[1] is not None for cell in matrix.own(row))
    return found if len(found) > 1 and not figures else {}


def _under_heads(matrix: Matrix, row: int, heads: dict[int, str]) -> Iterator[Pair]:
    """The pairs of a row's label with each of its figures: 项目资金 › 年度资金总额 › 全年执行数."""
    cells = [cell for cell in dict.fromkeys(matrix.cover[row]) if cell is not None and cell.text.strip()]
    labels = [cell for cell in cells if cell.column < min(heads)]
    values = [(heads[cell.column], cell) for cell in cells if cell.column in heads and cell.row == row]
    if labels and any(parse_amount(cell.text)[1] is not None for _, cell in values):
        path = tuple(label_text(cell.text) for cell in labels)
        yield from (Pair((*path, head), labels[-1], cell) for head, cell in values)


def _pairs(matrix: Matrix, row: int) -> Iterator[Pair]:
    """A row's pairs: group labels merged over rows on the left, then key | value | key | value …"""
    cells = [cell for cell in dict.fromkeys(matrix.cover[row]) if cell is not None]
    labels = [cell for cell in cells if cell.row < row and cell.text.strip()]
    group = tuple(label_text(cell.text) for cell in labels if cell.column < _first_column(cells, row))
    own = [cell for cell in cells if cell.row == row]
    while own:
        key, *rest = own
        if rest and not label_text(key.text):
            own = rest
            continue
        if len(rest) >= 2 and _grouping(key, rest):
            group, own = (*group, label_text(key.text)), rest
            continue
        if not rest:
            yield Pair((*group, label_text(key.text)), key, key)
            return
        value = next((cell for cell in rest if cell.text.strip()), rest[0])
        if _is_key(value.text) and not _is_key(key.text) and value is not rest[0]:
            value = rest[0]
        yield Pair((*group, label_text(key.text).rstrip("：:")), key, value)
        own = rest[rest.index(value) + 1 :]


def _first_column(cells: Sequence[GridCell], row: int) -> int:
    return next((cell.column for cell in cells if cell.row == row), 0)


def _grouping(key: GridCell, rest: Sequence[GridCell]) -> bool:
    """Whether a label heads the pairs beside it (项目资金 | 资金总额 | 80.00): it is taller, or a key and a value follow."""
    following = [cell for cell in rest if cell.text.strip()]
    money = len(following) >= 2 and bool(_MONEY_KEY.search(following[0].text)) and parse_amount(following[0].text)[1] is None
    return money and (key.row_span > rest[0].row_span or parse_amount(following[1].text)[1] is not None)


def _value_of(pairs: Sequence[Pair], pattern: str) -> str:
    found = next((pair for pair in pairs if re.search(pattern, bare(pair.path[-1])) and pair.value is not pair.key), None)
    return split_code(label_text(found.value.text))[1] if found else ""


def _pairs_to_table(form: Form, caption: Caption) -> Table:
    columns = (Column(("项目",), ColumnKind.LABEL), Column(("内容",), ColumnKind.TEXT, form.unit, form.kind.measure, form.kind.fund))
    cells: list[Cell] = []
    for row, pair in enumerate(form.pairs):
        cells.append(to_cell(pair.key, row, 0, amount=False))
        if pair.value is not pair.key:  # a number is an amount only where its labels speak of money
            cells.append(to_cell(pair.value, row, 1, amount=_is_money(pair.path)))
    rows = tuple(Row(pair.path, body=form.body, project=form.project) for pair in form.pairs)
    empty = not any(cell.text for cell in cells if cell.column)
    return Table(1, 1, form.kind.id, caption.title, caption.number, form.unit, "", (), columns, rows, tuple(cells), empty=empty)


def _is_money(path: Sequence[str]) -> bool:
    return any(map(_MONEY_KEY.search, path)) and not _RATED.match(bare(path[-1]))


def _indicator_table(matrix: Matrix, bounds: tuple[int, int], table: Table, form: Form) -> Table:
    """The indicator block inside a form (first row, after last), read as a table of its own."""
    start, stop = bounds
    end = max(header_end(matrix, start), start + 1)
    printed = [row for row in range(end, stop) if matrix.texts(row)]
    grid = [matrix.cover[row] for row in printed]
    columns = read_columns(header_paths(matrix, start, end), column_texts(matrix, printed))
    rows = read_rows(grid, columns, form.kind, printed, (), matrix.grid.row_pages)
    above = (form.project,) if form.project else ()
    return replace(
        table,
        ordinal=table.ordinal + 1,
        unit="",
        panel="绩效指标",
        pages=tuple(sorted({matrix.grid.row_pages[row] for row in (start, *printed)})),
        columns=columns,
        rows=tuple(replace(row, project=form.project, body=form.body, path=(*above, *row.path)) for row in rows),
        cells=tuple(body_cells(grid, columns, printed, 0)),
        notes=(),
        empty=not rows,
    )

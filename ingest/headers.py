"""A grid's header: which rows are captions, which are header, and what each column is.

Everything goes by geometry (spans) and by the vocabulary of headers; no layout of any one publisher is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from ingest.captions import find_unit, split_number
from ingest.grids import Grid, GridCell
from store.amounts import parse_amount
from store.model import Column, ColumnKind, State
from store.text import bare, clean, fold
from store.vocabulary.kinds import Grain, TableKind
from store.vocabulary.labels import POINTS, bare_unit, counted_in, is_total_label
from store.vocabulary.terms import find_fund, find_period, read_meaning

_CJK_GAP = re.compile(r"(?<=[㐀-鿿（），。、：；“”])\s+|\s+(?=[㐀-鿿（），。、：；“”])")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,4}|\d{6}")
_CODE_LABEL = re.compile(r"^[\[【(（]?\d{3}(?:\d{2}){0,2}[\]】)）]?[-—_]?[一-龥]")
_ORDINAL = re.compile(r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])")
_NUMBERED = re.compile(r"\d{1,2}(?:=[\d+\-—*/.]+)?")
_RAN_OVER = re.compile(r"^(?P<name>.*[一-龥）)])\s*(?P<amount>-?\d[\d,]*(?:\.\d+)?)$", re.DOTALL)
INDICATOR_CLASS = re.compile(
    r"^(?:产出|效益|效果|满意度|成本|数量|质量|时效|(?:经济|社会|生态(?:环境)?)(?:效益|成本)|可持续影响|服务对象满意度)指标$"
)
_UNIT_OF_COLUMN = re.compile(r"(?:数|额|费|款|金|支出|收入|预算|决算)\((?:金额)?单位")  # 预算数（单位：万元）
_COLUMN_WORD = re.compile(r"^(?:栏次|行次|栏|序号|类|款|项|甲|乙|丙|[*＊]+)?$")
_LAST_YEAR = frozenset({"上年", "上年度", "去年", "上一年", "上一年度"})
_YEAR_WORD = re.compile(r"^(?:19|20)\d\d年?")
_YEAR_HEADER = re.compile(r"^(?:预算|决算)?(?:年份|年度)$")

INDEX_WORDS = frozenset({"序号", "行次", "栏次", "编号", "序"})
CODE_PARTS = ("类", "款", "项")
_CODE_WORDS = re.compile(r"编码|代码|科目号")
_TEXT_WORDS = re.compile(
    r"备注|说明|简介|原因|理由|内容|是否|绩效目标$|总体目标|年度目标|指标解释|指标值|目标值|完成值|实际完成|指标性质|度量|计量单位|^单位$|时间|方式|形式|概述|依据|方向|性质|类型|类别|属性|级次|规格|参数|填报|标准|职责|变动|空表|地点"
)
_LABEL_WORDS = re.compile(
    r"名称|科目|^项目$|^类目|功能|经济分类|[一二三]级指标|品目|目录|项目$|^年度$|^年份$|用途|^单位$|^部门$|^指标$|^收入$|^支出$|报表"
)
_AMOUNT_WORDS = re.compile(
    r"合计|总计|小计|金额|预算|决算|支出|收入|经费|拨款|资金|结转|结余|费$|数$|权重|分值|得分|分数|人数|数量|增减|比例|率$|\d{4}年"
)
_PANEL_WORDS = re.compile(r"项目|科目|名称|编码|代码|功能|经济|支出|收入|用途|^[类款项]$|来源")
_COUNT_UNITS = (  # what a header's words count, where they count no money
    (POINTS, ""),
    (re.compile(r"人数|编制数|在职人员|离退休人员"), "人"),
    (re.compile(r"比例|比重|占比|率$|%"), "%"),
    (re.compile(r"数量|个数"), ""),
)


@lru_cache(maxsize=20_000)  # labels recur from page to page and from table to table
def label_text(text: str) -> str:
    """A printed label without the spaces and line breaks that fill a cell: "合 计" → "合计"."""
    return _CJK_GAP.sub("", clean(text))


@dataclass(frozen=True)
class Matrix:
    """A grid with its cells by place: `cover[r][c]` is the cell that covers row r, column c."""

    grid: Grid

    @cached_property
    def cover(self) -> tuple[tuple[GridCell | None, ...], ...]:
        places: list[list[GridCell | None]] = [[None] * self.grid.columns for _ in range(self.grid.rows)]
        for cell in self.grid.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.grid.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.grid.columns)):
                    places[row][column] = cell
        return tuple(map(tuple, places))

    @cached_property
    def _own(self) -> tuple[tuple[GridCell, ...], ...]:
        starting: list[list[GridCell]] = [[] for _ in range(self.grid.rows)]
        for cell in sorted(self.grid.cells, key=lambda cell: cell.column):
            starting[cell.row].append(cell)
        return tuple(map(tuple, starting))

    @cached_property
    def _texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(text for cell in own if (text := label_text(cell.text))) for own in self._own)

    def own(self, row: int) -> tuple[GridCell, ...]:
        """The cells that start in a row."""
        return self._own[row]

    def texts(self, row: int) -> tuple[str, ...]:
        """The non-blank texts of the cells that start in a row."""
        return self._texts[row]

    def signature(self, row: int) -> tuple[str, ...]:
        """What a row prints, to know it again on a later page, where its columns may lie a little otherwise."""
        return tuple(text for cell in self.own(row) if (text := bare(cell.text)))


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1 2 3 …, 栏次 1 2 3, 甲 1 2=3+4."""
    plain = [fold(text) for text in texts]
    words = [text for text in plain if _COLUMN_WORD.match(text)]
    numbers = [int(text.split("=")[0]) for text in plain if _NUMBERED.fullmatch(text)]
    if not numbers or len(words) + len(numbers) != len(plain):
        return bool(plain) and len(words) == len(plain) and any("次" in word or "*" in word for word in words)
    ascending = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return ascending and (
        bool(words) or (numbers[0] == 1 and len(numbers) >= 3) or (numbers[0] in (1, 2) and len(numbers) == 2 == len(plain))
    )


def is_body_row(texts: Sequence[str]) -> bool:
    """Whether a row that starts with these texts is data: amounts, codes, ordinals, or a total with nothing beside it."""
    if not texts:
        return True
    if is_column_numbers(texts):
        return False
    if len(texts) == 1 and is_total_label(texts[0]):
        return True
    for text in texts:
        plain = fold(text)
        state, _ = parse_amount(plain)
        if state in (State.AMOUNT, State.ZERO) and not _YEAR_WORD.fullmatch(plain):
            return True
        if _ORDINAL.match(plain) or _CODE.fullmatch(plain) or _CODE_LABEL.match(plain) or INDICATOR_CLASS.match(plain):
            return True
    return False


def is_caption_row(matrix: Matrix, row: int) -> bool:
    """Whether a leading row is a title, number, unit or owner that was drawn inside the table's frame."""
    texts = matrix.texts(row)
    if not texts:
        return True
    if len(texts) > 3 or any(parse_amount(text)[0] in (State.AMOUNT, State.ZERO) for text in texts):
        return False
    if any(find_unit(text) and re.search(r"单位|金额", text) and not _UNIT_OF_COLUMN.search(fold(text)) for text in texts):
        return not any(_AMOUNT_WORDS.search(bare(text)) and len(texts) > 1 and not re.search(r"单位|部门", text) for text in texts)
    if any(re.match(r"(?:编制|填报|预算)?(?:单位|部门)(?:名称)?[（(]?(?:单位)?[）)]?[:：]", text) for text in texts):
        return True
    wide = max((cell.column_span for cell in matrix.own(row) if cell.text.strip()), default=1)
    text = bare(texts[0])
    return len(texts) == 1 and (split_number(texts[0])[1] == "" or (wide >= max(2, matrix.grid.columns - 2) and "表" in text[-6:]))


def caption_end(matrix: Matrix) -> int:
    """How many leading rows are captions. A grid is never all captions."""
    row = 0
    while row < matrix.grid.rows - 1 and (is_caption_row(matrix, row) or _is_section_row(matrix, row)):
        row += 1
    return row


def _is_section_row(matrix: Matrix, row: int) -> bool:
    """Whether a row only heads the table that follows with a header of its own: one cell over the whole width."""
    own, below = matrix.own(row), matrix.texts(row + 1)
    alone = len(own) == 1 and own[0].column_span == matrix.grid.columns > 2
    return alone and len(below) > 2 and not is_body_row(below) and bool(_AMOUNT_WORDS.search(bare("".join(below))))


def header_end(matrix: Matrix, start: int) -> int:
    """The row after the header's last; `start` where the grid has no header."""
    rows = matrix.grid.rows
    if start >= rows or is_body_row(matrix.texts(start)):
        return start
    row = start + 1
    while row < rows and _continues_header(matrix, start, row):
        row += 1
    return row


def _continues_header(matrix: Matrix, start: int, row: int) -> bool:
    texts = matrix.texts(row)
    if texts and (is_column_numbers(texts) or _names_units(texts)):
        return True
    above = matrix.cover[row - 1]
    covered = any(cell is not None and start <= cell.row < row and cell.text.strip() for cell in matrix.cover[row])
    if not texts:
        return covered
    if is_body_row(texts):
        return False
    divided = any(
        cell is not None
        and cell.column_span > 1
        and cell.text.strip()
        and sum(cell.column <= own.column < cell.column + cell.column_span for own in matrix.own(row)) > 1
        for cell in above
    )
    return covered or divided


def _names_units(texts: Sequence[str]) -> bool:
    """Whether a row under a header says what each column is counted in: 万元 | 个 | %."""
    return any(map(bare_unit, texts)) and all(bare_unit(text) or text == "单位" for text in texts)


def header_paths(matrix: Matrix, start: int, end: int) -> tuple[tuple[str, ...], ...]:
    """Each column's header from the outermost cell in: a spanning cell covers its columns, a tall one counts once."""
    return tuple(_path(matrix, range(start, end), column) for column in range(matrix.grid.columns))


def _path(matrix: Matrix, rows: Iterable[int], column: int) -> tuple[str, ...]:
    labels: list[str] = []
    seen: set[int] = set()
    for row in rows:
        cell = matrix.cover[row][column]
        if cell is None or id(cell) in seen:
            continue
        seen.add(id(cell))
        label = label_text(cell.text)
        if is_column_numbers(matrix.texts(row)) and label not in CODE_PARTS:  # 类 款 项 栏次 1 2 3 may share a row
            continue
        if labels and label and _names_units(matrix.texts(row)):  # as if it stood behind the name: 合计（万元）
            labels[-1] += f"（{bare_unit(label)}）" if bare_unit(label) else ""
            continue
        names_rows = labels and is_total_label(label) and (_CODE_WORDS.search(bare(labels[-1])) or "名称" in labels[-1])
        if label and not names_rows and (not labels or labels[-1] != label):  # 合计 below 科目编码 | 科目名称 is a row's name
            labels.append(label)
    return tuple(labels)


def is_year_column(path: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a column of this header and these body texts says which year each row is of."""
    headed = bool(path) and bool(_YEAR_HEADER.match(bare(path[-1])))
    return headed and bool(texts) and all(re.fullmatch(r"20\d\d年?度?", fold(text)) for text in texts)


def column_kind(path: Sequence[str], texts: Sequence[str], leading: bool) -> ColumnKind:
    """What a column holds, by its header's words first and its content where those leave it open.

    texts are the non-blank body texts; leading tells that no amounts stand left of it.
    """
    leaf, whole = (bare(path[-1]) if path else ""), bare("".join(path))
    numeric = sum(parse_amount(text)[0] in (State.AMOUNT, State.ZERO, State.DASH) for text in texts)
    coded = sum(bool(re.fullmatch(r"[\[【]?[A-Za-z]?\d{2,}[\]】]?", fold(text))) for text in texts)
    if leaf in INDEX_WORDS:
        return ColumnKind.INDEX
    if leaf in CODE_PARTS or (_CODE_WORDS.search(leaf) and "名称" not in leaf):
        return ColumnKind.CODE if coded * 2 >= sum(not is_total_label(text) for text in texts) else ColumnKind.LABEL
    if _TEXT_WORDS.search(leaf) or is_year_column(path, texts):
        return ColumnKind.TEXT
    if not path and texts and leading and coded * 10 >= 9 * len(texts) and all(_CODE.fullmatch(fold(t)) for t in texts):
        return ColumnKind.CODE
    if _LABEL_WORDS.search(leaf) and numeric * 5 <= 4 * len(texts) and not (_AMOUNT_WORDS.search(leaf) and numeric * 2 > len(texts)):
        return ColumnKind.LABEL
    if texts and numeric * 2 >= len(texts):
        return ColumnKind.AMOUNT
    if not texts and (_AMOUNT_WORDS.search(whole) or not leading):
        return ColumnKind.AMOUNT
    return ColumnKind.LABEL if leading else ColumnKind.TEXT


def read_columns(paths: Sequence[tuple[str, ...]], bodies: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns by header path and body texts, without their meaning."""
    columns: list[Column] = []
    for path, texts in zip(paths, bodies, strict=True):
        leading = not any(column.kind is ColumnKind.AMOUNT for column in columns)
        columns.append(Column(path, column_kind(path, texts, leading)))
    if not any(column.kind is ColumnKind.LABEL for column in columns):  # 采购类别: what stands left of the amounts names the rows
        first = next((at for at, column in enumerate(columns) if column.kind is ColumnKind.TEXT), None)
        if first is not None and any(column.kind is ColumnKind.AMOUNT for column in columns[first:]):
            columns[first] = replace(columns[first], kind=ColumnKind.LABEL)
    return tuple(columns)


def mend_row(row: Sequence[GridCell | None], columns: Sequence[Column], printed: int) -> tuple[GridCell | None, ...]:
    """The row with a name and an amount put apart that ran into one cell: 职业年金 | 缴费支出43608.96, 年金缴费支出43608.96 | ."""
    mended = list(row)
    for at in range(len(row) - 1):
        name, amount = mended[at], mended[at + 1]
        if name is None or amount is None or columns[at].kind is not ColumnKind.LABEL or columns[at + 1].kind is not ColumnKind.AMOUNT:
            continue
        if name is amount or amount.row != printed or name.row != printed:
            continue
        found = _RAN_OVER.match(amount.text.strip())
        if found:
            mended[at : at + 2] = replace(name, text=name.text + found.group("name")), replace(amount, text=found.group("amount"))
        elif not amount.text.strip() and (found := _RAN_OVER.match(name.text.strip())) and "." in found.group("amount"):
            mended[at : at + 2] = replace(name, text=found.group("name")), replace(amount, text=found.group("amount"))
    return tuple(mended)


def panel_bounds(columns: Sequence[Column]) -> tuple[tuple[int, int], ...]:
    """Where the panels of a table lie side by side: (first, after last) columns of each (DOMAIN.md §2, F1 and F6)."""
    starts = [0]
    for index, column in enumerate(columns):
        names_rows = column.kind in (ColumnKind.LABEL, ColumnKind.CODE) and bool(
            _PANEL_WORDS.search(bare(column.path[-1]) if column.path else "")
        )
        before = any(c.kind is ColumnKind.AMOUNT for c in columns[starts[-1] : index])
        first = next((at for at in range(index, len(columns)) if columns[at].kind is ColumnKind.AMOUNT), index)
        labelled = any(c.kind is ColumnKind.LABEL for c in columns[index:first])
        if names_rows and before and labelled:
            starts.append(index)
    return tuple(zip(starts, [*starts[1:], len(columns)], strict=True))


def panel_name(columns: Sequence[Column], others: Sequence[Sequence[Column]]) -> str:
    """What a panel is called: the header that its columns share and no other panel has, else what its rows are."""
    own, rest = _first_label(columns), [_first_label(other) for other in others]
    for at in (0, -1):
        if own and all(not path or path[at] != own[at] for path in rest):
            return own[at]
    return ""


def _first_label(columns: Sequence[Column]) -> tuple[str, ...]:
    return next((c.path for c in columns if c.path and c.kind in (ColumnKind.LABEL, ColumnKind.CODE)), ())


def with_meaning(column: Column, kind: TableKind | None, title: str, unit: str, year: int, final: bool) -> Column:
    """The column with its canonical measure, fund, period and unit; what the header leaves open the table's kind says."""
    if column.kind is not ColumnKind.AMOUNT:
        return column
    found = read_meaning(column.path)
    whole = fold("".join(column.path))
    counted = counted_in(column.path[-1]) if column.path else ""
    count = counted or next((name for pattern, name in _COUNT_UNITS if pattern.search(whole)), None)
    own = next((u for label in reversed(column.path) if (u := find_unit(label))), "")
    measure = found.measure or (kind.measure if kind else "")
    if kind is not None and measure == "收入" and kind.measure and kind.grain in (Grain.PROJECT, Grain.ITEM):
        measure = kind.measure  # 财政拨款收入 over the columns of an expenditure table names the money, not what it is for
    return replace(
        column,
        unit=own or (unit if count is None else count),
        measure=measure,
        fund=found.fund or (kind.fund if kind else "") or find_fund(title),
        period=_period(column.path, found.period, title, year, final),
    )


def settle_periods(columns: Sequence[Column]) -> tuple[Column, ...]:
    """本年 sets this year's money apart from what was carried over; where no column holds that, it says nothing."""
    carried = any(column.period == "上年结转" or "结转" in column.measure for column in columns)
    headed = [column.period == "本年" and find_period("".join(column.path)) == "本年" for column in columns]
    return tuple(replace(c, period="") if alone and not carried else c for c, alone in zip(columns, headed, strict=True))


def _period(path: Sequence[str], found: str, title: str, year: int, final: bool) -> str:
    """The column's period: "" is the document's own year and kind, all money together."""
    for label in reversed(path):
        if bare(label) in _LAST_YEAR:
            return "上年"
        printed = re.search(r"(20\d\d)年?", fold(label))
        if printed and int(printed.group(1)) == year - 1 and not re.search(r"20\d\d.*20\d\d", fold(label)):
            return "上年"
        if re.search(r"20\d\d.*(?:比|较|-).*20\d\d", fold(label)):
            return "比上年增减"
    if found == ("决算" if final else "预算"):
        found = ""
    if not found:
        plain = fold(title)
        if "(上年结转" in plain:
            return "上年结转"
        if "(本年预算" in plain or "不含上年结转" in plain:
            return "本年"
    return found

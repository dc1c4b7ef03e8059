"""Synthetic disclosures: made-up books (benchmarks.books) printed in varying layouts, as readings or as web pages.

    books → sheets (titles, headers, lines, as one region prints them) → Reading   straight for the store
                                                                       → HTML      through ingestion

Both say the same (tests/benchmarks/test_synthetic.py): what is measured on readings holds for what is read from files.
A region prints in one layout, as real ones do: 元 or 万元, with or without codes, thousands marked or not, zeros printed or
blank, one of three families of titles, the whole first or last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from html import escape
from itertools import groupby
from random import Random

from benchmarks.books import Books, Item, Share, books_of
from ingest.headers import read_columns, settle_periods, with_meaning
from ingest.kinds import recognise_kind
from ingest.mentions import mentions_of
from store.amounts import parse_amount
from store.model import Box, Cell, Column, ColumnKind, Disclosure, Kind, Level, PageInfo, Passage, Reading, Role, Row, State, Table
from store.vocabulary.classes import ECONOMIC_CLASSES

WIDTH, HEIGHT = 595.0, 842.0  # of a page, in points
_MARGIN, _LINE = 40.0, 18.0
_LINES = 38  # of a table on a page

Amounts = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How one region prints its disclosures."""

    unit: str
    codes: bool
    commas: bool
    zeros: bool
    family: int
    whole_last: bool

    def print(self, amount: int | None) -> str:
        """An amount of hundreds of 元 in the style's unit."""
        if amount is None or (not amount and not self.zeros):
            return ""
        number = amount / 100 if self.unit == "万元" else amount * 100
        return f"{number:{',' if self.commas else ''}.2f}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its texts left of the amounts, its amounts, and what it means."""

    texts: tuple[str, ...]
    amounts: Amounts
    row: Row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as printed, or one of the two panels of one: `group` numbers the printed tables."""

    group: int
    title: str
    unit: str
    panel: str
    header: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]


def style_of(region: str) -> Style:
    dice = Random(region)
    unit = dice.choice(("元", "万元"))
    return Style(unit, dice.random() < 0.6, dice.random() < 0.5, dice.random() < 0.5, dice.randrange(3), dice.random() < 0.3)


def synthetic_reading(number: int) -> Reading:
    """The reading of disclosure `number`, as ingestion would make it of `synthetic_page`'s file; its sha256 is of that name."""
    books = books_of(number)
    style = style_of(books.region)
    name = f"{books.body}{books.year}年部门{books.kind}.html"
    disclosure = Disclosure(
        *(name, hashlib.sha256(name.encode()).hexdigest(), books.body, (), Level.DEPARTMENT, books.kind, books.year),
        title=f"{books.body}{books.year}年部门{books.kind}",
    )
    passages = tuple(_passages(books, style))
    tables, pages = _placed_tables(books_to_sheets(books, style), books, first_page=2)
    sizes = tuple(PageInfo(page, WIDTH, HEIGHT, str(page), "text") for page in range(1, pages + 1))
    return Reading(disclosure, sizes, tables, passages)


def synthetic_page(number: int) -> tuple[str, str]:
    """Disclosure `number` as a web page: its file's name and its content."""
    books = books_of(number)
    style = style_of(books.region)
    name = f"{books.body}{books.year}年部门{books.kind}"
    prose = "".join(
        f"<h2>{escape(heading)}</h2>" + "".join(f"<p>{escape(text)}</p>" for _, text in paragraphs)
        for heading, paragraphs in groupby(_prose(books, style), key=lambda said: said[0])
    )
    sheets = groupby(books_to_sheets(books, style), key=lambda sheet: sheet.group)
    tables = "".join(_html_table(tuple(panels), style) for _, panels in sheets)
    return f"{name}.html", f"<html><head><title>{name}</title></head><body><h1>{name}</h1>{prose}{tables}</body></html>"


# Sheets -------------------------------------------------------------------------------------------------------------

# The titles of a budget's tables, by family; a final account says 决算 where they say 预算.
_TITLES: dict[str, tuple[str, str, str]] = {
    "overview": ("收支预算总表", "部门收支总体情况表", "收支总表"),
    "income": ("收入预算总表", "部门收入总体情况表", "收入总表"),
    "expenditure": ("支出预算总表", "部门支出总体情况表", "支出总表"),
    "fiscal_overview": ("财政拨款收支预算总表", "财政拨款收支总体情况表", "财政拨款收支总表"),
    "general_expenditure": ("一般公共预算支出预算表", "一般公共预算支出情况表", "一般公共预算支出表"),
    "general_basic": ("一般公共预算基本支出预算表", "一般公共预算基本支出情况表", "一般公共预算基本支出表"),
    "three_publics": ("一般公共预算“三公”经费支出预算表", "“三公”经费支出预算表", "一般公共预算“三公”经费支出表"),
    "fund_expenditure": ("政府性基金预算支出预算表", "政府性基金预算支出情况表", "政府性基金预算支出表"),
    "project": ("项目支出预算表", "项目支出情况表", "项目支出表"),
    "project_targets": ("项目支出绩效目标表", "项目绩效目标表", "绩效目标表"),
}
_FINAL_TITLES = {
    "overview": "收入支出决算总表",
    "income": "收入决算表",
    "expenditure": "支出决算表",
    "fiscal_overview": "财政拨款收入支出决算总表",
    "general_expenditure": "一般公共预算财政拨款支出决算表",
    "general_basic": "一般公共预算财政拨款基本支出决算表",
    "three_publics": "财政拨款“三公”经费支出决算表",
    "fund_expenditure": "政府性基金预算财政拨款收入支出决算表",
    "project": "项目支出决算表",
    "project_targets": "项目支出绩效目标表",
}


def books_to_sheets(books: Books, style: Style) -> tuple[Sheet, ...]:
    """The tables of a disclosure, in the order in which they are printed."""
    final = books.kind is Kind.FINAL
    amount = "决算数" if final else "预算数"
    titles = {kind: _FINAL_TITLES[kind] if final else family[style.family] for kind, family in _TITLES.items()}
    made: list[tuple[str, str, tuple[tuple[str, ...], ...], Iterable[Line]]] = [
        ("overview", "收入", (("收入", "项目"), ("收入", amount)), _income_panel(books)),
        ("overview", "支出", (("支出", "项目"), ("支出", amount)), _spending_panel(books)),
        ("income", "", (("单位名称",), *_whole(style, "合计", "财政拨款收入", "事业收入")), _by_unit(books, style)),
        ("expenditure", "", (*_class_header(style), *_whole(style, "合计", "基本支出", "项目支出")), _by_item(books.items, _spent, style)),
        ("fiscal_overview", "收入", (("收入", "项目"), ("收入", amount)), _fiscal_income(books)),
        (
            "fiscal_overview",
            "支出",
            (("支出", "项目"), *(("支出", n) for n in ("合计", "一般公共预算", "政府性基金预算"))),
            _fiscal_spending(books),
        ),
        (
            "general_expenditure",
            "",
            (*_class_header(style), *_whole(style, "合计", "基本支出", "项目支出")),
            _by_item(_general(books), _spent_general, style),
        ),
        ("general_basic", "", (("科目编码",), ("科目名称",), *_whole(style, "合计", "人员经费", "公用经费")), _by_class(books, style)),
        ("three_publics", "", (("项目",), (amount,)), _publics(books)),
        (
            "fund_expenditure",
            "",
            (*_class_header(style), *_whole(style, "合计", "基本支出", "项目支出")),
            _by_item(_funded(books), _spent_fund, style),
        ),
        (
            "project",
            "",
            (("项目名称",), ("单位名称",), *_whole(style, "合计", "一般公共预算", "政府性基金预算", "单位资金")),
            _projects(books, style),
        ),
        ("project_targets", "", (*((name,) for name in _TARGET_COLUMNS), ("资金总额",)), _targets(books)),
    ]
    groups = {kind: number for number, kind in enumerate(dict.fromkeys(kind for kind, *_ in made), 1)}
    sheets = tuple(Sheet(groups[kind], titles[kind], style.unit, panel, header, tuple(lines)) for kind, panel, header, lines in made)
    return tuple(sheet for sheet in sheets if sheet.lines)


def _whole(style: Style, whole: str, *parts: str) -> tuple[tuple[str, ...], ...]:
    return tuple((name,) for name in ((*parts, whole) if style.whole_last else (whole, *parts)))


def _sum_of(style: Style, *parts: int) -> Amounts:
    return (*parts, sum(parts)) if style.whole_last else (sum(parts), *parts)


def _class_header(style: Style) -> tuple[tuple[str, ...], ...]:
    return (("科目编码",), ("科目名称",)) if style.codes else (("科目名称",),)


def _line(labels: tuple[str, ...], amounts: Amounts, role: Role = Role.LINE, below: Iterable[int] = (), depth: int = 0) -> Line:
    return Line(labels[-1:], amounts, Row(labels, role, depth, below=tuple(below)))


def _income_panel(books: Books) -> Iterator[Line]:
    general, fund, own = books.total("general"), books.total("fund"), books.total("own")
    yield _line(("一般公共预算拨款收入",), (general,))
    yield _line(("政府性基金预算拨款收入",), (fund,))
    yield _line(("国有资本经营预算拨款收入",), (None,))
    yield _line(("事业收入",), (own,))
    yield _line(("本年收入合计",), (general + fund + own,), Role.TOTAL, range(4))
    yield _line(("收入总计",), (general + fund + own,), Role.TOTAL)


def _spending_panel(books: Books) -> Iterator[Line]:
    classes = _classes(books.items)
    for _, name, items in classes:
        yield _line((name,), (sum(item.whole for item in items),))
    yield _line(("本年支出合计",), (books.total("whole"),), Role.TOTAL, range(len(classes)))
    yield _line(("支出总计",), (books.total("whole"),), Role.TOTAL)


def _fiscal_income(books: Books) -> Iterator[Line]:
    general, fund = books.total("general"), books.total("fund")
    yield _line(("一般公共预算拨款",), (general,))
    yield _line(("政府性基金预算拨款",), (fund,))
    yield _line(("收入总计",), (general + fund,), Role.TOTAL, range(2))


def _fiscal_spending(books: Books) -> Iterator[Line]:
    classes = _classes(books.items)
    for _, name, items in classes:
        general, fund = sum(item.general for item in items), sum(item.fund for item in items)
        yield _line((name,), (general + fund, general, fund))
    general, fund = books.total("general"), books.total("fund")
    yield _line(("支出总计",), (general + fund, general, fund), Role.TOTAL, range(len(classes)))


def _by_unit(books: Books, style: Style) -> Iterator[Line]:
    def line(labels: tuple[str, ...], share: Share, role: Role, below: Iterable[int]) -> Line:
        amounts = _sum_of(style, share.general + share.fund, share.own)
        return Line(labels[-1:], amounts, Row(labels, role, len(labels) - 1, body=share.unit, below=tuple(below)))

    whole = Share(books.body, "", books.total("general"), books.total("own"), books.total("fund"))
    yield line((books.body,), whole, Role.SUBTOTAL, range(1, len(books.units) + 1))
    for unit in books.units:
        yield line((books.body, unit.unit), unit, Role.LINE, ())
    yield line(("合计",), replace(whole, unit=""), Role.TOTAL, (0,))


def _spent(item: Item) -> tuple[int, int]:
    return item.basic, item.projects


def _spent_general(item: Item) -> tuple[int, int]:
    return item.basic, item.project


def _spent_fund(item: Item) -> tuple[int, int]:
    return 0, item.fund


def _general(books: Books) -> tuple[Item, ...]:
    return tuple(item for item in books.items if item.general)


def _funded(books: Books) -> tuple[Item, ...]:
    return tuple(item for item in books.items if item.fund)


def _by_item(items: Sequence[Item], spent: Callable[[Item], tuple[int, int]], style: Style) -> Iterator[Line]:
    """类, 款 and 项 one below the other, and the total."""

    def line(code: str, labels: tuple[str, ...], of: Sequence[Item], role: Role, below: Iterable[int]) -> Line:
        amounts = _sum_of(style, *(sum(spent(item)[at] for item in of) for at in range(2)))
        texts = ((code,) if style.codes else ()) + labels[-1:]
        return Line(texts, amounts, Row(labels, role, max(len(labels) - 1, 0), code if style.codes else "", below=tuple(below)))

    at, tops = 0, []
    for code, name, inside in _classes(items):
        groups = [(key, list(group)) for key, group in groupby(inside, key=lambda item: item.classes[1])]
        tops.append(at)
        starts = [at + 1 + sum(1 + len(group) for _, group in groups[:i]) for i in range(len(groups))]
        yield line(code, (name,), inside, Role.SUBTOTAL, starts)
        for start, ((group_code, group_name), group) in zip(starts, groups, strict=True):
            yield line(group_code, (name, group_name), group, Role.SUBTOTAL, range(start + 1, start + 1 + len(group)))
            for item in group:
                yield line(item.code, (name, group_name, item.name), [item], Role.LINE, ())
        at = starts[-1] + 1 + len(groups[-1][1])
    if items:
        yield line("", ("合计",), items, Role.TOTAL, tops)


def _classes(items: Sequence[Item]) -> list[tuple[str, str, list[Item]]]:
    return [(code, name, list(group)) for (code, name), group in groupby(items, key=lambda item: item.classes[0])]


def _by_class(books: Books, style: Style) -> Iterator[Line]:
    """The economic classes of 基本支出: 人员经费 are 301 and 303, 公用经费 302."""

    def line(code: str, labels: tuple[str, ...], people: int, running: int, role: Role, below: Iterable[int]) -> Line:
        row = Row(labels, role, max(len(labels) - 1, 0), code, below=tuple(below))
        return Line((code, labels[-1]), _sum_of(style, people, running), row)

    at, tops = 0, []
    for code, group in ((code, list(group)) for code, group in groupby(books.economy, key=lambda part: part[0][:3])):
        name, whole, runs = ECONOMIC_CLASSES[code], sum(amount for _, amount in group), code == "302"
        tops.append(at)
        yield line(code, (name,), 0 if runs else whole, whole if runs else 0, Role.SUBTOTAL, range(at + 1, at + 1 + len(group)))
        for leaf, amount in group:
            yield line(leaf, (name, ECONOMIC_CLASSES[leaf]), 0 if runs else amount, amount if runs else 0, Role.LINE, ())
        at += 1 + len(group)
    running = sum(amount for code, amount in books.economy if code.startswith("302"))
    yield line("", ("合计",), books.total("basic") - running, running, Role.TOTAL, tops)


def _publics(books: Books) -> Iterator[Line]:
    spent = books.publics
    yield _line(("合计",), (spent.whole,), Role.TOTAL, (1, 2, 3))
    yield _line(("因公出国（境）费用",), (spent.abroad,))
    yield _line(("公务接待费",), (spent.reception,))
    yield _line(("公务用车购置及运行费",), (spent.cars,), Role.SUBTOTAL, (4, 5))
    yield _line(("公务用车购置及运行费", "公务用车购置费"), (spent.bought,), depth=1)
    yield _line(("公务用车购置及运行费", "公务用车运行费"), (spent.running,), depth=1)


def _projects(books: Books, style: Style) -> Iterator[Line]:
    for share in books.projects:
        row = Row((share.name,), body=share.unit, project=share.name)
        yield Line((share.name, share.unit), _sum_of(style, share.general, share.fund, share.own), row)
    sums = (sum(getattr(share, of) for share in books.projects) for of in ("general", "fund", "own"))
    yield Line(("合计", ""), _sum_of(style, *sums), Row(("合计",), Role.TOTAL, below=tuple(range(len(books.projects)))))


_TARGET_COLUMNS = ("单位名称", "项目名称", "一级指标", "二级指标", "三级指标", "指标值")
_TARGETS = (
    ("产出指标", "数量指标", "完成任务数量", "≥{}项"),
    ("产出指标", "时效指标", "按时完成率", "≥{}%"),
    ("效益指标", "社会效益指标", "服务覆盖率", "≥{}%"),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥{}%"),
)


def _targets(books: Books) -> Iterator[Line]:
    for at, share in enumerate(books.projects):
        for first, second, third, value in _TARGETS:
            row = Row((share.name, first, second, third), body=share.unit, project=share.name)
            yield Line((share.unit, share.name, first, second, third, value.format(80 + (books.number + at) % 20)), (share.whole,), row)


# Prose --------------------------------------------------------------------------------------------------------------

_GLOSSARY = (
    "财政拨款收入：指本级财政部门当年拨付的资金。",
    "事业收入：指事业单位开展专业业务活动及其辅助活动取得的收入。",
    "基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
    "项目支出：指在基本支出之外为完成特定行政任务和事业发展目标所发生的支出。",
    "“三公”经费：指财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。",
    "机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",
)


def _prose(books: Books, style: Style) -> Iterator[tuple[str, str]]:
    """Paragraphs with the heading that they stand under; amounts in 万元, as prose prints them."""

    def wan(amount: int) -> str:
        return f"{amount / 100:{',' if style.commas else ''}.2f}万元"

    spent, what = books.publics, "决算" if books.kind is Kind.FINAL else "预算"
    yield "一、部门主要职责", f"{books.body}负责贯彻执行有关法律法规和方针政策，拟订本行政区域相关规划并组织实施。"
    yield "一、部门主要职责", "承担有关行业管理、公共服务和监督检查工作，完成上级交办的其他任务。"
    yield "二、机构设置", f"{books.body}部门{what}包括：" + "、".join(unit.unit for unit in books.units) + "。"
    whole, general, fund = books.total("whole"), books.total("general"), books.total("fund")
    yield (
        "三、收支情况说明",
        f"{books.year}年收入{what}{wan(whole)}，其中：一般公共预算拨款收入{wan(general)}，政府性基金预算拨款收入{wan(fund)}。",
    )
    yield (
        "三、收支情况说明",
        f"{books.year}年支出{what}{wan(whole)}，其中：基本支出{wan(books.total('basic'))}，项目支出{wan(books.total('projects'))}。",
    )
    parts = f"因公出国（境）费{wan(spent.abroad)}，公务用车购置及运行费{wan(spent.cars)}，公务接待费{wan(spent.reception)}"
    yield "四、“三公”经费情况说明", f"{books.year}年“三公”经费{what}{wan(spent.whole)}，其中：{parts}。"
    running = sum(amount for code, amount in books.economy if code.startswith("302"))
    yield "五、机关运行经费情况说明", f"{books.year}年机关运行经费{what}{wan(running)}，主要用于办公、印刷、差旅和会议。"
    yield "六、国有资产占用情况说明", f"截至上年底，共有车辆{books.number % 17}辆，单价100万元以上设备{books.number % 5}台（套）。"
    for term in _GLOSSARY:
        yield "七、名词解释", term


def _passages(books: Books, style: Style) -> Iterator[Passage]:
    for ordinal, (heading, text) in enumerate(_prose(books, style), 1):
        top = _MARGIN + ordinal * 2 * _LINE
        box = Box(_MARGIN, top, WIDTH - _MARGIN, top + _LINE)

        def place(_start: int, _end: int, box: Box = box) -> tuple[int, Box]:
            return 1, box

        found = mentions_of(text, place, (books.body,), (heading,), books.year)
        yield Passage(ordinal, (heading,), text, (1,), ((1, box),), found)


# Sheets as tables of a reading ------------------------------------------------------------------------------------------


def _placed_tables(sheets: Sequence[Sheet], books: Books, first_page: int) -> tuple[tuple[Table, ...], int]:
    """The sheets as tables, each printed one on pages of its own, and the number of the last page."""
    style, page = style_of(books.region), first_page
    tables: list[Table] = []
    for _, panels in groupby(sheets, key=lambda sheet: sheet.group):
        printed = _levelled(tuple(panels))
        header = "".join(label for panel in printed for path in panel.header for label in path)
        for at, sheet in enumerate(printed):
            tables.append(_table(sheet, header, len(tables) + 1, page, at * (WIDTH / 2), style, books))
        page = max(tables[-1].pages[-1], tables[-len(printed)].pages[-1]) + 1
    return tuple(tables), page - 1


def _levelled(panels: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """Panels side by side have as many lines: what the shorter lacks is blank."""
    longest = max(len(panel.lines) for panel in panels)
    blank = [Line(("",), (None,) * (len(panel.header) - 1), Row(())) for panel in panels]
    return tuple(replace(p, lines=(*p.lines, *[empty] * (longest - len(p.lines)))) for p, empty in zip(panels, blank, strict=True))


def _table(sheet: Sheet, header: str, ordinal: int, page: int, left: float, style: Style, books: Books) -> Table:
    texts = [(*line.texts, *map(style.print, line.amounts)) for line in sheet.lines]
    kind, columns = _columns(sheet.title, header, sheet.header, sheet.unit, books.year, books.kind, tuple(texts[0]))
    width = (WIDTH / (2 if sheet.panel else 1) - _MARGIN) / len(columns)
    cells = tuple(
        Cell(i, j, text, *_content(columns[j], text), page + i // _LINES, _box(left + _MARGIN + j * width, i % _LINES, width))
        for i, row in enumerate(texts)
        for j, text in enumerate(row)
    )
    pages = tuple(range(page, page + 1 + (len(texts) - 1) // _LINES))
    rows = tuple(line.row for line in sheet.lines)
    return Table(ordinal, sheet.group, kind, sheet.title, "", sheet.unit, sheet.panel, pages, columns, rows, cells)


def _content(column: Column, text: str) -> tuple[State, Decimal | None]:
    if column.kind is ColumnKind.AMOUNT or not text:
        return parse_amount(text)
    return State.TEXT, None


def _box(x0: float, line: int, width: float) -> Box:
    top = 2 * _MARGIN + line * _LINE
    return Box(x0, top, x0 + width, top + _LINE)


@cache
def _columns(
    title: str, header: str, paths: tuple[tuple[str, ...], ...], unit: str, year: int, kind: Kind, first: tuple[str, ...]
) -> tuple[str, tuple[Column, ...]]:
    """The id of a table's kind and its columns, read from title and header as ingestion reads them."""
    found = recognise_kind(title, header)
    columns = read_columns(paths, [(text,) for text in first])
    amounts = next(i for i, path in enumerate(paths) if path[-1] not in ("项目", "单位名称", "科目编码", "科目名称", *_TARGET_COLUMNS))
    columns = tuple(c if i < amounts else replace(c, kind=ColumnKind.AMOUNT) for i, c in enumerate(columns))
    meant = [with_meaning(column, found, title, unit, year, kind is Kind.FINAL) for column in columns]
    return (found.id if found else ""), settle_periods(meant)


# Sheets as a web page ---------------------------------------------------------------------------------------------------


def _html_table(panels: tuple[Sheet, ...], style: Style) -> str:
    depth = max(len(path) for panel in panels for path in panel.header)
    head = "".join(f"<tr>{''.join(_header_row(panels, level, depth))}</tr>" for level in range(depth))
    body = []
    for lines in zip(*(panel.lines for panel in _levelled(panels)), strict=True):
        texts = [text for line in lines for text in (*line.texts, *map(style.print, line.amounts))]
        body.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in texts) + "</tr>")
    sheet = panels[0]
    return f"<h3>{escape(sheet.title)}</h3><p>单位：{sheet.unit}</p><table border=1>{head}{''.join(body)}</table>"


def _header_row(panels: Sequence[Sheet], level: int, depth: int) -> Iterator[str]:
    for panel in panels:
        for label, group in groupby(panel.header, key=lambda path: path[: level + 1] if len(path) > level else None):
            if label is not None:
                paths = list(group)
                down = depth - level if len(paths[0]) == level + 1 else 1
                yield f'<th colspan="{len(paths)}" rowspan="{down}">{escape(label[-1])}</th>'

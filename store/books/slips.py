"""The formulas over names in the text: the body's own, its level's, the year in a table's title, terms of the field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from store.books.lookup import of_kinds
from store.books.proseforms import CatalogueNames, Misspelt, OtherLevel, OtherName, OtherNumber, OtherPlace, OtherYear
from store.books.sheets import Sheet, class_key
from store.books.statements import Statement, said_of
from store.books.trials import Tried
from store.model import Aspect, Box, Mention, Verdict
from store.vocabulary.classes import ECONOMIC_CLASSES

_AND = re.compile("[和与及]")
_YEAR = re.compile(r"20\d\d(?=年)")
_FEWEST_TITLES = 3  # of the document's own year, before another one is a slip
_FEWEST_NUMBERS = 3  # of tables numbered in one way, before another way is a slip
_DISTRICT = re.compile(r"[市州盟].{1,8}?[区县旗](?=.)")
_LEVELLED = re.compile(r"与(?P<level>中央|省级|市级)财政有经费领拨关系")
_AROUND = 12


def try_other_name(_: OtherName, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """规划与自然资源局 in a paper of 规划和自然资源局."""
    body = statements[0].body if statements else ""
    core = _core(body)
    if core:
        yield from _spelling(statements, _AND.sub("[和与及]", core), core, f"疑似单位名称不一致：{{}}，本文件的单位名称是“{body}”")


def _spelling(statements: Sequence[Statement], pattern: str, right: str, remark: str) -> Iterator[Tried]:
    """The first place that spells a name otherwise, and how many there are; else the first that spells it right."""
    found = [(statement, words) for statement in statements for words in re.finditer(pattern, statement.passage.text)]
    wrong = [(statement, words) for statement, words in found if words[0] != right]
    for statement, words in (wrong or found)[:1]:
        if wrong:
            yield _slip(statement, words, f"{remark}{f'（全文共{len(wrong)}处）' if len(wrong) > 1 else ''}。")
        else:
            yield _tried(statement, words, Verdict.HOLDS, f"“{right}”全文写法一致。")


def _core(body: str) -> str:
    """A body's name behind its place, where 和, 与 or 及 stands in it: 规划和自然资源局."""
    name = re.split("[省市区县州盟旗]", body)[-1]
    return name if _AND.search(name) else ""


def try_other_level(_: OtherLevel, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """与市级财政有经费领拨关系 in a paper of a district."""
    for statement in statements:
        words = _LEVELLED.search(statement.passage.text) if _DISTRICT.search(statement.body) else None
        if words is not None:
            yield _slip(statement, words, f"疑似模板残留：{{}}，而本文件的单位“{statement.body}”属于区县级。")


def try_other_year(_: OtherYear, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """2023年部门支出预算总表 among tables of 2024."""
    own = statements[0].year if statements else 0
    named = {sheet.table.group: (years, sheet) for sheet in sheets if len(years := set(_YEAR.findall(sheet.table.title))) == 1}
    titled = [(int(next(iter(years))), sheet) for years, sheet in named.values()]
    if sum(year == own for year, _ in titled) < _FEWEST_TITLES:
        return
    for year, sheet in titled:
        figure = next((one for cell in sheet.table.cells if (one := sheet.printed(cell.row, cell.column)) is not None), None)
        if figure is not None:
            said = f"第{figure.page}页表题“{sheet.table.title}”"
            kept = year == own
            remark = f"{said}的年度与本文件一致。" if kept else f"疑似年度有误：{said}写的是{year}年，本文件是{own}年的。"
            yield Tried(figure, (figure,), ruled=Verdict.HOLDS if kept else Verdict.VIOLATED, remark=remark)


def try_other_number(_: OtherNumber, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """部门公开表9 among 预算公开表8 and 预算公开表10: a single one that is written otherwise."""
    numbered = {sheet.table.number: sheet for sheet in reversed(sheets) if re.search(r"\d", sheet.table.number)}
    ways = {number: re.sub(r"\d+", "#", number) for number in numbered}
    usual = max(set(ways.values()), key=lambda way: sum(way == own for own in ways.values()), default="")
    others = [number for number, way in ways.items() if way != usual]
    if len(ways) - len(others) < _FEWEST_NUMBERS or len(others) > 1:
        return
    for number in others or list(ways)[-1:]:
        sheet = numbered[number]
        figure = next((one for cell in sheet.table.cells if (one := sheet.printed(cell.row, cell.column)) is not None), None)
        if figure is not None:
            said = f"第{figure.page}页的表号“{number}”"
            like = next(n for n, way in ways.items() if way == usual)
            remark = f"疑似表号有误：{said}与其余各表（如“{like}”）写法不同。" if others else f"{said}与其余各表写法一致。"
            yield Tried(figure, (figure,), ruled=Verdict.VIOLATED if others else Verdict.HOLDS, remark=remark)


_PLACED = re.compile(r"(?P<city>.{1,8}?[市州盟])(?P<district>.{1,6}?[区县旗])(?P<office>.{3,})")
_LONGEST_HEADING = 40


def try_other_place(_: OtherPlace, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """上海市规划和自然资源局2024年度部门决算表 in a paper of 上海市普陀区规划和自然资源局: another body, that of the city."""
    body = statements[0].body if statements else ""
    placed = _PLACED.fullmatch(body)
    if placed is None:
        return
    of_city = re.compile(re.escape(placed["city"] + placed["office"]) + r"\d{4}年")
    headings = [(one, text) for one in statements for text in (*one.passage.section, one.passage.text) if len(text) <= _LONGEST_HEADING]
    wrong = [(one, words) for one, text in headings if (words := of_city.search(text))]
    right = [(one, words) for one, text in headings if (words := re.search(re.escape(body), text))]
    for statement, words in (wrong or right)[:1]:
        if wrong:
            remark = f"疑似单位名称有误：第{statement.passage.pages[0]}页标题“{words.string}”，本文件的单位名称是“{body}”。"
            yield _tried(statement, words, Verdict.VIOLATED, remark)
        else:
            yield _tried(statement, words, Verdict.HOLDS, f"标题中的单位名称与“{body}”一致。")


def try_misspelt(formula: Misspelt, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    """公务招待费: one character off a term of the field, its first and last in place."""
    for term in formula.terms:
        inner = "|".join(f"{term[:at]}\\w{term[at + 1 :]}" for at in range(1, len(term) - 1))
        yield from _spelling(statements, inner, term, f"疑似笔误：{{}}，通用的名称是“{term}”")


def _slip(statement: Statement, words: re.Match[str], remark: str) -> Tried:
    text, page = statement.passage.text, statement.passage.pages[0]
    quoted = f"第{page}页写“…{text[max(0, words.start() - _AROUND) : words.end() + _AROUND]}…”"
    return _tried(statement, words, Verdict.VIOLATED, remark.format(quoted))


def _tried(statement: Statement, words: re.Match[str], verdict: Verdict, remark: str) -> Tried:
    page, box = statement.passage.boxes[0] if statement.passage.boxes else (statement.passage.pages[0], Box(0, 0, 0, 0))
    mention = Mention(words[0], Aspect.COUNT, Decimal(0), "", words[0], words.start(), words.end(), page, box)
    said = said_of(statement.passage, mention, statement.disclosure)
    return Tried(said, (said,), ruled=verdict, remark=remark)


def try_catalogue_names(formula: CatalogueNames, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """30211 办公费: the name of 30201. Names that no code has are other years' or shortened, and no slip."""
    if not statements or statements[0].year < _SINCE:
        return
    named = {class_key(name): code for code, name in ECONOMIC_CLASSES.items() if len(code) == _LEAF}
    shared = {class_key(name) for name, many in Counter(map(class_key, ECONOMIC_CLASSES.values())).items() if many > 1}
    for sheet in of_kinds(formula.kinds, sheets):
        for at, row in enumerate(sheet.table.rows):
            figure = next((one for column in sheet.amounts if (one := sheet.printed(at, column)) is not None), None)
            own = ECONOMIC_CLASSES.get(row.code, "")
            if figure is None or len(row.code) != _LEAF or not own or not row.path or class_key(row.path[-1]) in shared:
                continue
            label, other = row.path[-1], named.get(class_key(row.path[-1]))
            said = f"第{figure.page}页{figure.source}科目{row.code}印作“{label}”"
            if other is None or other == row.code or class_key(label) in class_key(own):
                yield Tried(figure, (figure,), ruled=Verdict.HOLDS, remark=f"{said}，与科目目录不矛盾。")
            else:
                remark = f"疑似编码与名称不符：{said}，按政府收支分类科目，{row.code}是“{own}”，“{label}”的编码是{other}。"
                yield Tried(figure, (figure,), ruled=Verdict.VIOLATED, remark=remark)


_LEAF = 5  # digits of a 款 of the economic classification
_SINCE = 2018  # the year from which its codes are those of today (财预〔2017〕98号)

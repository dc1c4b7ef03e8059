"""The formulas over the words of the prose: reasons of another item, names without an amount, what the form left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from store.books.lookup import of_kinds
from store.books.proseforms import ListedNames, ListedSources, Reasons, Residue, Unreasoned
from store.books.sheets import CARRIED, Sheet, class_key
from store.books.statements import ITEM, Said, Statement, said_of
from store.books.trials import Figure, Tried
from store.model import Aspect, Box, Mention, Verdict
from store.text import bare

_REASON = re.compile(r"原因(?:是|为|在于)?[:：]?(?P<why>[^。；]+)")
_USE = re.compile(r"主要用于[:：]?(?P<what>[^。；，、]+)")
_UP, _DOWN = re.compile("增加|增长|增多|提高|上升|新增"), re.compile("减少|下降|降低|压减|压缩|取消|核减")
_LONGEST_NAME = 6  # characters beside another item's name that still leave it to be that item
_ENOUGH_NAME = 5
_INCLUDES = re.compile(r"(?P<what>人员经费|公用经费)[^。；]{0,24}?主要(?:包括|用于)[:：]?(?P<names>[^。；]+)")
_TAIL = re.compile("(?:等)?(?:支出|费用|经费|费)?$")


def try_reasons(_: Reasons, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    others = _item_names(sheets)
    for statement in statements:
        items = [one for one in statement.of(Aspect.AMOUNT) if ITEM.search(one.path[-1])]
        if items:
            yield from _opposite(items[0], statement)
            yield from _of_another(items[0], statement, others)


def _item_names(sheets: Sequence[Sheet]) -> frozenset[str]:
    """The names of functional classes in the document's tables."""
    kinds = ("expenditure", "general_expenditure", "fiscal_expenditure")
    return frozenset(
        bare(row.path[-1]) for sheet in sheets if sheet.kind in kinds for row in sheet.table.rows if len(row.path) == 3 and row.path[-1]
    )


def _opposite(item: Said, statement: Statement) -> Iterator[Tried]:
    """减少2.98%。主要原因是：…经费增加。"""
    reason = _REASON.search(statement.passage.text)
    changes = [one for one in statement.said if one.mention.direction and one.mention.aspect in (Aspect.CHANGE, Aspect.RATE)]
    if reason is None or len({one.mention.direction for one in changes}) != 1:
        return
    fell = changes[0].mention.direction < 0
    wrong, right = (_UP, _DOWN) if fell else (_DOWN, _UP)
    why = reason["why"].rstrip("，、")
    if re.search(rf"(?:经费|支出|资金|预算)(?:{wrong.pattern})$", why) and not right.search(why):
        word = "减少" if fell else "增加"
        remark = f"疑似不符：第{item.page}页说明“{item.path[-1]}”比上年{word}，原因却写“{why}”。"
        yield Tried(changes[0], (item,), ruled=Verdict.VIOLATED, remark=remark)


def _of_another(item: Said, statement: Statement, others: frozenset[str]) -> Iterator[Tried]:
    """主要用于 or 原因 names another class: 住房公积金。主要用于：事业单位医疗保险支出。"""
    own = bare(item.path[-1])
    text = statement.passage.text
    for words, said in ((_USE.search(text), "what"), (_REASON.search(text), "why")):
        if words is None:
            continue
        named = bare(words[said]).removeprefix(_section_of(own))
        other = max((name for name in others if named.startswith(name) and len(name) >= _ENOUGH_NAME), key=len, default="")
        tail = named.removeprefix(other)
        if other and other not in own and len(tail) <= _LONGEST_NAME and not _shares_name(own, tail):
            kind = "用途" if said == "what" else "原因"
            remark = f"疑似张冠李戴：第{item.page}页说明“{item.path[-1]}”的{kind}写的是另一科目：“{words[said]}”。"
            yield Tried(item, (item,), ruled=Verdict.VIOLATED, remark=remark)
            return


def _section_of(own: str) -> str:
    """The 款 that an item is under: 城乡社区支出类城乡社区管理事务款城管执法项 → 城乡社区管理事务. Its name before an item's is no other item's."""
    names = re.match(r".+?类(?P<section>.+?)款", own)
    return names["section"] if names is not None else ""


def _shares_name(own: str, tail: str) -> bool:
    """Whether the words beside another item's name are a stretch of the item's own."""
    last = re.split("[类款项]", own.removesuffix("项"))[-1]
    return any(last[at : at + 4] in tail for at in range(max(1, len(last) - 3)))


_MOST_REASONED = Decimal("0.8")  # of a section's changed items: where so many give a reason, the form asks for one
_FEWEST_CHANGED = 5


def try_unreasoned(_: Unreasoned, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for section in dict.fromkeys(statement.passage.section for statement in statements):
        changed = [
            (one, statement) for statement in statements if statement.passage.section == section for one in _changed_items(statement)
        ]
        without = [one for one, statement in changed if "原因" not in statement.passage.text and "主要" not in statement.passage.text]
        if len(changed) < _FEWEST_CHANGED or len(changed) - len(without) < _MOST_REASONED * len(changed):
            continue
        for one, _statement in changed:
            word = "增加" if one.mention.direction > 0 else "减少"
            said = f"第{one.page}页说明“{one.path[-1]}”比上年{word}"
            if one in without:
                remark = f"疑似漏写：{said}，没有说明原因，同一部分的其他各项都说明了原因。"
                yield Tried(one, (one,), ruled=Verdict.VIOLATED, remark=remark)
            else:
                yield Tried(one, (one,), ruled=Verdict.HOLDS, remark=f"{said}，说明了原因。")


def _changed_items(statement: Statement) -> list[Said]:
    """The change of a paragraph that is about one class, where there is one."""
    moved = [one for one in statement.said if one.mention.aspect in (Aspect.CHANGE, Aspect.RATE) and one.mention.direction and one.value]
    return [one for one in moved if ITEM.search(one.path[-1])][:1]


def try_residue(formula: Residue, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:  # noqa: ARG001
    for statement in statements:
        words = re.search(formula.pattern, statement.passage.text)
        if words is not None:
            page, box = statement.passage.boxes[0] if statement.passage.boxes else (statement.passage.pages[0], Box(0, 0, 0, 0))
            around = statement.passage.text[max(0, words.start() - 12) : words.end() + 8]
            mention = Mention("", Aspect.COUNT, Decimal(0), "", words[0], words.start(), words.end(), page, box)
            said = replace(said_of(statement.passage, mention, statement.disclosure), path=(words[0],))
            yield Tried(said, (said,), ruled=Verdict.VIOLATED, remark=f"疑似模板残留或笔误：第{page}页“…{around}…”。")


def try_listed_names(formula: ListedNames, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """主要包括：办公费、邮电费 …, of which the table has nothing."""
    printed: dict[str, list[Figure]] = {}
    for sheet in sheets:
        if sheet.kind not in formula.kinds:
            continue
        for at, row in enumerate(sheet.table.rows):
            for column in sheet.amounts[:1]:
                figure = sheet.printed(at, column)
                if row.path and len(row.code) == 5 and figure is not None:
                    printed.setdefault(_TAIL.sub("", bare(row.path[-1])), []).append(figure)
    for statement in statements:
        for words in _INCLUDES.finditer(statement.passage.text):
            names = [name for name in re.split("[、，,]", words["names"]) if name]
            idle = [(name, printed[key]) for name in names if (key := _TAIL.sub("", bare(name))) in printed and _nothing(printed[key])]
            about = next((one for one in statement.said if one.path[-1] == words["what"]), None)
            if about is None or not names:
                continue
            if idle:
                listed = "、".join(name for name, _ in idle)
                first = idle[0][1][0]
                remark = (
                    f"疑似模板文字：第{about.page}页说明称{words['what']}主要包括“{listed}”，"
                    f"第{first.page}页{first.source}中{'这些' if len(idle) > 1 else '这'}项没有金额。"
                )
                yield Tried(about.words, tuple(figures[0] for _, figures in idle), ruled=Verdict.VIOLATED, remark=remark)
            elif any(_TAIL.sub("", bare(name)) in printed for name in names):
                yield Tried(about, (about,), ruled=Verdict.HOLDS, remark=f"第{about.page}页说明列举的{words['what']}各项在表中都有金额。")


def _nothing(figures: Sequence[Figure]) -> bool:
    return all(figure.value == 0 for figure in figures)


_SOURCES = re.compile(r"(?:收入|支出)(?:主要)?包括[:：](?P<names>[^。；;]+)")


def try_listed_sources(formula: ListedSources, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> Iterator[Tried]:
    """收入包括：一般公共预算拨款收入、上级补助收入、其他收入；支出包括：…, some of whose rows have no amount in any panel."""
    printed: dict[str, list[Figure]] = {}
    for sheet in of_kinds(formula.kinds, sheets):
        for at, row in enumerate(sheet.table.rows):
            figures = [figure for column in sheet.amounts if (figure := sheet.printed(at, column)) is not None]
            if row.path and figures and not CARRIED.search(row.path[-1]):
                printed.setdefault(class_key(row.path[-1]), []).extend(figures)
    for statement in statements:
        text = statement.passage.text
        names = [name.removesuffix("等") for words in _SOURCES.finditer(text) for name in re.split("[、，,]", words["names"])]
        known = {name: printed[class_key(name)] for name in names if class_key(name) in printed}
        idle = [name for name, figures in known.items() if _nothing(figures)]
        about = next((one for one in statement.said), None)
        if about is None or not known:
            continue
        first = known[(idle or list(known))[0]][0]
        said = f"第{about.page}页说明列举的收支项目"
        if idle:
            remark = f"疑似模板文字：{said}中有“{'、'.join(idle)}”，第{first.page}页{first.source}中{'这些' if len(idle) > 1 else '这'}项没有金额。"
            yield Tried(about.words, (first,), ruled=Verdict.VIOLATED, remark=remark)
        else:
            yield Tried(about.words, (about.words,), ruled=Verdict.HOLDS, remark=f"{said}在第{first.page}页{first.source}中都有金额。")

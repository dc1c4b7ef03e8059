"""What a document is: whose, of which level, kind and fiscal year; or that it is no disclosure (DOMAIN.md §1).

The cover speaks first, then what tables and headings name as their unit. The file name counts only where the pages are
silent, and each field that it had to give is noted in `Disclosure.guessed`: file names have been seen to be wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

from ingest.captions import find_unit
from ingest.genre import other_paper, why_no_disclosure
from ingest.headers import Matrix, caption_end
from ingest.kinds import alias_length
from ingest.layout import GridBlock, Layout, Paragraph
from ingest.names import bodies_apart, same_body
from ingest.raw import split_code
from store.errors import NotADisclosure, UnreadableFile
from store.model import Disclosure, Kind, Level, Table
from store.text import bare, clean, fold
from store.vocabulary.labels import ends_as_organisation

_T = TypeVar("_T")
_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
_CHINESE_YEAR = re.compile(r"二[〇零○O0][〇零○O一二三四五六七八九]{2}(?=年)")
_YEAR = re.compile(r"(?<!\d)(20[0-3]\d)(?:年(?:度)?|(?=(?:部门|单位)?(?:综合)?(?:预算|决算)))")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年(?=度?(?:部门|单位)?(?:综合)?(?:预算|决算))")
_KIND = re.compile(r"(?P<level>部门|单位)?(?:综合|收支)?(?P<kind>预算|决算)")
_OWNER = re.compile(
    r"(?:编制单位|编报单位|预算单位|预算主管部门|主管部门|填报单位|填报部门|公开部门|公开单位|单位名称|部门名称|部门[(（]单位[)）](?:名称)?|单位[(（]部门[)）](?:名称)?|部\s*门|单\s*位)"
    r"(?:名称)?[:：]\s*(?:[\[【]?\d{3,}[\]】]?[-_—\s]*)?(?P<name>[^\s:：\d][^\s:：]{3,40}?)(?=\s|$|(?:金额|计量)?单位[:：]|20\d\d年|日期)"
)
_CODED_OWNER = re.compile(r"^[\[【(（]?\d{3,9}[\]】)）]?[-—_\s]*(?P<name>(?!年)[一-龥][^\s:：\d]{3,40})(?=\s|$)")  # 920001某镇财政所
_IN_CHARGE = ("主管部门", "预算主管部门")
_SECTION = re.compile(r"^第[一二三四五六七八九十]+部分[:：]?")
_COVER_TAIL = re.compile(r"(?:信息)?(?:公开)?(?:情况)?(?:说明|报告|文本|报表|表格|表|文件|材料)?$")
_LEVEL_TAIL = re.compile(r"(?:省级|市级|区级|县级|本级|中央|省本级|市本级)$")
_AREA = re.compile(r"^[一-龥]{2,12}(?:省|市|自治区|区|县|州|旗)$")
_FORM_OWNER = re.compile(r"^(?:部门|单位|部门单位|预算部门|填报单位|预算单位)(?:名称)?$")
_FORM_ROWS = 6
_COVER_LINES = 6
_SHORT = re.compile(r"以下(?:统一)?简称[:：]?[“\"]?(?P<name>[一-龥]{2,16})[”\"]?")
_OTHER_NAME = re.compile(r"[（(](?P<name>[^（）()]{6,30})[)）]$")
_CORE_TABLES = frozenset(
    "overview income expenditure fiscal_overview fiscal_expenditure fiscal_basic general_expenditure general_economic general_basic "
    "three_publics fund_expenditure capital_expenditure project project_targets basic".split()
)


@dataclass(frozen=True, slots=True)
class Clue:
    """What one place says of the document; "" or 0 where it is silent."""

    body: str = ""
    level: str = ""
    kind: str = ""
    year: int = 0


def identify(layout: Layout, document: str, sha256: str) -> Disclosure:
    """The document's identity from its pages. NotADisclosure where neither pages nor file name name one."""
    cover, headings = cover_clue(layout), [read_clue(text) for text in _headings(layout)]
    owners = [name for block in _grid_blocks(layout) for name in caption_owners(block)] or list(_named_in_forms(layout))
    titles = [replace(clue, kind=clue.kind or _kind(text), year=_year(text)) for text in _captions(layout) for clue in (_title_clue(text),)]
    named = read_clue(PurePath(document).stem)
    first = _first_owner(layout)
    body = first or cover.body or _common(owners) or _common(clue.body for clue in (*headings, *titles)) or ""
    kind = cover.kind or _common(clue.kind for clue in (*headings, *titles))
    year = cover.year or _common(clue.year for clue in (*headings, *titles) if clue.year) or _year_of_tables(layout)
    level = cover.level or _common(clue.level for clue in headings) or _level_of_prose(layout) or _common(clue.level for clue in titles)
    guessed = tuple(name for name, value in (("body", body), ("kind", kind), ("year", year), ("level", level)) if not value)
    body, kind, year, level = body or named.body, kind or named.kind, year or named.year, level or named.level or Level.DEPARTMENT
    if not (body and kind and year):
        missing = "、".join(name for name, value in (("单位", body), ("预算或决算", kind), ("年度", year)) if not value)
        raise NotADisclosure(f"{document} 不是部门预算或决算公开文件：各页和文件名都没有写明{missing}。请确认文件是否选对")
    name, second = split_name(full_brackets(body))
    others = [second, *owners, *(clue.body for clue in headings), cover.body, body, *_short_names(layout)]
    several = len(bodies_apart(owners)) > 1
    known = [
        other for other in others if is_alias(other, name, second) and not (several and other in owners and not same_body(other, body))
    ]
    aliases = tuple(dict.fromkeys(map(full_brackets, known)))
    return Disclosure(document, sha256, name, aliases, Level(level), Kind(kind), year, guessed, cover_title(layout))


def refuse_others(layout: Layout, tables: Sequence[Table], document: str) -> None:
    """NotADisclosure where neither the tables nor the prose are those of a budget or final account.

    UnreadableFile where most pages are images that were not read: nothing can be said of them.
    """
    unread = [page.number for page in layout.pages if page.source == "unread"]
    if len(unread) * 2 > len(layout.pages):
        raise UnreadableFile(f"{document} 有 {len(unread)} 页是没有文字的图像（第{unread[0]}页起），未能读出。请改用有文字的版本")
    kinds = {table.kind for table in tables} & _CORE_TABLES
    labels = {bare(name) for table in tables for row in table.rows for name in row.path}
    prose = bare("".join(block.text for block in layout.blocks if isinstance(block, Paragraph)))
    title = bare(cover_title(layout))
    why = why_no_disclosure(title, bool(cover_clue(layout).body), kinds, labels, prose)
    if why:
        raise NotADisclosure(f"{document} 不是部门预算或决算公开文件：{why}（首页为“{clean(title)[:30]}”）。请确认文件是否选对")


# Clues --------------------------------------------------------------------------------------------------------------


def read_clue(text: str) -> Clue:
    """What a title says: 2026年烟台市科学技术局部门预算 → body, level, kind, year."""
    plain = _CHINESE_YEAR.sub(lambda found: found.group().translate(_DIGITS), re.sub(r"\s+", "", clean(text)))
    plain = _SECTION.sub("", plain)
    found = None
    for found in _KIND.finditer(plain):
        if found.group("level"):
            break
    if found is None:
        return Clue(year=_year(plain))
    body = re.sub(r"(?<!\d)\d\d年度?$", "", _YEAR.sub("", plain[: found.start()]))
    body = re.sub(r"^(?:附件?\d*[:：]?|关于)|[_\s]+|的$|[-—–]+$|年度?$", "", body)
    body = re.sub(r"^[、:：.．]+", "", body)
    if _LEVEL_TAIL.search(body) and not body.endswith(("（本级", "(本级")):
        body = _LEVEL_TAIL.sub("", body)
    return Clue(body if _plausible(body) and not _AREA.match(body) else "", found.group("level") or "", found.group("kind"), _year(plain))


def _year(text: str) -> int:
    plain = _CHINESE_YEAR.sub(lambda found: found.group().translate(_DIGITS), fold(text))
    found = _YEAR.search(plain)
    if found:
        return int(found.group(1))
    short = _SHORT_YEAR.search(plain)
    return 2000 + int(short.group(1)) if short else 0


def _kind(text: str) -> str:
    found = re.search(r"预算(?!数|收入|拨款|财政|资金|安排)|决算(?!数)", fold(text))
    return found.group() if found and alias_length(text) else ""


def _title_clue(text: str) -> Clue:
    """What a table's title says that begins with a body: 2025年某市第一小学单位预算收支总表; nothing where it begins with none."""
    clue = read_clue(text)
    return clue if ends_as_organisation(clue.body) else Clue()


def _plausible(name: str) -> bool:
    """Whether words can be a body's name: not a heading, a sentence or a table's title."""
    core = bare(name)
    return 3 <= len(core) <= 40 and not re.search(
        r"^我|集中|预算|决算|目录|表格|情况|说明|支出|收入|概况|绩效|年度|万元|^本?(?:部门|单位)$|二级|为|的|^一般|经费", core
    )


def owners_in(*captions: str) -> tuple[str, ...]:
    """The bodies that captions name as a table's unit: 编制单位：上海市审计局 单位：元, or by code: 920001某镇财政所.

    A department that is named as the one in charge comes last: beside it stands the unit that the table is of.
    """
    found = [named for caption in captions for named in _owners(clean(caption))]
    return tuple(name for _, name in sorted(found, key=lambda named: named[0].startswith(_IN_CHARGE)))


def _owners(caption: str) -> Iterator[tuple[str, str]]:
    """The words before each name, and the name."""
    coded = _CODED_OWNER.match(caption)
    if coded and ends_as_organisation(coded.group("name")) and _plausible(coded.group("name")):
        yield "", coded.group("name")
    for found in _OWNER.finditer(caption):
        name = re.sub(r"[，。；]+$", "", found.group("name"))
        if not find_unit("单位:" + name) and _plausible(name):
            yield found.group(), name


def full_brackets(name: str) -> str:
    """Brackets in Chinese names as Chinese prints them: 科学技术局(本级) → 科学技术局（本级）."""
    return name.replace("(", "（").replace(")", "）")


def is_alias(other: str, name: str, second: str) -> bool:
    """Whether words found where a body is named are another name of this one: they end alike, or hold one another."""
    if not other or bare(other) == bare(name) or not _plausible(other):
        return False
    return other == second or bare(other)[-1] == bare(name)[-1] or bare(name) in bare(other)


def split_name(body: str) -> tuple[str, str]:
    """A body's name and the second name that it prints in brackets; （本级） and （汇总） are part of the name."""
    found = _OTHER_NAME.search(body)
    return (body[: found.start()].strip(), found.group("name")) if found else (body, "")


# Places -------------------------------------------------------------------------------------------------------------


def _first_page(layout: Layout) -> int:
    return min((_page(block) for block in layout.blocks), default=1)


def _page(block: Paragraph | GridBlock) -> int:
    return block.page if isinstance(block, Paragraph) else block.grid.pages[0]


def _cover_lines(layout: Layout) -> list[tuple[str, float]]:
    """The lines of the first page before its contents or tables, each with its size."""
    lines: list[tuple[str, float]] = []
    for block in layout.blocks:
        if _page(block) != _first_page(layout) or isinstance(block, GridBlock):
            break
        printed = [(clean(line.text), line.size) for line in block.lines] or [(clean(block.text), block.size)]
        if any(bare(text) in ("目录", "目次") for text, _ in printed):
            break
        lines += printed
    return lines


def cover_title(layout: Layout) -> str:
    """The cover's largest lines, joined: the document's own title."""
    lines = _cover_lines(layout)
    largest = max((size for _, size in lines), default=0.0)
    return re.sub(r"(?<=[一-龥])\s+|\s+(?=[一-龥])", "", "".join(text for text, size in lines if size >= 0.72 * largest))[:120]


def cover_clue(layout: Layout) -> Clue:
    """What the cover says; a first page of prose says it in a line of its own, or not at all.

    Its largest lines say it, or its smaller ones too, where those name the kind and no sentence is among them.
    """
    title = cover_title(layout)
    if not _KIND.search(title):
        lines = [text for text, _ in _cover_lines(layout)]
        whole = "".join(lines)
        title = (
            re.sub(r"(?<=[一-龥])\s+|\s+(?=[一-龥])", "", whole) if len(lines) <= _COVER_LINES and not re.search("[。；，]", whole) else ""
        )
    return read_clue(_COVER_TAIL.sub("", title)) if len(title) <= 80 and _KIND.search(title) and not other_paper(title) else Clue()


def _first_owner(layout: Layout) -> str:
    """The unit that the cover names on a line of its own (预算单位：…)."""
    return next((name for text, _ in _cover_lines(layout) for name in owners_in(text)), "")


def _headings(layout: Layout) -> Iterator[str]:
    for block in layout.blocks:
        if isinstance(block, Paragraph) and (block.heading == 1 or (block.centred and len(block.text) <= 50)) and _KIND.search(block.text):
            yield block.text


def _grid_blocks(layout: Layout) -> Iterator[GridBlock]:
    return (block for block in layout.blocks if isinstance(block, GridBlock))


def _captions(layout: Layout) -> Iterator[str]:
    """The lines over tables, and those that were drawn inside their frames."""
    return (caption for block in _grid_blocks(layout) for caption in block_captions(block))


def caption_owners(block: GridBlock) -> Iterator[str]:
    """The bodies that a table's captions name as its unit; where they name none so, those that fill a line over it alone."""
    yield from owners_in(*block_captions(block)) or (name for line in block.above if _names_body(name := clean(line.text)))


def _names_body(text: str) -> bool:
    """Whether a caption is nothing but a body's name."""
    return bool(re.fullmatch(r"[一-龥（）()]{5,40}", text)) and ends_as_organisation(text) and _plausible(text) and not alias_length(text)


def block_captions(block: GridBlock) -> Iterator[str]:
    """The lines over a table, and those that were drawn inside its frame."""
    yield from (line.text for line in block.above)
    matrix = Matrix(block.grid)
    yield from (text for row in range(min(4, max(1, caption_end(matrix)))) for text in matrix.texts(row))


def _named_in_forms(layout: Layout) -> Iterator[str]:
    """The names beside 部门名称 in tables of keys and values."""
    for block in _grid_blocks(layout):
        matrix = Matrix(block.grid)
        for texts in map(matrix.texts, range(min(_FORM_ROWS, block.grid.rows))):
            if len(texts) == 2 and _FORM_OWNER.match(bare(texts[0])) and _plausible(texts[1]):
                yield split_code(texts[1])[1]


def _year_of_tables(layout: Layout) -> int:
    """The latest year that tables' headers and titles name often: a budget prints last year's beside its own."""
    years = Counter(int(year) for text in _captions(layout) for year in re.findall(r"(?<!\d)(20[0-3]\d)年", fold(text)))
    return max((year for year, count in years.items() if count * 2 >= max(years.values())), default=0)


def _level_of_prose(layout: Layout) -> str:
    prose = fold("".join(block.text for block in layout.blocks if isinstance(block, Paragraph)))
    department = len(re.findall(r"本部门|我部门|部门(?:综合)?(?:预算|决算)", prose))
    unit = len(re.findall(r"本单位|我单位|单位(?:预算|决算)", prose))
    return "" if department == unit else (Level.DEPARTMENT if department > unit else Level.UNIT)


def _short_names(layout: Layout) -> Iterator[str]:
    for block in layout.blocks:
        if isinstance(block, Paragraph) and (found := _SHORT.search(block.text)) and found.start() < 60:
            yield found.group("name")


def _common(values: Iterable[_T]) -> _T | None:
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else None

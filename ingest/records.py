"""What each row of a table is about: its path of labels, code, body, project, role, and the rows that it is the sum of.

Hierarchy comes from codes where they are printed (类 3, 款 5, 项 7 digits; 301, 30101), else from ordinals (一、 （一） 1.),
else from names of bodies, else from arithmetic: a row that equals the sum of the rows below it is their parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.grids import GridCell
from ingest.headers import CODE_PARTS, label_text
from store.amounts import parse_amount
from store.model import Column, ColumnKind, Role, Row
from store.text import bare, fold, strip_ordinal
from store.vocabulary import Grain, TableKind, is_subtotal_label, is_total_label

REPRINTED = "续页重印的行"
_BODY_HEADER = re.compile(r"(?:单位|部门)名称|^(?:预算|实施|项目|填报|主管|使用)?(?:单位|部门)$|部门单位名称|主管部门")
_PROJECT_HEADER = re.compile(r"项目名称|[一二三]级项目|专项名称|专项资金名称|支出项目|任务名称")
_INDICATOR_HEADER = re.compile(r"[一二三]级指标|指标名称|^指标$")
_GOVERNMENT = re.compile(r"政府.*经济")
_LABEL_CODE = re.compile(r"^[\[【(（]?(?P<code>\d{3}(?:\d{2}){0,3}|\d{6})[\]】)）]?\s*[-—_－:：]?\s*(?P<name>[^\d\s].*)$", re.DOTALL)
_LONG_CODE = re.compile(r"^(?P<code>\d{6,}[A-Z]?[\d\s]{6,})\s*[-—_]\s*(?P<name>\D.*)$", re.DOTALL)  # of a project
_LABEL_CODE_BEHIND = re.compile(r"^(?P<name>.*\S)\s*[(（](?P<code>\d{3}(?:\d{2}){0,2})[)）]$", re.DOTALL)
_STYLES = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．,，]"),
    re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\d{1,2}[、.．,，](?!\d)"),
    re.compile(r"^[(（]\d{1,2}[)）]|^[⑴-⒇]"),
    re.compile(r"^[①-⑳]"),
    re.compile(r"^\d{1,2}[)）]"),
    re.compile(r"^[1-9](?=[一-龥]{3})"),  # ① as text folding leaves it
)
_AMONG = re.compile(r"^(?:其中|减|加)[:：]?")
_MOST_TRIES = 3000  # of a search for a nesting; real ones take a few steps a row
_APART = re.compile(r"结转|结余|弥补收支差额|实户资金余额|上年|年初|年末")


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as printed: labels by column (merged ones filled in), which of them start here, code, amounts by column."""

    labels: tuple[str, ...]
    fresh: tuple[bool, ...]
    code: str
    values: tuple[tuple[int, Decimal], ...]
    page: int

    @property
    def label(self) -> str:
        return next((label for label in self.labels if label), "")


def read_rows(
    rows: Sequence[Sequence[GridCell | None]],
    columns: Sequence[Column],
    kind: TableKind | None,
    printed: Sequence[int],
    bodies: Iterable[str],
    row_pages: Sequence[int],
) -> tuple[Row, ...]:
    """The meaning of a panel's rows. `printed` are the grid's row numbers, bodies the names of units that are known."""
    labels = label_columns(columns)
    raws = tuple(_raw(row, columns, labels, printed[at], row_pages[printed[at]]) for at, row in enumerate(rows))
    raws = join_codes(raws, rows, columns)
    known = frozenset(core_name(name) for name in bodies)
    headers = [bare(columns[at].path[-1]) if columns[at].path else "" for at in labels]
    if any(map(_INDICATOR_HEADER.search, headers)):
        return _indicator_rows(raws, headers)
    body_at = next((at for at, header in enumerate(headers) if _BODY_HEADER.search(header) and "项目" not in header), None)
    if _names_projects(headers, kind):
        return link(nested(_under_department(_project_rows(raws, headers, body_at, known), raws), raws), raws)
    if _coded(raws):
        return link(_code_rows(raws, headers, known), raws)
    if body_at is not None and (kind is None or kind.grain is not Grain.ITEM):
        return link(_body_rows(raws, body_at), raws)
    by_unit = any(core_name(raw.label) in known for raw in raws)  # units' rows among others': 合计, a unit, its projects, the next unit
    if kind is not None and (by_unit or (len(labels) > 1 and kind.grain in (Grain.PROJECT, Grain.ITEM))):
        return link(nested(_under_department(_listed_rows(raws, headers, known, kind), raws), raws), raws)
    return link(_ordinal_rows(raws, kind), raws)


def _names_projects(headers: Sequence[str], kind: TableKind | None) -> bool:
    if kind is not None and kind.grain is Grain.PROJECT and any(header == "项目" for header in headers):
        return True
    return (kind is None or kind.grain is Grain.PROJECT) and any(map(_PROJECT_HEADER.search, headers))


def label_columns(columns: Sequence[Column]) -> tuple[int, ...]:
    """The columns that name rows. Where both economic systems stand side by side, the 部门预算 one (DOMAIN.md §5)."""
    labels = [at for at, column in enumerate(columns) if column.kind is ColumnKind.LABEL]
    other = [at for at in labels if not (columns[at].path and _GOVERNMENT.search(bare(columns[at].path[-1])))]
    economic = any("经济" in bare("".join(columns[at].path)) for at in other)
    return tuple(other if economic else labels)


def _raw(row: Sequence[GridCell | None], columns: Sequence[Column], labels: Sequence[int], number: int, page: int) -> Raw:
    texts, fresh = [], []
    previous: GridCell | None = None
    for at in labels:
        cell = row[at]
        same = cell is not None and cell is previous
        texts.append("" if cell is None or same else label_text(cell.text))
        fresh.append(cell is not None and cell.row == number)
        previous = cell
    values = tuple(
        (at, value)
        for at, column in enumerate(columns)
        if column.kind is ColumnKind.AMOUNT and (value := _value(row[at], number)) is not None
    )
    if not any(texts):  # 合计 printed across the code columns
        texts = [_first_text(row, columns), *texts[1:]] if texts else texts
    return Raw(tuple(texts), tuple(fresh), "", values, page)


def _first_text(row: Sequence[GridCell | None], columns: Sequence[Column]) -> str:
    for cell, column in zip(row, columns, strict=True):
        if cell is not None and column.kind in (ColumnKind.CODE, ColumnKind.INDEX) and not re.fullmatch(r"[\d.]*", fold(cell.text)):
            return label_text(cell.text)
    return ""


def _value(cell: GridCell | None, number: int) -> Decimal | None:
    return parse_amount(cell.text)[1] if cell is not None and cell.row == number else None


def core_name(name: str) -> str:
    """A body's name for comparison: code in front and brackets behind dropped."""
    return bare(re.sub(r"[(（][^)）]*[)）]", "", split_code(name)[1]) or name)


def split_code(label: str) -> tuple[str, str]:
    """A label's code and name: 213001-吉林省科学技术协会 → (213001, …), [2080801]死亡抚恤, 工资福利支出（301）."""
    found = _LABEL_CODE.match(label) or _LABEL_CODE_BEHIND.match(label) or _LONG_CODE.match(label)
    if not found or re.match(r"年|月|日", found.group("name")):
        return "", label
    bare_code = label[0].isdigit() and label[: len(found.group("code")) + 1].isalnum()  # neither bracket nor dash sets it apart
    if bare_code and (len(found.group("name")) < 3 or label[0] not in "235"):
        return "", label  # 131家, 100人次: a number with its unit; classes begin with 2, 3 or 5
    return re.sub(r"\s", "", found.group("code")), found.group("name").strip()


def join_codes(raws: Sequence[Raw], rows: Sequence[Sequence[GridCell | None]], columns: Sequence[Column]) -> tuple[Raw, ...]:
    """Each row with its code: in one piece, in columns 类 款 项 (blank means as above), or in front of its label."""
    at = [index for index, column in enumerate(columns) if column.kind is ColumnKind.CODE]
    parts = [index for index in at if columns[index].path and bare(columns[index].path[-1]) in CODE_PARTS]
    parts = parts[: _first_system(columns, parts)]
    carried = ["", "", ""]
    joined: list[Raw] = []
    for raw, row in zip(raws, rows, strict=True):
        code, labels = "", raw.labels
        if len(parts) > 1:
            code = _three_columns([_code_text(row[index]) for index in parts], carried)
        elif at:
            code = _code_text(row[at[0]])
        own = next((index for index in reversed(range(len(labels))) if labels[index]), None)
        if own is not None:
            found, name = split_code(labels[own])
            labels = (*(split_code(label)[1] if label else "" for label in labels[:own]), name, *labels[own + 1 :])
            code = code or found
        joined.append(replace(raw, code=code, labels=labels))
    return tuple(joined)


def _first_system(columns: Sequence[Column], parts: Sequence[int]) -> int:
    """How many of the 类 款 项 columns belong to the first classification: a second 类 starts another."""
    heads = [bare(columns[index].path[-1]) for index in parts]
    return next((count for count, head in enumerate(heads) if count and head == "类"), len(heads))


def _code_text(cell: GridCell | None) -> str:
    text = re.sub(r"[\[\]【】]", "", fold(cell.text)) if cell is not None else ""
    return text if re.fullmatch(r"[a-z]?\d+", text) else ""


def _three_columns(texts: Sequence[str], carried: list[str]) -> str:
    """The code of a row printed as 类 | 款 | 项; `carried` holds the codes above and is brought up to date."""
    if not any(texts):
        return ""
    last = max(index for index, text in enumerate(texts) if text)
    for index, text in enumerate(texts):
        if text:
            carried[index] = text
        elif index > last:
            carried[index] = ""
    pieces = carried[: last + 1]
    code = ""
    for piece in pieces:
        code = piece if code and piece.startswith(code) else code + piece
    return code


def _coded(raws: Sequence[Raw]) -> bool:
    """Whether codes tell the hierarchy: most rows have one, and few share theirs."""
    lines = [raw for raw in raws if raw.label and not is_total_label(raw.label)]
    codes = [raw.code for raw in lines if raw.code]
    return len(codes) * 2 > len(lines) and len(set(codes)) * 3 > len(codes)


def _code_rows(raws: Sequence[Raw], headers: Sequence[str], known: frozenset[str]) -> list[Row]:
    """Rows under the nearest row above whose code begins theirs. Several label columns (功能 × 经济) are path steps."""
    rows: list[Row] = []
    open_rows: list[tuple[str, tuple[str, ...]]] = []
    named = [at for at, header in enumerate(headers) if re.search(r"(?:单位|部门)名称", header)]
    body = ""
    for raw in raws:
        own = tuple(label for at, label in enumerate(raw.labels) if label and strip_ordinal(label))
        if named and len(named) < len(headers) and not raw.code and core_name(raw.label) in known:
            body = raw.label
        labels = tuple(strip_ordinal(label) for label in own)
        if not raw.code or is_total_label(raw.label):
            rows.append(_plain_row(raw, labels, body))
            continue
        while open_rows and not (raw.code.startswith(open_rows[-1][0]) and raw.code != open_rows[-1][0]):
            open_rows.pop()
        path = (*(open_rows[-1][1] if open_rows else ()), *labels)
        row_body = _named_body(raw, named)
        rows.append(Row(path, depth=len(open_rows), code=raw.code, body=row_body or body))
        open_rows.append((raw.code, path))
    return rows


def _named_body(raw: Raw, named: Sequence[int]) -> str:
    return next((raw.labels[at] for at in named if raw.labels[at] and not is_total_label(raw.labels[at])), "")


def _plain_row(raw: Raw, labels: tuple[str, ...], body: str = "") -> Row:
    if labels and is_total_label(labels[0]):
        return Row(labels[:1], Role.TOTAL)
    return Row(labels, code=raw.code, body=body)


def _body_rows(raws: Sequence[Raw], at: int) -> list[Row]:
    """Rows of units: the department's row over its units', told by the sum."""
    names = [raw.labels[at] for raw in raws]
    lines = [index for index, raw in enumerate(raws) if raw.label and not is_total_label(raw.label)]
    parent: dict[int, int] = {}
    for index in lines:
        following = [other for other in lines if other > index and other not in parent]
        unbroken = len(following) > 1 and following[-1] - index == len(following)
        if index not in parent and unbroken and adds_up(raws[index], [raws[other] for other in following]):
            parent.update(dict.fromkeys(following, index))
    rows = []
    for index, raw in enumerate(raws):
        labels = tuple(strip_ordinal(label) for label in raw.labels if label)
        if index not in lines:
            rows.append(_plain_row(raw, labels))
            continue
        above = (names[parent[index]],) if index in parent else ()
        rows.append(Row((*above, *labels), depth=len(above), code=raw.code, body=names[index]))
    return rows


def _project_rows(raws: Sequence[Raw], headers: Sequence[str], body_at: int | None, known: frozenset[str]) -> list[Row]:
    """Rows of projects: a higher project (一级项目) is the path's ancestor; the unit is a column or a row of its own."""
    steps = [at for at, header in enumerate(headers) if _PROJECT_HEADER.search(header)] or [headers.index("项目")]
    rows: list[Row] = []
    body = unit_code = ""
    held = [""] * len(headers)
    page = 0
    for raw in raws:
        labels = list(raw.labels)
        for at in steps[:-1]:
            if not labels[at] and raw.page != page and held[at]:  # a merged cell that the page break cut
                labels[at] = held[at]
        page, held = raw.page, labels
        path = tuple(strip_ordinal(labels[at]) for at in steps if labels[at])
        if not path or is_total_label(raw.label):
            rows.append(_plain_row(raw, tuple(strip_ordinal(label) for label in labels if label), body))
            continue
        if body_at is not None and labels[body_at]:
            unit_code, body = split_code(labels[body_at])
        elif body_at is None and core_name(path[-1]) in known:
            body, unit_code = path[-1], raw.code
            rows.append(Row(path, code=raw.code, body=body))
            continue
        depth = 1 if body_at is None and body else 0
        rows.append(Row(path, depth=depth, code=raw.code or unit_code, body=body, project=path[-1]))
    return rows


def _listed_rows(raws: Sequence[Raw], headers: Sequence[str], known: frozenset[str], kind: TableKind) -> list[Row]:
    """Rows of lists with several label columns: a blank label on the left means the one above; a unit's row opens its rows."""
    projects = kind.grain in (Grain.PROJECT, Grain.ITEM)
    named = next((at for at, header in enumerate(headers) if projects and _PROJECT_HEADER.search(header)), None)
    rows: list[Row] = []
    above: list[str] = []
    open_paths: list[tuple[str, ...]] = []  # of the rows above whose labels this row's begin with
    body = ""
    for raw in raws:
        if not raw.label or is_total_label(raw.label):
            rows.append(_plain_row(raw, tuple(strip_ordinal(label) for label in raw.labels if label)))
            above = []
            continue
        labels = list(raw.labels)
        if core_name(raw.label) in known and sum(map(bool, labels)) == 1:
            body, above, open_paths = raw.label, [], []
            rows.append(Row((raw.label,), code=raw.code, body=body))
            continue
        first = next(at for at, label in enumerate(labels) if label)
        for at in range(min(first, len(above))):
            labels[at] = above[at]
        above = labels
        path = tuple(strip_ordinal(label) for label in labels if label)
        project = path[-1] if kind.grain is Grain.PROJECT else (labels[named] if named is not None else "")
        while open_paths and not (len(path) > len(open_paths[-1]) and path[: len(open_paths[-1])] == open_paths[-1]):
            open_paths.pop()
        rows.append(Row(path, depth=len(open_paths) + (1 if body else 0), code=raw.code, body=body, project=project))
        open_paths.append(path)
    return rows


def _under_department(rows: Sequence[Row], raws: Sequence[Raw]) -> list[Row]:
    """Units' rows move below the department's where the first of them is the sum of the others."""
    units = [at for at, row in enumerate(rows) if row.body and not row.project and row.path == (row.body,)]
    coded = len(units) > 1 and all(rows[units[0]].code and rows[at].code.startswith(rows[units[0]].code) for at in units)
    if not coded and (len(units) < 3 or not adds_up(raws[units[0]], [raws[at] for at in units[1:]])):
        return list(rows)
    name = rows[units[0]].path
    return [
        replace(row, path=(*name, *row.path), depth=row.depth + 1) if at > units[0] and row.body else row for at, row in enumerate(rows)
    ]


def _indicator_rows(raws: Sequence[Raw], headers: Sequence[str]) -> tuple[Row, ...]:
    """Rows of performance targets: labels run on within one project only, also over a page break (DOMAIN.md §8)."""
    project_at = next((at for at, header in enumerate(headers) if _PROJECT_HEADER.search(header)), None)
    body_at = next((at for at, header in enumerate(headers) if _BODY_HEADER.search(header) and "项目" not in header), None)
    indicators = [at for at, header in enumerate(headers) if _INDICATOR_HEADER.search(header)]
    projects: list[str] = []
    bodies: list[str] = []
    owner: list[int] = []
    held: dict[int, str] = {}
    rows: list[tuple[Raw, tuple[str, ...]]] = []
    for raw in raws:
        name = raw.labels[project_at] if project_at is not None else ""
        named = body_at is not None and bool(raw.labels[body_at]) and raw.fresh[body_at]
        starts = bool(name) and project_at is not None and raw.fresh[project_at]
        if starts and projects and body_at is not None and not named and not raw.values:
            projects[-1] += name  # the name's second half, after a page break
        elif starts or not projects:
            projects.append(split_code(name)[1] if name else "")
            bodies.append("")
            held = {}
        if named and body_at is not None:
            bodies[-1] = bodies[-1] or split_code(raw.labels[body_at])[1]
        first = next((at for at in indicators if raw.labels[at]), None)
        for at in indicators:
            if raw.labels[at]:
                held[at] = raw.labels[at]
            elif first is None or at > first:
                held.pop(at, None)
        owner.append(len(projects) - 1)
        rows.append((raw, tuple(held[at] for at in indicators if at in held)))
    return tuple(
        Row(tuple(filter(None, (projects[at], *path))), code=raw.code, body=bodies[at], project=projects[at])
        for (raw, path), at in zip(rows, owner, strict=True)
    )


def _ordinal_rows(raws: Sequence[Raw], kind: TableKind | None) -> list[Row]:
    """Rows by their ordinals; an unnumbered row belongs to the numbered one above it, sums tell 款 from 项."""
    depths = ordinal_depths([raw.labels[-1] if len(raw.labels) == 1 else raw.label for raw in raws])
    if kind is not None and kind.grain in (Grain.FUNCTION, Grain.ECONOMY):
        depths = depths_by_sums(raws, depths)
    grouped = any(len(own := [label for label in raw.labels if label]) > 1 and is_subtotal_label(own[-1]) for raw in raws)
    rows: list[Row] = []
    above: list[str] = []
    for raw, depth in zip(raws, depths, strict=True):
        labels = tuple(strip_ordinal(label) for label in raw.labels if label)
        if not labels:
            rows.append(Row(()))
            continue
        if is_total_label(labels[0]):
            rows.append(Row(labels, Role.TOTAL))
            above = []
            continue
        if len(labels) > 1:  # 一般公共预算资金 | 小计: the group's own row, its other rows below it
            group = grouped and is_subtotal_label(labels[-1])
            role = Role.SUBTOTAL if group else Role.LINE
            rows.append(Row(labels[:-1] if group else labels, role, int(grouped and not group), raw.code))
            continue
        above = [*above[: min(depth, len(above))], labels[-1]]
        rows.append(Row(tuple(above), depth=len(above) - 1, code=raw.code))
    return rows


def ordinal_depths(labels: Sequence[str]) -> list[int]:
    """Each label's depth by the style of its ordinal: a new style goes one deeper, a known one returns to its level."""
    depths: list[int] = []
    stack: list[int] = []  # styles from the outermost in; −1 stands for an unnumbered row that others follow
    base = 0
    for label in labels:
        text = fold(label)
        among = bool(_AMONG.match(text))
        style = next((at for at, pattern in enumerate(_STYLES) if pattern.match(_AMONG.sub("", text))), None)
        if not text or is_total_label(label):
            depths.append(0)
            stack, base = ([], 0) if text else (stack, base)
        elif style is None and (not stack or (_APART.search(text) and not among and -1 not in stack)):
            apart = not stack or bool(_APART.search(text))
            stack = [-1] if apart else stack
            base = 0
            depths.append(0)
        elif style is None:
            depths.append(len(stack) if stack != [-1] or among else 0)
        else:
            first = bool(re.match(r"^[(（]?(?:一|1|①|⑴)[)）、.．,，]?", _AMONG.sub("", text)))
            if style in stack:
                stack = stack[: stack.index(style) + 1]
            elif stack == [-1] and not first and not among:
                stack = [style]
            else:
                stack = [*stack, style]
            depths.append(len(stack) - 1 + base)
    return depths


def depths_by_sums(raws: Sequence[Raw], depths: Sequence[int]) -> list[int]:
    """Unnumbered rows under a numbered one split into 款 and 项: each 款 is the sum of the 项 that follow it."""
    result = list(depths)
    at = 0
    while at < len(raws):
        end = at + 1
        while end < len(raws) and depths[end] > depths[at]:
            end += 1
        if end - at > 2 and all(depth == depths[at] + 1 for depth in depths[at + 1 : end]):
            heads = split_by_sums(raws[at], raws[at + 1 : end])
            for offset in range(end - at - 1):
                if heads and offset not in heads:
                    result[at + 1 + offset] = depths[at] + 2
        at = end
    return result


def nested(rows: Sequence[Row], raws: Sequence[Raw]) -> list[Row]:
    """Lists whose total or unit is not the sum of their rows: rows that are sums of the rows below them become parents."""
    result = list(rows)
    for parent, run in _flat_runs(rows):
        if adds_up(raws[parent], [raws[at] for at in run]):
            continue
        forest = find_forest(raws[parent], [raws[at] for at in run])
        for offset, above in sorted(forest.items()):
            _move_under(result, run[above], run[offset])
    return result


def _move_under(rows: list[Row], owner: int, child: int) -> None:
    """Moves a row and the rows below it under another row."""
    moved = [child, *_below(child, rows)]
    by, head = rows[owner].depth + 1 - rows[child].depth, rows[owner].path
    for at in moved:
        own = tuple(label for label in rows[at].path if label not in head)
        rows[at] = replace(rows[at], path=(*head, *own), depth=rows[at].depth + by)


def _below(at: int, rows: Sequence[Row]) -> Iterable[int]:
    for other in range(at + 1, len(rows)):
        if rows[other].role is Role.TOTAL or rows[other].depth <= rows[at].depth:
            return
        yield other


def _flat_runs(rows: Sequence[Row]) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Each total or unit's row, with the rows of one depth that it ought to be the sum of."""
    for at, row in enumerate(rows):
        if row.role is Role.TOTAL:
            run = _top_rows(at, rows)
            if run and all(rows[other].role is Role.LINE for other in run):
                yield at, run
        elif row.body and row.path and not row.project:
            run = tuple(_children(at, rows))
            if run:
                yield at, run


def find_forest(whole: Raw, parts: Sequence[Raw]) -> dict[int, int]:
    """Which part lies under which, by index, so that parents are sums of their children and the rest is the whole.

    Searched from the last part backwards, nesting where the figures allow it; empty where no nesting makes the whole.
    """
    tried = 0

    def search(at: int, tops: tuple[int, ...], parents: tuple[tuple[int, int], ...]) -> dict[int, int] | None:
        nonlocal tried
        tried += 1
        if tried > _MOST_TRIES:
            return None
        if at < 0:
            return dict(parents) if adds_up(whole, [parts[top] for top in tops]) else None
        counts = _matching(parts[at], [parts[top] for top in tops])
        for count in (*sorted((c for c in counts if c > 1), reverse=True), 0, *(c for c in counts if c == 1)):
            under = tuple((child, at) for child in tops[:count])
            found = search(at - 1, (at, *tops[count:]), (*parents, *under))
            if found is not None:
                return found
        return None

    return search(len(parts) - 1, (), ()) or {}


def _matching(whole: Raw, following: Sequence[Raw]) -> list[int]:
    """How many of the following rows together are this one: every count that fits."""
    main = next(iter(whole.values), None)
    if main is None or not main[1]:
        return []
    column, value = main
    total, counts = Decimal(0), []
    for count, part in enumerate(following, 1):
        total += dict(part.values).get(column, Decimal(0))
        if abs(total - value) <= rounding(value, count) and adds_up(whole, following[:count]):
            counts.append(count)
    return counts


def split_by_sums(whole: Raw, parts: Sequence[Raw]) -> frozenset[int]:
    """Which of the parts are 款: each equals the sum of the parts up to the next, and together they are the whole.

    Empty where the figures do not say.
    """

    def search(start: int, heads: tuple[int, ...]) -> tuple[int, ...]:
        if start == len(parts):
            return heads if adds_up(whole, [parts[head] for head in heads]) else ()
        for end in range(start + 2, len(parts) + 1):
            if adds_up(parts[start], parts[start + 1 : end]) and (found := search(end, (*heads, start))):
                return found
        return ()

    return frozenset(search(0, ()))


def adds_up(whole: Raw, parts: Sequence[Raw]) -> bool:
    """Whether a row's amounts are the sums of other rows', within rounding (DOMAIN.md §9).

    Every column must agree that both sides print; publishers do leave columns blank in one of the two.
    """
    agreed = False
    for column, value in whole.values:
        addends = [addend for part in parts if (addend := dict(part.values).get(column)) is not None]
        if not addends:
            continue
        if abs(sum(addends, Decimal(0)) - value) > rounding(value, len(parts)):
            return False
        agreed = agreed or bool(value)
    return agreed


def rounding(value: Decimal, addends: int) -> Decimal:
    """How far a printed sum may be from the sum of `addends` printed figures by rounding alone."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(5).scaleb(-(places + 1)) * (addends + 1)


def link(rows: Sequence[Row], raws: Sequence[Raw]) -> tuple[Row, ...]:
    """The rows with their roles and the rows that each is the sum of."""
    linked = [_linked(at, rows, raws) for at in range(len(rows))]
    printed: dict[tuple[tuple[str, ...], tuple[tuple[int, Decimal], ...]], int] = {}
    for at, row in enumerate(linked):
        if row.role is not Role.TOTAL:
            continue
        key = (row.path, raws[at].values)
        if raws[at].values and key in printed:
            linked[at] = replace(row, below=linked[printed[key]].below, note=REPRINTED)
        printed.setdefault(key, at)
    return tuple(linked)


def _linked(at: int, rows: Sequence[Row], raws: Sequence[Raw]) -> Row:
    row = rows[at]
    if not row.path:
        return row
    if row.role is Role.TOTAL:
        return replace(row, below=_total_below(at, rows, raws))
    below = tuple(_children(at, rows))
    among = any(_AMONG.match(fold(raws[child].label)) for child in below)
    proved = bool(below) and adds_up(raws[at], [raws[child] for child in below])
    coded = bool(row.code) and bool(below) and all(rows[child].code.startswith(row.code) for child in below)
    silent = bool(below) and not raws[at].values
    if below and (proved or coded or silent) and not (among and not proved):
        return replace(row, role=Role.SUBTOTAL, below=below)
    if below and not among:
        return replace(row, role=Role.SUBTOTAL)
    if row.path and is_subtotal_label(row.path[-1]):
        return replace(row, role=Role.SUBTOTAL)
    return row


def _children(at: int, rows: Sequence[Row]) -> Iterable[int]:
    depth = rows[at].depth
    inner: int | None = None
    for other in range(at + 1, len(rows)):
        row = rows[other]
        if row.role is Role.TOTAL and rows[at].code:
            continue  # a total that each page prints again does not end a class
        if row.role is Role.TOTAL or (row.path and row.depth <= depth):
            return
        if row.path and (inner is None or row.depth <= inner):
            inner = row.depth
            yield other


def _total_below(at: int, rows: Sequence[Row], raws: Sequence[Raw]) -> tuple[int, ...]:
    """A total's rows: those since the total before it, and that total; of a total printed first, those after it.

    A heading without figures (一、本年支出) stands for the rows below it.
    """
    below: list[int] = []
    for top in _top_rows(at, rows):
        inner = [] if raws[top].values else [child for child in _children(top, rows) if raws[child].values]
        below += inner or [top]
    return tuple(below)


def _top_rows(at: int, rows: Sequence[Row]) -> tuple[int, ...]:
    before: list[int] = []
    for other in range(at - 1, -1, -1):
        if rows[other].role is Role.TOTAL:
            before.append(other)
            break
        if _counts_in(rows[other], rows[at]):
            before.append(other)
    if before and any(rows[other].role is not Role.TOTAL for other in before):
        return tuple(reversed(before))
    after = range(at + 1, len(rows))
    return tuple(other for other in after if rows[other].role is not Role.TOTAL and _counts_in(rows[other], rows[at]))


def _counts_in(row: Row, total: Row) -> bool:
    """Whether a row is one of those that a total adds: outermost, and of the same year where rows name years (合计 | 2022)."""
    if len(total.path) > 1:
        return len(row.path) > 1 and row.path[-1] == total.path[-1]
    return bool(row.path) and row.depth == 0

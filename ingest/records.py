"""What each row of a table is about: its path of labels, code, body, project, role, and the rows that it is the sum of.

Hierarchy comes from codes where they are printed (类 3, 款 5, 项 7 digits; 301, 30101), else from ordinals (一、 （一） 1.),
else from names of bodies, else from arithmetic: a row that equals the sum of the rows below it is their parent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.grids import GridCell
from ingest.indicators import BODY_HEADER, PROJECT_HEADER, indicator_rows, names_indicators
from ingest.links import link, nested
from ingest.raw import AMONG, Raw, core_name, join_codes, label_columns, ordinal_style, read_raw, split_code
from ingest.sums import adds_up, split_by_sums
from store.model import Column, Role, Row
from store.text import bare, fold, strip_ordinal
from store.vocabulary.kinds import Grain, TableKind
from store.vocabulary.labels import ends_as_organisation, is_subtotal_label, is_total_label

_APART = re.compile(r"结转|结余|弥补收支差额|实户资金余额|上年|年初|年末")


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
    raws = tuple(read_raw(row, columns, labels, printed[at], row_pages[printed[at]]) for at, row in enumerate(rows))
    raws = join_codes(raws, rows, columns)
    known = frozenset(core_name(name) for name in bodies)
    headers = [bare(columns[at].path[-1]) if columns[at].path else "" for at in labels]
    if names_indicators(headers):
        return indicator_rows(rows, raws, columns, labels)
    body_at = next(
        (at for at, header in enumerate(headers) if BODY_HEADER.search(header) and not re.search("项目(?!单位)|科目", header)), None
    )
    if body_at is not None and not _holds_bodies([raw.labels[body_at] for raw in raws], known):
        body_at = None
    if _names_projects(headers, kind):
        return link(nested(_under_department(_project_rows(raws, headers, body_at, known), raws), raws), raws)
    if _coded(raws, known):
        if units := _unit_rows(raws, headers, known):
            return link(nested(_under_department(_classes_of_units(raws, units), raws), raws), raws)
        return link(nested(_code_rows(raws, headers), raws), raws)
    if body_at is not None and (kind is None or kind.grain is not Grain.ITEM):
        return link(_body_rows(raws, body_at), raws)
    by_unit = any(core_name(raw.label) in known for raw in raws)  # units' rows among others': 合计, a unit, its projects, the next unit
    if kind is not None and (by_unit or (len(labels) > 1 and kind.grain in (Grain.PROJECT, Grain.ITEM))):
        return link(nested(_under_department(_listed_rows(raws, headers, known, kind), raws), raws), raws)
    return link(nested(_ordinal_rows(raws, kind), raws), raws)


def _holds_bodies(labels: Iterable[str], known: frozenset[str]) -> bool:
    """Whether labels under the header of bodies are bodies: the form 部门名称 | 某局 heads columns of all else."""
    names = [label for label in labels if label and not is_total_label(label)]
    return sum(ends_as_organisation(core := core_name(name)) or core in known for name in names) * 3 >= len(names)


def _names_projects(headers: Sequence[str], kind: TableKind | None) -> bool:
    if kind is not None and kind.grain is Grain.PROJECT and any(header == "项目" for header in headers):
        return True
    return (kind is None or kind.grain is Grain.PROJECT) and any(map(PROJECT_HEADER.search, headers))


def _coded(raws: Sequence[Raw], known: frozenset[str]) -> bool:
    """Whether codes tell the hierarchy: most rows but totals and units have one, and few share theirs."""
    lines = [raw for raw in raws if raw.label and not is_total_label(raw.label) and (raw.code or core_name(raw.label) not in known)]
    codes = [raw.code for raw in lines if raw.code]
    return len(codes) * 2 > len(lines) and len(set(codes)) * 3 > len(codes)


def _unit_rows(raws: Sequence[Raw], headers: Sequence[str], known: frozenset[str]) -> tuple[int, ...]:
    """The rows of units among rows of classes: known by name, or coded as no class is in a column for both."""
    if _named_beside(headers):
        return ()
    either, mixed = any(map(_EITHER_HEADER.search, headers)), _has_units_and_classes(raws, known)
    lines = [(at, raw) for at, raw in enumerate(raws) if raw.label and not is_total_label(raw.label)]
    return tuple(at for at, raw in lines if (mixed and core_name(raw.label) in known) or (either and raw.code and _is_unit(raw, known)))


def _classes_of_units(raws: Sequence[Raw], starts: Sequence[int]) -> list[Row]:
    """Units as rows of their own, each with its classes, coded or not, below it."""
    rows = _code_rows(raws[: starts[0]], ())
    for start, end in pairwise((*starts, len(raws))):
        body = strip_ordinal(raws[start].label)
        rows.append(Row((body,), code=raws[start].code, body=body))
        rows += [
            row if row.role is Role.TOTAL else replace(row, depth=row.depth + 1, body=body) for row in _code_rows(raws[start + 1 : end], ())
        ]
    return rows


def _named_beside(headers: Sequence[str]) -> list[int]:
    """The label columns that name units beside the column of classes."""
    named = [at for at, header in enumerate(headers) if BODY_HEADER.search(header) and "科目" not in header]
    return named if len(named) < len(headers) else []


def _code_rows(raws: Sequence[Raw], headers: Sequence[str]) -> list[Row]:
    """Rows under the nearest row above whose code begins theirs. Several label columns (功能 × 经济) are path steps."""
    beside = _named_beside(headers)
    alone = (
        next((at for at, header in enumerate(headers) if BODY_HEADER.search(header) and "科目" not in header), None) if not beside else None
    )
    rows: list[Row] = []
    open_rows: list[tuple[str, tuple[str, ...]]] = []
    body = ""
    for raw in raws:
        labels = tuple(strip_ordinal(label) for at, label in enumerate(raw.labels) if label and at not in beside)
        body = next((raw.labels[at] for at in beside if raw.labels[at] and not is_total_label(raw.labels[at])), body)
        if not raw.code or is_total_label(raw.label):
            rows.append(_plain_row(raw, labels, body))
            continue
        while open_rows and not (raw.code.startswith(open_rows[-1][0]) and raw.code != open_rows[-1][0]):
            open_rows.pop()
        path = (*(open_rows[-1][1] if open_rows else ()), *labels)
        own = body if alone is None else raw.labels[alone]
        rows.append(Row(path, depth=len(open_rows), code=raw.code, body=own))
        open_rows.append((raw.code, path))
    return rows


_EITHER_HEADER = re.compile(r"单位名称.?科目|科目名称.?单位|单位.?科目.?名称")  # one column for units and classes alike


def _is_unit(raw: Raw, known: frozenset[str]) -> bool:
    """Whether a coded row of a column for units and classes is a unit: known by name, or coded as no class is."""
    return core_name(raw.label) in known or len(raw.code) not in (3, 5, 7)


def _has_units_and_classes(raws: Sequence[Raw], known: frozenset[str]) -> bool:
    """Whether units' rows stand among rows of functional or economic classes."""
    coded = [raw for raw in raws if raw.code and not is_total_label(raw.label)]
    classes = any(len(raw.code) in (3, 5, 7) and raw.code[0] in "235" and core_name(raw.label) not in known for raw in coded)
    return classes and any(core_name(raw.label) in known for raw in raws)


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
    steps = [at for at, header in enumerate(headers) if PROJECT_HEADER.search(header)] or [headers.index("项目")]
    groups = _groups_of_units(raws, known) if body_at is None else frozenset()
    rows: list[Row] = []
    body = unit_code = ""
    opened = False  # by a unit's own row
    group: tuple[str, ...] = ()
    held = [""] * len(headers)
    page = 0
    for at_row, raw in enumerate(raws):
        labels = list(raw.labels)
        for at in steps[:-1]:
            if not labels[at] and raw.page != page and held[at]:  # a merged cell that the page break cut
                labels[at] = held[at]
        page, held = raw.page, labels
        path = tuple(strip_ordinal(labels[at]) for at in steps if labels[at])
        unit = labels[body_at] if body_at is not None and not path and raw.fresh[body_at] else ""
        if unit and not is_total_label(unit):  # a unit's own row over the rows of its projects
            (unit_code, body), opened = split_code(unit), True
            rows.append(Row((body,), code=raw.code or unit_code, body=body))
            continue
        if not path or is_total_label(raw.label):
            rows.append(_plain_row(raw, tuple(strip_ordinal(label) for label in labels if label), body))
            continue
        if at_row in groups:
            body, unit_code, group = "", "", path
            rows.append(Row(path, code=raw.code))
            continue
        if body_at is not None and labels[body_at]:
            unit_code, body = split_code(labels[body_at])
        elif body_at is None and core_name(path[-1]) in known:
            body, unit_code = path[-1], raw.code
            rows.append(Row((*group, *path), depth=len(group), code=raw.code, body=body))
            continue
        depth = len(group) + (1 if opened or (body_at is None and body) else 0)
        rows.append(Row((*group, *path), depth=depth, code=raw.code or unit_code, body=body, project=path[-1]))
    return rows


def _groups_of_units(raws: Sequence[Raw], known: frozenset[str]) -> frozenset[int]:
    """The rows of groups of units (1 全额, 4 自收自支): units' rows have codes, projects' rows none, groups' rows shorter ones."""
    units = [raw.code for raw in raws if core_name(raw.label) in known]
    if not all(units):
        return frozenset()
    shortest = min(map(len, units), default=0)
    return frozenset(
        at
        for at, raw in enumerate(raws)
        if 0 < len(raw.code) < shortest and core_name(raw.label) not in known and not is_total_label(raw.label)
        if at + 1 < len(raws) and core_name(raws[at + 1].label) in known
    )


def _listed_rows(raws: Sequence[Raw], headers: Sequence[str], known: frozenset[str], kind: TableKind) -> list[Row]:
    """Rows of lists with several label columns: a blank label on the left means the one above; a unit's row opens its rows."""
    projects = kind.grain in (Grain.PROJECT, Grain.ITEM)
    named = next((at for at, header in enumerate(headers) if projects and PROJECT_HEADER.search(header)), None)
    rows: list[Row] = []
    above: list[str] = []
    open_paths: list[tuple[str, ...]] = []  # of the rows above whose labels this row's begin with
    body = ""
    heads = _heads_of_units(raws, known)
    for at_row, raw in enumerate(raws):
        if at_row in heads:
            body, above, open_paths = "", [], []
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


def _heads_of_units(raws: Sequence[Raw], known: frozenset[str]) -> frozenset[int]:
    """The rows of kinds (货物, 服务) that have units' rows below them: a kind ends the unit above it."""
    alone = [bool(raw.labels and raw.labels[0]) and sum(map(bool, raw.labels)) == 1 and not is_total_label(raw.label) for raw in raws]
    units = [is_alone and core_name(raw.label) in known for is_alone, raw in zip(alone, raws, strict=True)]
    return frozenset(at for at in range(len(raws) - 1) if len(raws[at].labels) > 1 and alone[at] and not units[at] and units[at + 1])


def _under_department(rows: Sequence[Row], raws: Sequence[Raw]) -> list[Row]:
    """Units' rows move below the department's where the first of them is the sum of the others."""
    units = [at for at, row in enumerate(rows) if row.body and not row.project and row.path == (row.body,)]
    coded = len(units) > 1 and all(rows[units[0]].code and rows[at].code.startswith(rows[units[0]].code) for at in units)
    if not coded and (len(units) < 3 or not adds_up(raws[units[0]], [raws[at] for at in units[1:]])):
        return list(rows)
    return [
        replace(row, path=(*rows[units[0]].path, *row.path) if at in units else row.path, depth=row.depth + 1)
        if at > units[0] and row.body
        else row
        for at, row in enumerate(rows)
    ]


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
        if is_total_label(labels[0]) and not depth:
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
        among = bool(AMONG.match(text))
        style = ordinal_style(label)
        inner = style is not None and style not in stack and bool(stack) and stack != [-1]  # 一、“三公”经费 › （一）支出合计
        if not text or (is_total_label(label) and not inner):
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
            first = bool(re.match(r"^[(（]?(?:一|1|①|⑴)[)）、.．,，]?", AMONG.sub("", text)))
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

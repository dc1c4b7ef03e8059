"""Rows as printed: labels with merged ones filled in, the code put together, amounts by column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.grids import GridCell
from ingest.headers import CODE_PARTS, label_text
from store.amounts import parse_amount
from store.model import Column, ColumnKind
from store.text import bare, fold

_GOVERNMENT = re.compile(r"政府.*经济")
_UNIT_CODE = re.compile(r"(?:单位|部门)(?:编码|代码)")
_LABEL_CODE = re.compile(r"^[\[【(（]?(?P<code>\d{3}(?:\d{2}){0,3}|\d{6})[\]】)）]?\s*[-—_－:：]?\s*(?P<name>[^\d\s.,%％].*)$", re.DOTALL)
_LONG_CODE = re.compile(r"^(?P<code>\d{6,}[A-Z]?[\d\s]{6,}?)(?:\s+\d{1,3})?\s*[-—_]\s*(?P<name>\D.*)$", re.DOTALL)  # of a project
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
AMONG = re.compile(r"^(?:其中|减|加)[:：]?")


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


def ordinal_style(label: str) -> int | None:
    """Which style of ordinal a label begins with (一、 （一） 1、 …), None for none; 其中： in front does not count."""
    text = AMONG.sub("", fold(label))
    return next((at for at, pattern in enumerate(_STYLES) if pattern.match(text)), None)


def label_columns(columns: Sequence[Column]) -> tuple[int, ...]:
    """The columns that name rows. Where both economic systems stand side by side, the 部门预算 one (DOMAIN.md §5)."""
    labels = [at for at, column in enumerate(columns) if column.kind is ColumnKind.LABEL]
    other = [at for at in labels if not _GOVERNMENT.search(bare("".join(columns[at].path)))]
    economic = any("经济" in bare("".join(columns[at].path)) for at in other)
    return tuple(other if economic else labels)


def read_raw(row: Sequence[GridCell | None], columns: Sequence[Column], labels: Sequence[int], number: int, page: int) -> Raw:
    """A grid's row `number` as printed, its code not yet put together. labels are the columns that name rows."""
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
    coded = [index for index, column in enumerate(columns) if column.kind is ColumnKind.CODE]
    at = [index for index in coded if not _UNIT_CODE.search(bare("".join(columns[index].path)))] or coded
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

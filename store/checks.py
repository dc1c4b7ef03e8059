"""Findings as CONTRACT.md writes a Check down, for programs and for people."""

from __future__ import annotations

from typing import Any

from store.amounts import plain
from store.model import Finding, Side, Verdict

_SPOKEN = {Verdict.HOLDS: "相符", Verdict.ROUNDING: "尾差", Verdict.VIOLATED: "不符", Verdict.NOT_RUN: "未核"}


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A Check. Only findings that were run have one."""
    return {
        "rule": finding.rule,
        "statement": finding.statement,
        "verdict": str(finding.verdict),
        "document": finding.document,
        "pages": list(finding.pages),
        "left": _side_to_json(finding.left),
        "right": _side_to_json(finding.right),
        "difference": plain(finding.difference),
        "message": finding.message,
    }


def finding_to_line(finding: Finding) -> str:
    """A finding for a reader, in Chinese: 不符  某局.pdf  第7、9页  F07 合计 = 基本支出 + 项目支出：…"""
    pages = "、".join(str(page) for page in finding.pages)
    where = f"第{pages}页  " if pages else ""
    return f"{_SPOKEN[finding.verdict]}  {finding.document}  {where}{finding.rule} {finding.statement}：{finding.message}"


def _side_to_json(side: Side) -> dict[str, Any]:
    box = side.box
    bbox = [round(edge, 1) for edge in (box.x0, box.top, box.x1, box.bottom)]
    return {"label": side.label, "value": plain(side.value), "unit": side.unit, "page": side.page, "bbox": bbox}

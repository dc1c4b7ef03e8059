"""对账: a document's identities as plain values and HTML, for a page that shows how they came out.

    groups = books(document, library.checks(document))      suspected first, then rounding, not run, held
    summary_card(groups)                                    what was tried and what came of it, as HTML
    for group in groups:                                    a heading (group_label) with its entries,
        for line in group.lines:                            those of one identity under one line (line_label)
            for entry in line.entries:
                entry_card(entry)                           the sentence, both figures and how far they are apart, as HTML
                entry.frames                                the pages to show side by side: the left figure's first

Whoever shows a frame renders `library.page_image(frame.document, frame.page, frame.boxes)` under `frame_caption(frame)`.
No framework here: values in, text out. Everything that comes from a document passes `escape` (HTML) or `label` (buttons).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from chat.labels import figure_text, label
from store.frames import Frame, frames_of
from store.model import Finding, Side, Verdict

__all__ = ["Entry", "Frame", "Group", "Line", "books", "entry_card", "frame_caption", "group_label", "line_label", "summary_card"]

_ORDER = (Verdict.VIOLATED, Verdict.ROUNDING, Verdict.NOT_RUN, Verdict.HOLDS)
_TITLES = {
    Verdict.VIOLATED: "疑似不符",
    Verdict.ROUNDING: "尾差",
    Verdict.NOT_RUN: "未核",
    Verdict.HOLDS: "相符",
}
_NOTES = {
    Verdict.VIOLATED: "两处数字或说法对不上。可能是笔误、口径不同，也可能是读表有误，请对照原页；本程序不判断哪一处有误。",
    Verdict.ROUNDING: "相差在四舍五入的范围之内，一般不是差错。",
    Verdict.NOT_RUN: "文件没有印出所需的数字，或两处口径可能不同，未能核对；未核不等于相符。",
    Verdict.HOLDS: "两处相符。",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An identity tried once: its sentence, its sides, and the pages that print them (none where it could not be tried)."""

    finding: Finding
    frames: tuple[Frame, ...]

    @property
    def sentence(self) -> str:
        return self.finding.message


@dataclass(frozen=True, slots=True)
class Line:
    """All that came of one identity with one verdict."""

    rule: str
    statement: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All identities with one verdict."""

    verdict: Verdict
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return _TITLES[self.verdict]

    @property
    def note(self) -> str:
        return _NOTES[self.verdict]

    @property
    def count(self) -> int:
        return sum(len(line.entries) for line in self.lines)


def books(document: str, findings: Sequence[Finding]) -> tuple[Group, ...]:
    """A document's findings by verdict and identity, suspected ones first; verdicts that nothing has are left out."""
    own = [finding for finding in findings if finding.document == document]
    groups = (Group(verdict, _lines([f for f in own if f.verdict is verdict])) for verdict in _ORDER)
    return tuple(group for group in groups if group.lines)


def _lines(findings: Sequence[Finding]) -> tuple[Line, ...]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return tuple(
        Line(rule, alike[0].statement, tuple(Entry(finding, frames_of(finding)) for finding in alike)) for rule, alike in by_rule.items()
    )


def summary_card(groups: Sequence[Group]) -> str:
    """What was tried, and how often each verdict came out."""
    tried = sum(group.count for group in groups if group.verdict is not Verdict.NOT_RUN)
    counted = "".join(f'<li class="mz-{group.verdict}"><b>{group.count}</b><span>{group.title}</span></li>' for group in groups)
    return f'<section class="mz-books"><p>共核对 {tried} 处勾稽关系</p><ul>{counted}</ul></section>'


def group_label(group: Group) -> str:
    """A group's heading: 疑似不符 · 12 处."""
    return label(f"{group.title} · {group.count} {'项' if group.verdict is Verdict.NOT_RUN else '处'}")


def line_label(line: Line) -> str:
    """An identity's heading: 合计等于各类之和 · 72 处."""
    return label(f"{line.statement} · {len(line.entries)} 处" if len(line.entries) > 1 else line.statement, limit=80)


def entry_card(entry: Entry) -> str:
    """One finding: its sentence, and where it compares two amounts both of them and the difference."""
    finding = entry.finding
    amounts = f"{_side(finding.left)}{_side(finding.right)}{_difference(finding)}" if finding.difference else ""
    sides = f'<dl class="mz-sides">{amounts}</dl>' if amounts else ""
    return f'<article class="mz-finding mz-{finding.verdict}"><p>{escape(finding.message)}</p>{sides}</article>'


def frame_caption(frame: Frame, title: str = "") -> str:
    """The line over a framed page; `title` names its document where that is another one than the page is about."""
    return label(f"{title} 第 {frame.page} 页" if title else f"第 {frame.page} 页", limit=80)


def _side(side: Side) -> str:
    return f"<dt>{escape(side.label)}</dt><dd>{escape(figure_text(side.value))}{escape(side.unit)}</dd>"


def _difference(finding: Finding) -> str:
    return f'<dt class="mz-gap">相差</dt><dd class="mz-gap">{escape(figure_text(abs(finding.difference)))}{escape(finding.left.unit)}</dd>'

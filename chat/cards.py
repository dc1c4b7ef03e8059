"""Answers and pages as HTML and button labels. No framework here: text in, text out.

Everything that comes from a document or a user passes `escape` (HTML) or `label` (buttons, which read Markdown).
"""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape

from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from store.amounts import grouped, plain
from store.errors import StoreBusy, StoreError, StoreMissing, StoreTooNew
from store.model import Box, Disclosure, Kind, PageInfo
from store.report import ReadingReport, report_to_lines, tables_to_lines
from store.text import bare

# Button labels read Markdown with formulas, colours, emoji and arrows, and some of that ignores backslashes. The full-width
# twin of each mark looks the same to a reader and means nothing to Markdown.
_MARKS = str.maketrans({mark: chr(ord(mark) + 0xFEE0) for mark in r"\`*_{}[]<>#|~$:!&"})
_LEADING = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+])(?=\s)")

_CONFIDENCE = {
    Confidence.CORROBORATED: "多处印证",
    Confidence.SINGLE: "单处记载",
    Confidence.CONFLICTING: "各处不一致",
}
_STATUS = {
    Status.ANSWERED: "",
    Status.CLARIFY: "请选一种理解",
    Status.NOT_FOUND: "材料中没有答案",
    Status.OUT_OF_SCOPE: "不在可答范围",
}
_REMEDIES: dict[type[StoreError], str] = {
    StoreBusy: "另一个程序正在写入，请稍候再刷新本页。",
    StoreTooNew: "资料库由更新的版本写成，请更新本程序。",
}
_GUESSED = {"issuer": "单位", "body": "单位", "level": "层级", "kind": "文种", "year": "年度"}


def label(text: str, limit: int = 60) -> str:
    """A text as a button's label that shows it literally, on one line of at most `limit` characters."""
    line = " ".join(text.split())
    short = line if len(line) <= limit else line[: limit - 1] + "…"
    return _LEADING.sub(
        lambda m: (m[1] + chr(ord(m[2]) + 0xFEE0)) if m[1] else chr(ord(m[3]) + 0xFEE0), short.translate(_MARKS).replace("--", "－－")
    )


def figure_text(value: Decimal) -> str:
    """A figure for reading: as printed, with separators from five digits before the point on (3086.36; 39,553,500)."""
    return grouped(value) if abs(value) >= 10_000 else plain(value)


def question_card(question: str) -> str:
    return f'<div class="mz-question">{escape(question)}</div>'


def answer_card(answer: Answer) -> str:
    """The whole answer: figure first, then its reading, the sentence, warnings, and how it was computed."""
    parts = (
        _status(answer),
        _figures(answer.figures),
        _line("mz-reading", f"理解为：{answer.reading}" if answer.reading else ""),
        _line("mz-text", answer.text),
        _warnings(answer.warnings),
        _derivation(answer),
        _footer(answer),
    )
    return f'<article class="mz-answer mz-{answer.status}">{"".join(parts)}</article>'


def citation_label(number: int, citation: Citation, several_documents: bool) -> str:
    """The button of a citation: its number, the cell's text, place and page, with the document where the answer cites several."""
    title = (citation.title or citation.document) if several_documents else ""
    cell = citation.quote if citation.column else ""
    parts = (str(number), label(cell, limit=16), title, citation.table or "正文", f"第{citation.page}页")
    return label(" · ".join(part for part in parts if part), limit=90)


def citation_help(citation: Citation) -> str:
    """What the button's tooltip says: the cell by its row and column, or the words."""
    cell = " × ".join(part for part in (citation.row, citation.column) if part)
    return label("：".join(part for part in (cell, citation.quote) if part) or citation.table, limit=160)


def page_caption(info: PageInfo, pages: int, citation: Citation | None) -> str:
    """The lines over a page's image: which page of how many, its printed number, and what is framed."""
    printed = f"印刷页码 {info.printed}" if info.printed else "本页没有印刷页码"
    parts = [f'<p class="mz-page-number">第 {info.number} 页 / 共 {pages} 页，{escape(printed)}</p>']
    if citation is not None:
        place = " · ".join(part for part in (citation.table, citation.row, citation.column) if part)
        parts.append(f'<p class="mz-cited"><b>{escape(citation.quote)}</b><span>{escape(place)}</span></p>')
    if info.source in ("ocr", "unread"):
        read = "本页是扫描图像，文字由识别得来，请以图像为准。" if info.source == "ocr" else "本页是图像，没有读出文字，不在可查范围。"
        parts.append(f'<p class="mz-note">{read}</p>')
    return f'<div class="mz-page">{"".join(parts)}</div>'


def disclosure_title(disclosure: Disclosure) -> str:
    """A disclosure's own title, where that tells whose it is (上海市2026年市级单位预算 does not)."""
    if disclosure.kind is Kind.OTHER:
        return disclosure.title
    made = f"{disclosure.body}{disclosure.year}年{disclosure.level}{disclosure.kind}"
    return disclosure.title if bare(disclosure.body) in bare(disclosure.title) else made


def disclosure_note(disclosure: Disclosure) -> str:
    """What a reader should know of how the document was recognised, "" where its own pages say everything."""
    if disclosure.kind is Kind.OTHER:
        return "不是预决算公开，只按文字收录"
    guessed = "、".join(dict.fromkeys(_GUESSED.get(name, name) for name in disclosure.guessed))
    return f"{guessed}据文件名推断" if guessed else ""


def report_card(report: ReadingReport) -> str:
    """How a document was read: sums of it first, what was not understood, then its tables."""
    told = "".join(f"<p>{escape(line)}</p>" for line in report_to_lines(report))
    tables = "".join(f"<li>{escape(line)}</li>" for line in tables_to_lines(report.tables))
    return f'<div class="mz-report">{told}<ol>{tables}</ol></div>'


def notice_card(title: str, text: str, *details: str) -> str:
    """A message that takes the place of what should be there: what happened, what to do, and the program's own words."""
    lines = "".join(f"<code>{escape(detail)}</code>" for detail in details)
    return f'<div class="mz-notice"><h2>{escape(title)}</h2><p>{escape(text)}</p>{lines}</div>'


def store_notice(error: StoreError | None) -> str:
    """Why there is nothing to ask: the store's error, or None for a store that holds no disclosure."""
    if error is None or isinstance(error, StoreMissing):
        return notice_card(
            "还没有收录任何公开材料", "先收录预算或决算公开文件，再刷新本页：", "python -m ingest 文件或文件夹", *_words(error)
        )
    remedy = next((text for kind, text in _REMEDIES.items() if isinstance(error, kind)), "按下面的提示处理，再刷新本页。")
    return notice_card("资料库打不开", remedy, *_words(error))


def _words(error: StoreError | None) -> tuple[str, ...]:
    return () if error is None else (str(error),)


def scroll_to_turn(number: int) -> str:
    """A script that brings a turn's question to the top: a long answer is read from its figure on, not from its end."""
    return (
        f"<script>setTimeout(() => document.querySelector('.st-key-turn-{number}')?.scrollIntoView({{behavior: 'smooth'}}), 100)</script>"
    )


def scroll_to_box(info: PageInfo, box: Box) -> str:
    """A script that brings the framed cell of the page's image to the middle of the screen."""
    left, top = 50 * (box.x0 + box.x1) / info.width, 50 * (box.top + box.bottom) / info.height
    return (
        "<script>setTimeout(() => { const sheet = document.querySelector('.st-key-sheet [data-testid=stImage]'); if (!sheet) return;"
        " const mark = document.createElement('i');"
        f" mark.style.cssText = 'position:absolute;left:{left:.2f}%;top:{top:.2f}%'; sheet.append(mark);"
        " mark.scrollIntoView({block: 'center', inline: 'center'}); mark.remove(); }, 400)</script>"
    )


def _line(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""


def _status(answer: Answer) -> str:
    return _line("mz-status", _STATUS[answer.status])


def _figure(figure: Figure) -> str:
    return (
        f'<span class="mz-label">{escape(figure.label)}</span>'
        f'<span class="mz-amount"><span class="mz-value">{escape(figure_text(figure.value))}</span>'
        f'<span class="mz-unit">{escape(figure.unit)}</span></span>'
    )


def _figures(figures: tuple[Figure, ...]) -> str:
    """One figure large; several as a list, the first of them large."""
    if not figures:
        return ""
    first, rest = figures[0], figures[1:]
    others = "".join(f"<li>{_figure(figure)}</li>" for figure in rest)
    return f'<div class="mz-figure">{_figure(first)}</div>' + (f'<ol class="mz-figures" start="2">{others}</ol>' if rest else "")


def _warnings(warnings: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    return f'<ul class="mz-warnings" aria-label="提示">{items}</ul>' if items else ""


def _derivation(answer: Answer) -> str:
    if answer.derivation is None:
        return ""
    operands = "".join(f"<li>{_figure(operand)}{_reference(operand)}</li>" for operand in answer.derivation.operands)
    return (
        f'<details class="mz-derivation"><summary><span>计算</span>{escape(answer.derivation.formula)}</summary>'
        f'<ul class="mz-operands">{operands}</ul></details>'
    )


def _reference(figure: Figure) -> str:
    return "" if figure.citation is None else f'<span class="mz-ref">出处 {figure.citation + 1}</span>'


def _footer(answer: Answer) -> str:
    if answer.confidence is None:
        return ""
    return f'<p class="mz-confidence mz-{answer.confidence}">{_CONFIDENCE[answer.confidence]}</p>'

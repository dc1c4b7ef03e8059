"""Answers and pages as HTML. No framework here: text in, text out.

Everything that comes from a document or a user passes `escape`; the words of the interface come through `t` (chat.words).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from chat.changes import BASIS, basis_of
from chat.labels import disclosure_note, disclosure_title, figure_text
from chat.words import CHINESE, Words
from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from store.errors import StoreBusy, StoreError, StoreMissing, StoreTooNew
from store.model import Disclosure, Kind, PageInfo, Table
from store.report import ReadingReport, report_to_lines, tables_to_lines

_CONFIDENCE = {
    Confidence.CORROBORATED: "✓ 多处印证",
    Confidence.SINGLE: "✓ 有出处，单处记载",
    Confidence.CONFLICTING: "⚠ 各处不一致",
}
_BALANCED = "✓ 与勾稽关系相符"  # printed once, and confirmed by an identity that holds
_STATUS = {
    Status.ANSWERED: "",
    Status.CLARIFY: "请选一种理解",
    Status.NOT_FOUND: "材料中没有答案",
    Status.OUT_OF_SCOPE: "不在可答范围",
}
_SOURCES = {
    "ocr": "本页是扫描图像，文字由识别得来，请以图像为准。",
    "unread": "本页是图像，没有读出文字，不在可查范围。",
}
LISTED = 2  # figures up to which an answer is read as a sentence; more make a table
_QUOTED = 3  # sentences that are quoted at most
_REMEDIES: dict[type[StoreError], str] = {
    StoreBusy: "另一个程序正在写入，请稍候再刷新本页。",
    StoreTooNew: "资料库由更新的版本写成，请更新本程序。",
    StoreError: "按下面的提示处理，再刷新本页。",
}


def question_card(question: str) -> str:
    return f'<div class="mz-question">{escape(question)}</div>'


def answer_card(answer: Answer, t: Words = CHINESE) -> str:
    """The whole answer: figure first with its unit, 口径 and standing, then its reading, the sentence, warnings and formula."""
    parts = (
        _line("mz-status", t(_STATUS[answer.status])),
        _figures(answer, t),
        _line("mz-reading", t("理解为：{reading}").format(reading=answer.reading) if answer.reading else ""),
        _line("mz-text", answer.text.removesuffix("；".join(answer.options)).rstrip("：")),
        _quotes(answer, t),
        _warnings(answer.warnings, t),
        _formula(answer, t),
        "" if answer.figures else _standing(answer, t),
    )
    return f'<article class="mz-answer mz-{answer.status}" aria-label="{t("回答")}">{"".join(parts)}</article>'


def page_caption(info: PageInfo, pages: int, citation: Citation | None, t: Words = CHINESE) -> str:
    """The lines over a page's image: which page of how many, its printed number, and what is framed."""
    printed = t("印刷页码 {printed}").format(printed=info.printed) if info.printed else t("本页没有印刷页码")
    number = t("第 {page} 页 / 共 {pages} 页").format(page=info.number, pages=pages)
    parts = [f'<p class="mz-page-number">{escape(number)}，{escape(printed)}</p>']
    if citation is not None:
        place = " · ".join(part for part in (citation.table, citation.row, citation.column) if part)
        parts.append(f'<p class="mz-cited"><b>{escape(citation.quote)}</b><span>{escape(place)}</span></p>')
    if info.source in _SOURCES:
        parts.append(f'<p class="mz-note">{escape(t(_SOURCES[info.source]))}</p>')
    return f'<div class="mz-page">{"".join(parts)}</div>'


def report_card(report: ReadingReport) -> str:
    """How a document was read: sums of it first, what was not understood, then its tables."""
    told = "".join(f"<p>{escape(line)}</p>" for line in report_to_lines(report))
    tables = "".join(f"<li>{escape(line)}</li>" for line in tables_to_lines(report.tables))
    return f'<div class="mz-report">{told}<ol>{tables}</ol></div>'


def notice_card(title: str, text: str, *details: str) -> str:
    """A message that takes the place of what should be there: what happened, what to do, and the program's own words."""
    lines = "".join(f"<code>{escape(detail)}</code>" for detail in details)
    return f'<div class="mz-notice"><h2>{escape(title)}</h2><p>{escape(text)}</p>{lines}</div>'


def store_notice(error: StoreError | None, t: Words = CHINESE) -> str:
    """Why there is nothing to ask: the store's error, or None for a store that holds no disclosure."""
    if error is None or isinstance(error, StoreMissing):
        told = t("先收录预算或决算公开文件，再刷新本页：")
        return notice_card(t("还没有收录任何公开材料"), told, t("python -m ingest 文件或文件夹"))
    remedy = next((text for kind, text in _REMEDIES.items() if isinstance(error, kind)), _REMEDIES[StoreError])
    return notice_card(t("资料库打不开"), t(remedy), str(error))


def _line(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""


def _figure(figure: Figure, mark: str) -> str:
    return (
        f'<span class="mz-label">{escape(figure.label)}</span>'
        f'<span class="mz-amount"><span class="mz-value">{escape(figure_text(figure.value))}</span>'
        f'<span class="mz-unit">{escape(figure.unit)}</span>{mark}</span>'
    )


def _mark(figure: Figure) -> str:
    """✓ on a figure that is confirmed elsewhere, ⚠ on one that stands against another; nothing on one printed once."""
    if figure.standing not in _MARKS:
        return ""
    sign, words = _MARKS[figure.standing]
    return f'<span class="mz-mark mz-{figure.standing}" title="{words}" aria-label="{words}" role="img">{sign}</span>'


_MARKS = {Confidence.CORROBORATED: ("✓", "与他处相符"), Confidence.CONFLICTING: ("⚠", "与他处不符，见提示")}


def _figures(answer: Answer, t: Words) -> str:
    """The figure that was asked for, large, with its 口径 and how well it stands, a second one below. More of them make a table."""
    if not answer.figures:
        return ""
    basis = basis_of(answer.reading)
    standing = _standing(answer, t)
    marks = (f'<span class="mz-basis">{escape(BASIS + basis)}</span>' if basis else "") + standing
    marked = f'<p class="mz-marks">{marks}</p>' if marks else ""
    if len(answer.figures) > LISTED:
        return _line("mz-status", t("共 {n} 个数字").format(n=len(answer.figures))) + marked
    first, rest = answer.figures[0], answer.figures[1:]
    others = "".join(f"<li>{_figure(figure, _mark(figure))}</li>" for figure in rest)
    listed = f'<ol class="mz-figures" start="2">{others}</ol>' if rest else ""
    return f'<div class="mz-figure">{_figure(first, _mark(first) if rest or not standing else "")}</div>{marked}{listed}'


def _standing(answer: Answer, t: Words) -> str:
    """✓ where places or the books agree, ⚠ where they do not."""
    if answer.confidence is None:
        return ""
    stands, words = answer.confidence, _CONFIDENCE[answer.confidence]
    standings = {figure.standing for figure in answer.figures}
    if stands is Confidence.SINGLE and Confidence.CONFLICTING in standings:
        stands, words = Confidence.CONFLICTING, _CONFIDENCE[Confidence.CONFLICTING]
    elif stands is Confidence.SINGLE and standings == {Confidence.CORROBORATED}:
        stands, words = Confidence.CORROBORATED, _BALANCED
    return f'<span class="mz-confidence mz-{stands}">{escape(t(words))}</span>'


def _quotes(answer: Answer, t: Words) -> str:
    """What the documents say in sentences, each once, where the answer's own words do not repeat it already."""
    told = [c for c in answer.citations if not c.column and c.quote and c.quote not in answer.text]
    quotes = {c.quote: c for c in reversed(told)}
    items = "".join(
        f"<blockquote>{escape(c.quote)}<cite>{escape(t('原文，第{page}页').format(page=c.page))}</cite></blockquote>"
        for c in list(reversed(quotes.values()))[:_QUOTED]
    )
    return f'<div class="mz-quotes">{items}</div>' if items else ""


def _warnings(warnings: tuple[str, ...], t: Words) -> str:
    items = "".join(f"<li>{escape(warning)}</li>" for warning in warnings)
    return f'<ul class="mz-warnings" aria-label="{t("提示")}">{items}</ul>' if items else ""


def _formula(answer: Answer, t: Words) -> str:
    if answer.derivation is None:
        return ""
    return f'<p class="mz-formula"><span>{escape(t("计算"))}</span>{escape(answer.derivation.formula)}</p>'


def welcome_card(t: Words = CHINESE) -> str:
    """Before the first question: what this is."""
    told = t("问部门预算、决算公开里的数字与说明。每个数字都附出处，点开即见原页与单元格；材料里没有的，就说没有。")
    return f'<header class="mz-hero"><h1>明账</h1><p>{escape(told)}</p></header>'


def held_line(held: Sequence[Disclosure], t: Words = CHINESE) -> str:
    """How much there is to ask about: bodies, years, disclosures."""
    years = sorted({d.year for d in held if d.year})
    span = "–".join(dict.fromkeys(str(year) for year in (years[0], years[-1]))) if years else ""
    told = t("现有 {bodies} 个单位 {years} 年的 {n} 份公开材料。").format(bodies=len({d.body for d in held}), years=span, n=len(held))
    return _line("mz-side-note", told)


def heading(text: str) -> str:
    """A small line over what follows."""
    return f'<p class="mz-heading">{escape(text)}</p>'


def side_heading(text: str) -> str:
    return f'<h2 class="mz-side">{escape(text)}</h2>'


def title_card(title: str, text: str) -> str:
    """The head of a screen."""
    return f'<header class="mz-title"><h1>{escape(title)}</h1><p>{escape(text)}</p></header>'


def subheading(text: str) -> str:
    return f'<h2 class="mz-subheading">{escape(text)}</h2>'


def disclosure_line(disclosure: Disclosure, note: str) -> str:
    """What a disclosure is, under its title."""
    parts = [disclosure.body, f"{disclosure.year}年", str(disclosure.level), str(disclosure.kind)]
    told = " · ".join(parts) if disclosure.kind is not Kind.OTHER else disclosure.document
    return f'<p class="mz-side-note">{escape(" · ".join(part for part in (told, note) if part))}</p>'


def document_card(disclosure: Disclosure, report: ReadingReport, t: Words = CHINESE) -> str:
    """The head of a document's own screen: its title, what it is, how large, and how its identities came out."""
    counts = t("{pages} 页，{tables} 张表").format(pages=report.pages, tables=len(report.tables))
    checked = t("勾稽核对 {tried} 处，疑似不符 {violated} 处").format(tried=report.checked.tried, violated=report.checked.violated)
    facts = " · ".join([counts, *([checked] if report.checked.tried else [])])
    return (
        f'<header class="mz-title"><h1>{escape(disclosure_title(disclosure))}</h1>'
        f"{disclosure_line(disclosure, disclosure_note(disclosure, t))}"
        f"<p>{escape(disclosure.document)}</p><p>{escape(facts)}</p></header>"
    )


def table_line(table: Table, t: Words = CHINESE) -> str:
    """What is to know of a table beside its cells: unit, notes, that it is empty."""
    unit = t("单位：{unit}").format(unit=table.unit) if table.unit else ""
    empty = t("空表") if table.empty else ""
    return _line("mz-side-note", " · ".join(part for part in (unit, empty, *table.notes) if part))

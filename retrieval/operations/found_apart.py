"""有没有对不上的数: what the stored checks of a disclosure found apart, for a question that names no figure or item."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from retrieval.library import Library
from retrieval.operations.check_parts import read_parts, tables_at
from retrieval.question import Query
from retrieval.targets import Target
from retrieval.wording import reading_line
from store.model import Finding, Side, Verdict

_MOST = 6
_LONGEST = 1400


def found_apart(query: Query, target: Target, library: Library) -> Answer | None:
    """The findings on the tables that are named, or on the whole disclosure; None where the question names an item, or nothing was checked."""
    volumes = [library.volume(d) for d in target.documents]
    parts = read_parts(query, volumes)
    if any(p.named or p.numbers for p in parts):
        return None
    tried = [f for d in target.documents for f in library.findings(d) if f.verdict is not Verdict.NOT_RUN]
    titles = {t.title for v in volumes for p in parts for s in p.sites if s.title or s.number for t in tables_at(s, v)}
    tried = [f for f in tried if not titles or any(title and title in f.message + f.statement for title in titles)]
    if not tried:
        return None
    return _answer(query, target, tried, library)


def _answer(query: Query, target: Target, tried: Sequence[Finding], library: Library) -> Answer:
    apart = [f for f in tried if f.verdict is Verdict.VIOLATED]
    rounding = [f for f in tried if f.verdict is Verdict.ROUNDING]
    head = f"{target.body.name}{target.year}年{target.kind}：核对了{len(tried)}处勾稽关系，"
    counted = f"疑似不一致{len(apart)}处，四舍五入的尾差{len(rounding)}处" if apart or rounding else "没有查到对不上的数"
    shown = (apart + rounding)[:_MOST]
    text = f"{head}{counted}。" + "".join(f"（{i}）{f.message}" for i, f in enumerate(shown, 1))
    citations = tuple(dict.fromkeys(_cite(f, side, target, library) for f in shown for side in (f.left, f.right)))[:12]
    figures = tuple(Figure(f.left.label, f.left.value, f.left.unit) for f in shown)
    confidence = Confidence.CONFLICTING if apart else Confidence.CORROBORATED
    return Answer(
        query.question, Status.ANSWERED, text[:_LONGEST], figures, citations=citations, confidence=confidence, reading=reading_line(target)
    )


def _cite(finding: Finding, side: Side, target: Target, library: Library) -> Citation:
    """A side of a finding, by the page and box that it was read from."""
    printed = library.printed(finding.document, side.page)
    title = f"{target.body.name}{target.year}年{target.level}{target.kind}"
    return Citation(finding.document, title, side.page, printed, "", side.label, "", side.box, f"{side.value}{side.unit}")

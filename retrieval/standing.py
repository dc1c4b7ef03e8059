"""How an answer's figures stand in the books: what the stored identities (对账) found of each cited cell.

A figure whose cell takes part in an identity that holds is confirmed by it (✓); one whose cell takes part in one that
does not stands against another figure (⚠), and the answer says which.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from retrieval.answer import Answer, Citation, Confidence, Figure, Status
from retrieval.library import Library
from store.model import Box, Finding, Verdict

_Place = tuple[str, int, Box]
_MOST_NOTES = 2


def with_standing(answer: Answer, library: Library) -> Answer:
    """The answer with the standing of each figure and operand, and a warning for those that stand against others."""
    if answer.status is not Status.ANSWERED or not answer.citations:
        return answer
    books = _books(answer, library)
    cited = [books.get(_place(c), ()) for c in answer.citations]
    derivation = answer.derivation
    summed = derivation is not None and len(derivation.operands) > 1
    if derivation is not None:
        derivation = replace(derivation, operands=tuple(_stands(f, cited) for f in derivation.operands))
    first, rest = answer.figures[:1], tuple(_stands(f, cited) for f in answer.figures[1:])
    stood = tuple(replace(f, standing=answer.confidence) if summed else _stands(f, cited, answer.confidence) for f in first)
    notes = [] if summed and answer.warnings else _notes(answer, (*stood, *rest), cited)
    return replace(answer, figures=(*stood, *rest), derivation=derivation, warnings=(*answer.warnings, *notes))


def _notes(answer: Answer, figures: tuple[Figure, ...], cited: list[tuple[Finding, ...]]) -> list[str]:
    """What stands against the figures, unless the answer says so already."""
    shown = dict.fromkeys(f.citation for f in figures if f.citation is not None and f.citation < len(cited))
    apart = dict.fromkeys(f.message for i in shown for f in cited[i] if f.verdict is Verdict.VIOLATED and f.difference)
    told = answer.text + "".join(answer.warnings)
    return [f"对账：{message}" for message in apart if message not in told][:_MOST_NOTES]


def _place(citation: Citation) -> _Place:
    return (citation.document, citation.page, citation.bbox)


def _books(answer: Answer, library: Library) -> dict[_Place, tuple[Finding, ...]]:
    """The findings of the cited documents by the places that print their figures."""
    found: dict[_Place, list[Finding]] = defaultdict(list)
    wanted = {_place(c) for c in answer.citations}
    for document in dict.fromkeys(c.document for c in answer.citations):
        for finding in library.findings(document):
            if finding.verdict is Verdict.NOT_RUN:
                continue
            places = {(m.document or finding.document, m.page, m.box) for side in (finding.left, finding.right) for m in side.marks}
            for place in places & wanted:
                found[place].append(finding)
    return {place: tuple(findings) for place, findings in found.items()}


def _stands(figure: Figure, cited: list[tuple[Finding, ...]], known: Confidence | None = None) -> Figure:
    """The figure with its standing: `known` is what answering itself found of it."""
    findings = cited[figure.citation] if figure.citation is not None and figure.citation < len(cited) else ()
    if known is Confidence.CONFLICTING or any(map(_stands_against, findings)):
        return replace(figure, standing=Confidence.CONFLICTING)
    confirmed = known is Confidence.CORROBORATED or any(f.verdict is not Verdict.VIOLATED for f in findings)
    return replace(figure, standing=Confidence.CORROBORATED if confirmed else Confidence.SINGLE)


def _stands_against(finding: Finding) -> bool:
    """Whether a finding holds another figure against one; a slip of words, or another 口径, does not."""
    apart = finding.verdict is Verdict.VIOLATED and bool(finding.difference) and "口径不同" not in finding.message
    return apart and (finding.left.unit == "%") == (finding.right.unit == "%")

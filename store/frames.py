"""The pages that show a finding: where its figures are printed, to be framed side by side."""

from __future__ import annotations

from dataclasses import dataclass

from store.model import Box, Finding


@dataclass(frozen=True, slots=True)
class Frame:
    """A page to show and the cells to frame on it."""

    document: str
    page: int
    boxes: tuple[Box, ...]


def frames_of(finding: Finding) -> tuple[Frame, ...]:
    """The pages that print a finding's figures, the left one's first, each once with all its boxes; none where it was not run."""
    boxes: dict[tuple[str, int], list[Box]] = {}
    for mark in (*finding.left.marks, *finding.right.marks):
        if mark.page:
            boxes.setdefault((mark.document or finding.document, mark.page), []).append(mark.box)
    return tuple(Frame(*place, tuple(dict.fromkeys(framed))) for place, framed in boxes.items())

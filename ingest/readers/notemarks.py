"""Marks of notes (¹ ① * [2]) beside a figure or a name: folded into the text, they would be digits of it."""

from __future__ import annotations

import re

_RAISED = re.compile(r"\s*[\[（(]?(?:注?\d{1,2}|[①-⑳]|注|[*＊※]+)[\])）]?\s*")
_UNIT = re.compile(r"[A-Za-z]\s*$")  # m², km²
_CIRCLED = re.compile("[①-⑳⑴-⒇]")
_NOTED = re.compile(r"\s*[①-⑳⑴-⒇]*\s*([-+（(]?\d[\d,.]*[)）]?)\s*[①-⑳⑴-⒇]*\s*")
_BESIDE = re.compile(r"(?<=[\d.])(?=[①-⑳⑴-⒇])|(?<=[①-⑳⑴-⒇])(?=[\d.])")


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised text is a note's mark, by what it says and what stands before it."""
    return bool(_RAISED.fullmatch(raised)) and not _UNIT.search(before)


def without_marks(text: str) -> str:
    """A text without the marks of notes around a figure that it is: 200.00① → 200.00; in other texts ① stands apart from figures."""
    if not _CIRCLED.search(text):
        return text
    noted = _NOTED.fullmatch(text)
    return noted.group(1) if noted else _BESIDE.sub(" ", text)

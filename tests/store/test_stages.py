"""Stages of reading, as they are told and heard."""

from __future__ import annotations

import pytest

from store.stages import Part, Stage, listening, print_stage, stage_of, tell


def test_who_listens_is_told_and_nobody_else() -> None:
    heard: list[Stage] = []
    tell(Part.TABLES)
    with listening(heard.append):
        tell(Part.PAGES, 3, 46)
    tell(Part.CHECKS)
    assert heard == [Stage(Part.PAGES, 3, 46)]


def test_a_line_says_its_stage(capsys: pytest.CaptureFixture[str]) -> None:
    print_stage(Stage(Part.PAGES, 3, 46))
    assert stage_of(capsys.readouterr().err) == Stage(Part.PAGES, 3, 46)


@pytest.mark.parametrize("line", ["", "甲.pdf 已损坏", "[]", "3", "null", '{"part": "pages"}', '{"part": "none", "number": 1, "of": 2}'])
def test_other_lines_are_no_stages(line: str) -> None:
    assert stage_of(line) is None

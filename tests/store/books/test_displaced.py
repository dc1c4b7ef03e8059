"""What a group's projects probably cost where its subtotal takes the first one's line: guessed only where something tells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from store.books.displaced import guess_rows
from store.books.sheets import Sheet
from store.model import Role
from tests.store.books.test_checking import tried
from tests.store.tables import a_sheet

HEADER = "合计 本年预算|一般公共预算 上年结转|一般公共预算"
DOWN = "甲展品 112 100 12 / 乙运营 20 20 _ / 丙影院 30 30 12"  # 乙's figures are 甲's …, 丙's own 12 were carried over


def sheet(lines: str) -> Sheet:
    table = a_sheet("project", HEADER, lines)
    return Sheet(replace(table, rows=tuple(replace(row, project=row.path[-1]) for row in table.rows)))


def values(lines: str, targets: dict[str, str]) -> list[str]:
    named = sheet("/ ".join(f"{name} {value} _ _" for name, value in targets.items())) if targets else None
    money = {name: named.printed(at, 1) for at, name in enumerate(targets)} if named else {}
    found = guess_rows(sheet(lines), (0, 1, 2), {name: figure for name, figure in money.items() if figure is not None})
    return [f"{one.project}{one.value}{'✓' if one.confirmed else ''}" for one in found]


def test_targets_tell_that_the_amounts_moved_down() -> None:
    assert values(DOWN, {"甲展品": "20", "乙运营": "30"}) == ["甲展品20✓", "乙运营30✓", "丙影院62"]


def test_targets_tell_that_the_amounts_are_in_place() -> None:
    assert values("甲 100 100 _ / 乙 20 20 _ / 丙 30 30 _", {"乙": "20"}) == ["甲50", "乙20✓", "丙30"]


def test_sums_across_tell_where_no_target_does() -> None:
    """7.81 were carried over, 642 are this year's: moved down, the first line would not add up across."""
    assert values("甲 649.81 642 7.81 / 乙 7.81 _ 7.81 / 丙 _ _ _", {}) == ["甲642.00", "乙7.81", "丙0"]


def test_where_nothing_tells_nothing_is_proposed() -> None:
    assert values("甲 100 100 _ / 乙 20 20 _ / 丙 30 30 _", {}) == []


def test_the_finding_says_that_it_is_a_guess() -> None:
    listed = sheet(DOWN).table
    rows = (replace(listed.rows[0], role=Role.GROUP, below=(1, 2), note="本行是小计"), *listed.rows[1:])
    targets = a_sheet("project_targets", "资金总额", "甲展品 20 / 乙运营 30", ordinal=2, page=9)
    named = replace(targets, rows=tuple(replace(row, project=row.path[-1]) for row in targets.rows))
    message = tried("P11", [replace(listed, rows=rows), named])[0].message
    assert "推测（不是印出的数）" in message
    assert "甲展品20万元（与第9页" in message
    assert tried("P11", [replace(listed, rows=rows), named])[0].left.value == Decimal(112)

"""The reading report: counts what was tried apart from what could not be, and names what nobody has read."""

from __future__ import annotations

from pathlib import Path

from store.database import Store
from store.model import PageInfo, Verdict
from store.report import reading_report, report_of, report_to_json, report_to_lines, tables_to_lines
from tests.store.samples import a_disclosure, a_finding, a_reading, a_table, put

PAGES = (
    PageInfo(1, 595, 842, "1", "text"),
    PageInfo(2, 595, 842, "2", "ocr"),
    PageInfo(3, 595, 842, None, "unread", "页面是图片"),
)


def test_what_could_not_run_is_not_counted_as_tried() -> None:
    findings = [a_finding("甲.pdf", verdict) for verdict in (Verdict.HOLDS, Verdict.ROUNDING, Verdict.VIOLATED, Verdict.NOT_RUN)]
    report = reading_report(a_disclosure(), PAGES, (), [finding.verdict for finding in findings], ())
    assert (report.checked.tried, report.checked.not_run) == (3, 1)
    assert "核对3项" in report_to_lines(report)[1]


def test_pages_that_were_not_read_are_named() -> None:
    report = reading_report(a_disclosure(), PAGES, (), (), ("第3页的表未能归入标准报表",))
    assert (report.scanned, report.unread) == ((2,), (3,))
    assert report.warnings == ("第3页：页面是图片", "第3页的表未能归入标准报表")
    assert any("第3页没有读出文字" in line for line in report_to_lines(report))


def test_pages_that_say_the_same_are_told_once() -> None:
    pages = [PageInfo(number, 595, 842, None, "text", "已略去 4 个字符" if number != 3 else "") for number in range(1, 6)]
    (line,) = reading_report(a_disclosure(), pages, (), (), ()).warnings
    assert line == "第1–2、4–5页：已略去 4 个字符"


def test_blank_pages_are_neither_unread_nor_forgotten() -> None:
    report = reading_report(a_disclosure(), [PageInfo(1, 595, 842, None, "blank")], (), (), ())
    assert (report.blank, report.unread) == ((1,), ())
    assert "第1页是空白页。" in report_to_lines(report)


def test_tables_are_told_by_place_kind_title_and_size_and_those_of_one_name_together() -> None:
    overview = a_table(["项目", "收入"], [["合计", "3.20"]], kind="overview", title="部门收支总表")
    targets = [a_table(["指标", "值"], [["满意度", "95"]], ordinal=n, page=n, title="绩效目标表", unit="") for n in (2, 3)]
    report = reading_report(a_disclosure(), PAGES, (overview, *targets), (), ())
    assert tables_to_lines(report.tables) == ["第1页 收支总表（部门收支总表），1行，单位万元", "第2–3页 绩效目标表，2张，2行"]


def test_panels_of_one_table_are_one_line() -> None:
    left = a_table(["项目", "收入"], [["合计", "3.20"]], kind="overview")
    right = a_table(["项目", "支出"], [["教育支出", "3.20"], ["合计", "3.20"]], kind="overview")
    (line,) = reading_report(a_disclosure(), PAGES, (left, right), (), ()).tables
    assert (line.kind, line.rows, line.pages) == ("收支总表", 2, (1,))


def test_the_report_of_what_the_store_holds(store: Store, tmp_path: Path) -> None:
    reading = a_reading("甲.pdf", warnings=("看不懂第1页",))
    put(store, tmp_path, reading, [a_finding("甲.pdf")])
    written = report_to_json(report_of(store, reading.disclosure))
    assert written["checked"] == {"tried": 1, "holds": 1, "rounding": 0, "violated": 0, "not_run": 0}
    assert written["warnings"] == ["看不懂第1页"]
    assert written["tables"][0]["pages"] == [1]

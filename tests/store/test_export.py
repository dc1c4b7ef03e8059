"""What others get of the records: the columns of CONTRACT.md, in three formats, and exit codes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pyarrow import parquet

from store.__main__ import main
from store.database import Store
from store.errors import UsageError
from store.export import COLUMNS, Format, export
from store.model import Aspect, Verdict
from tests.store.samples import a_box, a_finding, a_mention, a_passage, a_reading, a_table, put

CONTRACT = ["document", "page", "table", "row", "column", "text", "value", "unit", "x0", "top", "x1", "bottom"]


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    lines = [["教育支出", "1,234.50", ""], ["=1+1", "—", "0.00"], ["合计", "(3.2)", "≥95%"]]
    table = a_table(["科目", "预算数", "上年"], lines, title="支出预算总表", page=3, bodies=["", "市科技馆", ""])
    put(store, tmp_path, a_reading("甲.pdf", tables=[table]), [a_finding("甲.pdf"), a_finding("甲.pdf", Verdict.NOT_RUN)])
    put(store, tmp_path, a_reading("乙.pdf", tables=[table]), [a_finding("乙.pdf", Verdict.VIOLATED)])
    return store


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_contracts_columns_come_first_and_each_cell_has_its_row(filled: Store, tmp_path: Path) -> None:
    written = export(filled, ["甲.pdf"], Format.CSV, tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")

    assert list(COLUMNS[: len(CONTRACT)]) == CONTRACT
    assert written == len(rows) == 9
    box = a_box(0, 1)
    assert [rows[1][name] for name in CONTRACT] == [
        *("甲.pdf", "3", "支出预算总表", "教育支出", "预算数", "1,234.50", "1234.50", "万元"),
        *(str(edge) for edge in (box.x0, box.top, box.x1, box.bottom)),
    ]


def test_text_is_as_printed_and_values_are_plain_decimals(filled: Store, tmp_path: Path) -> None:
    export(filled, ["甲.pdf"], Format.CSV, tmp_path / "out.csv")
    found = [(row["text"], row["value"], row["state"]) for row in read_csv(tmp_path / "out.csv")]

    assert found[1:3] == [("1,234.50", "1234.50", "amount"), ("", "", "blank")]
    assert found[4:6] == [("—", "", "dash"), ("0.00", "0.00", "zero")]
    assert found[7:] == [("(3.2)", "-3.2", "amount"), ("≥95%", "", "text")]


def test_a_rows_own_body_goes_before_the_disclosures(filled: Store, tmp_path: Path) -> None:
    export(filled, ["甲.pdf"], Format.CSV, tmp_path / "out.csv")

    assert [row["body"] for row in read_csv(tmp_path / "out.csv")][::3] == ["某市科技局", "市科技馆", "某市科技局"]


def test_figures_in_prose_are_records_of_a_table_of_their_own(store: Store, tmp_path: Path) -> None:
    said = replace(a_passage("支出预算829.99万元"), mentions=(a_mention("基本支出 › 人员经费"),))
    fell = replace(a_mention("公务接待费", "3.20"), aspect=Aspect.CHANGE, direction=-1)
    put(store, tmp_path, a_reading("甲.pdf", tables=[], passages=[said, replace(said, ordinal=2, mentions=(fell,))]))
    assert export(store, ["甲.pdf"], Format.CSV, tmp_path / "out.csv") == 2
    one, other = read_csv(tmp_path / "out.csv")

    assert [one[name] for name in CONTRACT[1:]] == [
        *("1", "文字说明", "基本支出 / 人员经费", "金额 / 上年", "829.99万元", "829.99", "万元", "60", "60", "120", "72"),
    ]
    assert (other["row"], other["column"], other["value"]) == ("公务接待费", "减少额 / 上年", "3.20")


def test_csv_starts_with_the_mark_that_excel_needs(filled: Store, tmp_path: Path) -> None:
    export(filled, ["甲.pdf"], Format.CSV, tmp_path / "out.csv")

    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,")


def test_xlsx_has_numbers_as_numbers_and_no_formulas(filled: Store, tmp_path: Path) -> None:
    export(filled, ["甲.pdf"], Format.XLSX, tmp_path / "out.xlsx")
    header, *rows = load_workbook(tmp_path / "out.xlsx")["records"].iter_rows(values_only=True)

    assert header == COLUMNS
    assert Decimal(str(rows[1][COLUMNS.index("value")])) == Decimal("1234.5")
    assert rows[3][COLUMNS.index("text")] == "=1+1"
    with ZipFile(tmp_path / "out.xlsx") as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_parquet_has_the_same_rows_as_csv(filled: Store, tmp_path: Path) -> None:
    for form in (Format.CSV, Format.PARQUET):
        assert export(filled, ["乙.pdf", "甲.pdf"], form, tmp_path / f"out.{form}") == 18
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()

    assert [[("" if value is None else str(value)) for value in row.values()] for row in rows] == [
        list(row.values()) for row in read_csv(tmp_path / "out.csv")
    ]


@pytest.mark.parametrize("form", list(Format))
def test_a_store_without_records_gives_a_header_alone(store: Store, tmp_path: Path, form: Format) -> None:
    assert export(store, [], form, tmp_path / "out") == 0
    assert (tmp_path / "out").stat().st_size > 0


def test_an_export_that_fails_leaves_the_earlier_file(filled: Store, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("earlier", "utf-8")

    with pytest.raises(UsageError, match=r"无\.pdf"):
        export(filled, ["甲.pdf", "无.pdf"], Format.CSV, out)

    assert out.read_text("utf-8") == "earlier"
    assert not list(tmp_path.glob("*.partial"))


# Commands


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_export_takes_the_format_from_the_files_name(filled: Store, tmp_path: Path) -> None:
    code, out, err = run("export", "--store", filled.folder, "--document", "甲.pdf", "--out", tmp_path / "out.parquet")

    assert (code, out) == (0, "")
    assert err.startswith("9 records of 1 documents")
    assert parquet.read_table(tmp_path / "out.parquet").num_rows == 9


def test_check_prints_a_check_a_line(filled: Store) -> None:
    code, out, err = run("check", "--store", filled.folder, "--json")
    checks = [json.loads(line) for line in out.splitlines()]

    assert code == 0
    assert {(check["document"], check["verdict"]) for check in checks} == {("乙.pdf", "violated"), ("甲.pdf", "holds")}
    assert checks[0]["left"] == {"label": "合计", "value": "3.20", "unit": "万元", "page": 1, "bbox": [130.0, 120.0, 210.0, 140.0]}
    assert "2 checks: 1 hold" in err


def test_check_speaks_chinese_to_people(filled: Store) -> None:
    code, out, _ = run("check", "--store", filled.folder, "--document", "乙.pdf")

    assert (code, out) == (0, "不符  乙.pdf  第1页  sum 合计 = Σ类：合计与各类之和相等。\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("check", "--store", "nowhere"), 1, "python -m ingest"),
        (("check", "--store", "{store}", "--document", "无.pdf"), 2, "无.pdf"),
        (("export", "--store", "{store}"), 2, "--out"),
        (("export", "--store", "{store}", "--out", "nowhere/out.csv"), 2, "There is no folder nowhere"),
        (("export", "--store", "{store}", "--out", "out.csv", "--format", "doc"), 2, "--format"),
        (("export", "--store", "{store}", "--out", "{store}/out.foo"), 2, ".csv, .xlsx, .parquet"),
        (("check", "--store", "{store}", "--out", "{store}/out.csv"), 2, "end out.csv in .xlsx"),
    ],
)
def test_what_goes_wrong_is_said_on_standard_error(filled: Store, arguments: tuple[str, ...], code: int, message: str) -> None:
    found, out, err = run(*(argument.format(store=filled.folder) for argument in arguments))

    assert (found, out) == (code, "")
    assert message in err

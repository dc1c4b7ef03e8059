"""Made-up disclosures as PDF files, printed by the browser that drives the tests."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

HOSTILE = "<img src=x onerror=alert(1)>$x$ _y_ 工程"
_STYLE = "body{font-family:'Noto Sans CJK SC'} table{border-collapse:collapse;width:100%} td,th{border:1px solid;padding:4px;font-size:12px} section{break-before:page}"


def print_budget(browser: Browser, folder: Path, body: str, year: int, *, factor: str = "1", project: str = "水利工程建设") -> Path:
    """A department's budget of one page of cover, two tables and some words: 支出 500.00 = 基本 200.00 + 项目 300.00, times a factor."""
    by = Decimal(factor)

    def figure(value: str) -> str:
        return f"{Decimal(value) * by:.2f}" if value else ""

    def row(code: str, name: str, *values: str) -> str:
        return f"<tr><td>{code}</td><td>{escape(name)}</td>{''.join(f'<td>{figure(value)}</td>' for value in values)}</tr>"

    spending = (
        row("", "合计", "500.00", "200.00", "300.00"),
        row("213", "农林水支出", "450.00", "150.00", "300.00"),
        row("2130301", "行政运行", "150.00", "150.00", ""),
        row("2130305", project, "300.00", "0.00", "300.00"),
        row("221", "住房保障支出", "50.00", "50.00", ""),
    )
    income = (row("", "一般公共预算拨款收入", "500.00"), row("", "收入总计", "500.00"))
    total = figure("500.00")
    html = (
        f"<meta charset=utf-8><style>{_STYLE}</style><h1>{body}{year}年部门预算</h1>"
        f"<section><h2>收入总表</h2><p>单位：万元</p><table><tr><th>科目编码</th><th>项目</th><th>合计</th></tr>{''.join(income)}</table></section>"
        f"<section><h2>支出总表</h2><p>单位：万元</p><table><tr><th>科目编码</th><th>科目名称</th><th>合计</th><th>基本支出</th>"
        f"<th>项目支出</th></tr>{''.join(spending)}</table></section>"
        f"<section><h2>{year}年部门预算情况说明</h2><p>{body}{year}年收支总预算{total}万元。</p></section>"
    )
    page = browser.new_page()
    page.set_content(html)
    path = folder / f"{body}{year}年部门预算.pdf"
    page.pdf(path=path, format="A4")
    page.close()
    return path

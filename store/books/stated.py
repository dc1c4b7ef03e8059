"""The identities of amounts that the prose states of a table's totals (DOMAIN.md §9.4, 47): T47 and a letter."""

from __future__ import annotations

from store.books.formulas import Grade, Identity
from store.books.proseforms import Stated
from store.books.spots import CARS, GENERAL_BASIC, Line, Spot, total
from store.model import Kind

OWN = "^$|^(?:支出|收入)?决算数?$"
_ONE_FUND = "(?:(?:政府性基金|国有资本经营)[^›]*)?"
_PLANNED = "^(?:年初)?预算数?$"
_BOTH = "收入?(?:(?:总计|合计)?[、和与及])?支出?[^›]*(?:总计|总预算)"  # 收支总计, 收、支总计, 收入总计和支出总计: one figure for both sides
_ALL_SPENDING = "(?:(?:本年)?支出合计|本年支出|支出预算(?:合计)?)"
_WITH_YEARS_TOTAL = ("overview", "fund_expenditure", "capital_expenditure")
_YEARS_INCOME = tuple(total(kind, "收入", row=Line.YEAR) for kind in ("income", *_WITH_YEARS_TOTAL))
_YEARS_SPENDING = tuple(total(kind, "支出", row=Line.YEAR) for kind in ("expenditure", *_WITH_YEARS_TOTAL))


def _stated(number: str, statement: str, subject: str, *spots: Spot, phase: str = OWN, kind: Kind | None = None) -> Identity:
    return Identity(f"T47{number}", statement, kind, Grade.HARD, Stated(subject, spots, phase))


def _three_publics() -> tuple[Identity, ...]:
    """Each of the 三公 items in prose, this year's and, in a final account, the budget's."""
    items = {
        "“三公”经费": r"三公”?经费[^›]*$",
        "因公出国（境）费": r"因公出国[^›、]*$",
        CARS: r"公务用车购置费?(?:及|和|与)(?:公务用车)?运行[^›]*$",
        "公务用车购置费": r"公务用车购置(?!费?[及和与])[^›]*$",
        "公务用车运行维护费": r"公务用车运行[^›]*$",
        "公务接待费": r"公务接待费[^›]*$",
    }
    kinds = ("three_publics",)
    own = (
        _stated(f"s{at}", f"说明中的{name}等于“三公”经费表", subject, Spot(kinds, name)) for at, (name, subject) in enumerate(items.items())
    )
    planned = (
        _stated(f"p{at}", f"说明中的{name}预算数等于“三公”经费表", subject, Spot(kinds, name, period="预算"), phase=_PLANNED)
        for at, (name, subject) in enumerate(items.items())
    )
    return (*own, *planned)


STATED: tuple[Identity, ...] = (
    _stated(
        "b",
        "说明中的收支总计等于总表",
        rf"^(?!.*财政拨款).*{_BOTH}$",
        total("overview", "收入"),
        total("overview", "支出"),
    ),
    _stated(
        "c",
        "说明中的财政拨款收支总计等于财政拨款总表",
        rf"^财政拨款{_BOTH}$",
        total("fiscal_overview", "收入"),
        total("fiscal_overview", "支出"),
    ),
    _stated(
        "d",
        "说明中的本年收入合计等于收入表",
        rf"^{_ONE_FUND}本年收入(?:合计)?$",
        *_YEARS_INCOME,
    ),
    _stated(
        "e",
        "说明中的本年支出合计等于支出表",
        rf"^{_ONE_FUND}本年支出(?:合计)?$",
        *_YEARS_SPENDING,
    ),
    _stated("u", "决算说明中的收入合计等于收入表的本年收入合计", rf"^{_ONE_FUND}收入合计$", *_YEARS_INCOME, kind=Kind.FINAL),
    _stated("v", "决算说明中的支出合计等于支出表的本年支出合计", rf"^{_ONE_FUND}支出合计$", *_YEARS_SPENDING, kind=Kind.FINAL),
    _stated("f", "说明中的基本支出等于支出表", rf"^{_ALL_SPENDING}›基本支出$", total("expenditure", "基本支出")),
    _stated("g", "说明中的项目支出等于支出表", rf"^{_ALL_SPENDING}›项目支出$", total("expenditure", "项目支出")),
    _stated(
        "h",
        "说明中的收入预算等于总表",
        r"^(?:部门|单位)?收入预算(?:总计|合计|总额)?$|^收入总计$",
        total("overview", "收入"),
        total("overview", "收入", row=Line.YEAR),
        total("income", "收入"),
    ),
    _stated(
        "i",
        "说明中的支出预算等于总表",
        r"^(?:部门|单位)?支出预算(?:总计|合计|总额)?$|^支出总计$",
        total("overview", "支出"),
        total("overview", "支出", row=Line.YEAR),
        total("expenditure", "支出"),
    ),
    _stated(
        "j",
        "说明中的一般公共预算支出等于一般公共预算支出表",
        r"^一般公共预算(?:财政拨款|拨款)?(?:当年)?支出(?:预算)?(?:合计)?$",
        total("general_expenditure", "支出"),
        total("fiscal_overview", "支出", "一般公共预算"),
    ),
    _stated(
        "k",
        "说明中的一般公共预算基本支出等于一般公共预算支出表",
        r"^一般公共预算[^›]*基本支出$",
        total("general_expenditure", "基本支出"),
        Spot(GENERAL_BASIC, "基本支出"),
    ),
    _stated(
        "l",
        "说明中一般公共预算基本支出的人员经费等于基本支出表",
        r"^一般公共预算[^›]*基本支出›人员经费$",
        Spot(GENERAL_BASIC, "", Line.STAFF),
        Spot(GENERAL_BASIC, "人员经费"),
        total("general_expenditure", "人员经费"),
    ),
    _stated(
        "m",
        "说明中一般公共预算基本支出的公用经费等于基本支出表",
        r"^一般公共预算[^›]*基本支出›公用经费$",
        Spot(GENERAL_BASIC, "", Line.OFFICE),
        Spot(GENERAL_BASIC, "公用经费"),
        total("general_expenditure", "公用经费"),
    ),
    _stated(
        "o",
        "说明中的财政拨款收入等于财政拨款总表",
        r"^(?:[^›]*收入[^›]*›)?财政拨款收入(?:预算)?(?:合计|总计)?$",
        total("fiscal_overview", "收入"),
        total("fiscal_overview", "收入", row=Line.YEAR),
        total("income", "收入", "财政拨款"),
    ),
    _stated(
        "q",
        "说明中的财政拨款支出等于财政拨款总表",
        r"^(?:[^›]*支出[^›]*›)?财政拨款支出(?:预算)?(?:合计|总计)?$",
        total("fiscal_overview", "支出"),
        total("fiscal_overview", "支出", row=Line.YEAR),
    ),
    _stated(
        "n",
        "说明中的机关运行经费等于机关运行经费表",
        r"机关运行经费[^›]*$",
        Spot(("three_publics", "running_costs"), "机关运行经费"),
    ),
    _stated(
        "t",
        "说明中项目支出的财政拨款结转等于项目支出表",
        r"^(?:[^›]*项目支出›)?财政拨款结转$",
        Spot(("project",), "项目支出", fund="一般公共预算", period="上年结转"),
    ),
    *_three_publics(),
)

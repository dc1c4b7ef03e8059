"""Made-up books of made-up bodies, in which every identity of the field holds: what synthetic disclosures print.

    books_of(number)    the books of the disclosure with this number: the same number, the same books

Amounts are whole hundreds of 元, so that 元 and 万元 with two decimals both print them exactly. Nothing here is random but
by the number: bodies, years and kinds are counted through, amounts come from a generator that the number seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from retrieval.regions import CITIES
from store.model import Kind
from store.vocabulary.classes import ECONOMIC_CLASSES

YEARS = (2024, 2025)
KINDS = (Kind.BUDGET, Kind.FINAL)
EDITIONS = tuple((year, kind) for year in YEARS for kind in KINDS)  # what a body publishes

_OFFICES = (
    "科学技术局 教育局 财政局 民政局 司法局 审计局 统计局 水务局 农业农村局 商务局 文化和旅游局 卫生健康委员会 退役军人事务局 应急管理局 "
    "自然资源和规划局 生态环境局 住房和城乡建设局 交通运输局 市场监督管理局 医疗保障局 信访局 城市管理局 体育局 档案馆 气象局 总工会 妇女联合会 "
    "残疾人联合会 科学技术协会 文学艺术界联合会 归国华侨联合会 工商业联合会 人力资源和社会保障局 发展和改革委员会 机关事务管理局 数据局 政务服务局 "
    "林业局 国防动员办公室 红十字会"
).split()
_COUNTIES = "东城 西城 南城 北城 高新 临江 新河 平山 长宁 和平".split()
_UNITS = ("信息中心", "服务中心", "执法支队", "培训学校", "评审中心", "研究所", "宣传教育中心", "档案管理站")
_PROJECTS = (
    "信息系统运行维护 业务培训 专项督查 设备更新 宣传教育 课题研究 应急演练 社会化服务 办公用房维修 数据治理 群众活动 专家评审 基层补助 法律顾问 "
    "标准化建设 示范创建 交流合作 行业普查 场馆运行 人才引进"
).split()

# 类 → 款 → 项 of 2025年政府收支分类科目 (财政部): a body has the common ones and one class of its own trade.
_COMMON = (
    ("208", "社会保障和就业支出", "20805", "行政事业单位养老支出", ("2080501", "行政单位离退休")),
    ("208", "社会保障和就业支出", "20805", "行政事业单位养老支出", ("2080505", "机关事业单位基本养老保险缴费支出")),
    ("208", "社会保障和就业支出", "20805", "行政事业单位养老支出", ("2080506", "机关事业单位职业年金缴费支出")),
    ("210", "卫生健康支出", "21011", "行政事业单位医疗", ("2101101", "行政单位医疗")),
    ("210", "卫生健康支出", "21011", "行政事业单位医疗", ("2101103", "公务员医疗补助")),
    ("221", "住房保障支出", "22102", "住房改革支出", ("2210201", "住房公积金")),
    ("221", "住房保障支出", "22102", "住房改革支出", ("2210203", "购房补贴")),
)
_TRADES = (
    ("201", "一般公共服务支出", "20106", "财政事务", ("行政运行", "一般行政管理事务", "机关服务", "信息化建设", "事业运行")),
    ("204", "公共安全支出", "20406", "司法", ("行政运行", "一般行政管理事务", "基层司法业务", "普法宣传", "公共法律服务")),
    ("205", "教育支出", "20501", "教育管理事务", ("行政运行", "一般行政管理事务", "机关服务", "其他教育管理事务支出")),
    ("206", "科学技术支出", "20601", "科学技术管理事务", ("行政运行", "一般行政管理事务", "机关服务", "其他科学技术管理事务支出")),
    ("207", "文化旅游体育与传媒支出", "20701", "文化和旅游", ("行政运行", "一般行政管理事务", "图书馆", "群众文化", "文化创作与保护")),
    ("211", "节能环保支出", "21101", "环境保护管理事务", ("行政运行", "一般行政管理事务", "生态环境保护宣传", "应对气候变化管理事务")),
    ("213", "农林水支出", "21301", "农业农村", ("行政运行", "一般行政管理事务", "事业运行", "病虫害控制", "农产品质量安全")),
    (
        "220",
        "自然资源海洋气象等支出",
        "22001",
        "自然资源事务",
        ("行政运行", "一般行政管理事务", "自然资源规划及管理", "地质勘查与矿产资源管理"),
    ),
)
_FUND = ("212", "城乡社区支出", "21208", "国有土地使用权出让收入安排的支出", ("2120803", "城市建设支出"))


@dataclass(frozen=True, slots=True)
class Item:
    """A 项 of the functional classification and what is spent on it, by fund; `classes` are the (code, name) of 类 and 款 above it."""

    classes: tuple[tuple[str, str], tuple[str, str]]
    code: str
    name: str
    basic: int  # 基本支出, all of it 一般公共预算
    project: int  # 项目支出 of 一般公共预算
    own: int  # 项目支出 of 事业收入
    fund: int  # 项目支出 of 政府性基金预算

    @property
    def general(self) -> int:
        return self.basic + self.project

    @property
    def projects(self) -> int:
        return self.project + self.own + self.fund

    @property
    def whole(self) -> int:
        return self.basic + self.projects


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the books that belongs to a unit, or to a project of a unit (then named)."""

    unit: str
    name: str
    general: int
    own: int
    fund: int

    @property
    def whole(self) -> int:
        return self.general + self.own + self.fund


@dataclass(frozen=True, slots=True)
class Publics:
    """三公经费 of 财政拨款."""

    abroad: int
    bought: int
    running: int
    reception: int

    @property
    def cars(self) -> int:
        return self.bought + self.running

    @property
    def whole(self) -> int:
        return self.abroad + self.cars + self.reception


@dataclass(frozen=True, slots=True)
class Books:
    """What one body discloses for one year."""

    number: int
    region: str
    body: str
    year: int
    kind: Kind
    items: tuple[Item, ...]
    economy: tuple[tuple[str, int], ...]  # (code, amount) of 基本支出, five digits
    units: tuple[Share, ...]
    projects: tuple[Share, ...]
    publics: Publics

    def total(self, of: str) -> int:
        """The sum of a property of the items: basic, project, own, fund, general, projects, whole."""
        return sum(getattr(item, of) for item in self.items)


def books_of(number: int) -> Books:
    """The books of disclosure `number`; each body publishes len(EDITIONS) of them in a row."""
    owner, edition = divmod(number, len(EDITIONS))
    year, kind = EDITIONS[edition]
    region, office = _place_of(owner)
    body = region + office
    same, dice = Random(owner), Random(f"books {number}")  # what a body keeps over the years, and what it does not
    units = (f"{body}（本级）", *(f"{body}{unit}" for unit in same.sample(_UNITS, same.randint(1, 6))))
    items = tuple(_items(same.randrange(len(_TRADES)), same.random() < 0.3, dice))
    general, own, fund = (sum(getattr(item, of) for item in items) for of in ("general", "own", "fund"))
    project = sum(item.project for item in items)
    count = dice.randint(10, 40)
    return Books(
        *(number, region, body, year, kind, items),
        economy=tuple(zip(_economy(dice), _split(general - project, 27, dice), strict=True)),
        units=_shares([(unit, "") for unit in units], general, own, fund, dice),
        projects=_shares([(dice.choice(units), _project(i, year)) for i in range(count)], project, own, fund, dice),
        publics=Publics(*(dice.randint(0, 3) * dice.randint(0, 2000) for _ in range(4))),
    )


def _place_of(owner: int) -> tuple[str, str]:
    """A region and an office for each body: cities first, then the counties of each."""
    at, office = divmod(owner, len(_OFFICES))
    county, city = divmod(at, len(CITIES))
    return f"{CITIES[city]}市" + (f"{_COUNTIES[county - 1]}区" if county else ""), _OFFICES[office]


def _items(trade: int, with_fund: bool, dice: Random) -> list[Item]:
    class_code, class_name, group_code, group_name, names = _TRADES[trade]
    above = ((class_code, class_name), (group_code, group_name))
    items = [
        Item(
            above,
            f"{group_code}{i:02}",
            name,
            *(dice.randint(1, 400_000) if i != 2 else 0, dice.randint(1, 900_000), dice.randint(0, 9_999), 0),
        )
        for i, name in enumerate(names, 1)
    ]
    for code, name, group, group_title, (leaf, leaf_name) in _COMMON:
        items.append(Item(((code, name), (group, group_title)), leaf, leaf_name, dice.randint(1, 60_000), 0, 0, 0))
    if with_fund:
        code, name, group, group_title, (leaf, leaf_name) = _FUND
        items.append(Item(((code, name), (group, group_title)), leaf, leaf_name, 0, 0, 0, dice.randint(1, 500_000)))
    return sorted(items, key=lambda item: item.code)


def _economy(dice: Random) -> list[str]:
    leaves = [code for code in ECONOMIC_CLASSES if len(code) == 5 and code[:3] in ("301", "302", "303")]
    return sorted(dice.sample(leaves, 27))


def _project(index: int, year: int) -> str:
    name = _PROJECTS[index % len(_PROJECTS)]
    return f"{year}年{name}" if index >= len(_PROJECTS) else f"{name}经费"


def _shares(named: list[tuple[str, str]], general: int, own: int, fund: int, dice: Random) -> tuple[Share, ...]:
    parts = zip(*(_split(whole, len(named), dice) for whole in (general, own, fund)), strict=True)
    return tuple(Share(unit, name, *part) for (unit, name), part in zip(named, parts, strict=True))


def _split(whole: int, parts: int, dice: Random) -> list[int]:
    """A number as a sum of so many, none negative."""
    cuts = [0, *sorted(dice.randint(0, whole) for _ in range(parts - 1)), whole]
    return [high - low for low, high in pairwise(cuts)]

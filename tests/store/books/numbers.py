"""Which identities stand for each of DOMAIN.md §9's sixty, and what of them is not declared."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Families that are declared in one go: T47 with a letter, X59 and X60 with one.
_TOTALS_STATED = tuple(f"T47{letter}" for letter in "bcdefghijklmnoqtuv")
_THREE_PUBLICS_STATED = tuple(f"T47{phase}{at}" for phase in "sp" for at in range(6))
_CHANGES = (*(f"X60{letter}" for letter in "bcoqhijn"), *(f"X60s{at}" for at in range(6)))

NUMBERED: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        # 9.1 inside a final-account table
        **dict.fromkeys((1, 2, 3, 4), ("F01",)),
        5: ("F05",),
        6: ("F06",),
        7: ("F07",),
        8: ("F08", "F08a"),
        9: ("F06",),
        10: ("F01", "F10", "F10a"),
        11: ("F03",),
        12: ("F07",),
        13: ("F13",),
        14: ("F14",),
        15: ("F14",),
        16: ("F16",),
        17: ("F17",),
        18: ("F18", "F07"),
        # 9.2 between final-account tables
        19: ("F19",),
        20: ("F20",),
        21: ("F21",),
        22: ("F22", "F22a"),
        23: ("F23", "F23a"),
        24: ("F24", "F24a", "T54"),
        25: ("F25", "F25a"),
        26: ("F26", "F26a", "F26b"),
        27: ("F27",),
        28: ("F28a", "F28b", "F28c", "F28d"),
        29: ("T29",),
        30: ("T52", "T52b", "A30", "A31"),
        31: ("T52", "T31"),
        # 9.3 inside and between budget tables
        32: ("F05",),
        33: ("F01",),
        34: ("B34", "B34a"),
        35: ("F06",),
        36: ("F07",),
        37: ("F21",),
        38: ("F10", "B38", "B38a", "B38b"),
        39: ("F07", "F12"),
        40: ("F25", "B40", "B40a", "F06", "F14"),
        41: ("F16", "F17"),
        42: ("B42", "B42a"),
        43: ("B43", "B43a", "B43b", "B43c"),
        44: ("P44", "P44a", "P44b"),
        45: ("T45",),
        46: ("B46",),
        # 9.4 text against table, inside text
        47: ("T47a", *_TOTALS_STATED, *_THREE_PUBLICS_STATED),
        48: ("T48", "T48a"),
        49: ("T49", "T49a", "T49b", "A49"),
        50: ("T50",),
        51: ("T51", "T51a", "T51b"),
        52: ("T52a",),
        53: ("T53", "P53"),
        54: ("T54", "T54a"),
        55: ("T55",),
        56: ("T56", "T56a", "T56b"),
        # 9.5 across documents
        57: ("X57", "X57a"),
        58: ("X58",),
        59: ("X59", *(f"X59{letter}" for letter in "abcdef")),
        60: _CHANGES,
    }
)
"""The identities by the number that DOMAIN.md §9 gives them."""

BEYOND = frozenset(
    {"P11", "P12", "P13", "P45", "T47y", "T47z", "T61", "T61a", "T61b", "T62", "T62a", "T62b", "T62c", "T62d", "T62e", "T63"}
)
"""Identities that §9 does not number: displaced subtotals and cells, cost ceilings, numbers of units, names without an amount, what the form left behind, slips in names."""

WANTING: Mapping[int, str] = MappingProxyType(
    {
        31: "自评项目数等于各等级之和只核正文中的列举，自评表本身各地格式不一。",
        46: "只核同一张总表内并列的功能分类与经济分类；部门与政府经济分类分印两表时没有共同的合计行可对。",
        53: "只核同段重复列出的科目和绩效文字与指标；其他正文中同名不同口径的数太多，逐一相比会误报。",
        56: "经济分类核对编码与名称；功能分类只在本文件各表之间核对，没有随程序附带逐年的科目目录。",
        57: "核部门收入表中各单位一行与该单位自己的文件，及本级不大于部门；内部往来只在全部单位的文件中才看得全。",
    }
)
"""What of a number is not declared, and why."""

"""The words of questions, as data: what users say, and the field's term for it (DOMAIN.md §12).

Everything here is compared after `store.text.fold` (half-width, lower case, no spaces). Longer entries win over shorter.
"""

from __future__ import annotations

from enum import StrEnum


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


class Operation(StrEnum):
    """What is to be done with the figures that a question asks about."""

    LOOKUP = "lookup"
    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    RANK = "rank"
    CHANGE = "change"
    BACKCAST = "backcast"  # last year's figure from this year's and the printed change
    REASON = "reason"
    COMPOSITION = "composition"
    DEFINITION = "definition"
    TARGET = "target"
    COUNT = "count"
    LOCATE = "locate"
    CHECK = "check"
    PURPOSE = "purpose"  # what the money is for


# Cue words of operations. The first operation in this order that has a cue in the question wins.
CUES: tuple[tuple[Operation, tuple[str, ...]], ...] = (
    (
        Operation.LOCATE,
        _words("""
            第几页 哪一页 哪页 几页 页码 在哪张表 哪张表 哪个表
        """),
    ),
    (
        Operation.DEFINITION,
        _words("""
            什么是 啥是 什么意思 啥意思 是什么意思 什么叫 专指什么 指什么 怎么解释 的解释 含义 定义 反映的是什么 何谓 名词解释 怎么定义 是指
        """),
    ),
    (
        Operation.CHECK,
        _words("""
            对得上 对不上 一致吗 一致么 一样吗 一样么 前后一样 是不是一样 矛盾 哪个才对 哪个对 对吗 对不对 等于 有没有问题 真有这么多 怎么不是 怎么有两个 同一个数 吻合
            相符 有误 写得对 差不差 怎么回事 列全 列完整 为什么不一样 能对上 勾稽 是否相等 相等吗 超了吗 超没超 有没有超 是不是超 就超了
        """),
    ),
    (
        Operation.REASON,
        _words("""
            为什么 为啥 原因 为何 怎么会 因为啥 因为什么 咋 怎么涨 怎么降 怎么少 怎么多 怎么增 怎么减 怎么冒 怎么比 何以 怎么一下 去哪了 差在哪
        """),
    ),
    (
        Operation.BACKCAST,
        _words("""
            倒推 推算 反推 推出
        """),
    ),
    (
        Operation.SHARE,
        _words("""
            占比 比重 比例 百分之几 百分比 几成 占了多少 占多少 占总 占全 百分之多少
        """),
    ),
    (
        Operation.RANK,
        _words("""
            排第一 第一名 居首 最多 最少 最大 最小 最高 最低 前三 前五 前两 前二 前十 前四 top 排名 排序 从大到小 从高到低 从多到少 从小到大
            从大到小排 从高到低排 从多到少排 从小到大排 排前 排一下 怎么排 第一大 最贵 最花钱 最快 最慢
        """),
    ),
    (
        Operation.CHANGE,
        _words("""
            同比 比上年 比去年 比上一年 较上年 较去年 增加了 减少了 增长了 增长多少 增长百分之几 增长百分之多少 下降百分之几 下降百分之多少 增长百分 增加多少 减少多少
            下降多少 下降百分 下降了 涨了 少了 多了 减了 降了 增幅
            降幅 涨幅 变化 增还是减 增减
        """),
    ),
    (
        Operation.DIFFERENCE,
        _words("""
            多多少 少多少 相差 差多少 差了多少 高多少 低多少 差额 之差 谁多 谁高 哪个高 谁的 多出 差几
        """),
    ),
    (
        Operation.SUM,
        _words("""
            加起来 相加 之和 加一块 加在一起 合起来 总和 加总 合在一起 加上
        """),
    ),
    (
        Operation.COMPOSITION,
        _words("""
            哪几块 哪些 哪几 构成 组成 分成 怎么分 分别是 分别 各多少 各是 明细 都花在 包括 包含 列一下 来源 从哪来 都是什么
        """),
    ),
    (
        Operation.TARGET,
        _words("""
            目标 指标 标准 满意度 要求 响应时间 多久 多快 多长时间 几天 多少天 几小时 多少小时 几分钟 多少分钟
        """),
    ),
    (
        Operation.COUNT,
        _words("""
            几个 多少个 几家 多少家 几辆 多少辆 几人 多少人 多少人次 几次 多少次 几批 多少批 多少名 多少分 几分 几台 多少台 几项 多少项 多少套 几套 几条
        """),
    ),
    (
        Operation.PURPOSE,
        _words("""
            干什么用 用来做什么 用于什么 用在哪 花在哪 做什么用 用途 用来干
        """),
    ),
)

# Users' words (regular expressions) → the words that disclosures print. Applied to the content of a question before matching (DOMAIN.md §12).
SYNONYMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("社保和就业", ("社会保障和就业",)),
    ("实有人数", ("实有人员",)),
    ("编制人数", ("人员编制",)),
    ("车辆购置费", ("公务用车购置费",)),
    ("社保", ("社会保障", "社会保险")),
    ("招待费", ("公务接待费",)),
    ("接待费", ("公务接待费",)),
    ("请客吃饭", ("公务接待费",)),
    ("吃喝", ("公务接待费",)),
    ("公车费", ("公务用车购置及运行", "公务用车购置及运行维护费", "公务用车费")),
    ("公车运行费", ("公务用车运行维护费", "公务用车运行费")),
    ("公车运行", ("公务用车运行维护",)),
    ("公车购置", ("公务用车购置",)),
    ("买车", ("公务用车购置",)),
    ("购车", ("公务用车购置",)),
    ("养车", ("公务用车运行维护",)),
    ("运维", ("运行维护",)),
    ("公务用车(?!购|运|保|编|数|费)", ("公务用车购置及运行维护费", "公务用车购置及运行费")),
    ("公车", ("公务用车", "车辆")),
    ("几辆车", ("车辆",)),
    ("辆车", ("车辆",)),
    ("台车", ("车辆",)),
    ("出国的钱", ("因公出国(境)费",)),
    ("出国经费", ("因公出国(境)费",)),
    ("出国费", ("因公出国(境)费",)),
    ("出国", ("因公出国",)),
    ("三公", ("三公经费", "三公")),
    ("人头费", ("人员经费",)),
    ("养老保险", ("基本养老保险缴费", "养老保险")),
    ("职业年金", ("职业年金缴费", "职业年金")),
    ("公积金", ("住房公积金",)),
    ("财政给的钱", ("财政拨款收入",)),
    ("自己挣的钱", ("事业收入",)),
    ("剩下的钱", ("年末结转和结余",)),
    ("结余", ("结转结余", "结转和结余")),
    ("上一年结转", ("上年结转",)),
    ("去年结转", ("上年结转",)),
    ("上年结余", ("上年结转结余", "上年结转")),
    ("上年结转过来", ("上年结转",)),
    ("科普经费", ("科学技术普及",)),
    ("科普活动经费", ("科普活动",)),
    ("政府购买", ("政府购买服务",)),
    ("采购", ("政府采购",)),
    ("工资", ("工资福利支出", "基本工资")),
    ("医保", ("医疗保险", "医疗")),
    ("补贴", ("津贴补贴", "补贴")),
    ("取暖", ("取暖费",)),
    ("高企", ("高新技术企业",)),
    ("机关运行费", ("机关运行经费",)),
    ("运行经费", ("机关运行经费",)),
    ("日常公用", ("公用经费", "日常公用经费")),
    ("绩效表", ("绩效目标表",)),
    ("项目表", ("项目支出表", "项目支出预算表")),
    ("三公表", ("三公经费表",)),
)

_OF_BUDGETS = ("收入总计", "支出总计", "总计", "收入合计", "支出合计")
# Ways to ask for a whole budget or account; the words that tables print for it, best first.
TOTALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("收支总预算", ("收支总计", "收入总计", "支出总计")),
    ("收支总计", ("收支总计", "收入总计", "支出总计")),
    ("收支预算总额", ("收支总计", "收入总计", "支出总计")),
    ("总收入", ("收入总计", "收入合计", "本年收入合计")),
    ("收入总额", ("收入总计", "收入合计")),
    ("收入总数", ("收入总计", "收入合计")),
    ("收入合计", ("收入合计", "收入总计")),
    ("收入总计", ("收入总计", "收入合计")),
    ("收入预算", ("收入总计", "收入预算合计", "收入合计")),
    ("总支出", ("本年支出合计", "支出合计", "支出总计")),
    ("支出总额", ("本年支出合计", "支出合计", "支出总计")),
    ("支出总数", ("本年支出合计", "支出合计", "支出总计")),
    ("支出总计", ("支出总计", "支出合计")),
    ("支出预算", ("支出总计", "支出合计")),
    ("全部支出", ("本年支出合计", "支出合计", "支出总计")),
    ("全部预算", ("支出总计", "收入总计", "总计")),
    ("总预算", _OF_BUDGETS),
    ("全年预算盘子", _OF_BUDGETS),
    ("预算盘子", _OF_BUDGETS),
    ("总盘子", _OF_BUDGETS),
    ("预算总额", _OF_BUDGETS),
    ("预算总计", _OF_BUDGETS),
    ("预算合计", _OF_BUDGETS),
    ("本年预算", ("本年预算合计", "本年收入合计", "本年预算")),
    ("budgettotal", _OF_BUDGETS),
    ("totalbudget", _OF_BUDGETS),
)

# Words that carry no content of their own: question words, politeness, fillers.
STOP_WORDS: tuple[str, ...] = _longest_first(
    _words("""
        二级 各二级 所属 下属 各
        下面 底下 手下 旗下 里头的 排 排列 及
        由 成 换算成 换成 折成 转换成 请教 你好 您好 谢谢
        数量 总数量 个数 给我 帮忙
        顺便 然后 根据 按照 依据 累计 实有 写明 对应 一下子
        请 查 啥 哪 几 钱 花 批 列 填 写 有 是 了 的 得 地 在 里 那 这 呢 吗 吧 啊 么 呀 嘛 又 都 也 就 还 把 给 被 从 向 对 按 个 块 项 笔
        家 共 数 年 度 和 与 跟 及 或 我 你 它 她 该 要 会 能 下 上 中 之 于 为 以 而 则 时 所 约 元 万 亿 比 较 占 用 谁 各 多 少 说 讲 问
        缴 交 起 算 倒 总 剩 掉 放 摆 拿 搞 弄 做 栏 叫 够 部 涨 降 到 看 名 级 表 书 账 请问 一下 帮我 看看 给我 说说 我想 麻烦 到底 究竟 大概
        具体 多少 几多 是啥 什么 哪个 花了 花费 花的 花在 用了 安排 批了 列了 填的 填了 写的 写了 写着 里面 里头 那个 那份 那笔 这个 这份 这笔 一共 总共
        共计 全部 所有 合计 总数 总额 总量 数额 数字 数目 金额 额度 预算 决算 今年 当年 全年 年度 部门 公开 文件 披露 显示 其中 以及 还有 科目 这一 单位
        他们 可以 应该 需要 计划 打算 准备 实际 共有 现在 目前 是否 折合 折成 换成 换算 保留 两位 小数 精确 万元 亿元 花钱 怎么 怎样 如何 哪里 哪儿 列出
        分别 各自 多大 说的 过来 过去 下来 缴了 缴纳 开始 位于 总的 里边 一年 每年 突然 竟然 还剩 一栏 一格 名叫 叫做 名为 要做 下降 增长 增加 减少 上升
        提高 降低 上涨 下滑 达到 多快 多高 去年 只看 本级 没填 空着 算上 出来 公布 其它 报告 说明 情况 表里 书里 中的 原文 那些 这些 哪些 来着 收支 直接说
        说一下 告诉我 查一下 算一下 想知道 多少钱 是多少 有多少 是什么 安排了 预算数 决算数 本年度 实际上 有没有 是不是 请列出 一下子 那一格 做多少 精确到 上年度
        列出来 填没填 是空着 预决算 说明里 预算书 预算里 决算里 文件里 文件中 什么样 麻烦问下
    """)
)

# Words of the field so common that matching them proves little.
COMMON_WORDS: tuple[str, ...] = ("支出", "经费", "费用", "资金", "项目", "预算", "决算", "金额", "拨款", "安排", "费")

# The parts that the field gives to a whole, where no table or sentence lists them together (DOMAIN.md §7).
KNOWN_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("三公", ("因公出国(境)费", "公务用车购置及运行维护费", "公务接待费")),
    ("基本支出", ("人员经费", "公用经费")),
    ("政府采购", ("政府采购货物", "政府采购工程", "政府采购服务")),
)

# What is counted where the question names only the measure word.
COUNTED_NOUNS: tuple[tuple[str, str], ...] = (("辆", "车辆"), ("车", "车辆"))

UNITS_OF_MONEY: tuple[str, ...] = ("亿元", "万元", "千元", "元")
UNIT_WORDS: tuple[tuple[str, str], ...] = (
    ("多少亿", "亿元"), ("几个亿", "亿元"), ("几亿", "亿元"), ("亿元", "亿元"), ("多少万", "万元"), ("万元", "万元"), ("几万",
    "万元"), ("多少元", "元"),
    ("是多少块", "元"), ("(元)", "元"), ("按元", "元"), ("成元", "元"), ("到元", "元"), ("各多少元", "元"), ("多少万人", ""),
)  # fmt: skip

COUNTED_UNITS: tuple[str, ...] = (
    "人次",
    "批次",
    "个",
    "家",
    "辆",
    "人",
    "台",
    "套",
    "次",
    "批",
    "项",
    "名",
    "分",
    "场",
    "期",
    "篇",
    "份",
    "条",
    "件",
)

# Signs that a question is of this kind at all: one of these, a body or an item that the store knows.
FIELD_WORDS: tuple[str, ...] = _words("""
    预算 决算 支出 收入 经费 三公 拨款 结转 结余 采购 项目 绩效 公用 人员 工资 补贴 公车 接待 出国 财政 科目 基金 国有资本 机构 编制 职责 车辆 设备 资产
    专项 目标 指标 单位 部门 费 金额 资金 公开
""")

NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

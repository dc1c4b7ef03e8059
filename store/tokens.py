"""Words of the field for matching: one spelling for what is said in many ways, search tokens, and BM25 over them.

Chinese is written without spaces, so the tokens of a text are its overlapping character pairs (FINDINGS.md: bigrams
inside the resolved documents find the proving page in the first five at .97); Latin words and figures stay whole.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from store.text import bare, fold

# What people and disclosures write → the one spelling that is compared. Applied in this order to bare text (`bare`).
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("三[工宫攻功]经费|三公(?:消费|支出|费用?)|三公(?!经费)", "三公经费"),
    ("费用", "费"),
    ("(?<=[\\d百])万元", "万"),
    ("含(?=以[上下])|原值(?=以[上下])", ""),
    ("公家车|公车|公务车辆?(?!用)|公务用车辆", "公务用车"),
    ("公务用车(?:购置|购买)费?(?:及|和|与|以及)?(?:公务用车)?(?:运行|运维|使用)(?:及|和|与)?(?:维护|维修)?费?", "公务用车购置及运行费"),
    ("公务用车的?(?:运行|运维|使用)(?:及|和|与)?(?:维护|维修)?(?:费|经费)?", "公务用车运行费"),
    ("(?:购置|购买|买|新购)公务用车(?:费|经费)?|公务用车的?(?:购置|购买)(?!费?(?:及|和|与))(?:费|经费)?|购车费", "公务用车购置费"),
    ("(?:公务)?用车(?:费|经费)(?!购)", "公务用车购置及运行费"),
    ("(?:因公)?出(?:国境|国出境|境|国)的?(?:费|经费|花费|的?钱)", "因公出国费"),
    ("(?:因公)?出(?:国境|国出境)", "因公出国"),
    ("(?:公务|业务)?招待的?(?:费|经费)?|请客吃饭的?(?:费|钱)?|(?<!公务)接待(?:费|经费)|公务接待(?:费|经费)", "公务接待费"),
    ("机关运行(?:经费|费)|行政经费机关运行经费", "机关运行经费"),
    ("社会?保(?:障)?和?就业", "社会保障和就业"),
    ("小型和?微型企业|小型企业和微型企业", "小微企业"),
    ("国有资本经营收支|国资(?:经营)?预算", "国有资本经营预算"),
    ("政府性基金预算|政府基金", "政府性基金"),
    ("(?:收入?支出?|收支)(?:总体)?(?:总预算|预算总(?:计|额|数)|总(?:计|额))", "收支合计"),
    ("总(?:共|数|额|计)|合计|一共|总和", "合计"),
    ("占有使用|占用使用|占有|占用", "占用"),
    ("面向", ""),
)
_FOLDED_SPELLINGS = tuple((re.compile(pattern), spelling) for pattern, spelling in _SPELLINGS)

# Words any of which may stand where another is asked for, in one spelling each (`canonical`).
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"公务用车", "车辆", "用车", "车", "车子", "汽车", "小汽车"}),
    frozenset(
        {
            "单位构成",
            "预算单位构成",
            "机构设置",
            "下设预算单位",
            "预算单位",
            "二级单位",
            "二级预算单位",
            "下属单位",
            "下属预算单位",
            "所属单位",
            "所属预算单位",
            "直属单位",
        }
    ),
    frozenset({"内设机构", "内设部门", "内设处室", "内设科室", "处室", "科室", "内设"}),
    frozenset({"在职人员", "在职", "实有人员", "实有人数", "在职人数", "在编人员", "在岗人员"}),
    frozenset({"人员编制", "编制人数", "编制数", "编制", "核定编制"}),
    frozenset({"离退休人员", "离退休", "离退休人数"}),
    frozenset({"办公用房", "办公房", "办公室"}),
    frozenset({"面积", "建筑面积", "建筑总面积", "平方米"}),
    frozenset({"设备", "通用设备", "专用设备"}),
    frozenset({"绩效目标", "绩效目标管理", "绩效"}),
    frozenset({"职责", "职能", "主要职能", "主要职责", "职能职责", "工作职责", "基本职能", "基本职责"}),
    frozenset({"原因", "为什么", "为何", "缘故"}),
    frozenset({"下属事业单位", "事业单位"}),
)

_CHINESE = re.compile(r"[一-鿿〇]+")
_OTHER = re.compile(r"\d+(?:\.\d+)?%?|[a-z][a-z&+\-]*")


@lru_cache(maxsize=1 << 14)  # the same passages are asked again and again
def canonical(text: str) -> str:
    """A text's bare words in the one spelling that is compared: “公车”购置和运行维护费用 → 公务用车购置及运行费."""
    words = bare(text)
    for pattern, spelling in _FOLDED_SPELLINGS:
        words = pattern.sub(spelling, words)
    return words


def alike(word: str) -> frozenset[str]:
    """The words that may stand for this one (in canonical spelling), itself among them."""
    return frozenset({word}).union(*(group for group in ALIKE if word in group))


def tokens(text: str) -> list[str]:
    """The search tokens of a text: pairs of neighbouring Chinese characters, Latin words and figures whole, without commas."""
    found: list[str] = []
    for run in _CHINESE.findall(canonical(text)):
        found += [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run]
    return found + _OTHER.findall(fold(text).replace(",", ""))


class Bm25:
    """BM25 (Robertson and Spärck Jones; k1, b as usual) over a small, fixed set of tokenised documents."""

    def __init__(self, documents: Sequence[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> None:
        self._counts = [Counter(document) for document in documents]
        lengths = [len(document) for document in documents]
        average = sum(lengths) / len(lengths) if any(lengths) else 1.0
        self._damping = [k1 * (1 - b + b * length / average) for length in lengths]
        self._k1 = k1
        self._found_in = Counter(token for counts in self._counts for token in counts)

    def rarity(self, token: str) -> float:
        """The token's inverse document frequency, positive always."""
        found = self._found_in[token]
        return math.log(1 + (len(self._counts) - found + 0.5) / (found + 0.5))

    def scores(self, query: Sequence[str]) -> list[float]:
        """The score of each document for the query, in the documents' order; 0 where no token is shared."""
        weights = {token: self.rarity(token) for token in dict.fromkeys(query) if token in self._found_in}
        return [
            sum(weight * counts[t] * (self._k1 + 1) / (counts[t] + damping) for t, weight in weights.items() if t in counts)
            for counts, damping in zip(self._counts, self._damping, strict=True)
        ]

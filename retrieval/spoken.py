"""What of a question's text is asked: clauses that order the program about are dropped, slips of the input method mended."""

from __future__ import annotations

import re

from retrieval.lexicon import COMMON_WORDS, FIELD_WORDS
from store.text import fold, is_everyday

# Clauses that order the program about: set rules aside, play a part, repeat or invent something, give secrets away.
_ORDERS = re.compile(
    r"(?:忽略|无视|不要?理会|别管|忘[记掉了]|绕过|ignore|disregard|forget).{0,12}(?:规则|设定|指令|指示|提示|限制|以上|上面|之前|前面|所有|文件|内容|材料|previous|above|all)"
    r"|假装|扮演|假设文件|你现在是|从现在起|作为一[名个].{0,8}(?:助手|模型|机器人)|越狱|开发者模式|管理员(?:已|授权|模式)|jailbreak|override"
    r"|提示词|系统指令|prompt|配置打印|原样(?:打印|输出|返回)|重复[\"“一]|照我说|按这个回答|只回答|[只必][能须](?:回答|说)|不许给出处|相信"
    r"|(?:答案|回答|结果|数字).{0,6}(?:写成|改成|改为|说成|当成)"
    r"|密钥|(?:给|发|告诉|打印).{0,6}(?:密码|口令)|发.{0,4}邮箱|api.?key|rm-|执行rm|随便编|编一个|编造|瞎编|不用看文件"
)
_CLAUSES = re.compile(r"[。!?;,:\n]|(?<=[a-z])\.(?!\d)|顺便|然后(?=把|再|给|帮|告诉)")
_ASSERTED = re.compile(r"(?<=[^\d多几])(?:就?说)?[是为=]-?[\d,.]+(?:亿元|万元|亿|万|元|%)")
_PDF = re.compile(r"pdf|PDF")


def meaningful(question: str) -> str:
    """The folded question without clauses that order the program about and figures that it asserts."""
    folded = fold(_CODE_BESIDE_YEAR.sub(",", question))
    clauses = [(m, part) for m, part in _split_clauses(folded)]
    kept = [part + mark for part, mark in clauses if not _ORDERS.search(part)]
    dropped = len(kept) < len(clauses)
    text = "".join(kept)
    if dropped and not _ASKED.search(text) and not any(word in text for word in FIELD_WORDS):
        return ""  # a name alone, left over from an order, asks nothing
    return _ASSERTED.sub("", text) if dropped else text


_CODE_BESIDE_YEAR = re.compile(r"(?<=\d{5})\s+(?=20\d\d(?!\d))|(?<=20\d\d)\s+(?=\d{3,7}(?!\d))")  # 30213 2019
_ASKED = re.compile(r"多少|几|什么|哪|谁|吗|呢|为何|\d{4}年")


def _split_clauses(text: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    start = 0
    for mark in _CLAUSES.finditer(text):
        pieces.append((text[start : mark.start()], mark.group()))
        start = mark.end()
    pieces.append((text[start:], ""))
    return pieces


_INSIDE_A_NAME = re.compile(r"(?<=[一-鿿])\((护|境)\)")  # 维修（护）费 and 因公出国（境）费 are one word each


def meaningful_text(question: str) -> str:
    """The question's text to be read, slips of the input method mended."""
    text = _INSIDE_A_NAME.sub(r"\1", _PDF.sub("", meaningful(question[:_LONGEST])))
    text = _YEAR_IN_WORDS.sub(lambda m: m.group().translate(_DIGITS), text)
    text = re.sub(r"实际(?=有?(?:多少|几)个?[人名])", "实有人员", text)
    text = re.sub(r"实有(?=呢|多少|几|[?]|$)", "实有人员", text)
    text = re.sub(r"(20\d\d)年初", r"\1年年初", text)
    text = re.sub(r"(?:折算?)?合(?=[多几]少?个?亿|多少[元万])|四舍五入(?=到|,|，)|,?四舍五入", "", text)
    text = re.sub(r"(?:到)?小数点?后([一二两三四五\d])位", r"保留\1位", text)
    text = _DUTIES.sub("的主要职责是什么", text) if not re.search("[钱费款]|资金|项目|支出", text) else text
    text = re.sub(r"多少平(?![方均台])", "多少平方米", text)
    text = _WHO_IS_AHEAD.sub(r"\1谁多", text) if _WHO.search(text) else text
    if re.search(r"三公|接待|出国|公车|用车", text):  # 会议费 and 培训费 are none of the three, though some tables print them beside these
        text = _NOT_PUBLIC.sub("", text)
    text = re.sub(
        r"公务用车购置(?=的?(?:决算|预算|支出|花|安排))", "公务用车购置费", text
    )  # not 公务用车购置及运行费, nor a number of cars
    return _mended(text.replace("三工", "三公").replace("几个亿", "多少亿").replace("多少个亿", "多少亿").replace("几个万", "多少万"))


_DUTIES = re.compile(r"(?:主要|到底|平时|都)*是?(?<!用来)(?:干|做|管)(?:些)?(?:什么|啥)(?:事)?的?(?=[?。呢啊呀]*$)")
_NOT_PUBLIC = re.compile(r"[(,]?(?:不要?把|不含|不包括|不算|别把|剔除|除去)[^,。?()]*(?:会议费?|培训费?)[^,。?()]*[)]?")
_WHO = re.compile(r"(?:和|与|跟|、).*(?:谁|哪个|哪家)")  # two bodies held against each other: 甲和乙谁的三公高
_WHO_IS_AHEAD = re.compile(r"(?:谁|哪个|哪家)的?(.*?)(?<!最)更?(?<!最)[高低多少大小](?:一?[些点])?(?=[?。!吗呢]*$|[?,;].*(?:多少|几))")

# 二〇二四年, 二零二四年度: a year in Chinese digits.
_YEAR_IN_WORDS = re.compile(r"二[〇○零0o][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零o一二三四五六七八九", "0000123456789")
_LONGEST = 600  # characters of a question that are read


def _mended(text: str) -> str:
    """Characters outside everyday use (GB 2312) beside half of a common word are that word mistyped: 预祘 → 预算."""
    chars = list(text)
    for i, char in enumerate(chars):
        if not char.isalpha() or is_everyday(char):
            continue
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        chars[i] = next((w[1] for w in COMMON_WORDS if len(w) == 2 and w[0] == before), None) or next(
            (w[0] for w in COMMON_WORDS if len(w) == 2 and w[1] == after), char
        )
    return "".join(chars)

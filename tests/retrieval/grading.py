"""Grading an answer against a gold one, by the rules of the contract: right, declined or wrong, and whether it is proved.

Three outcomes, because they cost a reader very differently. Gold answers are typed: a number with its unit, a list
(ordered or not), a text with words that must or must not be said, "none" for a refusal, "clarify" for asking back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Any

Json = dict[str, Any]

RIGHT, DECLINED, WRONG = "right", "declined", "wrong"
YUAN = {"元": Decimal(1), "千元": Decimal(10) ** 3, "万元": Decimal(10) ** 4, "亿元": Decimal(10) ** 8}
PERCENT = ("%", "％", "个百分点")
MOST_CITATIONS = 12
LONGEST_TEXT = 1500  # a page poured out is no answer
SPANNING = {"compare_units", "compare_years", "rank", "sum", "share"}  # kinds that need a page of each document
BLANK_WORDS = ("空白", "未填", "无数据", "没有数据", "未列", "空表", "未公开", "没有填", "为空", "未披露", "没有公开")
_QUOTES = str.maketrans("“”‘’「」『』", '""\'\'""""')


def outcome(gold: Json, answer: Json) -> str:
    """The best outcome over the gold answer and those that are accepted beside it."""
    also = gold.get("also_accept") or []
    accepted = [gold["answer"], *(also if isinstance(also, list) else [also])]
    outcomes = {_against(wanted, answer) for wanted in accepted}
    return next(o for o in (RIGHT, DECLINED, WRONG) if o in outcomes)


def proved(gold: Json, answer: Json) -> bool:
    """Whether a proving page is cited (of each document, where the question spans several), with few citations in all."""
    sources = gold.get("sources") or []
    if not sources or gold["answer"]["type"] in {"none", "clarify"}:
        return True
    given = {(c["document"], c["page"]) for c in answer["citations"]}
    if not given or len(given) > MOST_CITATIONS:
        return False
    proving: dict[str, set[int]] = defaultdict(set)
    for source in sources:
        proving[source["document"]].update(source["pages"])
    needed = all if gold["kind"] in SPANNING else any
    return needed(any((document, page) in given for page in pages) for document, pages in proving.items())


def same_figure(gold: Json, given: Json) -> bool:
    """Whether a figure is the gold one: money in any unit to half the gold's last digit, shares to 0.011 points."""
    want, got = _number(gold.get("value")), _number(given.get("value"))
    if want is None or got is None:
        return _plain(str(gold.get("value"))) == _plain(str(given.get("value")))
    wanted, unit = (gold.get("unit") or "").strip(), (given.get("unit") or "").strip()
    if wanted in YUAN and unit in YUAN:
        exponent = want.as_tuple().exponent
        step = YUAN[wanted] * Decimal(1).scaleb(min(int(exponent), 0))
        return abs(want * YUAN[wanted] - got * YUAN[unit]) <= step / 2
    if wanted in PERCENT:
        return unit in PERCENT and abs(want - got) <= Decimal("0.011")
    return wanted not in YUAN and unit not in YUAN and want == got


def _against(want: Json, answer: Json) -> str:
    figures, status = answer["figures"], answer["status"]
    if want["type"] == "none":
        blank = want.get("reason") == "blank" and not figures and any(word in answer["text"] for word in BLANK_WORDS)
        return RIGHT if blank or status in {"not_found", "out_of_scope"} else DECLINED if status == "clarify" else WRONG
    if want["type"] == "clarify":
        options = want.get("options") or []
        covers = bool(options) and all(any(_plain(o) in _plain(f["label"]) for f in figures) for o in options)
        return RIGHT if status == "clarify" or (status == "answered" and covers) else DECLINED if status != "answered" else WRONG
    if status != "answered":
        return DECLINED
    return RIGHT if _JUDGES[want["type"]](want, answer) else WRONG


def _is_number(want: Json, answer: Json) -> bool:
    return bool(answer["figures"]) and same_figure(want, answer["figures"][0])


def _is_list(want: Json, answer: Json) -> bool:
    items, figures = want["items"], list(answer["figures"])
    if want.get("ordered"):
        return len(figures) == len(items) and all(_is_item(g, f) for g, f in zip(items, figures, strict=True))
    for item in items:
        hit = next((f for f in figures if _is_item(item, f)), None)
        if hit is None:
            return False
        figures.remove(hit)
    return len(figures) <= max(1, len(items) // 4)


def _is_item(gold: Json, given: Json) -> bool:
    wanted, label = _plain(gold["label"]), _plain(given["label"])
    named = bool(wanted) and bool(label) and (wanted in label or label in wanted)
    return named and (not gold.get("value") or same_figure(gold, given))


def _is_text(want: Json, answer: Json) -> bool:
    said = _plain(answer["text"] + " " + " ".join(answer["warnings"]))
    must = all(_plain(m) in said for m in want.get("must") or [])
    some = not want.get("any") or any(_plain(a) in said for a in want["any"])
    clean = not any(_plain(n) in said for n in want.get("must_not") or [])
    return len(answer["text"]) <= LONGEST_TEXT and must and some and clean


_JUDGES = {"number": _is_number, "list": _is_list, "text": _is_text}


def _plain(text: str) -> str:
    return re.sub(r"[\s,]+", "", unicodedata.normalize("NFKC", text).translate(_QUOTES)).lower()


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[,\s%]", "", unicodedata.normalize("NFKC", str(value))))
    except InvalidOperation:
        return None

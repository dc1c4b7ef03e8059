"""The content words of a question: what tables print for them, and how an answer names them."""

from __future__ import annotations

import re

from retrieval.lexicon import OF_BUDGETS, STOP_WORDS, TOTALS
from retrieval.matching import COMMON_WEIGHT, make_term
from retrieval.scopes import PERIODS
from store.text import fold


def shown(words: str) -> str:
    """Content words as an answer names them: gaps, fillers and marks at the edges gone, and what is left of a unit that was asked for."""
    runs = [_EDGES.sub("", run) for run in words.split("\x00")]
    return "".join(run for run in runs if run.strip("、,元万亿")).strip("、,")


_FILLERS = "|".join(
    re.escape(w) for w in sorted({w for w in STOP_WORDS if len(w) > 1} | set("的里中呢吗和与是有"), key=lambda w: (-len(w), w))
)
_EDGES = re.compile(f"^(?:{_FILLERS})+|(?:{_FILLERS})+$")

PROJECTS = "项目支出"
_SPENDING = ("本年支出合计", "支出合计", "支出总计", "支出预算")


def phrasings(words: str) -> list[str]:
    """The words, and where they ask for a whole budget, the totals that tables print for it."""
    plain = fold(words).replace("\x00", "")
    for phrase, totals in TOTALS:
        start = fold(words).find(phrase)
        if start >= 0:
            rest = words[:start] + "\x00" + words[start + len(phrase) :]
            if make_term(rest).weight <= 0.01:
                return list(totals)
    if make_term(words).weight <= COMMON_WEIGHT * 2 and "项目" in plain:
        return [PROJECTS]
    if plain in ("支出", "决算支出", "支出决算", "预算支出"):
        return list(_SPENDING)
    if make_term(words).weight <= 0 and not any(phase in plain for phase in PERIODS):
        return list(OF_BUDGETS)
    return [words]

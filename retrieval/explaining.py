"""Explain every word: an answer that leaves a word of the question unexplained is an answer to another question.

食堂的公务接待费 is not answered with the 公务接待费: no label, sentence or name in the answer says 食堂. A part that a disclosure
does not tell apart is said not to be disclosed, and the word that nothing explains is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.answer import Answer, Citation, Status
from retrieval.lexicon import TELLING_NOTHING, Operation
from retrieval.library import Library, Volume
from retrieval.matching import label_grams, make_term, variants
from retrieval.naming import is_known
from retrieval.operations.parts import pieces_of
from retrieval.question import Query
from retrieval.slots import GAP
from store.amounts import is_money
from store.tokens import alike, canonical

# Operations whose answers name what they are of. The others quote, list or hold figures against each other in words of their own.
EXPLAINED = frozenset(
    {
        Operation.LOOKUP,
        Operation.COUNT,
        Operation.SHARE,
        Operation.CHANGE,
        Operation.DIFFERENCE,
        Operation.BACKCAST,
        Operation.COMPOSITION,
        Operation.SUM,
    }
)
_MONEY = re.compile(r"多少钱|几块钱|多少[万亿]?元|(?:安排|花|用|支出)了?多少")
_TARGETS = re.compile(r"绩效(?:目标|指标)")
_OF_THIS_YEAR = re.compile(r"本年(?:收入|支出|预算|合计)|当年|不含|不包括")
_SEVERAL = 2  # items
_LEAST = 2  # characters in a row that make a word
_OPENING = 80  # characters
_HALF_WORDS = "书下上中表级名部用时会账家批花年"  # mean nothing alone in a question (表里, 书上), but make words: 图书, 下乡, 聘用
_TELLS_NOTHING = re.compile("|".join(TELLING_NOTHING))


def unexplained_words(query: Query, answer: Answer, library: Library) -> tuple[str, ...]:
    """The question's words that nothing in an answer explains: in no label, sentence, title or name that it gives; () for most."""
    if answer.status is not Status.ANSWERED or query.operation not in EXPLAINED:
        return ()
    money = any(is_money(figure.unit) for figure in answer.figures)
    if query.operation is Operation.LOOKUP and _TARGETS.search(answer.text) and not money:  # several targets do not explain it together
        return min((_left(query.content, (part,)) for part in answer.text.split("；")), key=len)
    if unnamed := _of_one_alone(query.content, answer):
        return unnamed
    told = _told(answer)
    if query.carried is False and not _OF_THIS_YEAR.search("".join(told)):
        return ("不含结转",)  # what is printed may hold last year's money, unless it says that it does not
    left = _left(query.content, told)
    if not left:
        return ()
    said = (*told, *_labels(answer.citations, library))
    return tuple(word for word in _left(query.content, said) if not _said_otherwise(word, said))


def _said_otherwise(word: str, said: Sequence[str]) -> bool:
    """Whether another of the field's words for the same stands in what is said: 职能 for 职责."""
    return any(other in canonical(text) for other in alike(canonical(word)) for text in said)


def _of_one_alone(content: str, answer: Answer) -> tuple[str, ...]:
    """The items among several that a single figure is not of: 接待费与会议费一共多少 is not answered with one of them."""
    items = [words for piece in pieces_of(content) if is_known(words := piece.replace(GAP, ""))]
    if len(items) < _SEVERAL or len(answer.figures) != 1 or is_known(content):
        return ()
    own = [f.label for f in (answer.derivation.operands if answer.derivation else answer.figures)]
    named = label_grams((*own, *(text for c in answer.citations for text in (c.table, c.row, c.column))))
    return tuple(words for words in items if _fewest(words, named))


def of_no_money(query: Query, answer: Answer) -> bool:
    """Whether money is asked for and none is told: 专用设备购置多少钱 is not answered with 0台, nor 维修（护）费 with a target."""
    asked = query.operation is Operation.LOOKUP and (bool(_MONEY.search(query.text)) or is_known(query.content))
    return asked and not any(is_money(figure.unit) for figure in answer.figures) and bool(answer.figures or _TARGETS.search(answer.text))


def _told(answer: Answer) -> tuple[str, ...]:
    cited = (text for c in answer.citations for text in (c.title, c.table, c.row, c.column, c.quote))
    return (answer.text, *(figure.label for figure in answer.figures), *cited, *answer.warnings)


def _labels(citations: Iterable[Citation], library: Library) -> Iterator[str]:
    """Everything that says what the cited places are of: the texts of their rows and headings, the sections of their pages."""
    for document in dict.fromkeys(c.document for c in citations):
        volume, places = library.volume(document), {(c.page, c.bbox) for c in citations if c.document == document}
        for table in volume.tables:
            rows = {cell.row for cell in table.cells if (cell.page, cell.box) in places}
            yield from (cell.text for cell in table.cells if cell.row in rows)
            for row in (table.rows[i] for i in rows):
                yield from (*row.path, row.project, row.body, row.note)
            if rows:
                yield from (table.title, table.panel, *table.notes, *(heading for column in table.columns for heading in column.path))
        pages = {page for page, _ in places}
        outer = {passage.section[:1] for passage in volume.passages if pages.intersection(passage.pages)}
        openings: dict[tuple[str, ...], str] = {}  # what a part is about is said where it begins
        for passage in volume.passages:
            if passage.section[:1] in outer:
                openings.setdefault(passage.section[:1], passage.text[:_OPENING])
                yield from passage.section if pages.intersection(passage.pages) else ()
        yield from openings.values()


def unknown_words(content: str, volumes: Iterable[Volume]) -> tuple[str, ...]:
    """The words of a question that no label of some documents has."""
    return _fewest(content, frozenset().union(*(grams for volume in volumes for grams in volume.label_grams)))


def _left(content: str, said: Iterable[str]) -> tuple[str, ...]:
    """The runs of characters that no two neighbours in what is said explain, in that wording of the content which leaves fewest."""
    return _fewest(content, label_grams(said))


def _fewest(content: str, grams: frozenset[str]) -> tuple[str, ...]:
    return min((tuple(_runs(text, grams)) for text in variants(content)), key=lambda runs: sum(map(len, runs)))


def _runs(text: str, grams: frozenset[str]) -> Iterator[str]:
    term = make_term(text.replace("的", "\0"))  # 聘用的公务接待费 is not explained by 使用的
    mask = term.mask(grams)
    named = _TELLS_NOTHING.sub(lambda found: "\0" * len(found.group()), text)
    left = [not mask >> i & 1 and (weight >= 1 or text[i] in _HALF_WORDS) for i, weight in enumerate(term.weights)]
    plain = "".join(c if apart else "\0" for c, apart in zip(named, left, strict=True))
    yield from (run for run in plain.split("\0") if len(run) >= _LEAST and run.strip(_HALF_WORDS))

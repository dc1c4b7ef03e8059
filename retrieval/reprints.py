"""Where else a document prints a figure: the same amount under the same name, in another table or in the prose.

The same digits under the same name, in two places that were filled in apart, confirm each other; and the reader may
want to see either of them. Found by the amount first, so that it costs nothing to look through a whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from retrieval.bodies import same_row_body
from retrieval.candidates import Candidate, of_fact, of_mention
from retrieval.library import Volume
from retrieval.shapes import without_years
from retrieval.subjects import subject_parts
from store.amounts import YUAN_PER_UNIT
from store.model import Aspect, Column, Kind, Mention, Role
from store.text import bare
from store.vocabulary.kinds import KIND_BY_ID, Grain

_GENERAL = re.compile(r"预算|决算|本年|合计|总计|小计|总额|总数|支出|收入|经费|费用|资金|金额|拨款|安排|数$|类$|款$|项$")
_LEAST_DIGITS = 3  # significant digits from which an amount is hardly printed twice by chance


def reprints(found: Candidate, volumes: Sequence[Volume]) -> tuple[Candidate, ...]:
    """The other places of the volumes that print the candidate's amount under its name: tables of the item itself, tables, prose."""
    if not found.yuan:
        return ()
    others = [c for v in volumes for c in _printing(found, v) if c.place != found.place and _one_thing(found, c)]
    first_of_place: dict[tuple[str, str, int], Candidate] = {}
    for c in others:
        first_of_place.setdefault(c.place, c)
    return tuple(sorted(first_of_place.values(), key=_of_its_own, reverse=True))


def _printing(found: Candidate, volume: Volume) -> Iterable[Candidate]:
    for table, row, column in volume.amounts.get(found.yuan or Decimal(0), ()):
        fact = volume.fact(table, row, column)
        if fact is not None:
            yield of_fact(fact)
    for passage in volume.passages:
        for m in passage.mentions:
            if m.aspect is Aspect.AMOUNT and not m.base and _tells(m, found):
                yield of_mention(m, passage, volume.disclosure)


def _of_its_own(c: Candidate) -> int:
    """2 for a table that is about just such items (三公), 1 for one that lists everything, 0 for prose."""
    kind = KIND_BY_ID.get(c.table.kind) if c.table else None
    return (c.table is not None) + (kind is not None and kind.grain not in (Grain.FUNCTION, Grain.ECONOMY))


def _one_thing(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are named alike: the same item of the same body, or the same side's whole, in the same phase."""
    if _body(one) != _body(other) and not same_row_body(_body(one), _body(other)):
        return False
    if _phase(one) != _phase(other) or _side(one) != _side(other) != "" != _side(one):
        return False
    a, b = _core(one), _core(other)
    alike = a == b or (bool(a) and bool(b) and (a in b or b in a))
    return alike and (a == b != "" or _telling(one.yuan))


def _telling(yuan: Decimal | None) -> bool:
    return yuan is not None and len(yuan.normalize().as_tuple().digits) >= _LEAST_DIGITS


def _core(c: Candidate) -> str:
    """The name without the words that every item has, a total's by its column's measure; empty for a whole."""
    own = _GENERAL.sub("", bare(without_years(_name(c))))
    return own or ("" if c.fact is None else _GENERAL.sub("", bare(c.fact.column.measure)))


def _name(c: Candidate) -> str:
    return c.label if c.fact is not None or c.mention is None else subject_parts(c.mention.subject)[1]


def _side(c: Candidate) -> str:
    """收入 or 支出, empty where neither the name nor the table says."""
    words = _name(c)
    if c.fact is not None and not re.search("收入|支出", words):
        words = "".join((*c.fact.column.path, c.fact.table.panel, c.fact.table.title))
    sides = set(re.findall("收入|支出", words))
    return sides.pop() if len(sides) == 1 else ""


def _body(c: Candidate) -> str:
    """The body of a row that stands for a part of the whole; empty for the document's own."""
    row = c.fact.row if c.fact else None
    return row.body if row is not None and row.role is not Role.TOTAL and not same_row_body(row.body, c.disclosure.body) else ""


def _phase(c: Candidate) -> str:
    return "" if c.fact is None else own_phase(c.fact.column, c.disclosure.kind)


def own_phase(column: Column, kind: Kind) -> str:
    """A column's period, empty where it is the disclosure's own: 预算数 in a budget, 决算数 in a final account."""
    return "" if column.period in ("本年", str(kind)) else column.period


def same_amount(one: Candidate, other: Candidate) -> bool:
    """Whether two figures are one amount: equal, or equal as far as the more coarsely printed one tells."""
    if one.value is None or other.value is None:
        return one.value is other.value
    if one.yuan is None or other.yuan is None:
        return one.value == other.value
    gap = abs(one.yuan - other.yuan)
    return gap == 0 if one.unit == other.unit else gap <= max(_step(one.value, one.unit), _step(other.value, other.unit)) / 2


def _tells(mention: Mention, exact: Candidate) -> bool:
    """Whether prose tells an amount: as it is, or in another unit rounded or, as many do, cut off."""
    yuan = mention.value * YUAN_PER_UNIT.get(mention.unit, Decimal(0))
    gap = abs(yuan - (exact.yuan or Decimal(0)))
    return gap == 0 or (mention.unit != exact.unit and gap < _step(mention.value, mention.unit))


def _step(value: Decimal | None, unit: str) -> Decimal:
    """One unit of an amount's last printed digit, in yuan; zero for what is no money."""
    exponent = value.as_tuple().exponent if value is not None else 0
    return YUAN_PER_UNIT.get(unit, Decimal(0)) * Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def agreeing_places(main: Candidate, near: Sequence[Candidate], volumes: Sequence[Volume]) -> tuple[Candidate, ...]:
    """The places that print the figure too: those that print its very amount under its name, then those near in meaning."""
    found: dict[tuple[str, str, int], Candidate] = {}
    for c in (*reprints(main, volumes), *(c for c in near if c.value is not None and same_amount(main, c))):
        if c.place != main.place:
            found.setdefault(c.place, c)
    return tuple(found.values())[:_MOST_PLACES]


_MOST_PLACES = 5

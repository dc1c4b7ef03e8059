"""The identities tried on a document: its tables against themselves, against each other, and the prose against both.

A check that could not run says so and is never a pass. A structure that is only inferred from a table's layout counts as
an identity where most of the table's own rows keep it; otherwise it is not known to hold, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from store.books import claims, counts, indicators, lists, phrases, projects, ratios, rosters, slips, sums, yearly
from store.books.identities import IDENTITIES
from store.books.proseforms import (
    CatalogueNames,
    Changes,
    Compared,
    Completions,
    Counted,
    ItemsStated,
    ItemTotals,
    ListedNames,
    ListedSources,
    ListSums,
    Misspelt,
    NearlySame,
    OtherLevel,
    OtherName,
    OtherNumber,
    OtherPlace,
    OtherYear,
    Quota,
    Rates,
    Reasons,
    Repeated,
    ReservedPurchases,
    Residue,
    SameBase,
    Shares,
    ShareTotals,
    Stated,
    UnitCount,
    Unreasoned,
    WithinWhole,
)
from store.books.sheets import Sheet, open_sheets
from store.books.statements import Statement, read_statements
from store.books.tableforms import (
    Across,
    CostCeilings,
    Down,
    FundBalances,
    FundIncomes,
    Groups,
    NoMore,
    NoMoreItems,
    Notes,
    OtherUnit,
    Parts,
    ProjectFunds,
    Promised,
    RolledOn,
    Same,
    SameItems,
    SameNames,
    SamePanels,
    SameProjects,
    Shifted,
    TableChanges,
    Unexplained,
    Weights,
)
from store.books.trials import Tried, finding, not_run
from store.books.unmet import reason
from store.model import Disclosure, Finding, Passage, Table, Verdict

_FEWEST = 3  # rows that keep a structure before one that does not is a finding
_MAJORITY = 4  # … and so many times those that break it

_OVER_TABLES: Mapping[type, Callable[[Any, Sequence[Sheet]], Iterator[Tried]]] = {
    Down: sums.try_down,
    Across: sums.try_across,
    Parts: sums.try_parts,
    Same: sums.try_same,
    SameItems: sums.try_same_items,
    NoMore: sums.try_no_more,
    NoMoreItems: sums.try_no_more_items,
    RolledOn: sums.try_rolled_on,
    FundBalances: sums.try_fund_balances,
    TableChanges: yearly.try_table_changes,
    FundIncomes: sums.try_fund_incomes,
    Shifted: indicators.try_shifted,
    OtherUnit: projects.try_other_unit,
    SamePanels: sums.try_same_panels,
    SameNames: sums.try_same_names,
    Promised: indicators.try_promised,
    Groups: projects.try_groups,
    ProjectFunds: projects.try_project_funds,
    Weights: projects.try_weights,
    Notes: sums.try_notes,
    Unexplained: sums.try_unexplained,
    SameProjects: projects.try_same_projects,
    CostCeilings: projects.try_cost_ceilings,
}
_OVER_PROSE: Mapping[type, Callable[[Any, Sequence[Statement], Sequence[Sheet]], Iterator[Tried]]] = {
    Shares: ratios.try_shares,
    ShareTotals: lists.try_share_totals,
    Rates: ratios.try_rates,
    Changes: ratios.try_changes,
    Counted: counts.try_counted,
    Quota: counts.try_quota,
    Completions: ratios.try_completions,
    Compared: ratios.try_compared,
    ListSums: lists.try_list_sums,
    WithinWhole: lists.try_within_whole,
    SameBase: ratios.try_same_base,
    UnitCount: rosters.try_unit_count,
    OtherPlace: slips.try_other_place,
    CatalogueNames: slips.try_catalogue_names,
    Repeated: claims.try_repeated,
    Stated: claims.try_stated,
    ItemsStated: claims.try_items_stated,
    Reasons: phrases.try_reasons,
    Unreasoned: phrases.try_unreasoned,
    OtherName: slips.try_other_name,
    OtherLevel: slips.try_other_level,
    OtherNumber: slips.try_other_number,
    OtherYear: slips.try_other_year,
    Misspelt: slips.try_misspelt,
    Residue: phrases.try_residue,
    ItemTotals: lists.try_item_totals,
    NearlySame: claims.try_nearly_same,
    ListedNames: phrases.try_listed_names,
    ListedSources: phrases.try_listed_sources,
    ReservedPurchases: claims.try_reserved_purchases,
}
FORMULAS = frozenset((*_OVER_TABLES, *_OVER_PROSE))  # all that an identity may be


def check(disclosure: Disclosure, tables: Sequence[Table], passages: Sequence[Passage] = ()) -> tuple[Finding, ...]:
    """All identities tried on one document's tables and prose, in the identities' order; those that could not run as NOT_RUN."""
    sheets = open_sheets(tables)
    statements = read_statements(passages, disclosure)
    found: list[Finding] = []
    for identity in IDENTITIES:
        if identity.kind not in (None, disclosure.kind):
            continue
        tried = _tried(identity.formula, statements, sheets)
        found += [finding(identity, disclosure, one) for one in tried]
        if not tried:
            found.append(
                not_run(identity, disclosure, reason(identity, sheets, statements, of_prose=type(identity.formula) in _OVER_PROSE))
            )
    return tuple(_once(found))


def _tried(formula: object, statements: Sequence[Statement], sheets: Sequence[Sheet]) -> list[Tried]:
    over_tables = _OVER_TABLES.get(type(formula))
    if over_tables is not None:
        return _corroborated(list(over_tables(formula, sheets)))
    return list(_OVER_PROSE[type(formula)](formula, statements, sheets))


def _corroborated(tried: Sequence[Tried]) -> list[Tried]:
    """Those whose structure is declared, or that enough rows of their table keep."""
    kept: dict[str, int] = {}
    broken: dict[str, int] = {}
    for one in tried:
        counts = broken if one.verdict is Verdict.VIOLATED else kept
        counts[one.group] = counts.get(one.group, 0) + 1

    def known(one: Tried) -> bool:
        if not one.group or one.verdict is not Verdict.VIOLATED:
            return True
        return kept.get(one.group, 0) >= max(_FEWEST, _MAJORITY * broken[one.group])

    return [one if known(one) else replace(one, excused=True) for one in tried]


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each set of cells once, as two identities may say the same of them; and one finding for a row that repeats its figures.

    合计, 财政拨款 and 一般公共预算 of a row are often one amount printed three times: what does not add up once does not thrice.
    """
    seen: set[tuple[tuple[int, int, int], ...]] = set()
    violated: dict[object, int] = {}
    kept: list[Finding] = []
    for one in findings:
        if len(one.cells) > 1 and one.verdict is not Verdict.NOT_RUN:
            if one.cells in seen:
                continue
            seen.add(one.cells)
        if one.verdict is Verdict.VIOLATED and one.cells:
            key = (one.rule, one.cells[0][:2], one.left.value, one.right.value)
            if key in violated:
                first = kept[violated[key]]
                kept[violated[key]] = replace(first, cells=(*first.cells, *one.cells))
                continue
            violated[key] = len(kept)
        kept.append(one)
    yield from kept

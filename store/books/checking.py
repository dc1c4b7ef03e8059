"""The identities tried on a document: its tables against themselves, against each other, and the prose against both.

A check that could not run says so and is never a pass. A structure that is only inferred from a table's layout counts as
an identity where most of the table's own rows keep it; otherwise it is not known to hold, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from store.books import claims, counts, indicators, lists, phrases, projects, proseforms, ratios, rosters, slips, sums, tableforms, yearly
from store.books.identities import IDENTITIES
from store.books.sheets import Sheet, open_sheets
from store.books.statements import Statement, read_statements
from store.books.trials import Tried, finding, not_run
from store.books.unmet import reason
from store.model import Disclosure, Finding, Passage, Table, Verdict

_FEWEST = 3  # rows that keep a structure before one that does not is a finding
_MAJORITY = 4  # … and so many times those that break it

_OVER_TABLES: Mapping[type, Callable[[Any, Sequence[Sheet]], Iterator[Tried]]] = {
    tableforms.Down: sums.try_down,
    tableforms.Across: sums.try_across,
    tableforms.Parts: sums.try_parts,
    tableforms.Same: sums.try_same,
    tableforms.SameItems: sums.try_same_items,
    tableforms.NoMore: sums.try_no_more,
    tableforms.NoMoreItems: sums.try_no_more_items,
    tableforms.RolledOn: sums.try_rolled_on,
    tableforms.FundBalances: sums.try_fund_balances,
    tableforms.TableChanges: yearly.try_table_changes,
    tableforms.FundIncomes: sums.try_fund_incomes,
    tableforms.Shifted: indicators.try_shifted,
    tableforms.OtherUnit: projects.try_other_unit,
    tableforms.SamePanels: sums.try_same_panels,
    tableforms.SameNames: sums.try_same_names,
    tableforms.Promised: indicators.try_promised,
    tableforms.Groups: projects.try_groups,
    tableforms.ProjectFunds: projects.try_project_funds,
    tableforms.Weights: projects.try_weights,
    tableforms.Notes: sums.try_notes,
    tableforms.Unexplained: sums.try_unexplained,
    tableforms.SameProjects: projects.try_same_projects,
    tableforms.CostCeilings: projects.try_cost_ceilings,
}
_OVER_PROSE: Mapping[type, Callable[[Any, Sequence[Statement], Sequence[Sheet]], Iterator[Tried]]] = {
    proseforms.Shares: ratios.try_shares,
    proseforms.ShareTotals: lists.try_share_totals,
    proseforms.Rates: ratios.try_rates,
    proseforms.Changes: ratios.try_changes,
    proseforms.Counted: counts.try_counted,
    proseforms.Quota: counts.try_quota,
    proseforms.Completions: ratios.try_completions,
    proseforms.Compared: ratios.try_compared,
    proseforms.ListSums: lists.try_list_sums,
    proseforms.WithinWhole: lists.try_within_whole,
    proseforms.SameBase: ratios.try_same_base,
    proseforms.UnitCount: rosters.try_unit_count,
    proseforms.OtherPlace: slips.try_other_place,
    proseforms.CatalogueNames: slips.try_catalogue_names,
    proseforms.Repeated: claims.try_repeated,
    proseforms.Stated: claims.try_stated,
    proseforms.ItemsStated: claims.try_items_stated,
    proseforms.Reasons: phrases.try_reasons,
    proseforms.Unreasoned: phrases.try_unreasoned,
    proseforms.OtherName: slips.try_other_name,
    proseforms.OtherLevel: slips.try_other_level,
    proseforms.OtherNumber: slips.try_other_number,
    proseforms.OtherYear: slips.try_other_year,
    proseforms.Misspelt: slips.try_misspelt,
    proseforms.Residue: phrases.try_residue,
    proseforms.ItemTotals: lists.try_item_totals,
    proseforms.NearlySame: claims.try_nearly_same,
    proseforms.ListedNames: phrases.try_listed_names,
    proseforms.ListedSources: phrases.try_listed_sources,
    proseforms.ReservedPurchases: claims.try_reserved_purchases,
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

"""Which documents a question is about: the bodies it names, held against what the store has, one target a body and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from retrieval.bodies import OWN_OFFICE, Body, Naming, same_body
from retrieval.lexicon import Operation
from retrieval.library import Library, Volume
from retrieval.question import Query
from retrieval.regions import looks_like
from retrieval.slots import GAP, PLAN
from store.model import Disclosure, Kind, Level, Passage
from store.text import fold, strip_ordinal


@dataclass(frozen=True, slots=True)
class Target:
    """A body in one year, of one kind and level, with the documents that disclose it (several may, as text and tables)."""

    body: Body
    year: int
    kind: Kind
    level: Level
    documents: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.body.name if self.kind is Kind.OTHER else f"{self.body.name}{self.year}年{self.level}{self.kind}"


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets that were asked for, one list a naming in the question's order, or why there are none."""

    chosen: tuple[Target, ...]
    options: tuple[Target, ...] = ()  # several that fit equally well: ask back
    many: int = 0  # how many documents those are of, where not all are among the options
    missing: str = ""  # what is asked for and not held, in words
    mislabelled: bool = False  # the file's name says the year that is asked for, its pages another
    backcast: bool = False  # the year before the chosen target's is asked for
    beside: tuple[Target, ...] = ()  # the same body in other years, offered


def choose_targets(query: Query, library: Library) -> Targets:
    """The targets of a query. Nothing is chosen where two fit equally well, nor where the year or kind is not held."""
    if query.foreign:
        return Targets((), missing=query.foreign)
    if not query.namings:
        return Targets(())
    chosen: list[Target] = []
    backcast = mislabelled = False
    companions = [d for n in query.namings for b in n.bodies if len(n.bodies) == 1 for d in b.documents]
    for naming in (_own_files_first(n, query, library) for n in query.namings):
        listed = _listed(naming, query, library)
        if listed:
            each = replace(query, level=None)  # 广州、福州（本级）、烟台: what is said of one is not said of all
            of_each = [t for body in listed for t in _per_year(_fitting(body_targets(body, library), each, library), query)]
            chosen += [t for t in of_each if t not in chosen]
            continue
        bodies = _narrowed(naming, companions, query, library)
        held = [t for body in bodies for t in body_targets(body, library)]
        if query.relative_year and not query.years and held:
            query = replace(query, years=(max(t.year for t in held) + query.relative_year,))
        fitting = _printing_last_year(held, query) or _fitting(held, query, library)
        if not fitting and len(query.namings) == 1:  # held against another body, a figure worked back would be of another year
            fitting, backcast = _year_after(held, query), True
        if not fitting:
            fitting, backcast, mislabelled = _named_for(held, query), False, True
        if not fitting:
            years = "、".join(dict.fromkeys(f"{t.year}年{t.kind}" for t in held))
            asked = "、".join(f"{y}年" for y in query.years) + (query.kind or "")
            return Targets((), missing=f"{naming.words}{asked}（已收录：{years}）", beside=tuple(held))
        per_year = _dated(_per_year(fitting, query), query, library)
        if re.search(r"两年", query.text) and not query.years:
            per_year = sorted(per_year, key=lambda t: t.year)[-2:]
        if len({t.body for t in per_year}) > 1 or _unsettled(per_year, query):
            return Targets((), options=tuple(per_year))
        chosen += [t for t in per_year if t not in chosen]
    chosen = _of_one_kind(chosen, query, library)
    return Targets(tuple(chosen), backcast=backcast, mislabelled=mislabelled and bool(chosen))


def _of_one_kind(chosen: list[Target], query: Query, library: Library) -> list[Target]:
    """A final account is held against a final account, not against a budget, where both bodies have one of the year."""
    if query.kind is not None or len({t.kind for t in chosen}) < 2:
        return chosen
    finals = [
        next((o for o in body_targets(t.body, library) if replace(t, kind=o.kind, documents=o.documents) == o and o.kind is Kind.FINAL), t)
        for t in chosen
    ]
    return finals if len({t.kind for t in finals}) == 1 else chosen


def _printing_last_year(held: list[Target], query: Query) -> list[Target]:
    """2023年执行数 is printed in the budget of 2024: the year's own budget could not know it."""
    if "执行数" not in query.text or len(query.years) != 1 or query.base_years or query.kind is not None:
        return []
    return [t for t in held if t.kind is Kind.BUDGET and t.year - 1 in query.years and query.level in (None, t.level)]


_AS_OF = re.compile(r"截[至止]到?(20\d\d)年(\d{1,2})月")


def _dated(targets: list[Target], query: Query, library: Library) -> list[Target]:
    """Of several years' disclosures the one that speaks of the date that is asked about (截至2024年8月底)."""
    date = _AS_OF.search(query.text)
    if date is None or len(targets) < 2:
        return targets
    told = re.compile(rf"{date[1]}年{int(date[2])}月")
    speaking = [t for t in targets if any(told.search(p.text) for d in t.documents for p in library.volume(d).passages)]
    return speaking or targets


def _own_files_first(naming: Naming, query: Query, library: Library) -> Naming:
    """A unit that has files of its own and rows in its department's: its own answer, where they are of the year asked for."""
    own = {same_body(b.name) for b in naming.bodies if not b.row and _fitting(body_targets(b, library), query, library)}
    return replace(naming, bodies=tuple(b for b in naming.bodies if not (b.row and same_body(b.name) in own)))


def _named_for(held: list[Target], query: Query) -> list[Target]:
    """Targets whose files are named for the year asked for, though their pages say another (DOMAIN.md, head)."""
    fitting = [t for t in held if t.year not in query.years and query.kind in (None, t.kind)]
    return [t for t in fitting if any(str(year) in document for year in query.years for document in t.documents)]


def without_parents(query: Query) -> Query:
    """省科协的信息中心 is about the centre: a department that only says whose units are meant steps back."""
    if query.operation in (Operation.SHARE, Operation.CHECK):
        return query
    units = {d for n in query.namings if all(b.row for b in n.bodies) for d in n.bodies[0].documents}
    kept = tuple(n for n in query.namings if not (units and all(not b.row and set(b.documents) & units for b in n.bodies)))
    return replace(query, namings=kept or query.namings)


def without_regions(query: Query, targets: Targets) -> Query:
    """A region that only says which body is meant (山西那个) is no content."""
    content = query.content
    for region in {fold(t.body.name)[:2] for t in (*targets.chosen, *targets.options)}:
        content = re.sub(rf"{region}[省市]?(?=那|这|的|、|{GAP}|$)", lambda m: GAP * len(m.group()), content)
    for naming in query.namings:  # a region with a slip of the pen (广洲) was read as what it stands before
        before = query.text[max(0, naming.start - 2) : naming.start]
        regions = {fold(t.body.name)[:2] for t in targets.chosen}
        if query.text[naming.start : naming.end] == naming.words and any(looks_like(before, r) for r in regions):
            content = content[: naming.start - 2] + GAP * 2 + content[naming.start :]
    return replace(query, content=content)


def without_label_names(query: Query, library: Library) -> Query:
    """A unit's name that goes on to a longer label of the other bodies' tables is that label: 科技馆|站."""
    others = [n for n in query.namings if not all(b.row for b in n.bodies)]
    kept, content = list(query.namings), query.content
    for naming in query.namings:
        if _is_label(naming, query, library):
            kept.remove(naming)
            content = content[: naming.start] + naming.words + content[naming.end :]
            continue
        if not others or naming in others or query.text[naming.start : naming.end] != naming.words:
            continue
        longer = query.text[naming.start : naming.end + 1]
        volumes = [library.volume(d) for n in others for b in n.bodies for d in b.documents]
        if any(longer in fold(label) for v in volumes for label in v.row_labels):
            kept.remove(naming)
            content = content[: naming.start] + naming.words + content[naming.end :]
    return replace(query, namings=tuple(kept), content=content)


def _is_label(naming: Naming, query: Query, library: Library) -> bool:
    """Whether words that may name a body are a subject of another body that is named by more of its name: 档案局的档案馆."""
    first = query.namings[0]
    joined = re.search(r"[和与跟及、比]$", query.text[: naming.start]) or re.match(r"[和与跟及、比]", query.text[naming.end :])
    if naming is first or joined or query.text[naming.start : naming.end] != naming.words:
        return False
    full = any(fold(body.name) == naming.words for body in naming.bodies)
    documents = [d for body in first.bodies for d in body.documents]
    own = naming.bodies != first.bodies and any(set(body.documents) & set(documents) for body in naming.bodies)
    return not full and not own and any(naming.words == fold(strip_ordinal(x)) for d in documents for x in library.volume(d).row_labels)


def body_targets(body: Body, library: Library) -> list[Target]:
    groups: dict[tuple[int, Kind, Level], list[Disclosure]] = defaultdict(list)
    for document in body.documents:
        d = library.disclosure(document)
        groups[d.year, d.kind, d.level].append(d)
    return [Target(body, *key, tuple(d.document for d in ds)) for key, ds in sorted(groups.items(), key=lambda item: item[0])]


def all_targets(library: Library) -> Iterator[Target]:
    """The targets of every body that has disclosures of its own, in the store's order."""
    return (t for body in library.index.bodies if not body.row for t in body_targets(body, library))


def near_targets(documents: Iterable[str], library: Library) -> list[Target]:
    """The targets that these documents belong to, of bodies that have disclosures of their own, in the store's order."""
    held = frozenset(documents)
    bodies = [body for body in library.index.bodies if not body.row and not held.isdisjoint(body.documents)]
    return [t for body in bodies for t in body_targets(body, library) if not held.isdisjoint(t.documents)]


def _listed(naming: Naming, query: Query, library: Library) -> tuple[Body, ...]:
    """Bodies of one kind that are told apart by a list of regions: 广州、福州、烟台三个科技局."""
    if len(naming.bodies) < 2:
        return ()
    before = query.text[: naming.end]
    places = {b: min((before.find(r) for r in _regions(b, library) if r in before), default=-1) for b in naming.bodies}
    by_place = groupby(
        sorted((b for b in naming.bodies if places[b] >= 0), key=lambda b: (places[b], len(b.name))), key=lambda b: places[b]
    )
    listed = tuple(next(bodies) for _, bodies in by_place)  # of 苏州's the city's own, which has the shortest name
    return listed if len(listed) > 1 else ()


def _narrowed(naming: Naming, companions: list[str], query: Query, library: Library) -> tuple[Body, ...]:
    """Of several bodies that fit the same words, those that the rest of the question points to."""
    bodies = naming.bodies
    if len(bodies) < 2:
        return bodies
    before = query.text[max(0, naming.start - 2) : naming.start]
    mistyped = tuple(b for b in bodies if any(looks_like(before, region) for region in _regions(b, library)))
    if mistyped and len(before) == 2:
        return mistyped
    spoken = {r for n in query.namings if len(n.bodies) == 1 for b in n.bodies for r in _regions(b, library)}
    neighbours = tuple(b for b in bodies if _regions(b, library) & spoken)
    if neighbours:
        bodies = neighbours
    together = tuple(b for b in bodies if set(b.documents) & set(companions))
    if together:
        return together
    words = query.content
    near = tuple(b for b in bodies if any(region in words for region in _regions(b, library)))
    bodies = near or bodies
    if query.years:
        timely = tuple(b for b in bodies if any(t.year in query.years for t in body_targets(b, library)))
        bodies = timely or bodies
    return bodies


def _regions(body: Body, library: Library) -> set[str]:
    names = {fold(body.name)} | {fold(library.disclosure(d).body) for d in body.documents}
    return {name[:2] for name in names}


def _fitting(held: list[Target], query: Query, library: Library) -> list[Target]:
    fitting = [t for t in held if not query.years or t.year in query.years]
    if not query.years and query.base_years:
        fitting = [t for t in held if t.year - 1 in query.base_years] or [t for t in held if t.year not in query.base_years]
    if query.kind is not None:
        fitting = [t for t in fitting if t.kind is query.kind]
    if query.level is not None:
        fitting = [t for t in fitting if t.level is query.level] or [
            _own_office(t, library) if query.level is Level.UNIT else t for t in fitting
        ]
    return fitting


def _own_office(target: Target, library: Library) -> Target:
    """The department's own office inside its department's tables, where it has no file of its own."""
    whole = re.sub(r"[()]", "", fold(target.body.name))
    named = {row.body for d in target.documents for t in library.volume(d).tables for row in t.rows if row.body}
    offices = sorted(
        (n for n in named if whole in {end.sub("", re.sub(r"[()]", "", fold(n))) for end in _OFFICES}), key=lambda n: (-len(n), n)
    )
    return replace(target, body=replace(target.body, name=offices[0] if offices else target.body.name, row=True))


def as_department(office: Target) -> Target:
    """An own office under the department's plain name, by which some tables list it beside the other units."""
    return replace(office, body=replace(office.body, name=OWN_OFFICE.sub("", office.body.name)))


_OFFICES = (re.compile(r"(?:本级|机关)$"), re.compile(r"(?:局|厅|委)(?:本级|机关)$"))  # X局（本级）, X局（局本级）


def _year_after(held: list[Target], query: Query) -> list[Target]:
    """Disclosures of the year after the one asked for: they print its figures, or the change against them."""
    if not query.years:
        return []
    planned = query.kind is None and bool(PLAN.search(query.text))  # a final account's changes are of outcomes
    after = [t for t in held if t.year - 1 in query.years and query.kind in (None, t.kind) and not (planned and t.kind is Kind.FINAL)]
    return [t for t in after if query.level in (None, t.level)] or after


_SPENT = re.compile(r"花了|用了|花掉|用掉|花出去|支出了|执行(?!数)")  # told of the past: the outcome, where it is held


def _per_year(fitting: list[Target], query: Query) -> list[Target]:
    """Where budget and final account of a year are both held and the question does not say: the budget."""
    if query.kind is None and len({t.kind for t in fitting}) > 1:
        if _SPENT.search(query.text) and (finals := [t for t in fitting if t.kind is Kind.FINAL]):
            return finals
        budgets = [t for t in fitting if t.kind is Kind.BUDGET]
        return budgets or fitting
    return fitting


def _unsettled(targets: list[Target], query: Query) -> bool:
    if len({t.level for t in targets}) > 1 and query.level is None:
        return not query.both_levels
    return len(targets) > 1 and not query.years and not re.search(r"[两三四五]年|历年|各年|逐年|哪一?年", query.text)


def regional(words: str, library: Library) -> frozenset[str]:
    """The regions that the words name (山西那份), as the first two characters of bodies' names."""
    return frozenset(place for place in {d.body[:2] for d in library.disclosures()} if place in words)


def passages_about(chosen: Target, volume: Volume) -> Sequence[Passage]:
    """The passages that may tell of a target: of a unit that a department's tables name only, those that name it."""
    if not chosen.body.row:
        return volume.passages
    name = same_body(chosen.body.name)
    return [p for p in volume.passages if name in fold("".join((*p.section, p.text)))]

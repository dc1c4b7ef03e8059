"""Which bodies a question names: full names, abbreviations, names without region, names with a typo in the region.

A name in a question is accepted as an abbreviation when its characters appear in the full name in the same order and it
reaches the full name's ending: 省科协 ⊂ 吉林省科学技术协会, 规资局 ⊂ 规划和自然资源局, 万里街道 ⊂ …万里街道办事处.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from retrieval.regions import REGION_END, REGIONS, looks_like, region_before, regions_named
from store.text import fold

# Endings that usage shortens to their first character (委员会 → 委), or drops altogether (街道办事处 → 街道).
_SHORTENED = ("委员会办公室", "委员会", "联合会", "办公室", "办公厅", "办事处", "协会", "党组")
_DROPPED = ("办事处",)
_OF_NO_NAME = "(汇总)"  # says of what the file is, not of whom
# A township's government goes by the township's name: 樟村坪镇 = 樟村坪镇人民政府. A city's or county's does not.
_TOWN_HALL = re.compile(r"(?<=[镇乡])人民政府$")
# A zone's committee goes by the zone's name: 西安国际港务区 = 西安国际港务区管理委员会.
_ZONE = re.compile(r"(?<=[一-鿿]{3}[区园港])(?:管理委员会|管委会)$")
# Numbered schools and hospitals go by their number: 九中 = 第九中学, 三院 = 第三人民医院.
_NUMBERED = re.compile(r"第([一二三四五六七八九十]+)(?:([中小])学|(?:人民)?医(院))$")
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+$")
_BRACKETS = re.compile(r"[（(](.*?)[）)]")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the store knows. `row` tells that it is named by rows of a department's tables only."""

    name: str
    documents: tuple[str, ...]
    row: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """A place in a question that names bodies: several where the words fit more than one equally well."""

    start: int
    end: int
    words: str
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    score: float
    body: Body


@dataclass(frozen=True, slots=True)
class _Form:
    """One written form of a body's name, with the indexes of characters that an abbreviation may end with."""

    text: str
    ends: frozenset[int]
    body: Body


def name_forms(name: str) -> tuple[str, ...]:
    """The forms in which a body's name is compared: whole, without its bracketed part, and the bracketed part itself."""
    folded = fold(name).replace(_OF_NO_NAME, "")
    forms = [folded.replace("(", "").replace(")", ""), _BRACKETS.sub("", folded)]
    forms += [inner for inner in _BRACKETS.findall(folded) if len(inner) > 4]
    forms += [_NUMBERED.sub(lambda m: "".join(g for g in m.groups() if g), form) for form in forms[:1]]
    return tuple(dict.fromkeys(form for form in forms if form))


class BodyIndex:
    """The names of all bodies of a store, ready to be found in questions.

    `papers` stand for papers that are no disclosures: only a question that names one, by its 《title》, is about it.
    """

    def __init__(self, bodies: Iterable[tuple[Body, Sequence[str]]], papers: Sequence[tuple[Body, Sequence[str]]] = ()) -> None:
        named = list(bodies)
        self.bodies: list[Body] = [body for body, _ in named]
        self._forms: list[_Form] = []
        for body, names in (*named, *papers):
            for form in dict.fromkeys(form for name in (body.name, *names) for form in name_forms(name)):
                self._forms.append(_Form(form, _ends(form), body))

    @cached_property
    def _ending(self) -> dict[str, list[tuple[int, int]]]:
        """The forms that an abbreviation may end in, by its last two characters: (index of the form, where in it the name ends).

        The last but one may be any that stands before the end, as abbreviations leave characters out.
        """
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, form in enumerate(self._forms):
            for end in form.ends:
                last, place = form.text[end], (index, end)
                for char in set(form.text[:end]):
                    found[char + last].append(place)
        return found

    def _hits(self, text: str) -> Iterable[_Hit]:
        """Every naming in the text, of the forms in the order in which they are held."""
        places = {(*place, at) for at in range(1, len(text)) for place in self._ending.get(text[at - 1 : at + 1], ())}
        for index, end, at in sorted(places):
            yield from _hits_at(text, at, self._forms[index], end)

    def find(self, text: str) -> tuple[Naming, ...]:
        """The namings in a folded question, left to right, never overlapping; the longest and closest win."""
        hits = list(self._hits(text))
        hits.sort(key=lambda hit: (-hit.score, hit.start))
        chosen: list[Naming] = []
        for hit in hits:
            if any(hit.start < naming.end and naming.start < hit.end for naming in chosen):
                continue
            rivals = [h for h in hits if _same_place(h, hit) and h.score >= hit.score - _TIE]
            bodies = tuple(dict.fromkeys(h.body for h in sorted(rivals, key=lambda h: -h.score)))
            chosen.append(Naming(hit.start, hit.end, text[hit.start : hit.end], _without_own_office(bodies)))
        return tuple(sorted(chosen, key=lambda naming: naming.start))


_TIE = 0.5
_PARTY = re.compile(r"^(?:中国共产党|中共)")


@lru_cache(maxsize=65_536)
def same_body(name: str) -> str:
    """A key under which the written forms of one body's name fall together: 中国共产党X省委员会办公厅 = X省委办公厅."""
    plain = _BRACKETS.sub("", fold(name))
    return _PARTY.sub("", plain).replace("委员会", "委").replace("人民政府", "") or fold(name)


OWN_OFFICE = re.compile(r"[（(]?(?:局|厅|委|部|办|会)?(?:本级|机关)[）)]?$")


def _without_own_office(bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """A department's own office (X（本级）) steps back where the department X fits the same words."""
    names = {fold(body.name) for body in bodies}
    return tuple(b for b in bodies if not (OWN_OFFICE.search(fold(b.name)) and OWN_OFFICE.sub("", fold(b.name)) in names))


def _same_place(one: _Hit, other: _Hit) -> bool:
    return one.start < other.end and other.start < one.end and one.end - one.start >= other.end - other.start


def _ends(form: str) -> frozenset[int]:
    last = {len(form) - 1}
    last |= {len(form) - len(ending) for ending in _SHORTENED if form.endswith(ending)}
    last |= {len(form) - len(ending) - 1 for ending in _DROPPED if form.endswith(ending)}
    last |= {m.start() - 1 for m in (_TOWN_HALL.search(form), _ZONE.search(form)) if m}
    return frozenset(last)


def _hits_at(text: str, last: int, form: _Form, end: int) -> Iterable[_Hit]:
    """The naming that ends with character `last` of the text, and with character `end` of the form, if there is one."""
    hit = _longest_to(text, last, form, end)
    if hit is not None and (other := _ORDINAL.search(text[: hit.start])) and other.group() not in form.text:
        return  # 人民医院 of 第一人民医院 names no 第三人民医院
    if hit is not None and text[max(0, hit.start - 1) : hit.start + 1] not in REGIONS:  # 州科技局 of 广州科技局 is no name
        level = 2 if text.startswith("本级", hit.end) else 0
        yield _Hit(hit.start, hit.end, hit.score + level, hit.body)


def _longest_to(text: str, last: int, form: _Form, end: int) -> _Hit | None:
    """The longest run of `text` up to `last` that abbreviates the name up to `end`, read backwards from the ending."""
    name, position, blocks = form.text, end, 1
    best: _Hit | None = None
    for start in range(last - 1, max(-1, last - len(name) - 1), -1):
        char = text[start]
        if position and name[position - 1] == char:
            position -= 1
        else:
            position = name.rfind(char, 0, max(position, 0))
            if position < 0:
                break
            blocks += 1
        words = text[start : last + 1]
        torn = blocks > 1 and any(region not in name for region in regions_named(words))  # 苏州市 of 江苏省徐州市
        if not torn and _is_enough(words, blocks, initials=_starts_name(name, position)) and not skips_region(words, name):
            score = len(words) - 0.35 * (blocks - 1) + (0.5 if len(words) == len(name) else 0) - 0.01 * len(name)
            best = _Hit(start, last + 1, score, form.body)
    return best


_TAIL = re.compile(r"(?:局|厅|委|部|办|处|院|馆|站|所|队|校|会|协|中心|街道|本级|机关|办公室|事务|服务|管理|技术|单位)$")


_LEVELS = re.compile(r"[一-鿿]{2,6}?[省市区县州盟旗]")
_BELOW_DISTRICT = re.compile(r"街道|[镇乡]|社区")


@lru_cache(maxsize=65_536)
def _levels(name: str) -> tuple[str, ...]:
    """The regions that a name begins with, the largest first: 江苏省, 苏州市, 吴中区."""
    levels, at = [], 0
    while (m := _LEVELS.match(name, at)) and m.end() < len(name) - 1:
        levels.append(m.group())
        at = m.end()
    return tuple(levels)


def skips_region(words: str, name: str) -> bool:
    """Whether words name a region above the body's own and leave its own out: 重庆市民政局 is not 重庆市渝北区民政局."""
    levels = _levels(name)
    if len(levels) < 2 or _BELOW_DISTRICT.search(name):
        return False
    *above, own = levels
    return any(level[:2] in words for level in above) and own[:2] not in words


def _starts_name(name: str, position: int) -> bool:
    """Whether a name's own words start at this position: at its head, or after its region."""
    return position == 0 or name[position - 1] in REGION_END or name[:position] in REGIONS


# The 市 of 城市管理局 and the 区 of 社区服务中心 end no region's name.
_UP_TO_REGION = re.compile(r"^.*(?:省|(?<![城都])市|(?<![社景园小城林矿发])区|县|州|盟|旗)(?=.)")


def _is_enough(words: str, blocks: int, *, initials: bool) -> bool:
    """Whether the matched words are a name and not a chance run of characters.

    `initials`: they start where the name starts, so that each may stand for a word of it (文广旅局 = 文化广播电视和旅游局).
    """
    core = _UP_TO_REGION.sub("", words)
    stem = _TAIL.sub("", core)
    if len(words) < 2 or len(core) < 2 or words[0] in "和与的年及" or core in _GENERIC or words in _GENERIC:
        return False
    if len(stem) < 2 and words == core and core not in _PROPER:
        return False
    return blocks <= max(2, (len(words) + 1) // 2 + 1, len(words) if initials and len(words) > 3 else 0)


# Two-character short names that stand for a body on their own.
_PROPER = frozenset("商委 团委 科协 文联 妇联 残联 侨联 社科联 工商联 总工会 编办 政法委 发改委 卫健委 经信委 住建委 国资委".split())
# Endings and common nouns that are no name by themselves.
_GENERIC = frozenset(
    """
    中心 协会 学会 办公室 委员会 单位 部门 本级 管理 服务 服务中心 管理局 机关 办事处 事务 会议 技术 项目 局 厅 处 科 学术 科技 公室 员会 公厅 政府
    人民政府 民政府 镇政府 乡政府 镇人民政府 乡人民政府 会中心 管理中心 事务中心 市级 区级 省级 县级 局本级 委本级 厅本级 市本级 区本级
    """.split()
)


def naming_with_region(text: str, naming: Naming) -> tuple[str, int]:
    """The region that a naming stands behind, or begins in the middle of (吴江区 of 区教育局), and where the region starts."""
    for end in range(naming.end - 1, naming.start - 1, -1):
        region = region_before(text, end)
        if region and end - len(region) < naming.start:
            return region, end - len(region)
    return "", naming.start


def of_region(region: str, words: str, bodies: Iterable[Body]) -> tuple[Body, ...]:
    """The bodies whose own region this is, one character mistyped at most; `words` name them, with the region before."""
    return tuple(body for body in bodies if _is_of_region(region, words, fold(body.name)))


def _is_of_region(region: str, words: str, name: str) -> bool:
    bare = region.rstrip("省市区县")
    if skips_region(words, name):
        return False
    slip = any(looks_like(bare, own) for own in (name[: len(bare)], *(level[:-1] for level in _levels(name))))
    return region in name or (len(bare) > 1 and (bare in name or slip))


@lru_cache(maxsize=65_536)
def same_row_body(one: str, other: str) -> bool:
    """Whether two names of rows' bodies are one body's; its own office (本级) is another body than the department."""
    if re.sub(r"[()]", "", fold(one)) == re.sub(r"[()]", "", fold(other)):
        return True
    return "本级" not in one + other and same_body(one) == same_body(other)

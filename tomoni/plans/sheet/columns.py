"""What each column of a tidy table holds: the words over it, corrected by its neighbours and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tomoni.kernel.japanese import one_line, plain
from tomoni.plans.sheet.departments import are_departments
from tomoni.plans.sheet.heads import Head
from tomoni.plans.sheet.statuses import Scale, mark
from tomoni.plans.sheet.vocabulary import PROGRESS, YEARLY, Heading, Role, heading, levels_joined

_NUMBERISH = re.compile(r"^[(（]?(?:No\.?)?[0-9０-９①-⑳Ⅰ-ⅫIVXA-Z][0-9０-９\-－.．①-⑳A-Za-z]{0,10}[)）.．]?$")
_TEXT_LENGTH = 25
_NAMING = frozenset({Role.NUMBER, Role.TITLE, Role.LEVEL, Role.RELISTED})
_STATE = re.compile("状況|進捗|達成|結果")  # labels that head ratings in one city and accounts in the next
_BUREAU = re.compile("^(?:部局|部|局)(?:名|室)?$")
_AHEAD = "予定"
_SECTION = re.compile("課|係|室|担当")

Texts = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, a second one where its label joins two, the year it speaks of, the level it names."""

    index: int
    role: Role | None
    also: Role | None = None
    year: int | None = None
    level: str = ""
    label: str = ""
    why: str = ""


@dataclass(slots=True)
class Columns:
    """The columns of one table from left to right, and the level names its title heading lists."""

    all: list[Column] = field(default_factory=list)
    level_names: list[str] = field(default_factory=list)

    def of(self, *roles: Role) -> list[Column]:
        return [column for column in self.all if column.role in roles]

    @property
    def title(self) -> Column | None:
        return next(iter(self.of(Role.TITLE)), None)

    @property
    def years(self) -> set[int]:
        return {
            c.year
            for c in self.all
            if c.year is not None and c.role in PROGRESS | {Role.REMARKS, Role.VALUE, Role.BY_ROW}
        }

    def is_plan(self) -> bool:
        """A title, and at least two more kinds of column that only a plan of measures has."""
        roles = {c.role for c in self.all} | {c.also for c in self.all}
        roles |= {Role.STATUS, Role.RESULTS} if Role.BY_ROW in roles else set()
        kinds = roles & (PROGRESS | {Role.LEAD, Role.SCHEDULE, Role.DESCRIPTION, Role.LEVEL})
        return self.title is not None and bool(roles & (PROGRESS | {Role.SCHEDULE})) and len(kinds) >= 2


def settle(head: Head, texts: Texts, scale: Scale) -> Columns:
    """The columns of a table. ``texts``: what stands in each column below the head (a sample is enough)."""
    columns = [_first_reading(index, stack) for index, stack in sorted(head.labels.items())]
    columns += [Column(index, None) for index in sorted(set(texts) - set(head.labels))]
    columns.sort(key=lambda c: c.index)
    columns = _by_row_labels([_by_content(c, texts.get(c.index, ()), scale) for c in columns], texts)
    columns = _name_columns(columns, texts)
    columns = _one_of_each(columns, texts, scale)
    names = [n for stack in head.labels.values() for label in stack for n in levels_joined(label.text)]
    return Columns(columns, list(dict.fromkeys(names)))


def with_next_action(columns: Columns, year: int | None) -> Columns:
    """令和7年度の取組予定 beside what is told of 令和6年度 is its next action, not a plan: a plan has several years.

    ``year``: the one the sheet is about, for columns that name none.
    """
    planned = columns.of(Role.SCHEDULE)
    told = {c.year or year for c in columns.of(Role.STATUS, Role.RESULTS)} - {None}
    if len(planned) != 1 or len(told) != 1 or _AHEAD not in planned[0].label:
        return columns
    last = told.pop()
    is_taken = any((c.year or year) == last for c in columns.of(Role.NEXT))
    if last is None or is_taken or planned[0].year != last + 1:
        return columns
    following = replace(planned[0], role=Role.NEXT, year=last)
    return replace(columns, all=[following if c is planned[0] else c for c in columns.all])


def _first_reading(index: int, stack: Sequence[Heading]) -> Column:
    """The lowest label with a role wins; the labels above give the year and may change what it means."""
    year = next((h.year.year for h in reversed(stack) if h.year), None)
    stack = _joined(stack)
    told = [h for h in stack if h.roles]
    label = one_line(stack[-1].text).strip()
    if not told:
        level = next((h.level for h in reversed(stack) if h.level), "")
        return Column(index, None, year=year, level=level, label=label)
    leaf, above = told[-1], {r for h in told[:-1] for r in h.roles}
    role = _in_context(leaf.roles[0], above, year)
    also = leaf.roles[1] if len(leaf.roles) > 1 else None
    return Column(index, role, also, year, leaf.level, label)


def _joined(stack: Sequence[Heading]) -> Sequence[Heading]:
    """自己 under 評価 is 自己評価: a lowest label without a meaning of its own is read with the one above it."""
    if len(stack) > 1 and not stack[-1].is_known and stack[-2].roles:
        whole = heading(stack[-1].text + stack[-2].text, {})
        if whole.roles:
            return [*stack[:-2], replace(whole, text=f"{stack[-1].text}{stack[-2].text}", year=stack[-2].year)]
    return stack


def _in_context(role: Role, above: set[Role], year: int | None) -> Role:
    if Role.IGNORE in above and role in YEARLY:
        return Role.IGNORE
    if Role.SCHEDULE in above and role in {Role.DESCRIPTION, Role.TITLE, Role.RESULTS} and not above & PROGRESS:
        return Role.SCHEDULE if year else Role.DESCRIPTION
    if role in {Role.DESCRIPTION, Role.TITLE} and (year or above & PROGRESS):
        return Role.RESULTS
    if role is Role.LEVEL and year:
        return Role.IGNORE
    return role


def _by_content(column: Column, texts: Sequence[str], scale: Scale) -> Column:
    """A label that can mean rating or account is decided by what stands below; so is a column without a role."""
    if not texts:
        return column
    rated = sum(scale.knows(t) or bool(mark(t)) for t in texts) / len(texts)
    words = sum(scale.knows(t) for t in texts) / len(texts)
    length = sorted(map(len, texts))[len(texts) // 2]
    if column.role is Role.RESULTS and rated >= 0.6 and _STATE.search(column.label):
        return replace(column, role=Role.STATUS)
    if column.role is Role.STATUS and rated < 0.3 and length > _TEXT_LENGTH:
        return replace(column, role=Role.RESULTS)
    if column.role is None and (column.year is not None or column.label):
        return _unlabelled(column, texts, (words, length))
    return column


def _by_row_labels(columns: list[Column], texts: Texts) -> list[Column]:
    """Years side by side and their fields below each other: a column of row labels says what each row holds."""
    for column in columns:
        found = [role for t in texts.get(column.index, ()) if len(t) <= 20 and (role := field_of(t)) is not None]
        if len(set(found)) > 1 and len(found) >= 0.8 * len(texts[column.index]):
            return [
                replace(c, role=Role.FIELD)
                if c is column
                else replace(c, role=Role.BY_ROW)
                if c.year is not None
                else c
                for c in columns
            ]
    return columns


def field_of(text: str) -> Role | None:
    """The field a row label names."""
    role = heading(text, {}).role
    return role if role in YEARLY else None


def _unlabelled(column: Column, texts: Sequence[str], look: tuple[float, int]) -> Column:
    words, length = look
    if words >= 0.6:
        return replace(column, role=Role.STATUS)
    if column.year is not None:
        return replace(column, role=Role.RESULTS if length > _TEXT_LENGTH else Role.SCHEDULE)
    if sum(map(are_departments, texts)) >= 0.6 * len(texts):
        return replace(column, role=Role.LEAD)
    return column


def _name_columns(columns: list[Column], texts: Texts) -> list[Column]:
    """Which of the naming columns on the left is the measure, which its number, which are levels above it."""
    edge = next(
        (
            i
            for i, c in enumerate(columns)
            if c.role in YEARLY | {Role.LEAD, Role.RELATED, Role.DESCRIPTION, Role.FIELD, Role.BY_ROW}
            and _is_edge(c, columns[i + 1 :])
        ),
        len(columns),
    )
    left = [_as_level(c) for c in columns[:edge]]
    right = [replace(c, role=Role.DESCRIPTION) if c.role is Role.TITLE else c for c in columns[edge:]]
    right = [replace(c, role=Role.IGNORE) if c.role is Role.LEVEL else c for c in right]
    place = _title_place(left, texts)
    if place is None:
        return _title_elsewhere(left + right, columns, edge)
    named = [
        replace(c, role=Role.LEVEL, level=c.level or _level_name(c.label)) if i < place and c.role is Role.TITLE else c
        for i, c in enumerate(left)
    ]
    named[place] = replace(named[place], role=Role.TITLE)
    named = _with_unnamed_levels(named, place, texts)
    named = [c if i <= place or c.role is not Role.LEVEL else replace(c, role=Role.IGNORE) for i, c in enumerate(named)]
    return _with_numbers(named, texts) + right


def _is_edge(column: Column, following: Sequence[Column]) -> bool:
    """課題 or 方向性 left of the title name a level; everything else of that kind ends the naming columns."""
    if column.year is None and column.role in {Role.ISSUES, Role.NEXT}:
        return not any(c.role in {Role.TITLE, Role.LEVEL} for c in following)
    return True


def _as_level(column: Column) -> Column:
    if column.role in {Role.ISSUES, Role.NEXT}:
        return replace(column, role=Role.LEVEL, level=column.label)
    return column


def _with_unnamed_levels(columns: list[Column], place: int, texts: Texts) -> list[Column]:
    """A column left of the title whose label is unknown names a level when its words stand for several rows."""
    rows = len(texts.get(columns[place].index, ()))
    return [
        replace(c, role=Role.LEVEL, level=c.label)
        if i < place and c.role is None and c.label and (words := texts.get(c.index)) and len(set(words)) < rows
        else c
        for i, c in enumerate(columns)
    ]


def _title_place(left: Sequence[Column], texts: Texts) -> int | None:
    """The rightmost naming column that holds words; a column of codes under the same label is its number."""
    places = [
        i for i, c in enumerate(left) if c.role in {Role.TITLE, Role.LEVEL} and not _is_numbers(texts.get(c.index, ()))
    ]
    titles = [i for i in places if left[i].role is Role.TITLE]
    if titles:
        return titles[-1]
    unnamed = [
        i
        for i, c in enumerate(left)
        if c.role is None and c.label and not _is_numbers(texts.get(c.index, ())) and texts.get(c.index)
    ]
    finest = max(unnamed, key=lambda i: len(set(texts[left[i].index])), default=None)
    if finest is not None and (not places or finest > places[-1]):
        return finest
    return places[-1] if places else None


def _title_elsewhere(settled: list[Column], columns: list[Column], edge: int) -> list[Column]:
    """No naming column on the left: the first title or description further right names the measure."""
    for wanted in (Role.TITLE, Role.DESCRIPTION):
        for i, column in enumerate(columns):
            if i >= edge and column.role is wanted:
                return [replace(c, role=Role.TITLE) if j == i else c for j, c in enumerate(settled)]
    return settled


def _is_numbers(texts: Sequence[str]) -> bool:
    return bool(texts) and sum(bool(_NUMBERISH.match(t.strip())) for t in texts) >= 0.7 * len(texts)


def _with_numbers(columns: list[Column], texts: Texts) -> list[Column]:
    """Columns of codes: the nearest left of the title numbers the measure, one left of a level numbers that level."""
    numbered = [
        replace(c, role=Role.NUMBER)
        if c.role in {Role.TITLE, Role.LEVEL, None} and _is_numbers(texts.get(c.index, ()))
        else c
        for c in columns
    ]
    settled: list[Column] = []
    for column, following in zip(numbered, [*numbered[1:], None], strict=True):
        is_of_level = column.role is Role.NUMBER and following is not None and following.role is Role.LEVEL
        same = is_of_level and following is not None and plain(column.label)[:2] == plain(following.label)[:2]
        settled.append(replace(column, level="#") if same else column)
    free = [c for c in settled if c.role is Role.NUMBER and c.level != "#"]
    for extra in free[:-1]:
        settled[settled.index(extra)] = replace(
            extra, role=Role.IGNORE, why="番号の欄が2つあり、施策名に近いほうを番号としました。"
        )
    return settled


def _level_name(label: str) -> str:
    return re.sub("(?:の名称|名称|名)$", "", plain(label)) if label else ""


def _one_of_each(columns: list[Column], texts: Texts, scale: Scale) -> list[Column]:
    """Two columns of one role and year: the one that looks like it keeps the role."""
    columns = _sections(columns)
    taken: dict[tuple[Role, int | None], Column] = {}
    settled = {c.index: c for c in columns}
    for column in columns:
        if column.role not in YEARLY | {Role.LEAD, Role.RELATED, Role.DESCRIPTION} or column.role is Role.VALUE:
            continue
        key = (column.role, column.year)
        held = taken.setdefault(key, column)
        if held is column:
            continue
        winner, loser = _better(held, column, texts, scale)
        taken[key] = winner
        settled[loser.index] = _second(loser, set(taken), texts.get(loser.index, ()))
        if settled[loser.index].role in YEARLY:
            taken[settled[loser.index].role, loser.year] = settled[loser.index]  # type: ignore[index]  # the role was just tested
    return [settled[c.index] for c in columns]


def _sections(columns: list[Column]) -> list[Column]:
    """部 and 課 in two columns: the section answers, the bureau is set aside."""
    leads = [c for c in columns if c.role is Role.LEAD]
    if any(_SECTION.search(c.label) for c in leads):
        return [
            replace(c, role=Role.IGNORE, why="部局の名前です。課の名前を担当としました。")
            if c in leads and _BUREAU.match(plain(c.label))
            else c
            for c in columns
        ]
    return columns


def _better(one: Column, two: Column, texts: Texts, scale: Scale) -> tuple[Column, Column]:
    if one.role is Role.STATUS:
        share = [_share(c, texts, scale) for c in (one, two)]
        return (two, one) if share[1] > share[0] + 0.2 else (one, two)
    return one, two


def _share(column: Column, texts: Texts, scale: Scale) -> float:
    found = texts.get(column.index, ())
    return sum(scale.knows(t) or bool(mark(t)) for t in found) / max(1, len(found))


def _second(column: Column, taken: set[tuple[Role, int | None]], texts: Sequence[str]) -> Column:
    is_account = bool(texts) and sorted(map(len, texts))[len(texts) // 2] > _TEXT_LENGTH
    if column.role is Role.STATUS and is_account and (Role.RESULTS, column.year) not in taken:
        return replace(column, role=Role.RESULTS)
    return replace(column, role=Role.IGNORE, why=f"「{column.label}」の欄が2つあり、初めの欄を読みました。")

"""The form behind a drifting sheet: which fields each year has, and near which columns they may stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log

from tomoni.imports.reading.grid import Cell
from tomoni.plans.sheet.heads import Head
from tomoni.plans.sheet.vocabulary import TEXTS, Heading, Role, heading

_FIELDS = (Role.STATUS, *TEXTS)
# A head that names the year in its field (R2年度へ向けた取組) was typed for this form; a regular one may be made up.
_TYPED = 8.0
_FAR = 20

Block = list[tuple[int, Role]]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of one year; ``prior`` is the log of how much the heads speak for its being there."""

    year: int
    role: Role
    prior: float


@dataclass(frozen=True, slots=True)
class HeadForm:
    """What one head says: runs of year labels with their columns, blocks of fields with theirs."""

    runs: list[list[tuple[int, int]]]
    blocks: list[Block]
    is_typed: bool
    plan_column: int | None
    title_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: under which head, from which column its years count, how far it is shifted as a whole."""

    head: int
    start: int
    shift: int = 0
    is_anchored: bool = False  # the beginning was told by the schedule before it, not by the first rating
    rated: int | None = None  # the column of the rating that stands last before the cell in question


@dataclass(slots=True)
class Form:
    """The form of a whole file: years of progress, years of the schedule, the fields in order, and the heads."""

    years: list[int] = field(default_factory=list)
    schedule_years: list[int] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    heads: list[HeadForm] = field(default_factory=list)

    def distance(self, row: Place, slot: Slot, column: int) -> int:
        """How many columns a cell stands from where the heads would have that field."""
        typed = [h for h in self.heads if h.is_typed and len(h.blocks) == len(self.years)]
        heads = (self.heads[row.head], *typed[:1])
        far = [abs(column - row.start - place) for h in heads if (place := self._place(h, slot)) is not None]
        if slot.role is Role.STATUS:
            far += [abs(column - row.shift - label) for label in self._labels(self.heads[row.head], slot.year)]
        elif row.rated is not None:
            far += [abs(column - row.rated - after) for h in heads if (after := self._after(h, slot)) is not None]
        return min((*far, _FAR))

    def is_labelled(self, row: Place, slot: Slot, column: int) -> bool:
        """Whether the label of the year stands exactly over this column."""
        return slot.role is Role.STATUS and column - row.shift in self._labels(self.heads[row.head], slot.year)

    def first_column(self, head: int) -> int:
        """Where a head begins its years."""
        blocks = self.heads[head].blocks
        return blocks[0][0][0] if blocks else 0

    def width(self, head: int, year: int) -> int:
        """How many fields a head gives to a year; 0 when it does not name that year's."""
        index, blocks = self.years.index(year), self.heads[head].blocks
        return len(blocks[index]) if index < len(blocks) else 0

    def shift(self, head: int, title: int) -> int:
        """How far a row is shifted whose title stands in that column."""
        return title - self.heads[head].title_column

    def _place(self, head: HeadForm, slot: Slot) -> int | None:
        index = self.years.index(slot.year)
        if not head.blocks or index >= len(head.blocks):
            return None
        first = head.blocks[0][0][0]
        return next((column - first for column, role in head.blocks[index] if role is slot.role), None)

    def _after(self, head: HeadForm, slot: Slot) -> int | None:
        """How many columns after its rating that field stands in this head."""
        rating = self._place(head, Slot(slot.year, Role.STATUS, 0.0))
        field_ = self._place(head, slot)
        return None if rating is None or field_ is None else field_ - rating

    def _labels(self, head: HeadForm, year: int) -> Iterator[int]:
        """Columns of year labels that stand clear of each other and over no field but a rating, as labels should."""
        fields = {column: role for block in head.blocks for column, role in block}
        for run in head.runs:
            if [y for _, y in run] != self.years:
                continue
            for (column, labelled), before in zip(run, [None, *run[:-1]], strict=True):
                is_clear = (before is None or column - before[0] >= 3) and column >= head.blocks[0][0][0]
                if labelled == year and is_clear and fields.get(column, Role.STATUS) is Role.STATUS:
                    yield column


def form_of(heads: Sequence[Head]) -> Form:
    """Put the heads of all pages together into one form."""
    told = [_head_form(head) for head in heads]
    form = Form(heads=told)
    form.schedule_years, form.years = _years(told)
    form.slots = [slot for index, year in enumerate(form.years) for slot in _slots(told, index, year)]
    return form


def _head_form(head: Head) -> HeadForm:
    rows: dict[int, list[tuple[Cell, Heading]]] = {}
    for cell in head.cells:
        rows.setdefault(cell.row, []).append((cell, heading(cell.text, {})))
    runs = [
        run
        for row in rows.values()
        for run in _runs([(c.column, h.year.year) for c, h in row if h.year and not h.roles])
    ]
    fields = max(rows.values(), key=lambda row: sum(h.role in _FIELDS for _, h in row), default=[])
    told = [(c, h) for c, h in fields if h.role in _FIELDS]
    plan = next((c.column for row in rows.values() for c, h in row if h.role is Role.SCHEDULE and not h.year), None)
    title = next((c.column for row in rows.values() for c, h in row if h.role is Role.TITLE), 0)
    return HeadForm(runs, _blocks(told), any(h.year for _, h in told), plan, title)


def _runs(labels: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Year labels in a row, cut where the years begin anew."""
    runs: list[list[tuple[int, int]]] = []
    for label in labels:
        if runs and runs[-1][-1][1] < label[1]:
            runs[-1].append(label)
        else:
            runs.append([label])
    return runs


def _blocks(fields: Sequence[tuple[Cell, Heading]]) -> list[Block]:
    """The fields cut where one comes a second time: the next year begins."""
    blocks: list[Block] = []
    for cell, told in fields:
        role = told.role
        if role is None:
            continue
        if not blocks or any(role is held for _, held in blocks[-1]):
            blocks.append([])
        blocks[-1].append((cell.column, role))
    return blocks


def _years(heads: Sequence[HeadForm]) -> tuple[list[int], list[int]]:
    """Years of the schedule and of the progress: the run under the plan heading, and the other one."""
    planned: Counter[tuple[int, ...]] = Counter()
    told: Counter[tuple[int, ...]] = Counter()
    for head in heads:
        for run in head.runs:
            years = tuple(year for _, year in run)
            told[years] += 1
            first = head.blocks[0][0][0] if head.blocks else 0
            if (
                head.plan_column is not None
                and run[0][0] == head.plan_column
                and (len(head.runs) > 1 or run[-1][0] < first)
            ):
                planned[years] += 1
    most = [years for years, _ in told.most_common()]
    schedule = [years for years, n in planned.most_common() if n * 2 > told[years]]
    progress = [years for years in most if years not in schedule]
    if len(most) == 1:  # plan and progress name the same years, or only one of them is there
        progress, schedule = most, most if max(len(head.runs) for head in heads) > 1 else []
    return list(schedule[0]) if schedule else [], list(progress[0]) if progress else []


def _slots(heads: Sequence[HeadForm], index: int, year: int) -> list[Slot]:
    """The fields of one year in the order of the heads, each with the weight of the heads that have it."""
    order: list[Role] = []
    weight: dict[Role, float] = {}
    whole = 0.0
    for head in heads:
        if index >= len(head.blocks):
            continue
        trust = _TYPED if head.is_typed else 1.0
        whole += trust
        roles = [role for _, role in head.blocks[index]]
        for place, role in enumerate(roles):
            weight[role] = weight.get(role, 0.0) + trust
            if role not in order:
                after = max((order.index(r) + 1 for r in roles[:place] if r in order), default=0)
                order.insert(after, role)
    return [Slot(year, role, log(max(0.05, weight[role] / whole))) for role in order]
